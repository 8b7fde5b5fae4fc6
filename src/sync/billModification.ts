/**
 * A modification of a QuickBooks bill from an edit made in MineralTree. Only for bills born there, in an open period, and
 * only while QuickBooks' own version is the one both sides were in step with (`decideBillChange` says so).
 *
 * 1. What was not edited is not sent, but for both dates, which are always sent.
 * 2. Lines are sent only when lines changed, and then all of them with their TxnLineIDs: an unlisted line is deleted.
 * 3. Lines are never sent for a bill with item groups, links to orders, or lines already billed.
 * 4. What MineralTree cannot carry on a line stays as it is in QuickBooks.
 */
import type { ExpectedLine } from '../contract/posting.ts';
import type { BillFieldValues, BillTextChanges, BillTexts, LineLevel } from '../domain/billFields.ts';
import type { LedgerBill, LedgerLine } from '../domain/ledger.ts';
import type { Draft, Invoice, InvoiceExpense, InvoiceItem, InvoiceLine } from '../domain/payables.ts';
import { MAX_REF_NUMBER, type PlanningContext } from './billPosting.ts';
import { eachWritten, saidToLedger } from './carriedTexts.ts';
import { closedDate } from './closedPeriod.ts';
import { sameJson } from './digest.ts';
import type { Planned } from './finding.ts';
import { checkAmounts, createInvoiceReader, listRef, planLines, planTexts } from './invoiceLines.ts';
import { contentsOf, inOrder, matchLines } from './lineMap.ts';
import type { BillLink } from './links.ts';
import type { BillModPlan, ExpenseLinePlan, ItemLinePlan, Modified } from './plans.ts';

const NEW_LINE = '-1';
const ORDER_LINKS: ReadonlySet<string> = new Set(['PurchaseOrder', 'ItemReceipt']);

/**
 * The plan of a modification, or everything that stands in its way.
 * @param edit.bill the bill as QuickBooks has it, in step with the link; its edit sequence goes into the plan.
 */
export function planBillMod(
  edit: { readonly invoice: Invoice; readonly link: BillLink; readonly bill: LedgerBill },
  context: PlanningContext,
): Planned<BillModPlan> {
  const { link, bill } = edit;
  const [invoice, before] = [saidToLedger(edit.invoice), saidToLedger(link.readBack)];
  const reader = createInvoiceReader(invoice, context.lookup, inUse(bill));
  checkAmounts(invoice, reader);
  const { transactionDate: txnDate, dueDate } = invoice;
  if (dueDate === undefined) reader.report('dueDateMissing');
  const { closingDate } = context.preferences;
  if (closingDate !== undefined && closedDate([bill.txnDate, txnDate], closingDate) !== undefined) {
    const moved = txnDate === bill.txnDate ? {} : { newDate: txnDate };
    reader.report('editInClosedPeriod', { date: bill.txnDate, ...moved, closingDate });
  }
  const header = planHeader(invoice, before, reader);
  const linesEdited =
    !sameJson(contentsOf(invoice.expenses), contentsOf(before.expenses)) ||
    !sameJson(contentsOf(invoice.items), contentsOf(before.items));
  const reason = impossible(link, bill, linesEdited);
  if (reason !== undefined) reader.report('editNotPossible', { reason });
  const lines = linesEdited ? planEditedLines({ invoice, before, link, bill }, planLines(invoice, reader)) : undefined;
  if (reader.problems.length > 0 || dueDate === undefined) return { problems: reader.problems };
  const { id: txnId, editSequence } = bill;
  return {
    plan: {
      kind: 'BillMod',
      txnId,
      editSequence,
      ...header.plan,
      txnDate,
      dueDate,
      amountCents: invoice.amountCents,
      ...(lines === undefined ? {} : { lines }),
      match: {
        txnId,
        editSequence,
        target: {
          ...header.target,
          txnDate,
          dueDate,
          amountCents: invoice.amountCents,
          ...(lines === undefined ? {} : expectedLines(lines, bill)),
        },
      },
      dates: [...new Set([bill.txnDate, txnDate])],
    },
  };
}

