/** What a person does with bills: enter, edit, void, delete. A line that names a group item is a group line. */
import { z } from 'zod';
import type { ExpenseLineDraft, GroupLineDraft, ItemLineDraft } from '../billLines.ts';
import { type BillDraft, deleteBill, enterBill, modifyBill, voidBill } from '../bills.ts';
import { deletedTransactionBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { withoutUndefined } from '../lists.ts';
import type { Bill } from '../records.ts';
import { byName, entryNamed } from '../references.ts';
import { notFound } from '../refusal.ts';
import { amount, date, decimal, type Moves, move, name, text } from './move.ts';

const billable = z.enum(['Billable', 'NotBillable', 'HasBeenBilled']);
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

export const BILL_MOVES: Moves = [
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
];

function billOf(company: CompanyFile, txnId: string): Bill {
  const found = company.tables.bill.get(txnId);
  if (found === undefined) throw notFound(txnId);
  return found;
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
