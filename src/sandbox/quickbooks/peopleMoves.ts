/**
 * What a person does in QuickBooks, each move declared once: what it takes, and what becomes of the books.
 *
 * 1. A move goes through the same doors as a request: what QuickBooks refuses an application for a reason of the books,
 *    it refuses a person.
 * 2. Records are named as people name them, by full name; bills by TxnID, vendors by name or ListID.
 */
import { z } from 'zod';
import { parseCents, parseDecimal } from '../../domain/money.ts';
import type { ExpenseLineDraft, GroupLineDraft, ItemLineDraft } from './billLines.ts';
import { type BillDraft, deleteBill, enterBill, modifyBill, voidBill } from './bills.ts';
import { deletedEntryBooks, deletedTransactionBooks } from './booksView.ts';
import { isDate } from './calendar.ts';
import type { CompanyFile } from './companyFile.ts';
import { addEntry, deleteUnused, deleteVendor, modifyVendor, setActive, withoutUndefined } from './lists.ts';
import { ACCOUNT_TYPES, type Bill, ITEM_TYPES, type ListName, type PostalAddress, type Vendor } from './records.ts';
import { byName, entryNamed, resolve } from './references.ts';
import { invalidReference, notFound } from './refusal.ts';

/** What a move changed: a record to be shown as /books shows it, or an answer of its own. */
export type Moved =
  | { readonly kind: 'bill'; readonly bill: Bill }
  | { readonly kind: 'entry'; readonly list: ListName; readonly id: string }
  | { readonly kind: 'answer'; readonly answer: object };

const text = z.string();
const name = z.string().min(1);
const amount = z.string().transform((given, context) => {
  const cents = parseCents(given);
  if (cents !== undefined) return cents;
  context.addIssue(`"${given}" is not an amount such as "12.00"`);
  return z.NEVER;
});
const decimal = z.string().transform((given, context) => {
  const value = parseDecimal(given);
  if (value !== undefined) return value;
  context.addIssue(`"${given}" is not a number with at most five decimals, such as "2" or "10.5"`);
  return z.NEVER;
});
const date = z.string().refine(isDate, 'a date YYYY-MM-DD that exists');
const billable = z.enum(['Billable', 'NotBillable', 'HasBeenBilled']);

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

const lineDetails = { class: name.optional(), customer: name.optional(), billable: billable.optional() };
const expenseLine = z.strictObject({ account: name, amount, memo: text.optional(), ...lineDetails });
const itemLine = z.strictObject({
  item: name,
  description: text.optional(),
  quantity: decimal.optional(),
  cost: decimal.optional(),
  amount: amount.optional(),
  ...lineDetails,
});

const bill = {
  refNumber: text.max(20).optional(),
  dueDate: date.optional(),
  terms: name.optional(),
  memo: text.max(4095).optional(),
  apAccount: name.optional(),
};
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
const list = z.enum(['account', 'vendor', 'class', 'customer', 'item', 'terms']);
const inList = z.strictObject({ list, name });

export interface Move {
  /** Reads the body without `file`; throws z.ZodError. Throws `Refused` for what QuickBooks refuses. */
  make(company: CompanyFile, body: unknown): Moved;
}
const move = <T>(schema: z.ZodType<T>, make: (company: CompanyFile, body: T) => Moved): Move => ({
  make: (company, body) => make(company, schema.parse(body)),
});

