/**
 * What a refusal of QuickBooks means: the problem that it becomes, and when the posting is planned again.
 *
 * 1. One table by status code (qbXML 13.0), with the text where the code is a catch-all (3170, 3180).
 * 2. `nextCycle` only where nobody has to do anything; whatever needs a person waits until something it depends on changed.
 * 3. A closed period is `nextCycle`: it is checked again when planning, and goes once the closing date was moved.
 */
import type { Outcome } from '../contract/posting.ts';
import type { ProblemCode } from './problems/catalogue.ts';

export interface Refusal {
  readonly code: ProblemCode;
  readonly again: 'nextCycle' | 'whenChanged';
}

const changed = (code: ProblemCode): Refusal => ({ code, again: 'whenChanged' });
const cycle = (code: ProblemCode): Refusal => ({ code, again: 'nextCycle' });

/** Ranges of status codes, from and to inclusive; the first that fits holds. */
const BY_STATUS: readonly (readonly [from: number, to: number, refusal: Refusal])[] = [
  [3000, 3000, changed('referenceRefused')],
  [3010, 3085, changed('requestMalformed')],
  [3090, 3090, changed('refusedByQuickBooks')],
  [3100, 3100, changed('nameInUse')],
  [3110, 3110, changed('requestMalformed')],
  [3120, 3121, changed('referenceRefused')],
  [3130, 3140, changed('referenceRefused')],
  [3150, 3153, changed('requestMalformed')],
  [3161, 3161, cycle('closedPeriod')],
  [3162, 3162, cycle('recordInUse')],
  [3171, 3171, cycle('closedPeriod')],
  [3175, 3176, cycle('recordInUse')],
  [3200, 3200, cycle('changedInQuickBooks')],
  [3220, 3220, changed('permissionRefused')],
  [3230, 3231, cycle('recordInUse')],
  [3250, 3250, changed('featureOff')],
  [3260, 3261, changed('permissionRefused')],
  [3262, 3262, changed('featureOff')],
  [3263, 3263, changed('permissionRefused')],
  [3264, 3264, changed('featureOff')],
  [3270, 3270, changed('itemWithoutPostingAccount')],
];

/** Texts that say more than the code they come with. */
const BY_TEXT: readonly (readonly [text: RegExp, refusal: Refusal])[] = [
  [/closing date/i, cycle('closedPeriod')],
  [/cannot pay more than/i, cycle('balanceDiffers')],
  [/could not be locked|failed to acquire the lock|in use by another user/i, cycle('recordInUse')],
  [/modified by another user/i, cycle('recordInUse')],
];

/**
 * What a refused outcome becomes.
 * @param ofPayment of a payment, which has moved money: another of the same number is looked at again with each cycle
 */
export function refusalOf(outcome: Extract<Outcome, { kind: 'refused' }>, ofPayment = false): Refusal {
  switch (outcome.code) {
    case 'closedPeriod':
      return cycle('closedPeriod');
    case 'changedInQuickBooks':
      return cycle('changedInQuickBooks');
    case 'duplicateNumber':
      return ofPayment ? cycle('duplicatePayment') : changed('duplicateNumber');
    case 'termsTaken':
      return changed('termsTaken');
    case 'balanceDiffers':
      return cycle('balanceDiffers');
    case 'notAllowed':
      return changed('notAllowed');
    case 'refusedByQuickBooks':
      return byStatus(outcome.statusCode, outcome.text);
  }
}

function byStatus(statusCode: number | undefined, text: string): Refusal {
  const said = BY_TEXT.find(([words]) => words.test(text));
  if (said !== undefined) return said[1];
  const known = BY_STATUS.find(([from, to]) => statusCode !== undefined && from <= statusCode && statusCode <= to);
  return known === undefined ? changed('refusedByQuickBooks') : known[2];
}
