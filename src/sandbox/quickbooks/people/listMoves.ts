/** What a person does with the other lists, and with entries of any. */
import { z } from 'zod';
import { deletedEntryBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { currencyIdOf } from '../currencies.ts';
import { addEntry, deleteUnused, setActive, withoutUndefined } from '../lists.ts';
import { mergeEntries } from '../merging.ts';
import { ACCOUNT_TYPES, ITEM_TYPES } from '../records.ts';
import { byName, resolve } from '../references.ts';
import { decimal, type Moved, type Moves, move, movedEntry, name, text } from './move.ts';

const list = z.enum(['account', 'vendor', 'class', 'customer', 'item', 'terms']);
const inList = z.strictObject({ list, name });

export const LIST_MOVES: Moves = [
  ['make-inactive', move(inList, (company, given) => activated(company, given, false))],
  ['make-active', move(inList, (company, given) => activated(company, given, true))],
  [
    'delete-entry',
    move(inList, (company, { list: of, name: called }) => {
      const found = resolve(company, of, byName(called), 'list');
      return { kind: 'answer', answer: deletedEntryBooks(deleteUnused(company, of, found)) };
    }),
  ],
  [
    'add-account',
    move(
      z.strictObject({
        name,
        type: z.enum(ACCOUNT_TYPES),
        parent: name.optional(),
        number: text.max(7).optional(),
        description: text.max(200).optional(),
        currency: name.optional(),
      }),
      (company, { name: called, parent, currency, ...details }) => {
        const currencyId = currency === undefined ? undefined : currencyIdOf(company, currency, 'Account');
        const fields = { ...withoutUndefined({ ...details, currencyId }), type: details.type };
        return movedEntry(
          'account',
          addEntry(company, 'account', called, (added) => ({ ...added, ...fields }), parent),
        );
      },
    ),
  ],
  [
    'add-class',
    move(z.strictObject({ name, parent: name.optional() }), (company, { name: called, parent }) =>
      movedEntry(
        'class',
        addEntry(company, 'class', called, (added) => added, parent),
      ),
    ),
  ],
  [
    'add-customer',
    move(z.strictObject({ name, parent: name.optional() }), (company, { name: called, parent }) =>
      movedEntry(
        'customer',
        addEntry(company, 'customer', called, (added) => added, parent),
      ),
    ),
  ],
  [
    'add-item',
    move(
      z.strictObject({
        name,
        type: z.enum(ITEM_TYPES),
        parent: name.optional(),
        description: text.optional(),
        purchaseCost: decimal.optional(),
        account: name.optional(),
        incomeAccount: name.optional(),
        members: z.array(z.strictObject({ item: name, quantity: decimal })).optional(),
      }),
      (company, { name: called, parent, account, incomeAccount, members, ...details }) => {
        const id = (of: 'account' | 'item', full: string): string => resolve(company, of, byName(full), 'Item').id;
        const fields = {
          ...withoutUndefined({
            ...details,
            purchaseAccountId: account === undefined ? undefined : id('account', account),
            incomeAccountId: incomeAccount === undefined ? undefined : id('account', incomeAccount),
            members: members?.map(({ item, quantity }) => ({ itemId: id('item', item), quantity })),
          }),
          type: details.type,
        };
        return movedEntry(
          'item',
          addEntry(company, 'item', called, (added) => ({ ...added, ...fields }), parent),
        );
      },
    ),
  ],
  [
    'add-terms',
    move(
      z.strictObject({
        name,
        dueDays: z.number().int().min(0).max(999).optional(),
        discountDays: z.number().int().min(0).max(999).optional(),
        discountPercent: decimal.optional(),
        dayOfMonthDue: z.number().int().min(1).max(31).optional(),
        dueNextMonthDays: z.number().int().min(0).max(31).optional(),
      }),
      (company, { name: called, ...details }) => {
        const kind = details.dayOfMonthDue === undefined ? 'standard' : 'dateDriven';
        const fields = withoutUndefined(details);
        return movedEntry(
          'terms',
          addEntry(company, 'terms', called, (added) => ({ ...added, kind, ...fields })),
        );
      },
    ),
  ],
  [
    'merge-list-entries',
    move(z.strictObject({ list, from: name, into: name }), (company, { list: of, from, into }) => ({
      kind: 'entry',
      list: of,
      id: mergeEntries(company, of, from, into),
    })),
  ],
];

function activated(company: CompanyFile, given: z.infer<typeof inList>, active: boolean): Moved {
  const found = resolve(company, given.list, byName(given.name), 'list');
  return movedEntry(given.list, setActive(company, given.list, found, active));
}
