import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FundMethod } from '../../src/domain/payables.ts';
import {
  PAYMENT_STATUSES,
  paymentDisposition,
  paymentStatusInWords,
  STATUSES_REVERSED,
  STATUSES_TO_POST,
} from '../../src/sync/index.ts';

/** Every status of the API guide, as an accountant sees it. */
const ROWS: readonly [disposition: string, what: string, statuses: readonly number[]][] = [
  ['toPost', 'paid, for an export, by the API guide', [1010, 1070, 1110, 1120]],
  [
    'toPost',
    'past that: check issued, printed, mailed; closed; the end of what was processed',
    [1050, 1060, 1090, 1030, 1121],
  ],
  [
    'notYet',
    'open, for approval, changed, on hold, approved by one, scheduled, queued',
    [1, 10, 15, 20, 900, 1000, 6000],
  ],
  ['notYet', 'blocked, or being edited', [3000, 3100, 4000, 4040, 4080]],
  ['reversed', 'recalled, rejected, returned, canceled, void, dissolved', [13, 30, 1080, 1100, 2000, 2050]],
  ['ignored', 'closed before the MineralTree of today', [1040]],
];

describe('the statuses of payments', () => {
  for (const [disposition, what, statuses] of ROWS)
    it(`${disposition}: ${what}`, () => {
      for (const status of statuses) assert.equal(paymentDisposition(status, 'ACH'), disposition, String(status));
    });

  it('each number once, each with words, each reversed one with how it is undone', () => {
    assert.equal(new Set(PAYMENT_STATUSES.map(({ status }) => status)).size, PAYMENT_STATUSES.length);
    for (const { words, disposition, undo } of PAYMENT_STATUSES) {
      assert.match(words, /^[a-z]/);
      assert.equal(undo !== undefined, disposition === 'reversed');
    }
  });

  it('those for a search are those of the table', () => {
    assert.deepEqual(
      [...STATUSES_TO_POST].sort((a, b) => a - b),
      [1010, 1030, 1050, 1060, 1070, 1090, 1110, 1120, 1121],
    );
    assert.deepEqual(
      [...STATUSES_REVERSED].sort((a, b) => a - b),
      [13, 30, 1080, 1100, 2000, 2050],
    );
  });

  it('a credit is no payment, whatever its status', () =>
    fc.assert(fc.property(fc.integer(), (status) => paymentDisposition(status, 'CREDIT') === 'ignored')));

  it('a status that nobody documented is never posted and never voided', () =>
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom<FundMethod>('ACH', 'CHECK', 'UNKNOWN'), (status, method) => {
        fc.pre(!PAYMENT_STATUSES.some((one) => one.status === status));
        assert.equal(paymentDisposition(status, method), 'notYet');
        assert.equal(paymentStatusInWords(status), String(status));
      }),
    ));
});
