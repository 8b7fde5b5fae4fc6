/**
 * Posting a batch, each posting exactly once: one visit to a company file.
 *
 * 1. Where a posting may have been sent before, what became of it is found out before anything is sent.
 * 2. Nothing is written before the file is known to be the company's, by its marker.
 * 3. Each posting goes in a message set of its own, byte for byte as it was made, and gets one outcome. An answer that is
 *    lost ends the visit: the next attempt, here or elsewhere, settles it.
 * 4. For a batch of k: one set before, k, one after for records that answers did not have; three more where the file has
 *    no marker yet, and one for each posting asked about.
 */
import {
  type Outcome,
  type Posting,
  type PostRequest,
  type PostResult,
  PROTOCOL,
  type Visit,
} from '../../contract/index.ts';
import { judgeFile } from '../fileIdentity.ts';
import { RefusedSet, type Session } from '../session.ts';
import { SiteBlock, SiteTrouble } from '../trouble.ts';
import { whyNotAllowed } from './allowList.ts';
import { complete, type Incomplete } from './completion.ts';
import { type Decision, decide, fromDone, refusal, rereads } from './decision.ts';
import { writeMarker } from './marker.ts';
import { type Preflight, readPreflight } from './preflight.ts';
import { isPayment } from './recordKind.ts';
import { createSentBefore } from './sentBefore.ts';
import { readStandingOf } from './standing.ts';
import { type Answered, readAnswered, storedAnswerRequest } from './storedAnswer.ts';

export interface PostOptions {
  readonly connector: string;
  /** The company file as configured. */
  readonly fileName: string;
  readonly visit: Visit;
  /** Whether the site lets payments be voided. */
  readonly allowVoids: boolean;
  /** Any of the postings may have been sent: the request says so, or this is not the first attempt. */
  readonly settleFirst: boolean;
  /** Whether asked to stop; looked at between two message sets. */
  readonly stopping: () => boolean;
}

/** The batch while it is worked on: an outcome for each posting, by message-set ID. */
class Batch {
  readonly outcomes = new Map<string, Outcome>();
  readonly incomplete: Incomplete[] = [];
  readonly warnings: PostResult['warnings'][number][] = [];
  readonly request: PostRequest;

  constructor(request: PostRequest) {
    this.request = request;
  }

  settle(posting: Posting, decision: Exclude<Decision, { readonly kind: 'send' }>): void {
    if (decision.kind === 'outcome') this.outcomes.set(posting.messageSetId, decision.outcome);
    else this.incomplete.push({ posting, id: decision.id, how: decision.how });
  }

  /** The postings that have no outcome yet. */
  open(): readonly Posting[] {
    return this.request.postings.filter(
      ({ messageSetId }) =>
        !this.outcomes.has(messageSetId) &&
        !this.incomplete.some(({ posting }) => posting.messageSetId === messageSetId),
    );
  }
}

/**
 * Posts what is not there yet. Throws `SiteTrouble` and `TooLate`, after which the next attempt settles first; what a
 * person must resolve comes back as the result's block, with what was done.
 */
export async function postBatch(session: Session, request: PostRequest, options: PostOptions): Promise<PostResult> {
  const batch = new Batch(request);
  for (const posting of request.postings) {
    const why = whyNotAllowed(posting, options);
    if (why !== undefined) batch.outcomes.set(posting.messageSetId, notAllowed(posting, why));
  }
  try {
    const stopped = await work(session, batch, options);
    for (const outcome of await complete(session, batch.incomplete.splice(0)))
      batch.outcomes.set(outcome.messageSetId, outcome);
    return resultOf(batch, options, stopped.stopped, stopped.marker);
  } catch (error) {
    if (!(error instanceof SiteBlock)) throw error;
    return { ...unbegun(request, options, batch.outcomes), block: error.block };
  }
}

/** The result of a visit that ended before it began, or in the middle: what has no outcome was not begun now. */
export function unbegun(
  request: PostRequest,
  options: Pick<PostOptions, 'connector' | 'visit' | 'settleFirst'>,
  outcomes: ReadonlyMap<string, Outcome> = new Map(),
): PostResult {
  return {
    protocol: PROTOCOL,
    companyId: request.companyId,
    batchId: request.batchId,
    connector: options.connector,
    outcomes: request.postings.map(
      ({ messageSetId }) =>
        outcomes.get(messageSetId) ??
        (options.settleFirst
          ? { kind: 'uncertain', messageSetId, text: 'it may have been sent before, and could not be looked for' }
          : { kind: 'notBegun', messageSetId, text: 'not sent' }),
    ),
    stopped: false,
    warnings: [],
    visit: options.visit,
  };
}

const notAllowed = ({ messageSetId }: Posting, text: string): Outcome => ({
  kind: 'refused',
  messageSetId,
  code: 'notAllowed',
  text,
});

function resultOf(batch: Batch, options: PostOptions, stopped: boolean, marker: string | undefined): PostResult {
  return {
    ...unbegun(batch.request, options, batch.outcomes),
    stopped,
    warnings: batch.warnings,
    ...(marker === undefined ? {} : { marker }),
  };
}

interface Ended {
  readonly stopped: boolean;
  readonly marker?: string;
}

