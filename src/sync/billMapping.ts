/**
 * Bills of QuickBooks as MineralTree's invoices.
 *
 * 1. The due date is always explicit, whatever the terms; terms that MineralTree does not have are left out.
 * 2. Nothing is moved in part: a bill with item groups, in another currency, or whose lines are not its amount is a problem.
 * 3. A vendor, account, item, class or customer that MineralTree does not have yet is the problem `waitsFor`.
 * 4. A voided bill is never an invoice over 0.00: it is the problem `voidedInQuickBooks`.
 */
import { billTexts } from '../domain/billFields.ts';
import type {
  LedgerBill,
  LedgerExpenseLine,
  LedgerItemLine,
  LedgerKind,
  LedgerLine,
  ListRef,
} from '../domain/ledger.ts';
import { type Cents, type Decimal, formatCents, trimDecimal } from '../domain/money.ts';
import type { Draft, Invoice, InvoiceLine, PayablesRef } from '../domain/payables.ts';
import { digestOf } from './digest.ts';
import type { Finding, Mapped } from './finding.ts';
import type { Lookup } from './lookup.ts';
import { isForeign } from './vendorMapping.ts';

/** What a settlement of a bill is called in its links (qbXML 13.0, LinkedTxn); other money links leave the balance unknown. */
const SETTLING: ReadonlySet<string> = new Set([
  'BillPaymentCheck',
  'BillPaymentCreditCard',
  'Check',
  'CreditCardCharge',
  'VendorCredit',
  'JournalEntry',
]);

/** How sentences call a kind of record. */
export const KIND_WORDS: Readonly<Record<LedgerKind, string>> = {
  account: 'the account',
  class: 'the class',
  customer: 'the customer or job',
  item: 'the item',
  terms: 'the terms',
  vendor: 'the vendor',
  bill: 'the bill',
  credit: 'the credit',
  checkPayment: 'the payment by check',
  cardPayment: 'the payment by credit card',
};

/**
 * The invoice that MineralTree is to hold for a bill, or why there can be none.
 * @param known.openCents what BillToPay says is left; absent, it is worked out from the links.
 */
export function mapBill(
  bill: LedgerBill,
  known: { readonly lookup: Lookup; readonly openCents?: Cents },
): Mapped<Draft<Invoice>> {
  const refusal = cannotMove(bill);
  if (refusal !== undefined) return { problems: [refusal] };
  const waiting: Finding[] = [];
  const resolve = (kind: LedgerKind, ref: ListRef | undefined): PayablesRef | undefined => {
    if (ref === undefined) return undefined;
    const id = known.lookup.payablesId(kind, ref.id);
    if (id === undefined) waiting.push(waitsFor(bill, kind, ref));
    return id === undefined ? undefined : { id, externalId: ref.id };
  };
  const line = (from: LedgerLine, lineNumber: number): InvoiceLine => {
    const classification = resolve('class', from.class);
    const project = resolve('customer', from.customer);
    return {
      lineNumber,
      amountCents: from.amountCents,
      ...(classification === undefined ? {} : { classification }),
      ...(project === undefined ? {} : { project }),
      ...(from.billable === undefined ? {} : { billable: from.billable !== 'NotBillable' }),
    };
  };
  const expense = (from: LedgerExpenseLine, index: number): Invoice['expenses'][number] => {
    const glAccount = resolve('account', from.account);
    return {
      ...line(from, index),
      ...billTexts('expenseLine', from),
      ...(glAccount === undefined ? {} : { glAccount }),
    };
  };
  const itemLine = (from: LedgerItemLine, index: number): Invoice['items'][number] => {
    const item = resolve('item', from.item);
    return {
      ...line(from, bill.expenseLines.length + index),
      ...billTexts('itemLine', from),
      ...(item === undefined ? {} : { item }),
      ...(from.quantity === undefined ? {} : { quantity: from.quantity }),
      ...(from.cost === undefined ? {} : { cost: from.cost }),
    };
  };
  const vendor = resolve('vendor', bill.vendor);
  const apAccount = resolve('account', bill.apAccount);
  const expenses = bill.expenseLines.map(expense);
  const items = bill.itemLines.map(itemLine);
  if (vendor === undefined || waiting.length > 0) return { problems: distinct(waiting) };
  const term = bill.terms === undefined ? undefined : known.lookup.payablesId('terms', bill.terms.id);
  const balanceCents = openBalance(bill, known.openCents);
  return {
    draft: {
      externalId: bill.id,
      vendor,
      ...(term === undefined || bill.terms === undefined ? {} : { term: { id: term, externalId: bill.terms.id } }),
      ...(apAccount === undefined ? {} : { apAccount }),
      transactionDate: bill.txnDate,
      dueDate: bill.dueDate ?? bill.txnDate,
      ...(bill.refNumber === undefined ? {} : { invoiceNumber: bill.refNumber }),
      amountCents: bill.amountDueCents,
      balanceCents,
      ...billTexts('header', bill),
      state: bill.isPaid === true || balanceCents === 0 ? 'Settled' : 'Open',
      expenses,
      items,
    },
  };
}