type Lines = NonNullable<BillModPlan['lines']>;
type Header = BillTextChanges<'header'> & Pick<BillModPlan, 'vendor' | 'refNumber' | 'terms'>;
type Target = BillModPlan['match']['target'];

/** The header fields that were edited. */
function planHeader(
  invoice: Draft<Invoice>,
  before: Draft<Invoice>,
  reader: ReturnType<typeof createInvoiceReader>,
): { readonly plan: Header; readonly target: Omit<Target, 'amountCents'> } {
  const movedTo = <F extends 'vendor' | 'term'>(field: F): boolean => invoice[field]?.id !== before[field]?.id;
  const vendor = movedTo('vendor') ? reader.resolve('vendor', invoice.vendor) : undefined;
  const terms = movedTo('term') ? (reader.resolve('terms', invoice.term) ?? null) : undefined;
  const number =
    invoice.invoiceNumber !== before.invoiceNumber
      ? { refNumber: reader.text('The number', invoice.invoiceNumber, MAX_REF_NUMBER, 'number') ?? null }
      : {};
  const now = planTexts('header', invoice, reader);
  const texts = eachWritten<'header', string | null>('header', (name) =>
    invoice[name] === before[name] ? undefined : (now[name] ?? null),
  );
  return {
    plan: {
      ...(vendor === undefined ? {} : { vendor: listRef(vendor) }),
      ...number,
      ...(terms === undefined ? {} : { terms: terms === null ? null : listRef(terms) }),
      ...texts,
    },
    target: {
      ...(vendor === undefined ? {} : { vendorId: vendor.id }),
      ...number,
      ...(terms === undefined ? {} : { termsId: terms === null ? null : terms.id }),
      ...texts,
    },
  };
}

/** Why the edit cannot be carried, in words that follow "but"; undefined when it can. */
function impossible(link: BillLink, bill: LedgerBill, linesEdited: boolean): string | undefined {
  if (link.bornIn !== 'mineraltree') return 'the bill was entered in QuickBooks';
  if (!linesEdited) return undefined;
  const lines: readonly LedgerLine[] = [...bill.expenseLines, ...bill.itemLines];
  if (bill.groupLines > 0) return 'the bill has item groups in QuickBooks';
  if (bill.links.some((one) => one.linkType === 'QUANTYPE' || ORDER_LINKS.has(one.txnType)))
    return 'the bill is linked to a purchase order or an item receipt';
  if (lines.some((line) => line.billable === 'HasBeenBilled')) return 'a line was already billed to the customer';
  const known = new Set(link.lines.map((line) => line.lineId));
  if (known.size !== lines.length || lines.some((line) => !known.has(line.lineId)))
    return 'it is not known which line in QuickBooks is which';
  return undefined;
}

/** Every line with its TxnLineID, and null for what was taken off a line. */
function planEditedLines(
  edit: {
    readonly invoice: Draft<Invoice>;
    readonly before: Draft<Invoice>;
    readonly link: BillLink;
    readonly bill: LedgerBill;
  },
  planned: { readonly expenseLines: readonly ExpenseLinePlan[]; readonly itemLines: readonly ItemLinePlan[] },
): Lines {
  const { invoice, before, link, bill } = edit;
  const expenses = pair(invoice.expenses, before.expenses, link, 'expense');
  const items = pair(invoice.items, before.items, link, 'item');
  const expenseLines = withLineIds('expenseLine', planned.expenseLines, expenses);
  const itemLines = withLineIds('itemLine', planned.itemLines, items);
  return {
    expenseLines,
    itemLines,
    clearExpenseLines: bill.expenseLines.length > 0 && expenseLines.length === 0,
    clearItemLines: bill.itemLines.length > 0 && itemLines.length === 0,
  };
}

/** A line as it was, and its TxnLineID. */
interface Was<I> {
  readonly line: I;
  readonly lineId: string;
}

