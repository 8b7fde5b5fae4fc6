/** Whose turn it is on QuickBooks. */
import assert from 'node:assert/strict';
import { HandedBack } from '../../../src/activities/quickbooks/index.ts';
import { createQuickBooksLock, type Turn } from '../../../src/workers/connector/quickBooksLock.ts';

const never = new AbortController().signal;
/** What a promise has come to by the next turn of the event loop. */
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  const first = await Promise.race([promise, new Promise((resolve) => setImmediate(() => resolve(pending)))]);
  return first !== pending;
};

describe('turns on QuickBooks', () => {
  it('come one at a time, in the order in which tasks came', async () => {
    const lock = createQuickBooksLock({ keepMs: 0, waitMs: 5_000 });
    const first = await lock.turn('a', never);
    const order: string[] = [];
    const waiting = ['b', 'a', 'c'].map(async (company) => {
      const turn = await lock.turn(company, never);
      order.push(company);
      return turn;
    });
    assert.deepEqual(order, []);
    let turn: Turn = first;
    for (const next of waiting) {
      turn.end(false);
      turn = await next;
    }
    turn.end(false);
    assert.deepEqual(order, ['b', 'a', 'c']);
  });

  it('stay with a company for its next task while it is kept, and go to the others after that', async () => {
    const lock = createQuickBooksLock({ keepMs: 150, waitMs: 5_000 });
    (await lock.turn('a', never)).end(true);
    const other = lock.turn('b', never);
    assert.equal(await settled(other), false, 'b waits');
    const again = await lock.turn('a', never);
    again.end(true);
    const kept = Date.now();
    (await other).end(false);
    assert.ok(Date.now() - kept >= 140, 'b came when the time was over');
  });

  it('are not kept when no other task is likely', async () => {
    const lock = createQuickBooksLock({ keepMs: 60_000, waitMs: 5_000 });
    (await lock.turn('a', never)).end(false);
    (await lock.turn('b', never)).end(false);
  });

  it('a task that is not begun in time is handed back, and the others go on', async () => {
    const lock = createQuickBooksLock({ keepMs: 0, waitMs: 50 });
    const first = await lock.turn('a', never);
    await assert.rejects(lock.turn('b', never), HandedBack);
    const third = lock.turn('c', never);
    first.end(false);
    (await third).end(false);
  });

  it('a task that is cancelled while it waits ends with the reason', async () => {
    const lock = createQuickBooksLock({ keepMs: 0, waitMs: 5_000 });
    const first = await lock.turn('a', never);
    const cancelled = new AbortController();
    const second = lock.turn('b', cancelled.signal);
    const reason = new Error('paused');
    cancelled.abort(reason);
    await assert.rejects(second, reason);
    first.end(false);
  });

  it('a connector that stops hands back whoever waits, and lets the task in hand go on', async () => {
    const lock = createQuickBooksLock({ keepMs: 1_000, waitMs: 5_000 });
    const first = await lock.turn('a', never);
    const second = lock.turn('b', never);
    lock.close();
    await assert.rejects(second, HandedBack);
    first.end(true);
    await assert.rejects(lock.turn('a', never), HandedBack);
  });
});
