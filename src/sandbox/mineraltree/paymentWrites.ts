/**
 * Payments as the API writes them: external ones, which were made in the ledger.
 *
 * 1. POST records a payment that was made: it is paid (1010) at once, its bills are of one vendor, posted, not voided, and
 *    owe what is paid of them (knob `refuseMoreThanOpen`). Its amount is what is paid of its bills, or more, where it paid
 *    what MineralTree does not know.
 * 2. Of what was made in MineralTree, or stands for a credit, the API fills in the externalId and nothing else: that is the
 *    acknowledgement "posted in the ledger", which needs a payment that went out.
 * 3. Status, vendor and discounts are not written by the API.
 *
 * Sources: API guide (payment, identity). What is refused is unverified against a live MineralTree.
 */
import { balanceOf, standingOf, stateOf } from './billLedger.ts';
import type { Books } from './books.ts';
import { ENTITIES, type ValuesOf } from './entities.ts';
import { type JsonObject, readFields } from './field.ts';
import { effectOf, PAID, wordsOf } from './paymentStatus.ts';
import type { StoredBill, StoredPayment } from './record.ts';
import { invalid } from './refusal.ts';
import { settledBills } from './settling.ts';
import { type Base, changedValues, externalIdOf, newValues, scopeOf, type Written } from './values.ts';

/** A payment that the ledger made. Throws `Refusal`. */
export function newPayment(books: Books, base: Base, body: JsonObject): Written<'payment'> {
  const scope = scopeOf(books, base.companyId);
  const values = checked(books, newValues('payment', body, scope), scope.currency, undefined);
  const record: StoredPayment = {
    ...base,
    kind: 'payment',
    values,
    currency: scope.currency,
    status: PAID,
    origin: 'external',
    processed: true,
  };
  return { record, touched: settledBills(books, undefined, record, 'api') };
}

/** The payment after a write, and its bills. Throws `Refusal`. */
export function changedPayment(
  books: Books,
  payment: StoredPayment,
  body: JsonObject,
  modified: string,
): Written<'payment'> {
  const scope = scopeOf(books, payment.companyId, payment.currency);
  if (payment.externalId === '' && externalIdOf('payment', body) !== undefined && !payment.processed)
    throw invalid(
      'payment.externalId',
      `the payment is not made (${wordsOf(payment.status)}), so the ledger cannot have it`,
    );
  if (payment.origin !== 'external' || effectOf(payment.status) !== 'applied') {
    refuseChanges(payment, readFields<object>(ENTITIES.payment.fields, body, 'payment', scope));
    return { record: payment, touched: [] };
  }
  const values = checked(books, changedValues(payment, body, scope), payment.currency, payment);
  const record: StoredPayment = { ...payment, values, modified };
  return { record, touched: settledBills(books, payment, record, 'api') };
}

function refuseChanges(payment: StoredPayment, change: object): void {
  const known = payment.values as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(change))
    if (JSON.stringify(value ?? null) !== JSON.stringify(known[name] ?? null))
      throw invalid(
        `payment.${name}`,
        payment.origin === 'external'
          ? 'the payment is void'
          : 'the payment was made in MineralTree; the externalId alone is written',
      );
}

/** The values with vendor and amount filled in. */
function checked(
  books: Books,
  values: ValuesOf<'payment'>,
  currency: string,
  before: StoredPayment | undefined,
): ValuesOf<'payment'> {
  if (values.fundMethod?.type === 'CREDIT')
    throw invalid('payment.fundMethod.type', 'CREDIT stands for a bill credit, which makes its own payment');
  const paid = values.bills ?? [];
  let vendor: string | undefined;
  let total = 0;
  for (const [index, { id = '', appliedPaymentAmount = 0 }] of paid.entries()) {
    const at = `payment.bills[${index}]`;
    const bill = payable(books, id, currency, `${at}.id`);
    if (vendor !== undefined && vendor !== bill.values.vendor) throw invalid(`${at}.id`, 'is of another vendor');
    vendor = bill.values.vendor;
    const open = balanceOf(bill) + (before === undefined ? 0 : (standingOf(bill, 'payment').get(before.id) ?? 0));
    if (appliedPaymentAmount > open && books.knobs().refuseMoreThanOpen)
      throw invalid(`${at}.appliedPaymentAmount`, `${appliedPaymentAmount} is more than is open of the bill, ${open}`);
    total += appliedPaymentAmount;
  }
  const { amount = total } = values;
  if (amount < total) throw invalid('payment.amount', `${amount} is less than what is paid of its bills, ${total}`);
  return { ...values, amount, ...(vendor !== undefined && { vendor }) };
}

/** A bill that money or credit may be set against. Throws `Refusal` naming `at`. */
export function payable(books: Books, id: string, currency: string, at: string): StoredBill {
  const bill = books.find('bill', id);
  if (bill === undefined) throw invalid(at, `there is no bill ${id} in this company`);
  if (bill.stage !== 'Posted') throw invalid(at, 'the invoice is not posted');
  if (stateOf(bill) === 'Voided') throw invalid(at, 'the bill is voided');
  if (bill.currency !== currency) throw invalid(at, `the bill is in ${bill.currency}, not in ${currency}`);
  return bill;
}