async function work(session: Session, batch: Batch, options: PostOptions): Promise<Ended> {
  const { request } = batch;
  const stored = options.settleFirst ? await askStored(session, batch.open()) : new Map<string, Answered>();
  const preflight = await readPreflight(session, batch.open(), options.settleFirst);
  const block = judgeFile(request.file, preflight.file, options.fileName);
  if (block !== undefined) throw new SiteBlock(block.code, block.detail);
  const keepsAnswers = [...stored.values()].some(({ kind }) => kind !== 'none');
  const known = (posting: Posting) => knownOf(posting, preflight, stored.get(posting.messageSetId), keepsAnswers);
  const toSend: Posting[] = [];
  for (const posting of batch.open()) {
    const decision = decide(posting, known(posting));
    if (decision.kind === 'send') {
      toSend.push(posting);
      warn(batch, posting, decision.resembling);
    } else batch.settle(posting, decision);
  }
  let { marker } = preflight.file;
  const stop = (): Ended => {
    for (const { messageSetId } of batch.open())
      batch.outcomes.set(messageSetId, { kind: 'notBegun', messageSetId, text: 'asked to stop before it was sent' });
    return { stopped: true, ...(marker === undefined ? {} : { marker }) };
  };
  const sentBefore = createSentBefore();
  for (const posting of toSend) {
    if (options.stopping()) return stop();
    if (marker !== request.file.expected) {
      await writeMarker(session, request.file, preflight.file);
      marker = request.file.expected;
    }
    const about = known(posting);
    const decision = sentBefore.conflict(posting, about.standing) ?? (await send(session, batch, posting, about));
    batch.settle(posting, decision);
    const id = idOf(decision);
    if (id !== undefined) sentBefore.add(posting, id);
  }
  return { stopped: false, ...(marker === undefined ? {} : { marker }) };
}

async function askStored(session: Session, postings: readonly Posting[]): Promise<Map<string, Answered>> {
  const stored = new Map<string, Answered>();
  for (const { messageSetId, kind } of postings)
    stored.set(messageSetId, readAnswered(await session.stored(storedAnswerRequest(messageSetId)), kind));
  return stored;
}

function knownOf(posting: Posting, preflight: Preflight, stored: Answered | undefined, keepsAnswers: boolean) {
  const standing = preflight.standing.get(posting.messageSetId);
  if (standing === undefined) throw new RangeError(`nothing was read for ${posting.messageSetId}`);
  return { standing, keepsAnswers, closedUpTo: preflight.closedUpTo, ...(stored === undefined ? {} : { stored }) };
}

type Settled = Exclude<Decision, { readonly kind: 'send' }>;
type Known = ReturnType<typeof knownOf>;

/** Sends one posting and says what became of it. */
async function send(session: Session, batch: Batch, posting: Posting, known: Known): Promise<Settled> {
  const { messageSetId } = posting;
  let answered: Answered;
  try {
    answered = readAnswered(await session.write(posting.xml), posting.kind);
  } catch (error) {
    if (error instanceof SiteBlock) {
      // What was posted before is posted: the records that are still to be read come with a pull.
      for (const { posting: done, how } of batch.incomplete.splice(0))
        batch.outcomes.set(done.messageSetId, { kind: 'posted', messageSetId: done.messageSetId, how });
      for (const { messageSetId: id } of batch.open())
        batch.outcomes.set(id, { kind: 'notBegun', messageSetId: id, text: 'QuickBooks did not take it' });
    }
    if (!(error instanceof RefusedSet)) throw error;
    return refused(messageSetId, `QuickBooks cannot read the request: ${error.message}`);
  }
  switch (answered.kind) {
    case 'done': {
      const done = fromDone(posting, answered, 'sent');
      if (done === undefined || done.kind === 'send') return settleNow(session, posting, known, answered);
      return done;
    }
    case 'refused':
      return rereads(posting, answered.reading)
        ? settleNow(session, posting, known, answered)
        : { kind: 'outcome', outcome: refusal(posting, answered) };
    case 'otherContent':
      return settleNow(session, posting, known, answered);
    case 'none':
    case 'unclear':
      throw new SiteTrouble(
        'unknown',
        `the answer to ${messageSetId} does not say what became of it${answered.kind === 'unclear' ? `: ${answered.text}` : ''}`,
      );
  }
}

/** Finds out by reading what an answer does not tell. */
async function settleNow(session: Session, posting: Posting, known: Known, stored: Answered): Promise<Settled> {
  const decision = decide(posting, { ...known, stored, standing: await readStandingOf(session, posting) });
  if (decision.kind !== 'send') return decision;
  if (stored.kind === 'refused' && stored.reading.disposition !== 'reread')
    return { kind: 'outcome', outcome: refusal(posting, stored) };
  const text = 'QuickBooks refused it as changed, and it reads as before';
  return { kind: 'outcome', outcome: { kind: 'uncertain', messageSetId: posting.messageSetId, text } };
}

const refused = (messageSetId: string, text: string): Settled => ({
  kind: 'outcome',
  outcome: { kind: 'refused', messageSetId, code: 'refusedByQuickBooks', text: text.slice(0, 1_000) },
});

const idOf = (decision: Settled): string | undefined =>
  decision.kind === 'posted'
    ? decision.id
    : decision.outcome.kind === 'posted'
      ? (decision.outcome.bill ?? decision.outcome.payment)?.id
      : undefined;

function warn(batch: Batch, posting: Posting, resembling: readonly { readonly txnId: string }[]): void {
  const text = isPayment(posting)
    ? 'QuickBooks has a payment to this vendor from the same account, with the same amount and date'
    : 'QuickBooks has a bill of this vendor with the same amount and nearly the same date';
  for (const { txnId } of resembling.slice(0, 3))
    batch.warnings.push({ messageSetId: posting.messageSetId, otherTxnId: txnId, text });
}
