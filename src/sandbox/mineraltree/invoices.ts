/**
 * An invoice's way through MineralTree at a person's hands: entered, submitted, approved, posted, edited, deleted.
 *
 * 1. Draft -> (AwaitingApproval ->) Posted: then its state is Open with an empty externalId ("Awaiting Sync") until the
 *    ledger's key is filled in. Approving does not post.
 * 2. Posting, and editing what is posted, needs every required field and an open accounting period.
 * 3. The front end refuses an invoice number that the vendor has already; what the ledger sends is let in.
 * 4. What is paid, closed or void is not edited; what has a payment or credit is not deleted.
 */
import { randomUUID } from 'node:crypto';
import { formatCents, productCents } from '../../domain/money.ts';
import type { ExpenseLine, ItemLine } from './billFields.ts';
import { balanceOf, isAttached, posted, restated, stateOf, statusWords } from './billLedger.ts';
import type { Books } from './books.ts';
import { daysLater } from './calendar.ts';
import type { Kind, ValuesOf } from './entities.ts';
import { type ExpenseTyped, type ItemTyped, type Move, MoveRefused } from './moves.ts';
import { closedPeriod, missingFields } from './posting.ts';
import { differences, nextStamp, recorded, type StoredBill, stampOf, type Tables } from './record.ts';

type Typed = Omit<Move<'edit-invoice'>, 'company' | 'bill'>;

/** A new Draft. The A/P account is the company's only one, the due date the term's, where they are not typed. */
export function enterInvoice(books: Books, move: Move<'enter-invoice'>): StoredBill {
  const { company, currency, ...typed } = move;
  const at = stampOf(books.nowMs());
  const values = typedValues(books, company, { expenses: [], items: [], ...typed }, {});
  const payables = books
    .all(company, 'glAccount')
    .filter(({ values: account }) => account.ledgerType === 'AP_ACCOUNT' && account.active === true);
  const only = payables.length === 1 ? payables[0]?.id : undefined;
  const bill: StoredBill = {
    kind: 'bill',
    id: randomUUID(),
    companyId: company,
    externalId: '',
    created: at,
    modified: at,
    createdBy: 'person',
    values: { ...values, ...(values.apAccount === undefined && only !== undefined && { apAccount: only }) },
    history: [{ at, by: 'person', action: 'entered', changes: [] }],
    currency,
    stage: 'Draft',
    approved: false,
    entries: [],
  };
  refuseDuplicate(books, bill);
  books.put(bill);
  return bill;
}

export function submitInvoice(books: Books, move: Move<'submit'>): StoredBill {
  const bill = invoiceOf(books, move);
  if (bill.stage !== 'Draft' || bill.approved) throw refused(bill, 'cannot be submitted');
  return moved(books, { ...bill, stage: 'AwaitingApproval' }, 'submitted');
}

export function approveInvoice(books: Books, move: Move<'approve'>): StoredBill {
  const bill = invoiceOf(books, move);
  if (bill.stage === 'Posted' || bill.approved) throw refused(bill, 'needs no approval');
  return moved(books, { ...bill, stage: 'Draft', approved: true }, 'approved');
}

export function postInvoice(books: Books, move: Move<'post'>): StoredBill {
  const bill = invoiceOf(books, move);
  if (bill.stage === 'Posted') throw refused(bill, 'is posted already');
  if (bill.stage === 'AwaitingApproval' || (books.knobs().approvalRequired && !bill.approved))
    throw refused(bill, 'has to be approved first');
  refuseUnpostable(books, bill.companyId, bill.values, [bill.values.transactionDate]);
  const at = nextStamp(books.nowMs(), bill.modified);
  return moved(books, { ...bill, stage: 'Posted', ...posted(bill.values.amount ?? 0, at, 'person') }, 'posted');
}

