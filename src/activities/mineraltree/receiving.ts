/**
 * A pull as it arrives: held against the request that it answers, then stored.
 *
 * 1. What a connector says is believed only where it fits what it was asked: its company, a request that stands, the kind
 *    of page, the records asked for, a clock that can be true.
 * 2. Storing is one transaction and may be repeated; where reading stands (watermarks, readings) moves later, with
 *    everything else of the pull.
 */
import type { Key, LedgerPreferences, Pull, PullRequest } from '../../contract/index.ts';
import { isTransactionKind, LEDGER_KINDS, type LedgerKind } from '../../domain/ledger.ts';
import {
  addKeys,
  changeCompany,
  dropKeys,
  getSnapshots,
  hastenDue,
  hastenEdits,
  hastenSettlements,
  type Link,
  linksOf,
  markGone,
  putSnapshots,
  type Snapshot,
  type Subject,
  seeConnector,
  type Tx,
} from '../../store/index.ts';
import {
  creditDeleted,
  type Finding,
  KIND_WORDS,
  PAYABLES_KIND_OF,
  paymentUndone,
  sameJson,
} from '../../sync/index.ts';
import { nameOf, subjectOf } from './listPush.ts';
import type { PaymentKept } from './paymentLinks.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';
import { clearBlock } from './standing.ts';
import { createTouchedBills, type TouchedBills, type VoidedPayment } from './touchedBills.ts';
import { createVanishedEntries, type VanishedEntries } from './vanishedEntries.ts';

/** How far a host's clock may be ahead of ours: a day and a time zone. */
const AHEAD_SECONDS = 36 * 3600;

/** What is wrong with a pull as the answer to a request, in words; undefined when nothing is. */
export function misfit(pull: Pull, request: PullRequest, nowMs: number): string | undefined {
  const latest = Math.floor(nowMs / 1000) + AHEAD_SECONDS;
  if (pull.clock > latest) return 'clock: the time of the computer is in the future';
  const future = Object.entries(pull.watermarks).find(([, watermark]) => watermark > latest);
  if (future !== undefined) return `watermarks.${future[0]}: lies in the future`;
  const { page } = request;
  const kinds = LEDGER_KINDS.filter((kind) => (pull.records[kind]?.length ?? 0) > 0);
  if ((pull.keys !== undefined) !== (page.kind === 'keys')) return `keys: not what a page of ${page.kind} holds`;
  if (page.kind !== 'records' && pull.gone.length > 0) return `gone: not what a page of ${page.kind} holds`;
  if (page.kind === 'keys') {
    if (pull.keys?.of !== page.of) return `keys.of: ${page.of} was asked for`;
    if (kinds.length > 0) return 'records: not what a page of keys holds';
    if (pull.keys.next !== undefined && pull.keys.found.length === 0) return 'keys: a page without keys goes on';
  }
  if (page.kind === 'records') {
    if (kinds.some((kind) => kind !== page.of)) return `records: ${page.of} was asked for`;
    const asked = new Set(page.ids);
    const answered = answeredIds(pull, page.of);
    if (answered.some((id) => !asked.has(id))) return 'records: a record that was not asked for';
    if (page.ids.length > 0 && answered.length === 0 && pull.unreadable.length === 0)
      return 'records: none of those asked for';
  }
  if (page.kind === 'changes') {
    const unread = kinds.find((kind) => request.watermarks[kind] === undefined);
    if (unread !== undefined) return `records: ${unread} was not asked for`;
  }
  return undefined;
}

const answeredIds = (pull: Pull, kind: LedgerKind): readonly string[] => [
  ...(pull.records[kind] ?? []).map(({ id }) => id),
  ...pull.unreadable.flatMap((one) => (one.kind === kind && one.id !== undefined ? [one.id] : [])),
  ...pull.gone,
];

/** Whether the marker in the file is the one expected, or one that is taken for now. */
export const markerFits = (marker: string | undefined, { file }: Pick<PullRequest, 'file'>): boolean =>
  marker === file.expected || file.alsoAccepts.includes(marker ?? '');

/** Stores what a pull brought. */
export async function storePull(run: Run, tx: Tx, pull: Pull, request: PullRequest): Promise<void> {
  const { companyId, company, startedAt } = run;
  const problems = createProblemLedger();
  let listsChanged = await storePreferences(run, tx, pull.preferences);
  const touched = createTouchedBills(run, pull);
  const vanished = createVanishedEntries(run);
  const watching = { problems, touched, vanished };
  for (const kind of LEDGER_KINDS) {
    const { news, back } = await storeRecords(tx, companyId, kind, pull, startedAt, watching);
    for (const subject of back) problems.looked('gone', subject);
    await tellVoided(tx, companyId, touched.voided(kind), problems);
    if (news && !isTransactionKind(kind)) listsChanged = true;
  }
  for (const { kind, id, reason } of pull.unreadable)
    problems.looked('push', { kind, id: id ?? '(unknown)' }, [{ code: 'unreadableInQuickBooks', params: { reason } }]);
  for (const kind of LEDGER_KINDS) {
    const deleted = pull.deleted.filter((one) => one.kind === kind).map(({ id }) => id);
    await storeGone(tx, companyId, kind, deleted, 'deleted', watching);
  }
  if (request.page.kind === 'records') {
    await storeGone(tx, companyId, request.page.of, pull.gone, 'missing', watching);
    const answered = answeredIds(pull, request.page.of);
    // Nothing but records of which not even the ID can be read: asked for again they would be no clearer.
    await dropKeys(tx, companyId, request.page.of, answered.length > 0 ? answered : request.page.ids);
  }
  if (await vanished.write(tx, problems)) listsChanged = true;
  await touched.write(tx);
  if (pull.keys !== undefined) {
    const unpaid = request.page.kind === 'keys' && request.page.openOnly === true && pull.keys.of === 'bill';
    await addKeys(tx, companyId, pull.keys.of, distinctKeys(pull.keys.found), unpaid);
  }
  if (listsChanged) {
    await changeCompany(tx, companyId, { listsChangedAt: startedAt });
    await hastenDue(tx, companyId, startedAt);
    await hastenEdits(tx, companyId, startedAt);
    await hastenSettlements(tx, companyId, startedAt);
  }
  if (pull.marker === company.file.expected && !company.file.written)
    await changeCompany(tx, companyId, { file: { expected: company.file.expected, alsoAccepts: [], written: true } });
  if (company.block !== undefined) await clearBlock(tx, companyId, startedAt);
  await seeConnector(
    tx,
    companyId,
    {
      connector: pull.connector,
      version: pull.connectorVersion,
      ...(pull.product !== undefined && { product: pull.product }),
    },
    startedAt,
  );
  await problems.write(tx, companyId, startedAt);
}

