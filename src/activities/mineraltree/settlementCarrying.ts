/**
 * Carrying settlements to MineralTree, for many bills at once and one kind of step after the other: a credit that was moved
 * from one bill to another is taken back before it is applied again.
 *
 * 1. What was made or taken back is in the store before the next kind of step begins.
 * 2. A lost answer is settled by reading: applications by the invoice, which lists them; credits and payments by their
 *    externalId. A creation is journaled before it is sent, so that a process that dies leaves a trace.
 * 3. A step that is refused is the bill's problem and stops nothing else. When MineralTree itself fails, nothing more is begun.
 * 4. The last word is what is left, read back: it is written whatever became of the steps.
 */
import type { BillCredit, Draft } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import {
  dropIntents,
  intentsOf,
  journalCreates,
  type Link,
  putLinks,
  putSettlements,
  type SettlementChange,
} from '../../store/index.ts';
import { balanceChanges } from '../../sync/index.ts';
import type { PayablesConnection } from './connection.ts';
import { creditTarget } from './creditPush.ts';
import { isOutage } from './failure.ts';
import { searchByExternalId } from './foundRecords.ts';
import type { PaymentSnapshot } from './paymentLinks.ts';
import { recordPayments } from './paymentRecording.ts';
import { eachAtOnce, type Run } from './run.ts';
import { type Course, halfWay, refused, type Step, stepsOf } from './settlementCourse.ts';
import { mineralTreeError } from './vendorPush.ts';
import { createAll } from './writing.ts';

export interface Carrying {
  readonly run: Run;
  readonly connection: PayablesConnection;
  readonly payments: ReadonlyMap<string, PaymentSnapshot>;
  /** MineralTree itself is at fault. */
  outage?: MineralTreeError;
}

const WHAT = {
  voidBillCredit: 'taking back a credit on the bill',
  makeBillCredit: 'a credit applied to the bill',
  balance: 'what is left of the bill',
} as const;

/** Carries out all steps, then writes what is left. What was done stands in the courses. */
export async function carryAll(carrying: Carrying, courses: readonly Course[]): Promise<void> {
  await takeBack(carrying, courses);
  await raise(carrying, courses);
  await apply(carrying, courses);
  if (carrying.outage === undefined) await recordPayments(carrying, courses);
  await forEach(carrying, courses, (course) => writeBalance(carrying, course));
}

/** Does something for each course, unless MineralTree itself fails: that is noted, and nothing more is begun. */
async function forEach(
  carrying: Carrying,
  courses: readonly Course[],
  work: (course: Course) => Promise<MineralTreeError | undefined>,
): Promise<void> {
  if (carrying.outage !== undefined) return;
  await eachAtOnce(
    courses,
    async (course) => {
      const failed = await work(course);
      if (failed !== undefined) carrying.outage ??= failed;
    },
    () => carrying.outage === undefined,
  );
}

async function keep({ run }: Carrying, courses: readonly Course[], links: readonly Link[] = []): Promise<void> {
  const now = run.context.clock();
  const changes: readonly SettlementChange[] = courses.map(halfWay);
  await run.fence.write(async (tx) => {
    await putSettlements(tx, run.companyId, changes, now);
    await putLinks(tx, run.companyId, links, now);
  });
}

async function takeBack(carrying: Carrying, courses: readonly Course[]): Promise<void> {
  const concerned = courses.filter((course) => stepsOf(course, 'voidBillCredit').length > 0);
  if (concerned.length === 0) return;
  const { bills, billCredits } = carrying.connection.records;
  await forEach(carrying, concerned, async (course) => {
    const standing = await bills.reductions(course.invoice.id).catch(mineralTreeError);
    if (standing instanceof MineralTreeError) return failedAt(course, 'voidBillCredit', '', standing);
    for (const { creditTxnId, billCreditId } of stepsOf(course, 'voidBillCredit')) {
      if (standing.credits.some(({ id }) => id === billCreditId)) {
        // Voided already it is no more among them: a lost answer is found out by asking again.
        const failed = await carrying.run
          .toMineralTree(() => billCredits.void(billCreditId))
          .then(() => undefined, mineralTreeError);
        if (failed?.outcome === 'unknown') {
          const after = await bills.reductions(course.invoice.id).catch(mineralTreeError);
          if (after instanceof MineralTreeError) return after;
          if (after.credits.some(({ id }) => id === billCreditId)) return failed;
        } else if (failed !== undefined) {
          const outage = failedAt(course, 'voidBillCredit', creditTxnId, failed);
          if (outage !== undefined) return outage;
          continue;
        }
      }
      course.credits.delete(creditTxnId);
    }
    return undefined;
  });
  await keep(carrying, concerned);
}