export function editInvoice(books: Books, { company, bill: id, ...typed }: Move<'edit-invoice'>): StoredBill {
  const bill = invoiceOf(books, { company, bill: id });
  const values = typedValues(books, company, typed, bill.values);
  const at = nextStamp(books.nowMs(), bill.modified);
  const { closing: _, ...rest } = bill;
  let next: StoredBill = { ...bill, values };
  if (bill.stage === 'Posted') {
    if (stateOf(bill) !== 'Open') throw refused(bill, 'cannot be edited');
    // What the ledger does not have yet may still leave the period (the guide: its date can be modified).
    const before = bill.externalId === '' ? [] : [bill.values.transactionDate];
    refuseUnpostable(books, company, values, [...before, values.transactionDate]);
    const amount = values.amount ?? 0;
    if ((amount - (bill.values.amount ?? 0) + balanceOf(bill)) * Math.sign(amount) < 0)
      throw new MoveRefused(422, `more than ${formatCents(amount)} of the invoice is paid or credited already`);
    next = { ...rest, values, ...restated(bill, { amount }, at, 'person') };
  }
  refuseDuplicate(books, next);
  return moved(books, next, 'edited', bill);
}

/** Answers what was deleted. */
export function deleteInvoice(books: Books, move: Move<'delete-invoice'>): StoredBill {
  const bill = invoiceOf(books, move);
  if (bill.stage === 'Posted' && (isAttached(bill) || balanceOf(bill) !== (bill.values.amount ?? 0)))
    throw refused(bill, 'has a payment or credit and cannot be deleted');
  books.deleteBill(bill, nextStamp(books.nowMs(), bill.modified));
  return bill;
}

function moved(books: Books, next: StoredBill, action: string, before = next): StoredBill {
  const at = nextStamp(books.nowMs(), next.modified);
  const entry = { at, by: 'person', action, changes: differences(before.values, next.values) } as const;
  const bill = { ...next, modified: at, history: recorded(next.history, entry) };
  books.put(bill);
  return bill;
}

/** Throws `MoveRefused` when the company has no such invoice. */
export function invoiceOf(
  books: Books,
  { company, bill }: { readonly company: string; readonly bill: string },
): StoredBill {
  const found = books.find('bill', bill);
  if (found?.companyId !== company) throw new MoveRefused(404, `bill: company ${company} has no invoice ${bill}`);
  return found;
}

const refused = (bill: StoredBill, why: string): MoveRefused =>
  new MoveRefused(422, `invoice ${bill.values.invoiceNumber ?? bill.id} (${statusWords(bill)}) ${why}`);

function refuseUnpostable(
  books: Books,
  companyId: string,
  values: ValuesOf<'bill'>,
  dates: readonly (string | undefined)[],
): void {
  const missing = missingFields(values);
  if (missing.length > 0) throw new MoveRefused(422, `required fields are missing: ${missing.join('; ')}`, missing);
  for (const date of dates) {
    const period = date === undefined ? undefined : closedPeriod(books, companyId, date);
    if (period !== undefined)
      throw new MoveRefused(422, `the accounting period "${period}" is closed: ${date} lies in it`, [
        'header: Invoice Date',
      ]);
  }
}

function refuseDuplicate(books: Books, bill: StoredBill): void {
  const { invoiceNumber, vendor } = bill.values;
  if (invoiceNumber === undefined) return;
  const other = books
    .all(bill.companyId, 'bill')
    .find(({ id, values }) => id !== bill.id && values.vendor === vendor && values.invoiceNumber === invoiceNumber);
  if (other !== undefined)
    throw new MoveRefused(422, `the vendor has an invoice ${invoiceNumber} already (${other.id})`, [
      'header: Invoice #',
    ]);
}