async function storePreferences(run: Run, tx: Tx, preferences: LedgerPreferences | undefined): Promise<boolean> {
  if (preferences === undefined || sameJson(preferences, run.company.preferences)) return false;
  await changeCompany(tx, run.companyId, { preferences });
  return true;
}

/** What is watched for while records are stored, beside the records themselves. */
interface Watching {
  readonly problems: ProblemLedger;
  readonly touched: TouchedBills;
  readonly vanished: VanishedEntries;
}

/** Stores the records of one kind. Says whether any was news, and which had been taken for gone. */
async function storeRecords<K extends LedgerKind>(
  tx: Tx,
  companyId: string,
  kind: K,
  pull: Pull,
  at: number,
  { touched, vanished }: Watching,
): Promise<{ readonly news: boolean; readonly back: readonly Subject[] }> {
  const records = pull.records[kind] ?? [];
  if (records.length === 0) return { news: false, back: [] };
  const ids = records.map(({ id }) => id);
  const before = await getSnapshots(tx, companyId, kind, ids);
  const stored = new Set(await putSnapshots(tx, companyId, kind, records, at));
  const news = records.filter((record) => stored.has(record.id) && !sameJson(before.get(record.id)?.record, record));
  for (const record of news) {
    const known = before.get(record.id)?.record;
    touched.changed(kind, known, record);
    if (known !== undefined && 'expenseLines' in known && 'expenseLines' in record) vanished.changed(known, record);
  }
  return {
    news: news.length > 0,
    back: ids.filter((id) => stored.has(id) && before.get(id)?.gone === true).map((id) => ({ kind, id })),
  };
}

/** Marks records as gone. Of those that MineralTree has, people are told. */
async function storeGone(
  tx: Tx,
  companyId: string,
  kind: LedgerKind,
  ids: readonly string[],
  reason: 'deleted' | 'missing',
  { problems, touched, vanished }: Watching,
): Promise<void> {
  if (ids.length === 0) return;
  const gone = await markGone(tx, companyId, kind, ids, reason);
  for (const snapshot of gone) touched.gone(snapshot);
  const known = await knownToMineralTree(
    tx,
    companyId,
    kind,
    gone.map(({ ledgerId }) => ledgerId),
  );
  for (const snapshot of gone) {
    problems.looked('push', subjectOf(snapshot));
    if (vanished.gone(snapshot, reason)) continue;
    if (known.has(snapshot.ledgerId)) problems.looked('gone', subjectOf(snapshot), [goneFinding(snapshot, reason)]);
  }
}

/** Of payments that were voided in QuickBooks and that MineralTree has, people are told. */
async function tellVoided(
  tx: Tx,
  companyId: string,
  voided: readonly VoidedPayment[],
  problems: ProblemLedger,
): Promise<void> {
  for (const { kind, now, amountCents } of voided) {
    const known = await knownToMineralTree(tx, companyId, kind, [now.id]);
    const subject = { kind, id: now.id, name: nameOf({ record: now }) };
    if (known.has(now.id)) problems.looked('gone', subject, [paymentUndone('voided', { ...now, amountCents })]);
  }
}

/** Ledger records that MineralTree has and still takes for good: a payment that is void there too is no news. */
async function knownToMineralTree(
  tx: Tx,
  companyId: string,
  kind: LedgerKind,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const entity = PAYABLES_KIND_OF[kind];
  const links = [
    ...(await linksOf(tx, companyId, entity, ids)).values(),
    ...(entity === 'payment' ? await linksOf(tx, companyId, 'paymentPart', ids) : new Map<string, Link>()).values(),
  ];
  const undone = new Set(
    links.flatMap(({ ledgerId, kept }) => ((kept as PaymentKept | undefined)?.undone === true ? [ledgerId] : [])),
  );
  return new Set(links.flatMap(({ ledgerId }) => (undone.has(ledgerId) ? [] : [ledgerId])));
}

function goneFinding(snapshot: Snapshot, reason: 'deleted' | 'missing'): Finding {
  const { record, kind } = snapshot;
  if (kind === 'credit' && 'creditAmountCents' in record) return creditDeleted(record);
  if ('applications' in record) return paymentUndone('deleted', record);
  if (reason === 'missing' || !('vendor' in record))
    return { code: 'missingInQuickBooks', params: { what: KIND_WORDS[kind], name: nameOf(snapshot) } };
  return {
    code: 'deletedInQuickBooks',
    params: { number: record.refNumber ?? 'without number', vendor: record.vendor.name },
  };
}

const distinctKeys = (keys: readonly Key[]): readonly Key[] => [...new Map(keys).entries()];
