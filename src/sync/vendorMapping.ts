/**
 * Vendors of QuickBooks as MineralTree keeps them, and the contact fields that go both ways: phone, fax, e-mail, name on
 * check, and the address as one block.
 */
import type { LedgerVendor, ListRef } from '../domain/ledger.ts';
import type { Draft, PayablesVendor } from '../domain/payables.ts';
import { toPayablesAddress } from './addresses.ts';
import type { Mapped } from './finding.ts';

/** The only currency that MineralTree's API carries here, by its name in QuickBooks. */
const HOME_CURRENCY = 'US Dollar';

export const CONTACT_FIELDS = ['phone', 'fax', 'email', 'nameOnCheck', 'address'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];
export type ContactOfLedger = Pick<LedgerVendor, ContactField>;
/** The name on checks is MineralTree's `legalName`. */
export type ContactOfPayables = Pick<PayablesVendor, 'phone' | 'fax' | 'email' | 'legalName' | 'address'>;

/** A vendor with everything MineralTree carries; one that is kept in another currency is listed, not moved. */
export function mapVendor(vendor: LedgerVendor): Mapped<Draft<PayablesVendor>> {
  if (isForeign(vendor.currency))
    return {
      problems: [
        { code: 'vendorInOtherCurrency', params: { vendor: vendor.name, currency: vendor.currency?.name ?? '' } },
      ],
    };
  const address = toPayablesAddress(vendor.address);
  return {
    draft: {
      externalId: vendor.id,
      name: vendor.name,
      active: vendor.active,
      ...(vendor.nameOnCheck === undefined ? {} : { legalName: vendor.nameOnCheck }),
      ...(address === undefined ? {} : { address }),
      ...(vendor.phone === undefined ? {} : { phone: vendor.phone }),
      ...(vendor.fax === undefined ? {} : { fax: vendor.fax }),
      ...(vendor.email === undefined ? {} : { email: vendor.email }),
      ...(vendor.accountNumber === undefined ? {} : { customerAccount: vendor.accountNumber }),
    },
  };
}

/** Whether a record is kept in a currency other than the US dollar. QuickBooks names none while it keeps only one. */
export const isForeign = (currency: ListRef | undefined): boolean =>
  currency !== undefined && currency.name !== HOME_CURRENCY;

/** The contact fields of a QuickBooks vendor alone: one side of a `VendorLink`'s base. */
export function contactOfLedger(vendor: LedgerVendor): ContactOfLedger {
  const { phone, fax, email, nameOnCheck, address } = vendor;
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(fax === undefined ? {} : { fax }),
    ...(email === undefined ? {} : { email }),
    ...(nameOnCheck === undefined ? {} : { nameOnCheck }),
    ...(address === undefined ? {} : { address }),
  };
}

/** The contact fields of a MineralTree vendor alone: the other side of a `VendorLink`'s base. */
export function contactOfPayables(vendor: ContactOfPayables): ContactOfPayables {
  const { phone, fax, email, legalName, address } = vendor;
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(fax === undefined ? {} : { fax }),
    ...(email === undefined ? {} : { email }),
    ...(legalName === undefined ? {} : { legalName }),
    ...(address === undefined ? {} : { address }),
  };
}