/**
 * What is left to pay: nothing when QuickBooks calls it paid; else what BillToPay says; else the amount and its links of
 * money. QuickBooks' own OpenAmount is not asked, for it is known to be wrong at times (qbXML 13.0).
 */
function openBalance(bill: LedgerBill, openCents: Cents | undefined): Cents {
  if (bill.isPaid === true) return 0;
  if (openCents !== undefined) return openCents;
  const settling = bill.links.filter((link) => link.linkType !== 'QUANTYPE' && SETTLING.has(link.txnType));
  return settling.reduce((left, link) => left - Math.abs(link.amountCents), bill.amountDueCents);
}

/**
 * Whether a bill was voided: an amount of 0.00 and a memo that begins with VOID. QuickBooks has no mark for it
 * (a practitioners' rule, unverified against a real QuickBooks).
 */
export function isVoided(bill: LedgerBill): boolean {
  return bill.amountDueCents === 0 && /^\s*void\b/i.test(bill.memo ?? '');
}

/** Digest of what Tandem carries of a bill, but for what payments change: two versions with the same digest are no edit. */
export function billDigest(bill: LedgerBill): string {
  const { editSequence: _version, links: _links, isPaid: _paid, guid: _guid, ...content } = bill;
  return digestOf({
    ...content,
    vendor: bill.vendor.id,
    apAccount: bill.apAccount?.id,
    terms: bill.terms?.id,
    currency: bill.currency?.id,
    expenseLines: bill.expenseLines.map((line) => ({
      ...lineContent(line),
      ...billTexts('expenseLine', line),
      account: line.account?.id,
    })),
    itemLines: bill.itemLines.map((line) => ({
      ...lineContent(line),
      ...billTexts('itemLine', line),
      item: line.item?.id,
      quantity: trimmed(line.quantity),
      cost: trimmed(line.cost),
    })),
  });
}

/** A line for the digest: references by ID, for a list entry that is renamed is no edit of the bills that name it. */
const lineContent = ({ lineId, amountCents, customer, class: classRef, billable }: LedgerLine): object => ({
  lineId,
  amountCents,
  customer: customer?.id,
  class: classRef?.id,
  billable,
});
const trimmed = (value: Decimal | undefined): Decimal | undefined =>
  value === undefined ? undefined : trimDecimal(value);

function cannotMove(bill: LedgerBill): Finding | undefined {
  const named = { number: numberOf(bill.refNumber), vendor: bill.vendor.name };
  const amount = formatCents(bill.amountDueCents);
  if (isForeign(bill.currency))
    return { code: 'billInOtherCurrency', params: { ...named, currency: bill.currency?.name ?? '' } };
  if (isVoided(bill)) return { code: 'voidedInQuickBooks', params: named };
  if (bill.groupLines > 0) return { code: 'billWithGroupLines', params: { ...named, amount } };
  const lines = [...bill.expenseLines, ...bill.itemLines].reduce((sum, line) => sum + line.amountCents, 0);
  if (lines !== bill.amountDueCents)
    return { code: 'billLinesDoNotSum', params: { ...named, amount, lines: formatCents(lines) } };
  return undefined;
}

const waitsFor = (bill: LedgerBill, kind: LedgerKind, ref: ListRef): Finding => ({
  code: 'waitsFor',
  params: {
    number: numberOf(bill.refNumber),
    vendor: bill.vendor.name,
    what: KIND_WORDS[kind],
    name: ref.name,
  },
  waitsFor: { kind, id: ref.id, name: ref.name },
});

/** How sentences call a bill's number, and one that has none. */
export const numberOf = (number: string | undefined): string => (number === undefined ? 'without number' : number);

const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((one) => [`${one.waitsFor?.kind} ${one.waitsFor?.id}`, one])).values(),
];
