/** What may be decided about a posting, from what, and the words that all decisions share. */
import type { Outcome, Posting, RefusalCode } from '../../contract/index.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import type { Standing } from './standing.ts';
import type { Answered } from './storedAnswer.ts';

export type PostedOutcome = Extract<Outcome, { kind: 'posted' }>;
export type PostedHow = PostedOutcome['how'];

export type Decision =
  /** To be sent; with records of somebody else that it resembles, for a warning. */
  | { readonly kind: 'send'; readonly resembling: readonly { readonly txnId: string }[] }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** Posted; the record is still to be read. */
  | { readonly kind: 'posted'; readonly id: string; readonly how: PostedHow };

/** What is known of one posting. */
export interface Known {
  readonly standing: Standing;
  /** QuickBooks' kept answer; absent where it was not asked for, since this posting cannot have been sent. */
  readonly stored?: Answered;
  /** This file is seen to keep answers: that there is none for a posting means that it was not processed. */
  readonly keepsAnswers: boolean;
  readonly closedUpTo: readonly CalendarDate[];
}

export const SEND: Decision = { kind: 'send', resembling: [] };

type Said = Extract<Decision, { kind: 'outcome' }>;
export const outcome = (what: Outcome): Said => ({ kind: 'outcome', outcome: what });

/** Known to be in QuickBooks, with the record as it reads now. */
export const read = (
  { messageSetId }: Posting,
  record: Pick<PostedOutcome, 'bill' | 'vendor' | 'terms' | 'payment'>,
): Said => outcome({ kind: 'posted', messageSetId, how: 'foundByReading', ...record });

export const uncertain = ({ messageSetId }: Posting, text: string): Said =>
  outcome({ kind: 'uncertain', messageSetId, text });

/** Known not to be in QuickBooks, and not sent. */
export const refuse = ({ messageSetId }: Posting, code: RefusalCode, text: string, otherTxnId?: string): Said =>
  outcome({
    kind: 'refused',
    messageSetId,
    code,
    text: text.slice(0, 1_000),
    ...(otherTxnId === undefined ? {} : { otherTxnId }),
  });

/** Why sending would only bring the kept answer again. */
export function neverSentAgain(stored: Answered | undefined): string | undefined {
  if (stored?.kind === 'otherContent') return 'QuickBooks keeps another request under the same ID';
  return stored?.kind === 'unclear' ? `QuickBooks keeps an answer that does not say: ${stored.text}` : undefined;
}

/** Closed means on or before the date. */
export const isClosed = (
  dates: readonly (CalendarDate | undefined)[],
  { closedUpTo }: Pick<Known, 'closedUpTo'>,
): boolean => dates.some((date) => date !== undefined && closedUpTo.some((closing) => date <= closing));

export const closed = (posting: Posting): Said =>
  refuse(posting, 'closedPeriod', 'the books are closed for a date of this transaction');

/** Numbers are the same whatever the case of their letters and the blanks around them. */
export const numberOf = ({ refNumber = '' }: { readonly refNumber?: string }): string => refNumber.trim().toLowerCase();
