/**
 * What to do with one posting, given what is known: send it, or say what became of it. Pure.
 *
 * 1. Our own record is adopted, never a second one made; somebody else's is named and nothing sent.
 * 2. Not in QuickBooks is said only of what is known not to be there; everything else is uncertain.
 * 3. The order is that of exactly-once 6.3: stored answer, our own, somebody else's, closed period, then send.
 */
import type { BillAddMatch, Outcome, Posting, RefusalCode } from '../../contract/index.ts';
import { addDays, type CalendarDate } from '../../domain/dates.ts';
import type { StatusReading } from '../../qbxml/index.ts';
import { sameGuid } from './allowList.ts';
import type { FoundBill, Standing } from './preflight.ts';
import { billReadsAs, vendorReadsAs } from './readsAs.ts';
import type { Answered } from './storedAnswer.ts';

export type Decision =
  | { readonly kind: 'send'; readonly resembling: readonly FoundBill[] }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** Posted; the record is still to be read. */
  | { readonly kind: 'posted'; readonly id: string; readonly how: PostedHow };
export type PostedHow = Extract<Outcome, { kind: 'posted' }>['how'];

/** What is known of one posting. */
export interface Known {
  readonly standing: Standing;
  /** QuickBooks' kept answer; absent where it was not asked for, since this posting cannot have been sent. */
  readonly stored?: Answered;
  /** This file is seen to keep answers: that there is none for a posting means that it was not processed. */
  readonly keepsAnswers: boolean;
  readonly closedUpTo: readonly CalendarDate[];
}

export function decide(posting: Posting, known: Known): Decision {
  const { stored } = known;
  if (stored?.kind === 'done') {
    if (isAnotherBill(posting, stored))
      return uncertainAbout(posting, 'QuickBooks keeps the answer to another bill under the same ID');
    const done = fromDone(posting, stored, 'storedAnswer');
    if (done !== undefined) return done;
  }
  if (stored?.kind === 'refused' && !rereads(posting, stored.reading)) return outcome(refusal(posting, stored));
  switch (posting.kind) {
    case 'BillAdd':
      return decideAdd(posting, posting.match, known);
    case 'BillMod':
    case 'VendorMod':
      return decideMod(posting, known);
  }
}

/** An answer that names another GUID is none to this posting, whatever its ID. */
const isAnotherBill = (posting: Posting, { bill }: Extract<Answered, { kind: 'done' }>): boolean =>
  posting.kind === 'BillAdd' && bill?.guid !== undefined && !sameGuid(bill.guid, posting.match.guid);

/** What an answer that says "done" makes of a posting; undefined where it does not name the record. */
export function fromDone(
  posting: Posting,
  answered: Extract<Answered, { kind: 'done' }>,
  how: PostedHow,
): Decision | undefined {
  const { messageSetId } = posting;
  const { bill, vendor, id } = answered;
  if (vendor !== undefined) return outcome({ kind: 'posted', messageSetId, how, vendor });
  // The answer to an Add has its lines; the answer to a Mod may lack links, and a bill without lines is not all of it.
  const lines = bill === undefined ? 0 : bill.expenseLines.length + bill.itemLines.length + bill.groupLines;
  if (bill !== undefined && posting.kind === 'BillAdd' && lines > 0)
    return outcome({ kind: 'posted', messageSetId, how, bill });
  const named = id ?? idOfMod(posting);
  return named === undefined ? undefined : { kind: 'posted', id: named, how };
}

const idOfMod = (posting: Posting): string | undefined =>
  posting.kind === 'BillMod' ? posting.match.txnId : posting.kind === 'VendorMod' ? posting.match.listId : undefined;

/** A modification that was refused because the record had changed is judged by what the record is now. */
export const rereads = (posting: Posting, { disposition }: StatusReading): boolean =>
  posting.kind !== 'BillAdd' && disposition === 'reread';

const CLOSED: ReadonlySet<string> = new Set(['CLOSED_PERIOD', 'MODIFY_IN_CLOSED_PERIOD', 'DELETE_IN_CLOSED_PERIOD']);

/** A refusal by QuickBooks as an outcome. */
export function refusal(
  { messageSetId }: Posting,
  { statusCode, text, reading }: Extract<Answered, { kind: 'refused' }>,
): Outcome {
  const code: RefusalCode = CLOSED.has(reading.name)
    ? 'closedPeriod'
    : reading.disposition === 'reread'
      ? 'changedInQuickBooks'
      : 'refusedByQuickBooks';
  return { kind: 'refused', messageSetId, code, statusCode, text: text.slice(0, 1_000) };
}

