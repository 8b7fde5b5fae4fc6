/**
 * The lines of an invoice as lines for QuickBooks, and every reason why one cannot be.
 *
 * 1. References are resolved to ListID and full name as QuickBooks has them; what is unknown or inactive there is named.
 * 2. Quantity and cost are sent only when their exact product, rounded half up, is the amount; else quantity and amount.
 * 3. Billable means nothing without a customer or job, and is sent only with one.
 */
import type { BillFieldName, BillLevel, BillTexts } from '../domain/billFields.ts';
import type { LedgerKind, ListRef } from '../domain/ledger.ts';
import { formatCents, productCents } from '../domain/money.ts';
import type { Draft, Invoice, InvoiceExpense, InvoiceItem, InvoiceLine, PayablesRef } from '../domain/payables.ts';
import { KIND_WORDS, numberOf } from './billMapping.ts';
import { eachWritten } from './carriedTexts.ts';
import type { Finding } from './finding.ts';
import { ledgerText, refusedText } from './ledgerText.ts';
import { inOrder } from './lineMap.ts';
import type { Lookup } from './lookup.ts';
import type { ExpenseLinePlan, ItemLinePlan, ItemWorth } from './plans.ts';

/** Item kinds that cannot stand on a line of a bill (qbXML 13.0 has a group only as a line of its own kind). */
const NOT_BOUGHT: ReadonlySet<string> = new Set([
  'Group',
  'Subtotal',
  'Discount',
  'Payment',
  'SalesTax',
  'SalesTaxGroup',
]);

/** Reads one invoice: resolves what it names, and collects what stands in the way. */
export interface InvoiceReader {
  readonly problems: readonly Finding[];
  /** How sentences call the invoice. */
  readonly named: { readonly number: string; readonly vendor: string };
  report(code: Finding['code'], params?: Readonly<Record<string, string>>, part?: string): void;
  /** The QuickBooks entry that a reference means; undefined when there is none (reported when `ref` is given). */
  resolve(
    kind: LedgerKind,
    ref: PayablesRef | undefined,
    lineNumber?: number,
  ): (ListRef & { readonly type?: string }) | undefined;
  /** A text fit for QuickBooks; undefined for none. What does not fit is reported. */
  text(what: string, text: string | undefined, limit: number, part: string): string | undefined;
}

/** @param inUse ListIDs that the bill has already: one that was made inactive since is no reason to refuse. */
export function createInvoiceReader(
  invoice: Draft<Invoice>,
  lookup: Lookup,
  inUse: ReadonlySet<string> = new Set(),
): InvoiceReader {
  const problems: Finding[] = [];
  const vendorId = invoice.vendor.id;
  const vendor =
    lookup.ledger('vendor', vendorId)?.name ??
    lookup.payablesName?.('vendor', vendorId) ??
    'a vendor that is not known';
  const named = { number: numberOf(ledgerText(invoice.invoiceNumber)), vendor };
  const report: InvoiceReader['report'] = (code, params = {}, part = '') => {
    problems.push({ code, params: { ...named, ...params }, ...(part === '' ? {} : { part }) });
  };
  return {
    problems,
    named,
    report,
    resolve: (kind, ref, lineNumber) => {
      if (ref === undefined) return undefined;
      const what = KIND_WORDS[kind];
      const line: Record<string, string> = lineNumber === undefined ? {} : { line: lineInWords(lineNumber) };
      const part = `${kind} ${ref.id}`;
      const entry = lookup.ledger(kind, ref.id);
      if (entry === undefined) {
        const name = lookup.payablesName?.(kind, ref.id);
        report('notInQuickBooks', { what, ...line, ...(name === undefined ? {} : { name }) }, part);
        return undefined;
      }
      if (!entry.active && !inUse.has(entry.id))
        report('inactiveInQuickBooks', { what, name: entry.name, ...line }, part);
      return { id: entry.id, name: entry.name, ...(entry.type === undefined ? {} : { type: entry.type }) };
    },
    text: (what, text, limit, part) => {
      const plain = ledgerText(text);
      problems.push(...refusedText(plain, limit, { what, record: recordInWords(named), part }));
      return plain;
    },
  };
}

export const recordInWords = (named: { readonly number: string; readonly vendor: string }): string =>
  `the invoice ${named.number} of ${named.vendor}`;

/** People count lines from one. */
export const lineInWords = (lineNumber: number): string => String(lineNumber + 1);

