/**
 * Records that are gone or void in QuickBooks, of which people were told: is there anything left to tell?
 *
 * 1. Where MineralTree has let go of a record too (deleted, void, inactive), nothing is.
 * 2. What was told of an edit of a bill is over when QuickBooks does not have the bill any more.
 * 3. MineralTree is asked for a record of each problem, a few at a time and not in every cycle: a deletion shows in no search.
 */
import type { LedgerKind } from '../../domain/ledger.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { closeProblems, findProblems, getSnapshots, linksOf, openProblems, type Problem } from '../../store/index.ts';
import { isVoided, PAYABLES_KIND_OF, type ProblemCode } from '../../sync/index.ts';
import { attempt, isOutage } from './failure.ts';
import { targetsOf } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';

/** Told of records that MineralTree still has. */
const STILL_THERE = [
  'deletedInQuickBooks',
  'missingInQuickBooks',
  'voidedInQuickBooks',
  'creditDeletedInQuickBooks',
  'creditVoidedInQuickBooks',
  'entryDeletedInQuickBooks',
  'entryMergedInQuickBooks',
] as const satisfies readonly ProblemCode[];

/** What was asked for is asked for again after so long, at most so many at once. */
const AGAIN_MS = 600_000;
const AT_ONCE = 50;

/**
 * Closes the problems of records that both sides have let go of.
 * @param all every such problem, whenever MineralTree was asked last
 * @throws MineralTreeError when MineralTree could not be reached
 */
export async function closeGone(run: Run, all = false): Promise<void> {
  const { companyId, context } = run;
  const { db } = context.store;
  const asked = (await findProblems(db, companyId, { codes: STILL_THERE }))
    .filter(({ seenAt }) => all || run.startedAt - seenAt >= AGAIN_MS)
    .sort((a, b) => a.seenAt - b.seenAt);
  const looked = all ? asked : asked.slice(0, AT_ONCE);
  const over = [...(await letGo(run, looked)), ...(await editsOfGoneBills(run))];
  const still = looked.filter((problem) => !over.includes(problem));
  if (over.length + still.length === 0) return;
  await run.fence.write(async (tx) => {
    const now = context.clock();
    await openProblems(tx, companyId, still, now);
    await closeProblems(
      tx,
      companyId,
      over.map(({ key }) => key),
      now,
    );
  });
}

/** Those of which MineralTree has let go. */
async function letGo(run: Run, problems: readonly Problem[]): Promise<readonly Problem[]> {
  if (problems.length === 0) return [];
  const connection = await run.payables();
  const targets = targetsOf(connection);
  const get = (kind: LedgerKind, id: string): Promise<object> => {
    const entity = PAYABLES_KIND_OF[kind];
    if (entity === 'payment') return connection.records.payments.get(id);
    return entity === 'credit' ? connection.records.credits.get(id) : targets[entity].get(id);
  };
  const named = problems.flatMap((problem) => (isLedgerKind(problem.subject.kind) ? [problem] : []));
  const links = new Map<string, string>();
  for (const kind of new Set(named.map(({ subject }) => subject.kind)))
    if (isLedgerKind(kind)) {
      const ids = named.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []));
      for (const [id, { mtId }] of await linksOf(run.context.store.db, run.companyId, PAYABLES_KIND_OF[kind], ids))
        links.set(`${kind} ${id}`, mtId);
    }
  const answers = await eachAtOnce(named, async ({ subject: { kind, id } }) => {
    const mtId = links.get(`${kind} ${id}`);
    if (mtId === undefined || !isLedgerKind(kind)) return false;
    return isGoneThere(() => get(kind, mtId), isLetGo);
  });
  return named.filter((problem) => answers.get(problem) === true);
}

/**
 * Whether MineralTree does not have a record any more, or has let go of it. One that it has and that cannot be read is there.
 * @throws MineralTreeError when MineralTree could not be reached
 */
export async function isGoneThere<T extends object>(
  read: () => Promise<T>,
  letGo: (record: T) => boolean = () => false,
): Promise<boolean> {
  const record = await attempt(read);
  if (!(record instanceof MineralTreeError)) return letGo(record);
  if (isOutage(record)) throw record;
  return record.code === 'notFound';
}

const isLedgerKind = (kind: string): kind is LedgerKind => Object.hasOwn(PAYABLES_KIND_OF, kind);

/** Void, or not in use any more. */
function isLetGo(record: object): boolean {
  if ('state' in record && record.state === 'Voided') return true;
  if ('status' in record && record.status === 'Voided') return true;
  return 'active' in record && record.active === false;
}

/** What was told of edits of bills that are gone or void: of those, that they are is told. */
async function editsOfGoneBills({ companyId, context }: Run): Promise<readonly Problem[]> {
  const { db } = context.store;
  const edits = await findProblems(db, companyId, { prefix: 'edit:bill:' });
  if (edits.length === 0) return [];
  const ids = edits.map(({ subject }) => subject.id);
  const snapshots = await getSnapshots(db, companyId, 'bill', ids);
  return edits.filter(({ subject }) => {
    const snapshot = snapshots.get(subject.id);
    return snapshot !== undefined && (snapshot.gone || isVoided(snapshot.record));
  });
}
