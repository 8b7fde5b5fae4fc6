/**
 * What a person does with the transactions that touch A/P without being bills, credits or payments. Amounts are what a
 * person types: what a check or a charge spends, what a deposit or a refund brings, what a receipt is worth; a journal
 * has debits and credits. A line of an A/P account names its vendor.
 */
import { z } from 'zod';
import { deletedTransactionBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { enterGeneral, type GeneralLineDraft } from '../generalTransactions.ts';
import { withoutUndefined } from '../lists.ts';
import { creditBooks, generalBooks, paymentBooks } from '../payablesView.ts';
import type { GeneralTransaction, GeneralType } from '../records.ts';
import { byName } from '../references.ts';
import { deleteTransaction, transactionOf, typeOf, voidTransaction } from '../transactions.ts';
import {
  amount,
  closingPassword,
  date,
  type Move,
  type Moved,
  type Moves,
  move,
  name,
  personWith,
  text,
} from './move.ts';

const head = {
  date: date.optional(),
  refNumber: text.max(11).optional(),
  memo: text.max(4095).optional(),
  vendor: name.optional(),
  closingPassword,
};
const line = z.strictObject({ account: name, amount, vendor: name.optional(), memo: text.optional() });
const journalLine = z.strictObject({
  account: name,
  debit: amount.optional(),
  credit: amount.optional(),
  vendor: name.optional(),
  memo: text.optional(),
});
type Head = z.infer<z.ZodObject<typeof head>>;

/** `side` is 1 where the lines are debited, as in a check. */
const withHead = (type: GeneralType, side: 1 | -1): Move =>
  move(
    z.strictObject({ account: name, ...head, lines: z.array(line).min(1) }),
    (company, { account, lines, ...given }) =>
      entered(
        company,
        type,
        given,
        lines.map((each) => lineOf(each, side * each.amount)),
        account,
      ),
  );

export const GENERAL_MOVES: Moves = [
  ['enter-check', withHead('Check', 1)],
  ['enter-charge', withHead('CreditCardCharge', 1)],
  ['enter-card-refund', withHead('CreditCardCredit', -1)],
  ['enter-deposit', withHead('Deposit', -1)],
  [
    'enter-journal',
    move(z.strictObject({ ...head, lines: z.array(journalLine).min(2) }), (company, { lines, ...given }) =>
      entered(
        company,
        'JournalEntry',
        given,
        lines.map((each) => lineOf(each, (each.debit ?? 0) - (each.credit ?? 0))),
      ),
    ),
  ],
  [
    'enter-item-receipt',
    move(
      z.strictObject({
        ...head,
        vendor: name,
        apAccount: name.default('Accounts Payable'),
        lines: z.array(line).min(1),
      }),
      (company, { lines, apAccount, ...given }) =>
        entered(
          company,
          'ItemReceipt',
          given,
          lines.map((each) => lineOf(each, each.amount)),
          apAccount,
        ),
    ),
  ],
  [
    'enter-purchase-order',
    move(z.strictObject({ ...head, vendor: name, lines: z.array(line).min(1) }), (company, { lines, ...given }) =>
      entered(
        company,
        'PurchaseOrder',
        given,
        lines.map((each) => lineOf(each, each.amount)),
      ),
    ),
  ],
  [
    'void-transaction',
    move(z.strictObject({ txnId: name, closingPassword }), (company, { txnId, closingPassword: password }) => {
      const type = typeOf(transactionOf(company, txnId));
      const voided = voidTransaction(company, type, txnId, personWith(password));
      switch (voided.table) {
        case 'bill':
          return { kind: 'bill', bill: voided.record };
        case 'vendorCredit':
          return { kind: 'answer', answer: creditBooks(company, voided.record) };
        case 'payment':
          return { kind: 'answer', answer: paymentBooks(company, voided.record) };
        case 'general':
          return shown(company, voided.record);
      }
    }),
  ],
  [
    'delete-transaction',
    move(z.strictObject({ txnId: name, closingPassword }), (company, { txnId, closingPassword: password }) => {
      const type = typeOf(transactionOf(company, txnId));
      const deleted = deleteTransaction(company, type, txnId, personWith(password));
      return { kind: 'answer', answer: deletedTransactionBooks(deleted) };
    }),
  ],
];

const lineOf = (
  { account, vendor, memo }: { account: string; vendor?: string | undefined; memo?: string | undefined },
  cents: number,
): GeneralLineDraft => ({
  account: byName(account),
  cents: cents + 0,
  ...withoutUndefined({ vendor: vendor === undefined ? undefined : byName(vendor), memo }),
});

function entered(
  company: CompanyFile,
  type: GeneralType,
  { date: txnDate, refNumber, memo, vendor, closingPassword: password }: Head,
  lines: readonly GeneralLineDraft[],
  account?: string,
): Moved {
  const draft = withoutUndefined({
    txnDate,
    refNumber,
    memo,
    vendor: vendor === undefined ? undefined : byName(vendor),
    account: account === undefined ? undefined : byName(account),
  });
  return shown(company, enterGeneral(company, { type, ...draft, lines }, personWith(password)));
}

const shown = (company: CompanyFile, transaction: GeneralTransaction): Moved => ({
  kind: 'answer',
  answer: generalBooks(company, transaction),
});
