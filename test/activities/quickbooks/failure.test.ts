/** What Temporal is told of trouble at the site: a table. */
import assert from 'node:assert/strict';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { failureOf } from '../../../src/activities/quickbooks/failure.ts';
import { HandedBack } from '../../../src/activities/quickbooks/index.ts';
import { FAILURE } from '../../../src/contract/index.ts';
import { AnswerTooLarge, SiteTrouble, TooLate } from '../../../src/quickbooks/index.ts';

describe('trouble at the site', () => {
  const rows: readonly (readonly [
    what: string,
    error: Error,
    type: string,
    delayMs: number | undefined,
    benign: boolean,
  ])[] = [
    ['a dialog shows in QuickBooks', new SiteTrouble('wait', 'a dialog'), FAILURE.wait, 60_000, true],
    ['an answer is lost', new SiteTrouble('unknown', 'lost'), FAILURE.outcomeUnknown, undefined, false],
    ['an answer cannot be read', new SiteTrouble('retry', 'cut off'), FAILURE.retry, undefined, false],
    ['an answer is too large', new AnswerTooLarge('an answer of 99 bytes'), FAILURE.retry, undefined, false],
    ['the machine slept', new TooLate('late'), FAILURE.retry, undefined, false],
    ['QuickBooks is busy with another company', new HandedBack('busy'), FAILURE.handedBack, 2_000, true],
  ];
  for (const [what, error, type, delayMs, benign] of rows)
    it(`${what}: ${type}`, () => {
      const failure = failureOf(error);
      assert.ok(failure instanceof ApplicationFailure);
      assert.equal(failure.type, type);
      assert.equal(failure.nonRetryable, false, 'always tried again');
      assert.equal(failure.nextRetryDelay ?? undefined, delayMs);
      assert.equal(failure.category === ApplicationFailureCategory.BENIGN, benign);
    });

  it('an error that nobody foresaw goes on as it is', () => {
    const error = new RangeError('oh');
    assert.equal(failureOf(error), error);
  });
});