async function raise(carrying: Carrying, courses: readonly Course[]): Promise<void> {
  const concerned = courses.filter((course) => stepsOf(course, 'raiseBalance').length > 0);
  await forEach(carrying, concerned, async (course) => {
    for (const { cents } of stepsOf(course, 'raiseBalance')) {
      const failed = await write(carrying, course, { balanceCents: cents, state: 'Open' });
      if (failed !== undefined) return failedAt(course, 'balance', 'raised', failed);
    }
    return undefined;
  });
}

interface Application {
  readonly course: Course;
  readonly step: Step<'makeBillCredit'>;
}

async function apply(carrying: Carrying, courses: readonly Course[]): Promise<void> {
  if (carrying.outage !== undefined) return;
  const applications = courses.flatMap((course) =>
    stepsOf(course, 'makeBillCredit')
      // One that could not be taken back stands as it is.
      .filter(({ creditTxnId }) => !course.credits.has(creditTxnId))
      .map((step) => ({ course, step })),
  );
  if (applications.length === 0) return;
  const { run } = carrying;
  const made = await makeLinkedCredits(carrying, applications);
  if (carrying.outage !== undefined) return;
  const keys = applications.map(({ step }) => ({ entity: 'billCredit', ledgerId: step.key }));
  const begun = await intentsOf(
    run.context.store.db,
    run.companyId,
    'billCredit',
    keys.map(({ ledgerId }) => ledgerId),
  );
  await run.fence.write((tx) => journalCreates(tx, run.companyId, keys, run.context.clock()));
  const links: Link[] = [];
  const notMade: typeof keys = [];
  const concerned = [...new Set(applications.map(({ course }) => course))];
  await forEach(carrying, concerned, async (course) => {
    for (const { step } of applications.filter((one) => one.course === course)) {
      const creditId = 'id' in step.credit ? step.credit.id : made.get(step.key);
      const key = { entity: 'billCredit', ledgerId: step.key };
      if (creditId === undefined) {
        notMade.push(key);
        continue;
      }
      const id = await applyOne(carrying, course, step, creditId, begun.has(step.key));
      if (id instanceof MineralTreeError) {
        if (id.outcome !== 'unknown') notMade.push(key);
        const outage = failedAt(course, 'makeBillCredit', step.creditTxnId, id);
        if (outage !== undefined) return outage;
        continue;
      }
      course.credits.set(step.creditTxnId, { txnId: step.creditTxnId, mtId: id, cents: step.cents });
      links.push({ kind: 'credit', ...key, mtId: id, bornIn: 'quickbooks', kept: { cents: step.cents } });
    }
    return undefined;
  });
  await keep(carrying, concerned, links);
  await run.fence.write((tx) => dropIntents(tx, run.companyId, notMade));
}

/** The application's ID. A lost answer is settled by the invoice, which lists what stands. */
async function applyOne(
  { run, connection }: Carrying,
  course: Course,
  { transactionDate, cents }: Step<'makeBillCredit'>,
  creditId: string,
  begunBefore: boolean,
): Promise<string | MineralTreeError> {
  const { bills, billCredits } = connection.records;
  const { id, vendor: _vendor } = course.invoice;
  const draft: Draft<BillCredit> = { invoice: { id }, credit: { id: creditId }, transactionDate, appliedCents: cents };
  const ours = new Set([...course.credits.values()].map(({ mtId }) => mtId));
  const find = async (): Promise<string | undefined | MineralTreeError> => {
    const standing = await bills.reductions(id).catch(mineralTreeError);
    if (standing instanceof MineralTreeError) return standing;
    return standing.credits.find((one) => one.credit.id === creditId && one.appliedCents === cents && !ours.has(one.id))
      ?.id;
  };
  const create = () => run.toMineralTree(() => billCredits.create(draft)).then((made) => made.id, mineralTreeError);
  if (begunBefore) {
    const there = await find();
    if (there !== undefined) return there;
  }
  const first = await create();
  if (!(first instanceof MineralTreeError) || first.outcome !== 'unknown') return first;
  return (await find()) ?? create();
}

