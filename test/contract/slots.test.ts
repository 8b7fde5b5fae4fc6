/** When a company's cycles are due: apart from each other by the interval, and spread over it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { slotAfter } from '../../src/contract/index.ts';

const interval = 300_000;

describe('the time of the next cycle', () => {
  it('is between half an interval and one and a half after the start, and exactly one after a start in the slot', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1_000, max: 86_400_000 }),
        (id, started, every) => {
          const due = slotAfter(id, started, every);
          assert.ok(due - started >= every / 2 && due - started <= 1.5 * every, `${due - started}`);
          assert.equal(slotAfter(id, due, every), due + every);
        },
      ),
    );
  });

  it('spreads a thousand companies started together over the interval', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 1_000; i += 1) {
      const tenth = Math.floor(((slotAfter(`company-number-${i}`, 1e12, interval) % interval) / interval) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) assert.ok(count > 50 && count < 200, `${tenths}`);
  });
});