function decideAdd(posting: Posting, match: BillAddMatch, known: Known): Decision {
  const { standing, stored } = known;
  const { messageSetId } = posting;
  const uncertain = (text: string): Decision => outcome({ kind: 'uncertain', messageSetId, text });
  if (standing.kind !== 'bills') {
    const { statusCode, text } = standing.kind === 'notSearched' ? standing : { statusCode: 0, text: 'not searched' };
    if (stored !== undefined) return uncertain(`QuickBooks would not search for the bill: ${text}`);
    return outcome({ kind: 'refused', messageSetId, code: 'refusedByQuickBooks', statusCode, text });
  }
  const own = standing.found.find(({ guid }) => sameGuid(guid, match.guid));
  if (own !== undefined) return { kind: 'posted', id: own.txnId, how: 'foundByGuid' };
  if (stored?.kind === 'done') return uncertain('QuickBooks says that it was entered, and it is not found');
  const stuck = neverSentAgain(stored);
  if (stuck !== undefined) return uncertain(stuck);
  const others = standing.found.filter(({ vendorId, voided }) => vendorId === match.vendor.id && !voided);
  const number = numberOf(match);
  const same = number === '' ? undefined : others.find((bill) => numberOf(bill) === number);
  if (same !== undefined)
    return outcome({
      kind: 'refused',
      messageSetId,
      code: 'duplicateNumber',
      text: 'QuickBooks has another bill of this vendor with this number',
      otherTxnId: same.txnId,
    });
  if (isClosed(posting, known)) return outcome(closed(posting));
  return { kind: 'send', resembling: number === '' ? others.filter((bill) => resembles(bill, match)) : [] };
}

/** Why sending would only bring the kept answer again. */
function neverSentAgain(stored: Answered | undefined): string | undefined {
  if (stored?.kind === 'otherContent') return 'QuickBooks keeps another request under the same ID';
  return stored?.kind === 'unclear' ? `QuickBooks keeps an answer that does not say: ${stored.text}` : undefined;
}

/** Numbers are the same whatever the case of their letters and the blanks around them. */
export const numberOf = ({ refNumber = '' }: { readonly refNumber?: string }): string => refNumber.trim().toLowerCase();

const RESEMBLING_DAYS = 7;
const resembles = ({ txnDate, amountCents }: FoundBill, match: BillAddMatch): boolean =>
  amountCents === match.amountCents &&
  txnDate >= addDays(match.txnDate, -RESEMBLING_DAYS) &&
  txnDate <= addDays(match.txnDate, RESEMBLING_DAYS);

function decideMod(posting: Exclude<Posting, { kind: 'BillAdd' }>, known: Known): Decision {
  const { messageSetId } = posting;
  const { standing, stored } = known;
  const changed = (text: string): Decision =>
    outcome({ kind: 'refused', messageSetId, code: 'changedInQuickBooks', text });
  const uncertain = (text: string): Decision => outcome({ kind: 'uncertain', messageSetId, text });
  if (standing.kind === 'notSearched') return uncertain(`the record cannot be read: ${standing.text}`);
  const record = standing.kind === 'bill' ? standing.bill : standing.kind === 'vendor' ? standing.vendor : undefined;
  if (record === undefined) return changed('the record is no longer in QuickBooks');
  if (applied(posting, standing)) return posted(posting, standing);
  const stuck = neverSentAgain(stored);
  if (stuck !== undefined) return uncertain(stuck);
  if (record.editSequence === posting.match.editSequence)
    return isClosed(posting, known) ? outcome(closed(posting)) : { kind: 'send', resembling: [] };
  const never = stored === undefined || stored.kind === 'refused' || (stored.kind === 'none' && known.keepsAnswers);
  return never
    ? changed('the record was changed in QuickBooks since it was read')
    : uncertain('the record reads neither as before nor as it should');
}

function applied(posting: Exclude<Posting, { kind: 'BillAdd' }>, standing: Standing): boolean {
  if (posting.kind === 'BillMod')
    return standing.kind === 'bill' && standing.bill !== undefined && billReadsAs(standing.bill, posting.match.target);
  return (
    standing.kind === 'vendor' && standing.vendor !== undefined && vendorReadsAs(standing.vendor, posting.match.target)
  );
}

function posted({ messageSetId }: Posting, standing: Standing): Decision {
  return outcome({
    kind: 'posted',
    messageSetId,
    how: 'foundByReading',
    ...(standing.kind === 'bill' && standing.bill !== undefined ? { bill: standing.bill } : {}),
    ...(standing.kind === 'vendor' && standing.vendor !== undefined ? { vendor: standing.vendor } : {}),
  });
}

/** Closed means on or before the date. */
const isClosed = ({ dates }: Posting, { closedUpTo }: Known): boolean =>
  dates.some((date) => closedUpTo.some((closing) => date <= closing));

const closed = ({ messageSetId }: Posting): Outcome => ({
  kind: 'refused',
  messageSetId,
  code: 'closedPeriod',
  text: 'the books are closed for a date of this transaction',
});

const outcome = (what: Outcome): Decision => ({ kind: 'outcome', outcome: what });
const uncertainAbout = ({ messageSetId }: Posting, text: string): Decision =>
  outcome({ kind: 'uncertain', messageSetId, text });
