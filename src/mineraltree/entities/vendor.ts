/**
 * A vendor. Payment preferences, bank data and remittance addresses are MineralTree's own and are neither read nor
 * written. The API guide knows one phone, one fax and one e-mail address; of more, the first of each kind counts.
 */
import { z } from 'zod';
import type { PayablesAddress, PayablesVendor } from '../../domain/payables.ts';
import { entity } from './entity.ts';
import { blankable, type Field, flag, requiredText, text, unwritable } from './field.ts';

const LINES = ['address1', 'address2', 'address3', 'address4', 'address5'] as const;

/** A postal address is written whole: what it lacks is blank, so that nothing of the old one stays. */
const address = (wire: string): Field<PayablesAddress> => ({
  wire,
  schema: z
    .object({
      address1: blankable,
      address2: blankable,
      address3: blankable,
      address4: blankable,
      address5: blankable,
      town: blankable,
      ctrySubDivision: blankable,
      postalCode: blankable,
      country: blankable,
    })
    .nullish()
    .transform((found): PayablesAddress | undefined => {
      if (found == null || Object.values(found).every((part) => part === undefined)) return undefined;
      return {
        lines: LINES.map((line) => found[line]).filter((line) => line !== undefined),
        ...(found.town === undefined ? {} : { town: found.town }),
        ...(found.ctrySubDivision === undefined ? {} : { region: found.ctrySubDivision }),
        ...(found.postalCode === undefined ? {} : { postalCode: found.postalCode }),
        ...(found.country === undefined ? {} : { country: found.country }),
      };
    }),
  write: (value) => {
    if ((value?.lines.length ?? 0) > LINES.length) throw unwritable(`an address has ${LINES.length} lines at most`);
    return {
      ...Object.fromEntries(LINES.map((line, place) => [line, value?.lines[place] ?? ''])),
      town: value?.town ?? '',
      ctrySubDivision: value?.region ?? '',
      postalCode: value?.postalCode ?? '',
      country: value?.country ?? '',
    };
  },
});

/** Phone and fax stand in one list, told apart by `isFax`; so they are written together. */
const phone = (wire: string, isFax: boolean): Field<string> => ({
  wire,
  schema: z
    .array(z.object({ number: blankable, isFax: z.boolean().nullish() }))
    .max(100)
    .nullish()
    .transform(
      (found) => found?.find((entry) => (entry.isFax ?? false) === isFax && entry.number !== undefined)?.number,
    ),
  write: (number) => [{ number: number ?? '', isFax }],
});

const email = (wire: string): Field<string> => ({
  wire,
  schema: z
    .array(blankable)
    .max(100)
    .nullish()
    .transform((found) => found?.find((entry) => entry !== undefined)),
  write: (value) => (value === null ? [] : [value]),
});

export const vendors = entity<PayablesVendor>({
  resource: 'vendor',
  wrapper: 'vendor',
  updatePath: 'withId',
  search: { view: 'VENDOR', externalIdField: 'vendor_externalId' },
  externalIdIsFixed: false,
  fields: {
    externalId: text('externalId'),
    name: requiredText('name'),
    active: flag('active', true),
    legalName: text('legalName'),
    address: address('address'),
    phone: phone('phones', false),
    fax: phone('phones', true),
    email: email('emails'),
    customerAccount: text('customerAccount'),
  },
});
