/** Wall time for QuickBooks, and until when a request may be begun. */
import assert from 'node:assert/strict';
import { createDeadline } from '../../src/quickbooks/deadline.ts';
import { isOver } from '../../src/quickbooks/host/service.ts';
import type { SendLimits } from '../../src/quickbooks/processor.ts';
import { changedFrom, LOOK_BACK_SECONDS, unixSecondsOf, wallTimeOf } from '../../src/quickbooks/wallTime.ts';

describe('wall time', () => {
  it('is the local time of the machine, without an offset', () => {
    const noon = new Date(2026, 10, 24, 12, 5, 9);
    assert.equal(wallTimeOf(Math.floor(noon.getTime() / 1000)), '2026-11-24T12:05:09');
  });

  it('of a page of changes begins two hours before the watermark', () => {
    const at = Math.floor(new Date(2026, 10, 24, 12, 0, 0).getTime() / 1000);
    assert.equal(LOOK_BACK_SECONDS, 7_200);
    assert.equal(changedFrom(at), '2026-11-24T10:00:00');
  });

  it('as QuickBooks writes it is read back, whatever its offset', () => {
    const at = Math.floor(new Date(2026, 6, 1, 9, 30, 0).getTime() / 1000);
    assert.equal(unixSecondsOf(`${wallTimeOf(at)}-08:00`), at);
    assert.equal(unixSecondsOf('yesterday'), undefined);
  });

  for (const [what, seconds] of [
    ['before 1970', -1_000_000_000],
    ['after 2038', 100_000_000_000],
  ] as const)
    it(`${what} is held within the years that QuickBooks takes`, () => {
      const year = Number(wallTimeOf(seconds).slice(0, 4));
      assert.ok(year >= 1970 && year <= 2038, String(year));
    });
});

describe('the time to begin a request', () => {
  const clocks = { wallMs: 1_000_000, monotonicMs: 50 };
  const reading = { wall: () => clocks.wallMs, monotonic: () => clocks.monotonicMs };
  const passes = (ms: number): void => {
    clocks.wallMs += ms;
    clocks.monotonicMs += ms;
  };
  /** Whether a request that reaches the host now is begun. */
  const begins = (limits: SendLimits): boolean => !isOver(limits, clocks.monotonicMs, reading);

  it('is renewed by each sign of life', () => {
    const deadline = createDeadline(8_000, reading);
    passes(7_000);
    deadline.renew();
    passes(7_000);
    assert.equal(begins(deadline.limits()), true);
  });

  it('is over for good when none came in time: a machine that slept begins nothing', () => {
    const deadline = createDeadline(8_000, reading);
    clocks.wallMs += 3_600_000;
    deadline.renew();
    assert.equal(deadline.lapsed, true);
    assert.equal(begins(deadline.limits()), false);
  });

  it('is over when the machine sleeps after the request was handed over', () => {
    const limits = createDeadline(8_000, reading).limits();
    clocks.wallMs += 9_000;
    assert.equal(begins(limits), false);
  });

  it('is over by time passed although the clock was set back', () => {
    const deadline = createDeadline(8_000, reading);
    clocks.wallMs -= 3_600_000;
    clocks.monotonicMs += 9_000;
    assert.equal(begins(deadline.limits()), false);
  });

  it('is over by time passed between receipt and call although the clock was set back', () => {
    const limits = createDeadline(8_000, reading).limits();
    const receivedMs = clocks.monotonicMs;
    clocks.wallMs -= 3_600_000;
    clocks.monotonicMs += 9_000;
    assert.equal(isOver(limits, receivedMs, reading), true);
  });
});
