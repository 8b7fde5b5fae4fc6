/**
 * Credits of vendors, and their application to bills, as the API writes them.
 *
 * 1. A bill credit lowers what is owed on the bill and what is left of the credit, and makes a payment with the fund method
 *    CREDIT (status 1010). It is refused beyond what is open or left, for the credit of another vendor, on a voided bill.
 * 2. A bill credit is not changed. Voiding it gives both back and voids its payment; a second time is refused.
 * 3. Only a credit of which nothing is applied is voided, or given to another vendor.
 *
 * Sources: API guide (credit, billCredit). What is refused is unverified against a live MineralTree.
 */
import { randomUUID } from 'node:crypto';
import { balanceOf, setAgainst } from './billLedger.ts';
import type { Books } from './books.ts';
import { appliedOf, creditRestated, creditStatusOf, creditUsed, remainingOf } from './creditLedger.ts';
import { type JsonObject, readFields, type Scope } from './field.ts';
import { creditStandingFields } from './paymentFields.ts';
import { PAID, VOIDED } from './paymentStatus.ts';
import { payable } from './paymentWrites.ts';
import {
  type AnyRecord,
  type Author,
  nextStamp,
  recorded,
  type StoredBill,
  type StoredBillCredit,
  type StoredCredit,
  type StoredPayment,
} from './record.ts';
import { invalid, Refusal } from './refusal.ts';
import { type Base, changedValues, newValues, scopeOf, type Written } from './values.ts';

/** A credit of the ledger. Throws `Refusal`. */
export function newCredit(base: Base, body: JsonObject, scope: Scope): StoredCredit {
  const values = newValues('credit', body, scope);
  const fresh: StoredCredit = { ...base, kind: 'credit', values, currency: scope.currency, entries: [], voided: false };
  return { ...fresh, ...creditRestated(fresh, standing(values.amount, body, scope), base.modified, 'api') };
}

/** The credit after a write. Throws `Refusal`. */
export function changedCredit(credit: StoredCredit, body: JsonObject, scope: Scope, at: string): StoredCredit {
  const values = changedValues(credit, body, scope);
  if (values.vendor !== credit.values.vendor && appliedOf(credit) !== 0)
    throw invalid('credit.vendor', 'cannot be changed while the credit is applied');
  return { ...credit, values, ...creditRestated(credit, standing(values.amount, body, scope), at, 'api') };
}

const standing = (amount: number | undefined, body: JsonObject, scope: Scope) => ({
  amount: amount ?? 0,
  status: readFields(creditStandingFields, body, 'credit', scope).status ?? undefined,
});

/** A credit applied to a bill, with all that changes with it. Throws `Refusal`. */
export function newBillCredit(books: Books, base: Base, body: JsonObject): Written<'billCredit'> {
  const scope = scopeOf(books, base.companyId);
  const values = newValues('billCredit', body, scope);
  const { amountApplied = 0, transactionDate } = values;
  const credit = books.find('credit', values.credit ?? '');
  if (credit === undefined) throw invalid('billCredit.credit.id', 'there is no such credit');
  const bill = payable(books, values.bill ?? '', credit.currency, 'billCredit.bill.id');
  const status = creditStatusOf(credit);
  if (status === 'Voided') throw invalid('billCredit.credit.id', 'the credit is voided');
  if (credit.values.vendor !== bill.values.vendor)
    throw invalid('billCredit.credit.id', "the credit is of another vendor than the bill's");
  const at = 'billCredit.amountApplied';
  const [open, left] = [balanceOf(bill), remainingOf(credit)];
  if (amountApplied > open) throw invalid(at, `${amountApplied} is more than is open of the bill, ${open}`);
  if (amountApplied > left) throw invalid(at, `${amountApplied} is more than is left of the credit, ${left}`);

  const { creditNumber } = credit.values;
  const payment: StoredPayment = {
    ...base,
    id: randomUUID(),
    externalId: '',
    kind: 'payment',
    values: {
      fundMethod: { type: 'CREDIT' },
      ...(bill.values.vendor !== undefined && { vendor: bill.values.vendor }),
      bills: [{ id: bill.id, appliedPaymentAmount: amountApplied }],
      amount: amountApplied,
      ...(transactionDate !== undefined && { transactionDate }),
      ...(creditNumber !== undefined && { sequenceText: creditNumber }),
    },
    currency: credit.currency,
    status: PAID,
    origin: 'credit',
    processed: true,
  };
  const record: StoredBillCredit = {
    ...base,
    kind: 'billCredit',
    values,
    currency: credit.currency,
    voided: false,
    paymentId: payment.id,
  };
  return { record, touched: [...applied(books, bill, credit, record.id, -amountApplied, 'api'), payment] };
}

/** The bill credit that is known, when a POST says the same again. Throws `Refusal` when it does not. */
export function sameBillCredit(books: Books, known: StoredBillCredit, body: JsonObject): StoredBillCredit {
  const written = newValues('billCredit', body, scopeOf(books, known.companyId, known.currency));
  for (const [name, value] of Object.entries(written))
    if ((known.values as Readonly<Record<string, unknown>>)[name] !== value)
      throw invalid(`billCredit.${name}`, `a bill credit cannot be updated: void ${known.id} and make another`);
  return known;
}

/** The bill credit after it was voided; everything is written. Throws `Refusal`. */
export function voidBillCredit(books: Books, record: StoredBillCredit): StoredBillCredit {
  if (record.voided) throw new Refusal(400, `billCredit: ${record.id} is voided already`);
  const stamped = <T extends AnyRecord>(of: T): T => {
    const at = nextStamp(books.nowMs(), of.modified);
    return { ...of, modified: at, history: recorded(of.history, { at, by: 'api', action: 'voided', changes: [] }) };
  };
  const { amountApplied = 0, bill: billId = '', credit: creditId = '' } = record.values;
  const [bill, credit] = [books.find('bill', billId), books.find('credit', creditId)];
  const payment = books.find('payment', record.paymentId);
  const voided: StoredBillCredit = { ...stamped(record), voided: true };
  books.put(
    voided,
    ...applied(books, bill, credit, record.id, amountApplied, 'api'),
    ...(payment === undefined ? [] : [{ ...stamped(payment), status: VOIDED }]),
  );
  return voided;
}

/** Bill and credit after so many cents were applied (below zero) or taken back (above). */
function applied(
  books: Books,
  bill: StoredBill | undefined,
  credit: StoredCredit | undefined,
  ref: string,
  cents: number,
  by: Author,
): readonly AnyRecord[] {
  const action = cents < 0 ? 'credit applied' : 'credit taken back';
  const at = (of: AnyRecord) => nextStamp(books.nowMs(), of.modified);
  const noted = (of: AnyRecord, when: string) => ({
    modified: when,
    history: recorded(of.history, { at: when, by, action, changes: [] }),
  });
  const changed: AnyRecord[] = [];
  if (bill !== undefined) {
    const { closing: _, ...rest } = bill;
    const when = at(bill);
    changed.push({ ...rest, ...setAgainst(bill, [{ kind: 'credit', cents, ref }], when, by), ...noted(bill, when) });
  }
  if (credit !== undefined) {
    const when = at(credit);
    changed.push({ ...credit, ...creditUsed(credit, cents, ref, when, by), ...noted(credit, when) });
  }
  return changed;
}
