/** What a person does with vendors: add, edit, delete. An empty text clears a field; an address is replaced as a whole. */
import { z } from 'zod';
import { deletedEntryBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { currencyIdOf } from '../currencies.ts';
import { addEntry, deleteVendor, modifyVendor, withoutUndefined } from '../lists.ts';
import type { PostalAddress, Vendor } from '../records.ts';
import { byName, resolve } from '../references.ts';
import { invalidReference } from '../refusal.ts';
import { type Moves, move, movedEntry, name, text } from './move.ts';

const address = z.strictObject({
  addr1: text.optional(),
  addr2: text.optional(),
  addr3: text.optional(),
  addr4: text.optional(),
  addr5: text.optional(),
  city: text.optional(),
  state: text.optional(),
  postalCode: text.optional(),
  country: text.optional(),
  note: text.optional(),
});

const vendorFields = {
  companyName: text.optional(),
  salutation: text.optional(),
  firstName: text.optional(),
  middleName: text.optional(),
  lastName: text.optional(),
  jobTitle: text.optional(),
  address: address.optional(),
  shipAddress: address.optional(),
  phone: text.max(21).optional(),
  altPhone: text.max(21).optional(),
  fax: text.max(21).optional(),
  email: text.max(1023).optional(),
  cc: text.optional(),
  contact: text.optional(),
  altContact: text.optional(),
  nameOnCheck: text.max(41).optional(),
  accountNumber: text.max(99).optional(),
  notes: text.optional(),
  terms: text.optional(),
  guid: text.optional(),
};

export const VENDOR_MOVES: Moves = [
  [
    'add-vendor',
    move(z.strictObject({ name, currency: name.optional(), ...vendorFields }), (company, given) => {
      const { name: called, currency, ...details } = given;
      const fields = withoutUndefined({
        ...vendorChange(company, details),
        currencyId: currency === undefined ? undefined : currencyIdOf(company, currency, 'Vendor'),
      });
      return movedEntry(
        'vendor',
        addEntry(company, 'vendor', called, (added) => ({ ...added, ...fields })),
      );
    }),
  ],
  [
    'edit-vendor',
    move(
      z.strictObject({ vendor: name.optional(), listId: name.optional(), name: name.optional(), ...vendorFields }),
      (company, { vendor, listId, name: called, ...given }) =>
        movedEntry(
          'vendor',
          modifyVendor(company, vendorOf(company, vendor, listId), {
            ...vendorChange(company, given),
            ...(called === undefined ? {} : { name: called }),
          }),
        ),
    ),
  ],
  [
    'delete-vendor',
    move(z.strictObject({ vendor: name.optional(), listId: name.optional() }), (company, { vendor, listId }) => ({
      kind: 'answer',
      answer: deletedEntryBooks(deleteVendor(company, vendorOf(company, vendor, listId))),
    })),
  ],
];

function vendorOf(company: CompanyFile, called: string | undefined, listId: string | undefined): Vendor {
  if (called === undefined && listId === undefined) throw invalidReference('Vendor', '', 'move');
  return resolve(company, 'vendor', withoutUndefined({ ListID: listId, FullName: called }), 'move');
}

interface VendorGiven {
  readonly address?: z.infer<typeof address> | undefined;
  readonly shipAddress?: z.infer<typeof address> | undefined;
  readonly terms?: string | undefined;
  readonly [field: string]: unknown;
}

/** What becomes different: an empty text clears a field, an address is replaced as a whole. */
function vendorChange(company: CompanyFile, given: VendorGiven): { [F in keyof Vendor]?: Vendor[F] | undefined } {
  const { address: billing, shipAddress: shipping, terms, ...texts } = given;
  const change: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(texts))
    if (value !== undefined) change[field] = value === '' ? undefined : value;
  if (billing !== undefined) change.address = wholeAddress(billing);
  if (shipping !== undefined) change.shipAddress = wholeAddress(shipping);
  if (terms !== undefined)
    change.termsId = terms === '' ? undefined : resolve(company, 'terms', byName(terms), 'Vendor').id;
  return change;
}

function wholeAddress(given: z.infer<typeof address>): PostalAddress | undefined {
  const lines = Object.fromEntries(Object.entries(given).filter(([, line]) => line !== undefined && line !== ''));
  return Object.keys(lines).length === 0 ? undefined : lines;
}
