/** What a person does with bills: enter, edit, void, delete. */
import { z } from 'zod';
import { type BillDraft, deleteBill, enterBill, modifyBill, voidBill } from '../bills.ts';
import { deletedTransactionBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { withoutUndefined } from '../lists.ts';
import type { Bill } from '../records.ts';
import { byName } from '../references.ts';
import { notFound } from '../refusal.ts';
import { changedLineForms, enteredLineForms, lineChangeOf, linesOf } from './documentForms.ts';
import { closingPassword, date, decimal, type Moves, move, name, personWith, text } from './move.ts';

const bill = {
  refNumber: text.max(20).optional(),
  dueDate: date.optional(),
  terms: name.optional(),
  memo: text.max(4095).optional(),
  apAccount: name.optional(),
  exchangeRate: decimal.optional(),
  closingPassword,
};
const oneBill = z.strictObject({ txnId: name, closingPassword });

export const BILL_MOVES: Moves = [
  [
    'enter-bill',
    move(
      z.strictObject({
        vendor: name,
        txnDate: date.optional(),
        ...bill,
        ...enteredLineForms,
        orders: z.array(name).optional(),
      }),
      (company, { vendor, expenseLines, itemLines, orders, closingPassword: password, ...given }) => ({
        kind: 'bill',
        bill: enterBill(
          company,
          {
            vendor: byName(vendor),
            ...headOf(given),
            ...linesOf(company, expenseLines, itemLines),
            ...(orders === undefined ? {} : { orderIds: orders }),
          },
          personWith(password),
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
        ...changedLineForms,
      }),
      (company, { txnId, vendor, expenseLines, itemLines, closingPassword: password, ...given }) => ({
        kind: 'bill',
        bill: modifyBill(
          company,
          billOf(company, txnId),
          {
            ...headOf(given),
            ...(vendor === undefined ? {} : { vendor: byName(vendor) }),
            ...lineChangeOf(company, expenseLines, itemLines),
          },
          undefined,
          personWith(password),
        ),
      }),
    ),
  ],
  [
    'void-bill',
    move(oneBill, (company, { txnId, closingPassword: password }) => ({
      kind: 'bill',
      bill: voidBill(company, billOf(company, txnId), personWith(password)),
    })),
  ],
  [
    'delete-bill',
    move(oneBill, (company, { txnId, closingPassword: password }) => ({
      kind: 'answer',
      answer: deletedTransactionBooks(deleteBill(company, billOf(company, txnId), personWith(password))),
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
  readonly exchangeRate?: BillDraft['exchangeRate'] | undefined;
}

const headOf = ({ terms, apAccount, ...given }: HeadGiven) =>
  withoutUndefined({
    ...given,
    terms: terms === undefined ? undefined : byName(terms),
    apAccount: apAccount === undefined ? undefined : byName(apAccount),
  });