/** By line number: the line that each line of the edited invoice was. */
function pair<L extends InvoiceExpense | InvoiceItem>(
  edited: readonly L[],
  before: readonly L[],
  link: BillLink,
  kind: 'expense' | 'item',
): ReadonlyMap<number, Was<L>> {
  const old = inOrder(before).flatMap((line) => {
    const known = link.lines.find((one) => one.kind === kind && one.lineNumber === line.lineNumber);
    return known === undefined ? [] : [{ line, lineId: known.lineId }];
  });
  const matched = matchLines(inOrder(edited), old);
  return new Map(matched.flatMap(({ line, was }) => (was === undefined ? [] : [[line.lineNumber, was]])));
}

function withLineIds<
  K extends LineLevel,
  L extends (ExpenseLinePlan | ItemLinePlan) & BillTextChanges<K>,
  I extends InvoiceLine & BillTexts<K>,
>(level: K, lines: readonly L[], was: ReadonlyMap<number, Was<I>>): readonly Modified<L>[] {
  return lines.map((line) => {
    const former = was.get(line.lineNumber);
    if (former === undefined) return { ...line, lineId: NEW_LINE };
    return {
      ...line,
      lineId: former.lineId,
      ...takenOff(level, line, former.line),
      ...(line.customer === undefined && former.line.project !== undefined ? { customer: null } : {}),
      ...(line.class === undefined && former.line.classification !== undefined ? { class: null } : {}),
    };
  });
}

/** Null for each text that the line had and has no more. */
const takenOff = <K extends LineLevel>(
  level: K,
  line: BillTextChanges<K>,
  former: BillTexts<K>,
): BillFieldValues<K, null> =>
  eachWritten<K, null>(level, (name) => (line[name] === undefined && former[name] !== undefined ? null : undefined));

/** What the lines read as once the modification is applied: what is not sent stays as the bill has it. */
function expectedLines(lines: Lines, bill: LedgerBill): Pick<Target, 'expenseLines' | 'itemLines'> {
  const [expenses, items] = [byId(bill.expenseLines), byId(bill.itemLines)];
  const expected = (line: Modified<ExpenseLinePlan> | Modified<ItemLinePlan>, held?: LedgerLine): ExpectedLine => {
    const classId = line.class === undefined ? held?.class?.id : line.class?.id;
    const customerId = line.customer === undefined ? held?.customer?.id : line.customer?.id;
    return {
      amountCents: line.amountCents,
      ...('account' in line ? { accountId: line.account.id } : { itemId: line.item.id }),
      ...('worth' in line && line.worth.by !== 'amount' ? { quantity: line.worth.quantity } : {}),
      ...(classId === undefined ? {} : { classId }),
      ...(customerId === undefined ? {} : { customerId }),
    };
  };
  return {
    expenseLines: lines.expenseLines.map((line) => {
      const held = expenses.get(line.lineId);
      return { ...expected(line, held), ...expectedTexts('expenseLine', line, held) };
    }),
    itemLines: lines.itemLines.map((line) => {
      const held = items.get(line.lineId);
      return { ...expected(line, held), ...expectedTexts('itemLine', line, held) };
    }),
  };
}

const byId = <L extends LedgerLine>(lines: readonly L[]): ReadonlyMap<string, L> =>
  new Map(lines.map((line) => [line.lineId, line]));

const expectedTexts = <K extends LineLevel>(level: K, line: BillTextChanges<K>, held: BillTexts<K> = {}) =>
  eachWritten<K, string | null>(level, (name) => {
    const sent: string | null | undefined = line[name];
    return sent === undefined ? (held[name] ?? null) : sent;
  });

/** What the bill names already. */
function inUse(bill: LedgerBill): ReadonlySet<string> {
  const lines = [...bill.expenseLines, ...bill.itemLines];
  const refs = [
    bill.vendor,
    bill.terms,
    ...bill.expenseLines.map((line) => line.account),
    ...bill.itemLines.map((line) => line.item),
    ...lines.flatMap((line) => [line.class, line.customer]),
  ];
  return new Set(refs.flatMap((ref) => (ref === undefined ? [] : [ref.id])));
}