export const MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  [
    'enter-bill',
    move(
      z.strictObject({
        vendor: name,
        txnDate: date.optional(),
        ...bill,
        expenseLines: z.array(expenseLine).default([]),
        itemLines: z.array(itemLine).default([]),
      }),
      (company, { vendor, expenseLines, itemLines, ...given }) => ({
        kind: 'bill',
        bill: enterBill(
          company,
          { vendor: byName(vendor), ...headOf(given), ...linesOf(company, expenseLines, itemLines) },
          'person',
        ),
      }),
    ),
  ],
  [
    'edit-bill',
    move(
      z.strictObject({
        txnId: name,
        vendor: name.optional(),
        txnDate: date.optional(),
        ...bill,
        expenseLines: z.array(expenseLine.extend({ lineId: text.default('-1') })).optional(),
        itemLines: z.array(itemLine.extend({ lineId: text.default('-1') })).optional(),
      }),
      (company, { txnId, vendor, expenseLines, itemLines, ...given }) => {
        const before = billOf(company, txnId);
        const lines = linesOf(company, expenseLines ?? [], itemLines ?? []);
        const ids = <T>(drafts: readonly T[], from: readonly { lineId: string }[] | undefined) =>
          drafts.map((draft, index) => ({ ...draft, lineId: from?.[index]?.lineId ?? '-1' }));
        const singles = itemLines?.filter(({ item }) => entryNamed(company, 'item', item)?.type !== 'Group');
        const groups = itemLines?.filter(({ item }) => entryNamed(company, 'item', item)?.type === 'Group');
        return {
          kind: 'bill',
          bill: modifyBill(company, before, {
            ...headOf(given),
            ...(vendor === undefined ? {} : { vendor: byName(vendor) }),
            ...(expenseLines === undefined
              ? {}
              : { expenseLines: ids(lines.expenseLines, expenseLines), clearExpenseLines: true }),
            ...(itemLines === undefined
              ? {}
              : {
                  itemLines: ids(lines.itemLines, singles),
                  groupLines: ids(lines.groupLines, groups),
                  clearItemLines: true,
                }),
          }),
        };
      },
    ),
  ],
  [
    'void-bill',
    move(z.strictObject({ txnId: name }), (company, { txnId }) => ({
      kind: 'bill',
      bill: voidBill(company, billOf(company, txnId)),
    })),
  ],
  [
    'delete-bill',
    move(z.strictObject({ txnId: name }), (company, { txnId }) => ({
      kind: 'answer',
      answer: deletedTransactionBooks(deleteBill(company, billOf(company, txnId))),
    })),
  ],
  [
    'add-vendor',
    move(z.strictObject({ name, ...vendorFields }), (company, { name: called, ...given }) => {
      const fields = withoutUndefined(vendorChange(company, given));
      return entry(
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
        entry(
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
      }),
      (company, { name: called, parent, ...details }) => {
        const fields = { ...withoutUndefined(details), type: details.type };
        return entry(
          'account',
          addEntry(company, 'account', called, (added) => ({ ...added, ...fields }), parent),
        );
      },
    ),
  ],
  [
    'add-class',
    move(z.strictObject({ name, parent: name.optional() }), (company, { name: called, parent }) =>
      entry(
        'class',
        addEntry(company, 'class', called, (added) => added, parent),
      ),
    ),
  ],
  [
    'add-customer',
    move(z.strictObject({ name, parent: name.optional() }), (company, { name: called, parent }) =>
      entry(
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
        return entry(
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
        return entry(
          'terms',
          addEntry(company, 'terms', called, (added) => ({ ...added, kind, ...fields })),
        );
      },
    ),
  ],
  [
    'set-closing-date',
    move(z.strictObject({ date: date.nullable() }), (company, given) => {
      company.setClosingDate(given.date ?? undefined);
      return { kind: 'answer', answer: { file: company.head.file, closingDate: given.date } };
    }),
  ],
]);

const entry = (of: ListName, { id }: { readonly id: string }): Moved => ({ kind: 'entry', list: of, id });

function activated(company: CompanyFile, given: z.infer<typeof inList>, active: boolean): Moved {
  const found = resolve(company, given.list, byName(given.name), 'list');
  return entry(given.list, setActive(company, given.list, found, active));
}

function billOf(company: CompanyFile, txnId: string): Bill {
  const found = company.tables.bill.get(txnId);
  if (found === undefined) throw notFound(txnId);
  return found;
}

function vendorOf(company: CompanyFile, called: string | undefined, listId: string | undefined): Vendor {
  if (called === undefined && listId === undefined) throw invalidReference('Vendor', '', 'move');
  return resolve(company, 'vendor', withoutUndefined({ ListID: listId, FullName: called }), 'move');
}

interface HeadGiven {
  readonly txnDate?: string | undefined;
  readonly dueDate?: string | undefined;
  readonly refNumber?: string | undefined;
  readonly terms?: string | undefined;
  readonly memo?: string | undefined;
  readonly apAccount?: string | undefined;
}

function headOf({
  terms,
  apAccount,
  ...given
}: HeadGiven): Pick<BillDraft, 'txnDate' | 'dueDate' | 'refNumber' | 'terms' | 'memo' | 'apAccount'> {
  return withoutUndefined({
    ...given,
    terms: terms === undefined ? undefined : byName(terms),
    apAccount: apAccount === undefined ? undefined : byName(apAccount),
  });
}

interface DetailsGiven {
  readonly class?: string | undefined;
  readonly customer?: string | undefined;
  readonly billable?: z.infer<typeof billable> | undefined;
}
const detailsOf = (given: DetailsGiven) => ({
  class: given.class === undefined ? undefined : byName(given.class),
  customer: given.customer === undefined ? undefined : byName(given.customer),
  billable: given.billable,
});

/** A line that names a group item is a group line. */
function linesOf(
  company: CompanyFile,
  expenses: readonly z.infer<typeof expenseLine>[],
  items: readonly z.infer<typeof itemLine>[],
): { expenseLines: ExpenseLineDraft[]; itemLines: ItemLineDraft[]; groupLines: GroupLineDraft[] } {
  const itemLines: ItemLineDraft[] = [];
  const groupLines: GroupLineDraft[] = [];
  for (const { item, amount: amountCents, ...given } of items) {
    const { quantity, cost, description } = given;
    if (entryNamed(company, 'item', item)?.type === 'Group')
      groupLines.push({ group: byName(item), ...withoutUndefined({ quantity }) });
    else
      itemLines.push(
        withoutUndefined({ item: byName(item), quantity, cost, description, amountCents, ...detailsOf(given) }),
      );
  }
  return {
    expenseLines: expenses.map(({ account, amount: amountCents, memo, ...given }) =>
      withoutUndefined({ account: byName(account), amountCents, memo, ...detailsOf(given) }),
    ),
    itemLines,
    groupLines,
  };
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