/** Credits that only links of bills tell of (journal entries), by the key of their application. */
async function makeLinkedCredits(
  carrying: Carrying,
  applications: readonly Application[],
): Promise<ReadonlyMap<string, string>> {
  const { run, connection } = carrying;
  const wanted = applications.flatMap(({ course, step }) =>
    'make' in step.credit
      ? [{ course, step, draft: step.credit.make, ledgerId: step.credit.make.externalId ?? step.key }]
      : [],
  );
  const made = new Map<string, string>();
  if (wanted.length === 0) return made;
  const target = creditTarget(connection.records);
  const found = await searchByExternalId(
    target,
    wanted.map(({ ledgerId }) => ledgerId),
  ).catch(mineralTreeError);
  if (found instanceof MineralTreeError) {
    carrying.outage = found;
    return made;
  }
  const links: Link[] = [];
  const link = (one: (typeof wanted)[number], mtId: string): void => {
    made.set(one.step.key, mtId);
    links.push({ kind: 'credit', entity: 'credit', ledgerId: one.ledgerId, mtId, bornIn: 'quickbooks' });
  };
  const missing = wanted.filter((one) => {
    const there = found.get(one.ledgerId);
    const first = there === 'unreadable' ? undefined : there?.[0];
    if (first !== undefined) link(one, first.id);
    return first === undefined;
  });
  const { results, outage } = await createAll(run, target, missing);
  for (const one of missing) {
    const result = results.get(one);
    if (result?.kind === 'written') link(one, result.record.id);
    else if (result?.kind === 'refused') refused(one.course, WHAT.makeBillCredit, one.step.creditTxnId, result.error);
    else one.course.again = true;
  }
  if (outage !== undefined) carrying.outage = outage;
  await run.fence.write((tx) => putLinks(tx, run.companyId, links, run.context.clock()));
  return made;
}

/** What is left, absolute, after everything else; read back. */
async function writeBalance(carrying: Carrying, course: Course): Promise<MineralTreeError | undefined> {
  const { bills } = carrying.connection.records;
  if (course.steps.length > 0) {
    const now = await bills.get(course.invoice.id).catch(mineralTreeError);
    if (now instanceof MineralTreeError) return failedAt(course, 'balance', 'read', now);
    course.invoice = now;
  }
  const changes = balanceChanges(course.invoice, course.balanceCents);
  if (changes === undefined) return undefined;
  const failed = await write(carrying, course, changes);
  if (failed !== undefined) return failedAt(course, 'balance', 'written', failed);
  if (course.invoice.balanceCents !== course.balanceCents)
    refused(
      course,
      WHAT.balance,
      'differs',
      new MineralTreeError('refused', 'it keeps another balance than the one written', { outcome: 'notApplied' }),
    );
  return undefined;
}

async function write(
  { run, connection }: Carrying,
  course: Course,
  changes: NonNullable<ReturnType<typeof balanceChanges>>,
): Promise<MineralTreeError | undefined> {
  const { bills } = connection.records;
  const after = await run.toMineralTree(() => bills.update(course.invoice.id, changes)).catch(mineralTreeError);
  if (!(after instanceof MineralTreeError)) {
    course.invoice = after;
    return undefined;
  }
  return after;
}

/** A refusal is the bill's problem; an outage is returned. */
export function failedAt(
  course: Course,
  what: keyof typeof WHAT,
  part: string,
  error: MineralTreeError,
): MineralTreeError | undefined {
  if (isOutage(error)) return error;
  refused(course, WHAT[what], `${what} ${part}`.trim(), error);
  return undefined;
}
