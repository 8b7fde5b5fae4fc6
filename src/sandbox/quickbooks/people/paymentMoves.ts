/**
 * What a person does with bill payments: pay bills, change, void, delete a payment, change a discount.
 *
 * Bills of several vendors or A/P accounts may be paid at once: that makes a payment for each. An amount left out is
 * everything that is open after discount and credits.
 */
import { z } from 'zod';
import { type ApDocument, apDocument } from '../apDocuments.ts';
import { openOwed } from '../applications.ts';
import { deletedTransactionBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { withoutUndefined } from '../lists.ts';
import { applicationBooks, paymentBooks } from '../payablesView.ts';
import { deletePayment, enterPayment, modifyPayment, type PaidBillDraft, voidPayment } from '../payments.ts';
import type { BillPayment } from '../records.ts';
import { byName } from '../references.ts';
import { notFound } from '../refusal.ts';
import { creditDrafts, creditForms } from './creditMoves.ts';
import {
  amount,
  closingPassword,
  date,
  decimal,
  type Moved,
  type Moves,
  move,
  name,
  personWith,
  text,
} from './move.ts';

const paidBill = z.strictObject({
  txnId: name,
  amount: amount.optional(),
  discount: amount.optional(),
  discountAccount: name.optional(),
  discountClass: name.optional(),
  credits: creditForms.default([]),
});
const head = {
  date: date.optional(),
  refNumber: text.max(11).optional(),
  toBePrinted: z.boolean().optional(),
  memo: text.max(4095).optional(),
  exchangeRate: decimal.optional(),
  closingPassword,
};
const onePayment = z.strictObject({ txnId: name, closingPassword });

export const PAYMENT_MOVES: Moves = [
  [
    'pay-bills',
    move(
      z.strictObject({
        bills: z.array(paidBill).min(1),
        account: name,
        method: z.enum(['check', 'creditCard']),
        ...head,
      }),
      (company, { bills, account, method, date: txnDate, closingPassword: password, ...given }) => {
        const payments: BillPayment[] = [];
        for (const group of grouped(company, bills)) {
          const payment = enterPayment(
            company,
            {
              method,
              vendor: { ListID: group.of.vendorId },
              apAccount: { ListID: group.of.apAccountId },
              account: byName(account),
              ...withoutUndefined({ ...given, txnDate }),
              bills: group.bills,
            },
            personWith(password),
          );
          if (payment !== undefined) payments.push(payment);
        }
        const { creditApplication: rows } = company.tables;
        return {
          kind: 'answer',
          answer: {
            payments: payments.map((payment) => paymentBooks(company, payment)),
            applications: bills.flatMap(({ txnId }) =>
              rows.find('bill', txnId).map((application) => applicationBooks(company, application)),
            ),
          },
        };
      },
    ),
  ],
  [
    'edit-payment',
    move(
      z.strictObject({
        txnId: name,
        account: name.optional(),
        bills: z.array(paidBill).optional(),
        ...head,
      }),
      (company, { txnId, account, bills, date: txnDate, closingPassword: password, ...given }) => {
        const payment = paymentOf(company, txnId);
        return shown(
          company,
          modifyPayment(
            company,
            payment,
            withoutUndefined({
              ...given,
              txnDate,
              account: account === undefined ? undefined : byName(account),
              bills: bills?.map((bill) => draftOf(bill, openFor(company, payment, bill.txnId))),
            }),
            undefined,
            personWith(password),
          ),
        );
      },
    ),
  ],
  [
    'set-discount',
    move(
      z.strictObject({
        payment: name,
        bill: name,
        discount: amount,
        discountAccount: name.optional(),
        discountClass: name.optional(),
        amount: amount.optional(),
        closingPassword,
      }),
      (company, { payment: paymentId, bill: billId, closingPassword: password, ...given }) => {
        const payment = paymentOf(company, paymentId);
        const bills = payment.applications.map(
          (paid): PaidBillDraft =>
            paid.billId === billId
              ? draftOf({ ...given, txnId: billId, amount: given.amount ?? paid.cents, credits: [] }, 0)
              : withoutUndefined({
                  billId: paid.billId,
                  cents: paid.cents,
                  discountCents: paid.discountCents,
                  discountAccount:
                    paid.discountAccountId === undefined ? undefined : { ListID: paid.discountAccountId },
                  discountClass: paid.discountClassId === undefined ? undefined : { ListID: paid.discountClassId },
                }),
        );
        if (bills.every((bill) => bill.billId !== billId)) throw notFound(billId);
        return shown(company, modifyPayment(company, payment, { bills }, undefined, personWith(password)));
      },
    ),
  ],
  [
    'void-payment',
    move(onePayment, (company, { txnId, closingPassword: password }) =>
      shown(company, voidPayment(company, paymentOf(company, txnId), personWith(password))),
    ),
  ],
  [
    'delete-payment',
    move(onePayment, (company, { txnId, closingPassword: password }) => ({
      kind: 'answer',
      answer: deletedTransactionBooks(deletePayment(company, paymentOf(company, txnId), personWith(password))),
    })),
  ],
];

const shown = (company: CompanyFile, payment: BillPayment): Moved => ({
  kind: 'answer',
  answer: paymentBooks(company, payment),
});

function paymentOf(company: CompanyFile, txnId: string): BillPayment {
  const found = company.tables.payment.get(txnId);
  if (found === undefined) throw notFound(txnId);
  return found;
}

/** What is open of a bill to a payment that already pays some of it. */
function openFor(company: CompanyFile, payment: BillPayment, billId: string): number {
  const paid = payment.applications.find((application) => application.billId === billId);
  return (apDocument(company, billId)?.openCents ?? 0) + (paid === undefined ? 0 : paid.cents + paid.discountCents);
}

/** The bills of each vendor and A/P account, in the order in which they were named. */
function grouped(company: CompanyFile, bills: readonly z.infer<typeof paidBill>[]) {
  const groups = new Map<string, { readonly of: ApDocument; readonly bills: PaidBillDraft[] }>();
  for (const bill of bills) {
    const of = openOwed(company, bill.txnId);
    const key = `${of.vendorId}/${of.apAccountId}`;
    const group = groups.get(key) ?? { of, bills: [] };
    group.bills.push(draftOf(bill, of.openCents));
    groups.set(key, group);
  }
  return groups.values();
}

function draftOf(
  { txnId, amount: cents, discount = 0, discountAccount, discountClass, credits }: z.infer<typeof paidBill>,
  openCents: number,
): PaidBillDraft {
  const drafts = creditDrafts(credits);
  const rest = drafts.reduce((open, credit) => open - credit.cents, openCents - discount);
  return withoutUndefined({
    billId: txnId,
    cents: cents ?? Math.max(0, rest),
    discountCents: discount,
    discountAccount: discountAccount === undefined ? undefined : byName(discountAccount),
    discountClass: discountClass === undefined ? undefined : byName(discountClass),
    credits: drafts,
  });
}
