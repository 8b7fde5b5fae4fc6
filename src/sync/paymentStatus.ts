/**
 * The statuses of a payment in MineralTree, and what each means to the books of QuickBooks: one table.
 *
 * 1. To post: the money has left, or a check that will draw it has been issued; an accountant books a payment then, not
 *    when the bank clears it. The API guide calls four of them paid for an export (1010, 1070, 1110, 1120). A payment that
 *    was past 1010 before anybody looked is booked all the same.
 * 2. Not yet: it may still be changed, refused or taken back.
 * 3. Reversed: it will not happen any more, or was undone.
 * 4. Ignored: no payment of money, or booked by other means long ago.
 * 5. A number that is not here is taken for "not yet", and shown to a person: nothing is booked on a guess.
 *
 * Source: the API guide's list of statuses; which of them are booked beside the four is our decision. Unverified against a
 * live MineralTree.
 */
import type { FundMethod } from '../domain/payables.ts';

export type PaymentDisposition = 'toPost' | 'notYet' | 'reversed' | 'ignored';

export interface PaymentStatus {
  readonly status: number;
  readonly name: string;
  /** How sentences call it: "the payment is ... now". */
  readonly words: string;
  readonly disposition: PaymentDisposition;
  /**
   * Of a reversed one: whether voiding it in QuickBooks says what happened. It does not where money left and came back on
   * another day: the bank shows both, and so must the books.
   */
  readonly undo?: 'void' | 'person';
}

const row = (
  status: number,
  name: string,
  words: string,
  disposition: PaymentDisposition,
  undo?: 'void' | 'person',
): PaymentStatus => ({ status, name, words, disposition, ...(undo === undefined ? {} : { undo }) });

const EDITED = [4000, 4010, 4020, 4030, 4040, 4050, 4060, 4070, 4080];

export const PAYMENT_STATUSES: readonly PaymentStatus[] = [
  row(1, 'Open', 'open', 'notYet'),
  row(10, 'ForApproval', 'waiting for approval', 'notYet'),
  row(13, 'Recalled', 'recalled', 'reversed', 'void'),
  row(15, 'Modified', 'changed, and waiting for approval', 'notYet'),
  row(20, 'Hold', 'on hold', 'notYet'),
  row(30, 'Rejected', 'rejected', 'reversed', 'void'),
  row(900, 'FirstLevelApproved', 'approved by the first of two', 'notYet'),
  row(1000, 'Approved', 'scheduled', 'notYet'),
  row(1010, 'Paid', 'paid', 'toPost'),
  row(1030, 'Closed', 'paid and closed', 'toPost'),
  // Closed by what came before the MineralTree of today: the books of that time have it.
  row(1040, 'LegacyClosed', 'closed long ago', 'ignored'),
  row(1050, 'CheckIssueACK', 'issued as a check, and known to the bank', 'toPost'),
  row(1060, 'CheckPrinted', 'printed as a check', 'toPost'),
  row(1070, 'CheckLocalPrint', 'paid by a check of your own', 'toPost'),
  row(1080, 'ACHReturn', 'returned by the bank', 'reversed', 'person'),
  row(1090, 'CheckMailed', 'mailed as a check', 'toPost'),
  row(1100, 'CheckCanceled', 'canceled as a check', 'reversed', 'void'),
  row(1110, 'ManualCardPaid', 'paid by a card of your own', 'toPost'),
  row(1120, 'BillerPortalPaid', "paid on the biller's pages", 'toPost'),
  row(1121, 'EndOfProcessed', 'paid', 'toPost'),
  row(2000, 'Voided', 'void', 'reversed', 'void'),
  row(2050, 'Dissolved', 'dissolved', 'reversed', 'void'),
  row(3000, 'Blocked', 'blocked', 'notYet'),
  row(3100, 'BlockedAgain', 'blocked', 'notYet'),
  ...EDITED.map((status) => row(status, 'Edited', 'being edited', 'notYet')),
  row(6000, 'Queued', 'queued', 'notYet'),
];

const BY_NUMBER: ReadonlyMap<number, PaymentStatus> = new Map(PAYMENT_STATUSES.map((one) => [one.status, one]));

/** The row of a status; undefined for a number that is not documented. */
export const paymentStatus = (status: number): PaymentStatus | undefined => BY_NUMBER.get(status);

/** What a payment means to the books. A credit that was applied is no payment of money, whatever its status. */
export const paymentDisposition = (status: number, fundMethod: FundMethod): PaymentDisposition =>
  fundMethod === 'CREDIT' ? 'ignored' : (paymentStatus(status)?.disposition ?? 'notYet');

/** The status in words; the bare number where it is not known. */
export const paymentStatusInWords = (status: number): string => paymentStatus(status)?.words ?? String(status);

const numbersOf = (disposition: PaymentDisposition): readonly number[] =>
  PAYMENT_STATUSES.filter((one) => one.disposition === disposition).map(({ status }) => status);

/** For a search by status: those to post, and those reversed. */
export const STATUSES_TO_POST: readonly number[] = numbersOf('toPost');
export const STATUSES_REVERSED: readonly number[] = numbersOf('reversed');
