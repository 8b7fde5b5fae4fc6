/**
 * List entries that vanished from QuickBooks, and whether bills show that they were merged into others.
 *
 * 1. QuickBooks says only that an entry is gone. Deleting refuses what transactions name, so those that named it name
 *    another now: they are read anew by their IDs, for a merge need not change their times.
 * 2. What they name then tells the merge, in the pull that brings them or in a later one; until then the entry is told as
 *    deleted. Bills that name different ones make no merge.
 */
import type { LedgerBill } from '../../domain/ledger.ts';
import { type AnySnapshot, findProblems, getSnapshots, linksOf, type Tx, wantKeys } from '../../store/index.ts';
import { transactionsNaming } from '../../store/namingEntries.ts';
import {
  type BillVersions,
  type Finding,
  goneEntry,
  isNamedKind,
  leftEntries,
  NAMED_KINDS,
  type NamedKind,
  PAYABLES_KIND_OF,
} from '../../sync/index.ts';
import { nameOf, subjectOf } from './listPush.ts';
import { type ProblemLedger, prefixOf } from './problemLedger.ts';
import type { Run } from './run.ts';

/** Bills and credits that are read anew for one entry: twenty pages of each. */
const MAX_READ_ANEW = 2_000;

export type Reason = 'deleted' | 'missing';

export interface VanishedEntries {
  /** A bill that was stored and is news. */
  changed(before: LedgerBill, now: LedgerBill): void;
  /** An entry that is gone and was not before; false where it is none of a list that bills name. */
  gone(snapshot: AnySnapshot, reason: Reason): boolean;
  /** Decides what became of them, and wants what named them. Whether bills were found to name others instead. */
  write(tx: Tx, problems: ProblemLedger): Promise<boolean>;
}

export function createVanishedEntries({ companyId, company }: Run): VanishedEntries {
  const bills: BillVersions[] = [];
  const vanished = new Map<string, { readonly snapshot: AnySnapshot; readonly reason: Reason }>();

  async function tell(tx: Tx, problems: ProblemLedger, kind: NamedKind): Promise<boolean> {
    const left = new Set(bills.flatMap((versions) => leftEntries(kind, versions)));
    const snapshots = await getSnapshots(
      tx,
      companyId,
      kind,
      [...left].filter((id) => !vanished.has(id)),
    );
    const before = [...snapshots.values()].filter(({ gone }) => gone);
    const now = [...vanished.values()].filter(({ snapshot }) => snapshot.kind === kind);
    const ids = [...before, ...now.map(({ snapshot }) => snapshot)].map(({ ledgerId }) => ledgerId);
    const known = await linksOf(tx, companyId, PAYABLES_KIND_OF[kind], ids);
    for (const { snapshot, reason } of now) {
      if (!known.has(snapshot.ledgerId)) continue;
      const entry = { kind, id: snapshot.ledgerId, name: nameOf(snapshot) };
      problems.looked('gone', subjectOf(snapshot), [goneEntry(entry, bills, reason)]);
    }
    for (const snapshot of before) {
      if (!known.has(snapshot.ledgerId)) continue;
      const finding = goneEntry({ kind, id: snapshot.ledgerId, name: nameOf(snapshot) }, bills);
      const added = await withEarlier(tx, companyId, prefixOf('gone', subjectOf(snapshot)), finding);
      if (added !== undefined) problems.looked('gone', subjectOf(snapshot), [added]);
    }
    return ids.some((id) => left.has(id));
  }

  return {
    changed: (before, now) => void bills.push({ before, now }),
    gone(snapshot, reason) {
      if (!isNamedKind(snapshot.kind)) return false;
      vanished.set(snapshot.ledgerId, { snapshot, reason });
      return true;
    },
    async write(tx, problems) {
      let followed = false;
      for (const kind of NAMED_KINDS) followed = (await tell(tx, problems, kind)) || followed;
      // During a first load everything is read anyway.
      if (company.firstLoadDoneAt === undefined) return followed;
      for (const { snapshot } of vanished.values()) {
        const entry = { kind: snapshot.kind, id: snapshot.ledgerId };
        const naming = await transactionsNaming(tx, companyId, entry, MAX_READ_ANEW);
        await wantKeys(tx, companyId, 'bill', naming.bill);
        await wantKeys(tx, companyId, 'credit', naming.credit);
      }
      return followed;
    },
  };
}

/**
 * What bills read now show, with what those before showed; undefined where nothing changes by it. A person who said that it
 * is done with is not told again.
 */
async function withEarlier(tx: Tx, companyId: string, prefix: string, finding: Finding): Promise<Finding | undefined> {
  const [earlier] = await findProblems(tx, companyId, { prefix });
  if (earlier === undefined || finding.code !== 'entryMergedInQuickBooks') return undefined;
  if (earlier.code !== finding.code) return finding;
  if (earlier.params.into !== finding.params.into)
    return {
      code: 'entryDeletedInQuickBooks',
      params: { what: finding.params.what ?? '', name: finding.params.name ?? '' },
    };
  const count = Number(earlier.params.count) + Number(finding.params.count);
  return { ...finding, params: { ...finding.params, count: String(count) } };
}