/** The amount, and whether the lines make it: reports a negative or lineless invoice and lines that do not sum. */
export function checkAmounts(invoice: Draft<Invoice>, reader: InvoiceReader): void {
  const amount = formatCents(invoice.amountCents);
  const lines: readonly InvoiceLine[] = [...invoice.expenses, ...invoice.items];
  const sum = lines.reduce((total, line) => total + line.amountCents, 0);
  if (invoice.amountCents < 0) reader.report('negativeInvoice', { amount });
  else if (lines.length === 0) reader.report('invoiceWithoutLines', { amount });
  else if (sum !== invoice.amountCents) reader.report('linesDoNotSum', { amount, lines: formatCents(sum) });
}

/** Every line as a line for QuickBooks, in order; lines with problems are reported and left out. */
export function planLines(
  invoice: Draft<Invoice>,
  reader: InvoiceReader,
): { readonly expenseLines: readonly ExpenseLinePlan[]; readonly itemLines: readonly ItemLinePlan[] } {
  return {
    expenseLines: inOrder(invoice.expenses).flatMap((line) => planExpense(line, reader)),
    itemLines: inOrder(invoice.items).flatMap((line) => planItem(line, reader)),
  };
}

function planExpense(line: InvoiceExpense, reader: InvoiceReader): ExpenseLinePlan[] {
  const number = { line: lineInWords(line.lineNumber) };
  const part = `line ${line.lineNumber}`;
  const texts = planTexts('expenseLine', line, reader, line.lineNumber);
  const rest = planRest(line, reader);
  if (line.glAccount === undefined) reader.report('lineWithoutAccount', number, part);
  const account = reader.resolve('account', line.glAccount, line.lineNumber);
  if (account === undefined) return [];
  if (account.type === 'NonPosting') reader.report('accountTakesNoBills', { ...number, name: account.name }, part);
  return [{ ...rest, ...texts, account: listRef(account) }];
}

function planItem(line: InvoiceItem, reader: InvoiceReader): ItemLinePlan[] {
  const number = { line: lineInWords(line.lineNumber) };
  const part = `line ${line.lineNumber}`;
  const texts = planTexts('itemLine', line, reader, line.lineNumber);
  const rest = planRest(line, reader);
  if (line.item === undefined) reader.report('lineWithoutItem', number, part);
  const item = reader.resolve('item', line.item, line.lineNumber);
  if (item === undefined) return [];
  if (item.type !== undefined && NOT_BOUGHT.has(item.type))
    reader.report('itemTakesNoBills', { ...number, name: item.name, type: item.type }, part);
  return [{ ...rest, ...texts, item: listRef(item), worth: worthOf(line) }];
}

/** The plain texts of an invoice or of one of its lines, as far as they are written to QuickBooks. */
export function planTexts<L extends BillLevel>(
  level: L,
  from: BillTexts<L>,
  reader: Pick<InvoiceReader, 'text'>,
  lineNumber?: number,
): BillTexts<L> {
  return eachWritten<L, string>(level, (name, limit, { words, wordsThere }) =>
    lineNumber === undefined
      ? reader.text(`The ${wordsThere ?? words}`, from[name], limit, name)
      : reader.text(
          `The ${wordsThere ?? words} of line ${lineInWords(lineNumber)}`,
          from[name],
          limit,
          `${name} ${lineNumber}`,
        ),
  );
}

function planRest(
  line: InvoiceLine,
  reader: InvoiceReader,
): Omit<ExpenseLinePlan, 'account' | BillFieldName<'expenseLine'>> {
  const { lineNumber, amountCents } = line;
  const customer = reader.resolve('customer', line.project, lineNumber);
  const classRef = reader.resolve('class', line.classification, lineNumber);
  return {
    lineNumber,
    amountCents,
    ...(customer === undefined ? {} : { customer: listRef(customer) }),
    ...(classRef === undefined ? {} : { class: listRef(classRef) }),
    ...(customer === undefined || line.billable === undefined
      ? {}
      : { billable: line.billable ? 'Billable' : 'NotBillable' }),
  };
}

/** How an item line says its worth. A quantity of zero says nothing and is left out. */
export function worthOf({
  quantity,
  cost,
  amountCents,
}: Pick<InvoiceItem, 'quantity' | 'cost' | 'amountCents'>): ItemWorth {
  if (quantity === undefined || quantity.units === 0) return { by: 'amount', amountCents };
  if (cost !== undefined && productCents(quantity, cost) === amountCents)
    return { by: 'cost', quantity, cost, amountCents };
  return { by: 'quantity', quantity, amountCents };
}

export const listRef = ({ id, name }: ListRef): ListRef => ({ id, name });
