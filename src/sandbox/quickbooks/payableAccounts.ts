/** A/P accounts, and the currency that vendor, A/P account and transaction must share. */
import type { Decimal } from '../../domain/money.ts';
import type { CompanyFile } from './companyFile.ts';
import type { Account, TxnType, Vendor } from './records.ts';
import { type Ref, resolveActive } from './references.ts';
import { invalidReference, missing, notSaved } from './refusal.ts';

/**
 * The A/P account of a vendor's transaction: the one named, else the first in the vendor's currency.
 * Throws `Refused`: 3140 no such account, not one of A/P, or of another currency; 3150 when there is none.
 */
export function payableAccount(company: CompanyFile, ref: Ref | undefined, vendor: Vendor, type: TxnType): Account {
  if (ref === undefined) {
    for (const account of company.tables.account.all())
      if (account.type === 'AccountsPayable' && account.active && account.currencyId === vendor.currencyId)
        return account;
    throw missing('APAccountRef');
  }
  const account = resolveActive(company, 'account', ref, type);
  if (account.type !== 'AccountsPayable')
    throw invalidReference('Account', account.fullName, type, 'The account is not an accounts-payable account.');
  if (account.currencyId !== vendor.currencyId)
    throw invalidReference('Account', account.fullName, type, 'The account is in another currency than the vendor.');
  return account;
}

/**
 * The rate of a transaction: undefined in the home currency; else the one given, or the currency's own.
 * Throws `Refused` 3180 for a rate of zero or less.
 */
export function rateOf(
  company: CompanyFile,
  vendor: Vendor,
  given: Decimal | undefined,
  type: TxnType,
): Decimal | undefined {
  if (vendor.currencyId === undefined) return undefined;
  const rate = given ?? company.tables.currency.get(vendor.currencyId)?.exchangeRate ?? { units: 1, scale: 0 };
  if (rate.units <= 0) throw notSaved(type, 'The exchange rate must be more than zero.');
  return rate;
}
