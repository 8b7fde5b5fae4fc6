/**
 * The last transaction of a pull: watermarks, where reading stands, new postings, what to ask next, and the pull's own
 * end. Either all of it is there or nothing, and then the pull is dealt with again.
 */
import {
  MAX_SETTLEMENTS,
  type PostRequest,
  type Pull,
  type PullRequest,
  type Pushed,
  type Watermarks,
} from '../../contract/index.ts';
import type { LedgerKind } from '../../domain/ledger.ts';
import {
  addPostings,
  type Company,
  changeCompany,
  clearKeys,
  clearReplicas,
  closeProblemsUnder,
  countWanted,
  dueSettlements,
  handOut,
  type PayablesWatermarks,
  settlePull,
  type Tx,
  toSite,
  wantedKinds,
  wantUnlisted,
} from '../../store/index.ts';
import {
  advanceWatermarks,
  afterKeys,
  finishReading,
  kindUnderWay,
  progressOf,
  type Readings,
  SWEPT_KINDS,
  startReading,
  withWanted,
} from '../../sync/index.ts';
import { firstPayablesWatermark } from './editReading.ts';
import { lastNight, nextNight } from './night.ts';
import { closeOthers, type Plans } from './planning.ts';
import { prefixOf } from './problemLedger.ts';
import { askNext, readingsOf } from './pullRequest.ts';
import type { KeptAnswer } from './refusedPull.ts';
import type { Run } from './run.ts';
import { batchesOf, companySubject, standingOf } from './standing.ts';

/** What was planned for QuickBooks, and up to when edits of MineralTree were read for it. */
export interface Planning {
  readonly plans: Plans;
  readonly payablesWatermarks: PayablesWatermarks;
}

/** @param planning absent while nothing may be sent to QuickBooks */
export async function conclude(run: Run, pull: Pull, request: PullRequest, planning?: Planning): Promise<Pushed> {
  const { companyId, company, context } = run;
  const now = context.clock();
  return run.fence.write(async (tx) => {
    const reading = await readOn(tx, run, pull, request, now);
    const underWay = kindUnderWay(reading.readings);
    const loaded = company.firstLoadDoneAt === undefined && underWay === undefined;
    const batches = company.firstLoadDoneAt === undefined ? [] : await handOver(tx, run, planning);
    await changeCompany(tx, companyId, {
      watermarks: reading.watermarks,
      load: underWay === undefined ? null : reading.readings,
      payablesWatermarks: planning?.payablesWatermarks ?? startedWatermarks(company, now),
      ...(reading.swept && { sweptAt: now }),
      ...(request.page.kind === 'changes' && underWay === undefined && { lastSuccessAt: now }),
      ...(loaded && { firstLoadDoneAt: now, ledgersDueAt: nextNight(now, company.rules.nightHourUtc) }),
    });
    if (loaded) await clearReplicas(tx, companyId);
    await closeCompanyProblems(tx, companyId, now);
    const settlements = await settlementsDue(tx, run, underWay === undefined, now);
    const kept: KeptAnswer = {
      more: underWay !== undefined || loaded || planning?.plans.more === true || settlements.length >= MAX_SETTLEMENTS,
      ledgersDue: planning !== undefined && company.ledgersDueAt !== undefined && company.ledgersDueAt <= now,
      ...(reading.progress !== undefined && { progress: reading.progress }),
      ...(settlements.length > 0 && { settlements }),
    };
    await settlePull(tx, companyId, pull.pullId, 'done', kept, now);
    await askNext(tx, companyId, now);
    return { standing: await standingOf(tx, companyId, now), batches, ...kept };
  });
}

/** Bills whose settlement is due, once nothing is left to be read that may belong to it. */
const settlementsDue = async (tx: Tx, { companyId, company }: Run, allRead: boolean, now: number) =>
  allRead && company.stage === 'live' ? dueSettlements(tx, companyId, now, MAX_SETTLEMENTS) : [];

/** Edits of MineralTree are looked for from before the first thing that the first load writes there. */
const startedWatermarks = ({ payablesWatermarks }: Company, now: number): PayablesWatermarks => ({
  bill: payablesWatermarks.bill ?? firstPayablesWatermark(now),
  vendor: payablesWatermarks.vendor ?? firstPayablesWatermark(now),
  payment: payablesWatermarks.payment ?? firstPayablesWatermark(now),
});

