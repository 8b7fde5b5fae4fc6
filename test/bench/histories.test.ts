import assert from 'node:assert/strict';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { activityTimes, cyclesOf, type HistoryEvent, largestPayload, reportsOf } from '../../bench/histories.ts';

const at = (seconds: number) => ({ eventTime: msToTs(seconds * 1_000 + 500) });
const scheduled = (name: string, seconds: number): HistoryEvent => ({
  ...at(seconds),
  activityTaskScheduledEventAttributes: { activityType: { name } },
});
const completed = (seconds: number): HistoryEvent => ({ ...at(seconds), activityTaskCompletedEventAttributes: {} });
const other = (seconds: number): HistoryEvent => at(seconds);

describe('what a history tells the bench', () => {
  it('a cycle reaches from one pull to the next, and lasts until its last activity ended', () => {
    const history = [
      other(0),
      scheduled('openCompany', 1),
      completed(2),
      scheduled('pullQuickBooks', 10),
      completed(11),
      scheduled('pushMineralTree', 12),
      completed(14),
      other(15),
      scheduled('pullQuickBooks', 20),
      other(21),
      completed(23),
      scheduled('pullQuickBooks', 30),
    ];
    assert.deepEqual(cyclesOf(history), [
      { events: 5, activities: ['pullQuickBooks', 'pushMineralTree'], ms: 4_000 },
      { events: 3, activities: ['pullQuickBooks'], ms: 3_000 },
    ]);
  });

  it('a history without two pulls has no whole cycle', () => {
    assert.deepEqual(cyclesOf([]), []);
    assert.deepEqual(cyclesOf([scheduled('pullQuickBooks', 1), completed(2)]), []);
  });

  const event = (eventId: number, seconds: number, rest: object): HistoryEvent =>
    proto.temporal.api.history.v1.HistoryEvent.fromObject({ ...at(seconds), eventId, ...rest });
  const ran = (first: number, name: string, scheduledAt: number, startedAt: number, endedAt: number) => [
    event(first, scheduledAt, { activityTaskScheduledEventAttributes: { activityType: { name } } }),
    event(first + 1, startedAt, { activityTaskStartedEventAttributes: {} }),
    event(first + 2, endedAt, {
      activityTaskCompletedEventAttributes: {
        scheduledEventId: first,
        startedEventId: first + 1,
      },
    }),
  ];

  it('a report reaches from the first comparing to the one after the last page', () => {
    const history = [
      ...ran(5, 'compareLedgers', 1, 1, 2),
      ...ran(8, 'readLedger', 2, 3, 6),
      ...ran(11, 'compareLedgers', 6, 6, 7),
      ...ran(14, 'readLedger', 7, 7, 9),
      ...ran(17, 'compareLedgers', 9, 9, 12),
      ...ran(20, 'pullQuickBooks', 20, 20, 21),
      ...ran(23, 'compareLedgers', 30, 30, 31),
      ...ran(26, 'readLedger', 31, 31, 32),
      ...ran(29, 'compareLedgers', 32, 32, 34),
    ];
    assert.deepEqual(reportsOf(history), [
      { ms: 11_000, siteMs: 5_000, pages: 2 },
      { ms: 4_000, siteMs: 1_000, pages: 1 },
    ]);
    assert.deepEqual(reportsOf([]), []);
  });

  it('the time of activities is waiting and running, by name', () => {
    const history = [...ran(5, 'pull', 0, 2, 3), ...ran(8, 'push', 3, 3, 7), ...ran(11, 'pull', 10, 11, 15)];
    assert.deepEqual(Object.fromEntries(activityTimes(history)), {
      pull: { count: 2, waitingMs: 3_000, runningMs: 5_000 },
      push: { count: 1, waitingMs: 0, runningMs: 4_000 },
    });
  });

  it('the largest payload is found wherever it is, with its metadata', () => {
    const payload = (bytes: number) => ({ data: new Uint8Array(bytes), metadata: { encoding: new Uint8Array(10) } });
    const history: HistoryEvent[] = [
      { activityTaskScheduledEventAttributes: { input: { payloads: [payload(3), payload(50)] } } },
      { activityTaskCompletedEventAttributes: { result: { payloads: [payload(90)] } } },
      { workflowExecutionStartedEventAttributes: { memo: { fields: { label: payload(100) } } } },
    ];
    assert.equal(largestPayload(history), 110);
    assert.equal(largestPayload(history.slice(0, 1)), 60);
    assert.equal(largestPayload([]), 0);
  });
});