/** What was typed, laid over what is known. */
function typedValues(books: Books, company: string, typed: Typed, known: ValuesOf<'bill'>): ValuesOf<'bill'> {
  const next: Record<string, unknown> = { ...known };
  const set = (name: keyof ValuesOf<'bill'>, value: unknown): void => {
    if (value === undefined) return;
    if (value === null || value === '') delete next[name];
    else next[name] = value;
  };
  const idOf = (kind: Kind, name: string | null | undefined, at: string) =>
    typeof name === 'string' ? namedRecord(books, company, kind, name, at).id : name;
  set('vendor', idOf('vendor', typed.vendor, 'vendor'));
  set('invoiceNumber', typed.invoiceNumber);
  set('transactionDate', typed.transactionDate);
  set('dueDate', typed.dueDate);
  set('term', idOf('term', typed.term, 'term'));
  set('apAccount', idOf('glAccount', typed.apAccount, 'apAccount'));
  set('memo', typed.memo);
  set('amount', typed.amount);
  if (typed.term && typed.dueDate === undefined && next.transactionDate !== undefined) {
    const { dueDays = 0 } = namedRecord(books, company, 'term', typed.term, 'term').values;
    next.dueDate = daysLater(String(next.transactionDate), dueDays);
  }
  set(
    'expenses',
    typed.expenses?.map((line, index) => expenseLine(books, company, line, index)),
  );
  set(
    'items',
    typed.items?.map((line, index) => itemLine(books, company, line, index)),
  );
  const values = next as ValuesOf<'bill'>;
  const { expenses = [], items = [] } = values;
  return {
    ...values,
    expenses: expenses.map((line, index) => ({ ...line, lineNumber: index })),
    items: items.map((line, index) => ({ ...line, lineNumber: expenses.length + index })),
  };
}

function expenseLine(books: Books, company: string, typed: ExpenseTyped, index: number): ExpenseLine {
  const { glAccount, amount, memo } = typed;
  const at = `expenses[${index}]`;
  return {
    ...(glAccount !== undefined && {
      glAccount: namedRecord(books, company, 'glAccount', glAccount, `${at}.glAccount`).id,
    }),
    ...(amount !== undefined && { amountDue: amount }),
    ...(memo && { memo }),
    ...lineCoding(books, company, typed, at),
  };
}

/** The amount is quantity times cost where it is not typed. */
function itemLine(books: Books, company: string, typed: ItemTyped, index: number): ItemLine {
  const { item, quantity, cost, memo } = typed;
  const at = `items[${index}]`;
  const amount =
    typed.amount ??
    (quantity && cost
      ? productCents(
          { units: quantity.value, scale: quantity.precision },
          { units: cost.amount, scale: cost.precision },
        )
      : undefined);
  return {
    ...(item !== undefined && { companyItem: namedRecord(books, company, 'item', item, `${at}.item`).id }),
    ...(quantity && { quantity }),
    ...(cost && { cost }),
    ...(amount !== undefined && { amountDue: amount }),
    ...(memo && { description: memo }),
    ...lineCoding(books, company, typed, at),
  };
}

function lineCoding(books: Books, company: string, typed: ExpenseTyped | ItemTyped, at: string) {
  const { classification, project, billable } = typed;
  return {
    ...(classification !== undefined && {
      classification: namedRecord(books, company, 'classification', classification, `${at}.classification`).id,
    }),
    ...(project !== undefined && { project: namedRecord(books, company, 'project', project, `${at}.project`).id }),
    ...(billable !== undefined && { billable }),
  };
}

/** The record of that name; of several the one that is active. Throws `MoveRefused` naming `at`. */
export function namedRecord<K extends Exclude<Kind, 'bill' | 'paymentMethod'>>(
  books: Books,
  company: string,
  kind: K,
  name: string,
  at: string,
): Tables[K];
export function namedRecord(books: Books, company: string, kind: Kind, name: string, at: string): Tables[Kind];
export function namedRecord(books: Books, company: string, kind: Kind, name: string, at: string): Tables[Kind] {
  const found = books.all(company, kind).filter(({ values }) => 'name' in values && values.name === name);
  const active = found.filter(({ values }) => !('active' in values) || values.active !== false);
  const [first, ...more] = active.length > 0 ? active : found;
  if (first === undefined) throw new MoveRefused(400, `${at}: the company has no ${kind} "${name}"`);
  if (more.length > 0) throw new MoveRefused(400, `${at}: the company has ${more.length + 1} of ${kind} "${name}"`);
  return first;
}
