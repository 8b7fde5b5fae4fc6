/**
 * The statuses of a payment by the API guide's number: what each is called, what a person sees, and what it does to the
 * bills that are paid.
 *
 * 1. `pending`: the bills wait (PendingSettled), nothing is paid. `applied`: the bills are paid. `none`: neither; what was
 *    applied before is owed again.
 * 2. Every status of the guide is here, and no other. The guide has one range for "edit/created": 4000 to 4080, taken in
 *    tens. Numbers for what the pages call Failed are not documented: 3000 and 3100 (blocked) stand for it. Unverified
 *    against a live MineralTree.
 */

export type Effect = 'pending' | 'applied' | 'none';

interface Status {
  readonly name: string;
  /** The word of the pages: Paid, Awaiting Approval, On Hold, Rejected, Failed, Recalled, Scheduled, Voided, or ours. */
  readonly words: string;
  readonly effect: Effect;
}

const status = (name: string, words: string, effect: Effect): Status => ({ name, words, effect });
const EDITED = [4000, 4010, 4020, 4030, 4040, 4050, 4060, 4070, 4080];

export const PAYMENT_STATUSES: ReadonlyMap<number, Status> = new Map([
  [1, status('Open', 'Open', 'pending')],
  [10, status('ForApproval', 'Awaiting Approval', 'pending')],
  [13, status('Recalled', 'Recalled', 'none')],
  [15, status('Modified', 'Awaiting Approval', 'pending')],
  [20, status('Hold', 'On Hold', 'pending')],
  [30, status('Rejected', 'Rejected', 'none')],
  [900, status('FirstLevelApproved', 'Awaiting Approval', 'pending')],
  [1000, status('Approved', 'Scheduled', 'pending')],
  [1010, status('Paid', 'Paid', 'applied')],
  [1030, status('Closed', 'Paid', 'applied')],
  [1040, status('LegacyClosed', 'Paid', 'applied')],
  [1050, status('CheckIssueACK', 'Paid', 'applied')],
  [1060, status('CheckPrinted', 'Paid', 'applied')],
  [1070, status('CheckLocalPrint', 'Paid', 'applied')],
  [1080, status('ACHReturn', 'ACH Returned', 'none')],
  [1090, status('CheckMailed', 'Paid', 'applied')],
  [1100, status('CheckCanceled', 'Check Canceled', 'none')],
  [1110, status('ManualCardPaid', 'Paid', 'applied')],
  [1120, status('BillerPortalPaid', 'Paid', 'applied')],
  [1121, status('EndOfProcessedRange', 'Paid', 'applied')],
  [2000, status('Voided', 'Voided', 'none')],
  [2050, status('Dissolved', 'Voided', 'none')],
  [3000, status('Blocked', 'Failed', 'none')],
  [3100, status('BlockedToo', 'Failed', 'none')],
  ...EDITED.map((number): [number, Status] => [number, status('Edited', 'Open', 'pending')]),
  [6000, status('Queued', 'Queued', 'pending')],
]);

/** Those that an export takes for paid (API guide). */
export const PAID_FOR_EXPORT: readonly number[] = [1010, 1070, 1110, 1120];

export const PAID = 1010;
export const VOIDED = 2000;

/** Throws nothing for a status that is not in the table: it counts as none. */
export const effectOf = (number: number): Effect => PAYMENT_STATUSES.get(number)?.effect ?? 'none';

export const wordsOf = (number: number): string => PAYMENT_STATUSES.get(number)?.words ?? String(number);

/** Whether a payment of that status went out, or was to, and has a place in the ledger: 1010 to 1121. */
export const wasProcessed = (number: number): boolean => number >= 1010 && number <= 1121;