/** MineralTree answered, and the connector's answer was taken. */
async function closeCompanyProblems(tx: Tx, companyId: string, now: number): Promise<void> {
  const prefix = prefixOf('company', companySubject(companyId));
  await closeProblemsUnder(tx, companyId, [`${prefix}mineralTree`, `${prefix}answerRefused`], [], now);
}

/** Freezes new postings, and hands them out behind those that are not settled yet. */
async function handOver(tx: Tx, run: Run, planning: Planning | undefined): Promise<readonly PostRequest[]> {
  const { companyId, company, context } = run;
  const now = context.clock();
  const waiting = (await toSite(tx, companyId)).map(({ posting }) => posting);
  const plans = planning?.plans;
  if (plans !== undefined) {
    await addPostings(tx, companyId, plans.postings, now);
    await plans.problems.write(tx, companyId, now);
    await closeOthers(tx, companyId, plans.wanting, now);
  }
  const fresh = (plans?.postings ?? []).map(({ posting }) => posting);
  const all = [...batchesOf(company, waiting, true), ...batchesOf(company, fresh, false)];
  const batches = [...all].sort((a, b) => Number(isMoney(a)) - Number(isMoney(b)));
  for (const { batchId, postings } of batches) {
    const ids = postings.map(({ messageSetId }) => messageSetId);
    await handOut(tx, companyId, batchId, ids, now);
  }
  return batches;
}

const isMoney = ({ activity }: PostRequest): boolean => activity === 'postPayments';

interface ReadOn {
  readonly readings: Readings;
  readonly watermarks: Watermarks;
  readonly swept: boolean;
  readonly progress?: string;
}

/** Where reading stands after this pull: what is under way goes on, what is complete gets its watermark. */
async function readOn(tx: Tx, run: Run, pull: Pull, { page }: PullRequest, now: number): Promise<ReadOn> {
  const { companyId, company } = run;
  let readings = readingsOf(company);
  let { watermarks } = company;
  let swept = false;
  if (page.kind === 'changes') {
    watermarks = advanceWatermarks(watermarks, pull.watermarks);
    const why = company.firstLoadDoneAt === undefined ? 'first' : 'again';
    if (pull.overflow.length > 0) readings = startReading(readings, pull.overflow, why);
    else if (sweepDue(company, now)) readings = startReading(readings, SWEPT_KINDS, 'sweep');
  }
  if (page.kind === 'keys') {
    readings = afterKeys(readings, pull);
    const reading = readings[page.of];
    if (reading?.step === 'records')
      readings = withWanted(readings, page.of, await wantUnlisted(tx, companyId, page.of, reading.why === 'sweep'));
  }
  if (company.firstLoadDoneAt !== undefined) readings = readWanted(readings, await wantedKinds(tx, companyId));
  let wanted = 0;
  // A kind of which nothing is wanted any more is complete, and so may the next be.
  for (let kind = kindUnderWay(readings); kind !== undefined; kind = kindUnderWay(readings)) {
    const reading = readings[kind];
    wanted = await countWanted(tx, companyId, kind);
    if (reading?.step !== 'records' || wanted > 0) break;
    await clearKeys(tx, companyId, kind);
    swept ||= reading.why === 'sweep';
    const done = finishReading(readings, kind, watermarks);
    readings = done.readings;
    watermarks = advanceWatermarks(watermarks, done.watermarks);
  }
  const progress = progressOf(readings, wanted);
  return { readings, watermarks, swept, ...(progress !== undefined && { progress }) };
}

/**
 * Single records are wanted (bills of a payment that was voided, a payment that nobody has read): their pages are read as
 * the last step of a reading that listed nothing, so it gives no watermark.
 */
const readWanted = (readings: Readings, kinds: readonly LedgerKind[]): Readings => ({
  ...Object.fromEntries(kinds.map((kind) => [kind, { step: 'records', why: 'again', listed: 0 }])),
  ...readings,
});

const sweepDue = ({ firstLoadDoneAt, sweptAt, rules }: Company, now: number): boolean =>
  firstLoadDoneAt !== undefined && (sweptAt ?? firstLoadDoneAt) < lastNight(now, rules.nightHourUtc);
