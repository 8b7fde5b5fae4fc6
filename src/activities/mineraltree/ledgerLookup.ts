/** The answers that decisions ask for (`Lookup` of src/sync), loaded from the store for a whole page of records at once. */
import type { LedgerBill, LedgerKind } from '../../domain/ledger.ts';
import type { Invoice } from '../../domain/payables.ts';
import { type Db, entriesOfMt, pairingsOfLedger } from '../../store/index.ts';
import {
  type LedgerEntry,
  type Lookup,
  PAYABLES_KIND_OF,
  referencesOfBill,
  referencesOfInvoice,
} from '../../sync/index.ts';

const keyOf = (kind: LedgerKind, id: string): string => `${kind} ${id}`;

/** Everything that these bills and invoices refer to. */
export async function loadLookup(
  db: Db,
  companyId: string,
  records: { readonly bills?: readonly LedgerBill[]; readonly invoices?: readonly Invoice[] },
): Promise<Lookup> {
  const ofBills = distinct((records.bills ?? []).flatMap(referencesOfBill));
  const ofInvoices = distinct((records.invoices ?? []).flatMap(referencesOfInvoice));
  const payables = new Map<string, string>();
  for (const { kind, entity, ledgerId, mtId } of await pairingsOfLedger(db, companyId, ofBills))
    if (entity === PAYABLES_KIND_OF[kind]) payables.set(keyOf(kind, ledgerId), mtId);
  const entries = new Map<string, LedgerEntry>();
  for (const { kind, entity, ledgerId, mtId, name, active, type } of await entriesOfMt(db, companyId, ofInvoices)) {
    if (entity !== PAYABLES_KIND_OF[kind]) continue;
    entries.set(keyOf(kind, mtId), { id: ledgerId, name, active, ...(type !== undefined && { type }) });
    payables.set(keyOf(kind, ledgerId), mtId);
  }
  return {
    payablesId: (kind, ledgerId) => payables.get(keyOf(kind, ledgerId)),
    ledger: (kind, payablesId) => entries.get(keyOf(kind, payablesId)),
  };
}

function distinct(references: readonly { readonly kind: LedgerKind; readonly id: string }[]) {
  return [...new Map(references.map((one) => [keyOf(one.kind, one.id), one])).values()];
}
