/**
 * Who edited a bill that both sides have, and what follows.
 *
 * 1. A side has changed when it differs from what it held itself when both were last in step. What payments change
 *    (balance, state, links) is no edit.
 * 2. QuickBooks alone: it goes to MineralTree. MineralTree alone: a bill born there is modified in QuickBooks; one born in
 *    QuickBooks is not, the edit is shown, and number, dates, terms and memo go back to what QuickBooks has.
 * 3. Both: QuickBooks wins. What was edited in MineralTree and is lost by that is told, with both versions; a field that
 *    QuickBooks alone changed is its news and no conflict.
 * 4. What goes to MineralTree only is no edit of a bill born there, and stays there as entered.
 * 5. The vendor of an invoice that was paid stays in MineralTree, which does not change it any more: whom it was paid to.
 * 6. Balance and state are written only when QuickBooks has something new to say, and never over a payment that was queued
 *    or made in MineralTree.
 */
import { billFields } from '../domain/billFields.ts';
import type { LedgerBill } from '../domain/ledger.ts';
import { formatCents } from '../domain/money.ts';
import type { Draft, Invoice } from '../domain/payables.ts';
import { billDigest, numberOf } from './billMapping.ts';
import { keptAsEntered, rowOf, saidToLedger } from './carriedTexts.ts';
import { digestOf, sameJson } from './digest.ts';
import type { Finding } from './finding.ts';
import { contentsOf, lineMapOf } from './lineMap.ts';
import type { BillLink, LineMap } from './links.ts';
import { type Changes, changedFields, isEmpty } from './push.ts';

export interface BillChange {
  /** To be written to MineralTree; empty for nothing. */
  readonly changes: Changes<Draft<Invoice>>;
  /** Edited in MineralTree, to be carried to QuickBooks: `planBillMod`. */
  readonly post: boolean;
  readonly problems: readonly Finding[];
  /** The line map of the link once `changes` are written; absent when it stays. */
  readonly lines?: LineMap;
}

type InvoiceFields = Changes<Draft<Invoice>>;

/** What payments move, and what cannot be written there. */
const NO_EDITS: ReadonlySet<string> = new Set(['balanceCents', 'state', 'apAccount']);
const MONEY: ReadonlySet<string> = new Set(['balanceCents', 'state']);
const FLOW_BACK: ReadonlySet<string> = new Set([
  'invoiceNumber',
  'transactionDate',
  'dueDate',
  'term',
  ...billFields('header').map(([name]) => name),
]);

const FIELD_WORDS: Readonly<Record<string, string>> = {
  vendor: 'vendor',
  term: 'terms',
  transactionDate: 'date',
  dueDate: 'due date',
  invoiceNumber: 'number',
  amountCents: 'amount',
  ...Object.fromEntries(billFields('header').map(([name]) => [name, rowOf('header', name).words])),
  expenses: 'expense lines',
  items: 'item lines',
};

export interface BillSides {
  readonly bill: LedgerBill;
  readonly desired: Draft<Invoice>;
  readonly link: BillLink;
  /** As MineralTree has it now; absent when it was not read because nothing changed there. */
  readonly invoice?: Invoice;
}

export function decideBillChange(input: BillSides): BillChange {
  const change = changeOf(input);
  const isPaid = PAID.has((input.invoice ?? input.link.readBack).state);
  return isPaid ? { ...change, changes: pick(change.changes, (field) => field !== 'vendor') } : change;
}

const PAID: ReadonlySet<string> = new Set(['Settled', 'ClosedByCredit']);

function changeOf(input: BillSides): BillChange {
  const { bill, link } = input;
  const invoice = input.invoice ?? link.readBack;
  const bornThere = link.bornIn === 'mineraltree';
  const desired = bornThere ? keptAsEntered(input.desired, invoice) : input.desired;
  const edited = (now: Draft<Invoice>, then: Draft<Invoice>): readonly string[] =>
    Object.keys(bornThere ? editedFields(saidToLedger(now), saidToLedger(then)) : editedFields(now, then));
  const named = { number: numberOf(bill.refNumber), vendor: bill.vendor.name };
  if (invoice.state === 'Voided' && link.readBack.state !== 'Voided')
    return only({
      code: 'voidedInMineralTree',
      params: { ...named, amount: formatCents(bill.amountDueCents) },
    });
  const theirs = edited(invoice, link.readBack);
  const money = moneyChanges(input.desired, link, invoice);
  if (billDigest(bill) === link.ledgerDigest) {
    if (theirs.length === 0) return { changes: { ...otherNews(desired, link), ...money }, post: false, problems: [] };
    if (bornThere) return { changes: money, post: true, problems: [] };
    const back = pick(changedFields(desired, invoice), (field) => theirs.includes(field) && FLOW_BACK.has(field));
    const told = finding('editedInMineralTree', named, theirs, desired, invoice);
    const problem = theirs.every((field) => FLOW_BACK.has(field)) ? overwritten(told) : told;
    return { changes: { ...back, ...money }, post: false, problems: [problem] };
  }
  const lines = lineMapOf(desired, bill);
  if (theirs.length === 0)
    return {
      changes: { ...withoutMoney(changedFields(desired, link.readBack)), ...money },
      post: false,
      problems: [],
      lines,
    };
  const differing = pick(withoutMoney(changedFields(desired, invoice)), (field) => !sameLines(field, desired, invoice));
  const fields = edited(desired, invoice).filter((field) => theirs.includes(field));
  const problems = fields.length === 0 ? [] : [overwritten(finding('editedInBoth', named, fields, desired, invoice))];
  return { changes: { ...differing, ...money }, post: false, problems, lines };
}

