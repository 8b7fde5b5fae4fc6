/**
 * How decisions find the other side's record, without a database: the caller loads what a record refers to
 * (`referencesOfBill`, `referencesOfInvoice` say what that is) and answers from memory.
 */
import type { LedgerBill, LedgerKind } from '../domain/ledger.ts';
import type { Invoice } from '../domain/payables.ts';

/** A list entry of QuickBooks as the last pull left it. */
export interface LedgerEntry {
  /** ListID. */
  readonly id: string;
  /** Full name. */
  readonly name: string;
  readonly active: boolean;
  /** Not in QuickBooks any more: deleted, or merged into another. */
  readonly gone?: true;
  /** AccountType of an account, kind of an item (`Service`, `Group`, ...). */
  readonly type?: string;
}

export interface Lookup {
  /** MineralTree's ID of the record linked with a QuickBooks record; undefined where there is no link. */
  payablesId(kind: LedgerKind, ledgerId: string): string | undefined;
  /** The QuickBooks record linked with a MineralTree record; undefined where there is no link. */
  ledger(kind: LedgerKind, payablesId: string): LedgerEntry | undefined;
  /** What MineralTree calls a record, for sentences about one that has no link. */
  payablesName?(kind: LedgerKind, payablesId: string): string | undefined;
}

/** A record on one side: `id` is QuickBooks' in `referencesOfBill`, MineralTree's in `referencesOfInvoice`. */
export interface Reference {
  readonly kind: LedgerKind;
  readonly id: string;
}

/** Every list entry that a QuickBooks bill names, each once: what `Lookup.payablesId` will be asked. */
export function referencesOfBill(bill: LedgerBill): readonly Reference[] {
  const lines = [...bill.expenseLines, ...bill.itemLines];
  return distinct([
    reference('vendor', bill.vendor),
    reference('account', bill.apAccount),
    reference('terms', bill.terms),
    ...bill.expenseLines.map((line) => reference('account', line.account)),
    ...bill.itemLines.map((line) => reference('item', line.item)),
    ...lines.flatMap((line) => [reference('class', line.class), reference('customer', line.customer)]),
  ]);
}

/** Every list entry that a MineralTree invoice names, each once: what `Lookup.ledger` will be asked. */
export function referencesOfInvoice(invoice: Invoice): readonly Reference[] {
  const lines = [...invoice.expenses, ...invoice.items];
  return distinct([
    reference('vendor', invoice.vendor),
    reference('terms', invoice.term),
    reference('account', invoice.apAccount),
    ...invoice.expenses.map((line) => reference('account', line.glAccount)),
    ...invoice.items.map((line) => reference('item', line.item)),
    ...lines.flatMap((line) => [reference('class', line.classification), reference('customer', line.project)]),
  ]);
}

const reference = (kind: LedgerKind, ref: { readonly id: string } | undefined): Reference[] =>
  ref === undefined ? [] : [{ kind, id: ref.id }];

function distinct(references: readonly Reference[][]): readonly Reference[] {
  const found = new Map(references.flat().map((one) => [`${one.kind} ${one.id}`, one]));
  return [...found.values()];
}