/** What was edited is gone by the time that anybody reads of it. */
const overwritten = (problem: Finding): Finding => ({ ...problem, toBeSeen: true });

const only = (problem: Finding): BillChange => ({ changes: {}, post: false, problems: [problem] });

/** What people can edit of an invoice, where two versions differ. Lines that were renumbered alone are the same. */
function editedFields(now: Draft<Invoice>, then: Draft<Invoice>): InvoiceFields {
  return pick(changedFields(now, then), (field) => !NO_EDITS.has(field) && !sameLines(field, now, then));
}
const sameLines = (field: string, a: Draft<Invoice>, b: Draft<Invoice>): boolean =>
  (field === 'expenses' || field === 'items') && sameJson(contentsOf(a[field]), contentsOf(b[field]));

const withoutMoney = (changes: InvoiceFields): InvoiceFields => pick(changes, (field) => !MONEY.has(field));

/**
 * Balance and state, when QuickBooks says something new about them. Less than MineralTree has is written; more only where
 * nothing was paid in MineralTree and QuickBooks itself changed its mind (a payment deleted, an amount edited): otherwise
 * an invoice that was paid in MineralTree would be opened again, and paid twice.
 */
function moneyChanges(desired: Draft<Invoice>, link: BillLink, invoice: Draft<Invoice>): InvoiceFields {
  const { readBack, ledgerOpenCents } = link;
  const isMoney = (field: string): boolean => MONEY.has(field);
  if (link.pushedDigest === digestOf(desired) || invoice.state === 'PendingSettled') return {};
  if (isEmpty(pick(changedFields(desired, readBack), isMoney))) return {};
  const less = desired.balanceCents < invoice.balanceCents;
  const settles = desired.balanceCents === invoice.balanceCents && invoice.state === 'Open';
  const untouched = invoice.balanceCents === readBack.balanceCents && invoice.state === readBack.state;
  const changedItsMind =
    desired.amountCents !== readBack.amountCents ||
    (ledgerOpenCents !== undefined && ledgerOpenCents !== desired.balanceCents);
  return less || settles || (untouched && changedItsMind) ? pick(changedFields(desired, invoice), isMoney) : {};
}

/** The bill is the same, but what it refers to has come to be known: terms that were new. A bill born in MineralTree stays as it was entered. */
function otherNews(desired: Draft<Invoice>, link: BillLink): InvoiceFields {
  if (link.bornIn === 'mineraltree' || link.pushedDigest === digestOf(desired)) return {};
  return withoutMoney(changedFields(desired, link.readBack));
}

function pick(changes: InvoiceFields, wanted: (field: string) => boolean): InvoiceFields {
  return Object.fromEntries(Object.entries(changes).filter(([field]) => wanted(field)));
}

const finding = (
  code: 'editedInMineralTree' | 'editedInBoth',
  named: { readonly number: string; readonly vendor: string },
  fields: readonly string[],
  ledger: Draft<Invoice>,
  payables: Draft<Invoice>,
): Finding => ({
  code,
  params: {
    ...named,
    fields: fields.map((field) => FIELD_WORDS[field] ?? field).join(', '),
    quickBooks: written(ledger, fields),
    mineralTree: written(payables, fields),
  },
});

/** The named fields of a version, for a person. */
function written(invoice: Draft<Invoice>, fields: readonly string[]): string {
  const values = new Map(Object.entries(invoice));
  return fields.map((field) => `${FIELD_WORDS[field] ?? field} ${valueInWords(field, values.get(field))}`).join('; ');
}

function valueInWords(field: string, value: unknown): string {
  if (value === undefined) return '(none)';
  if (field === 'amountCents' && typeof value === 'number') return formatCents(value);
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(lineInWords).join(' + ');
  if (typeof value === 'object') return '(another)';
  return String(value);
}

function lineInWords(line: unknown): string {
  if (typeof line !== 'object' || line === null || !('amountCents' in line)) return '?';
  const memo = 'memo' in line && typeof line.memo === 'string' ? ` ${line.memo}` : '';
  return typeof line.amountCents === 'number' ? `${formatCents(line.amountCents)}${memo}` : '?';
}
