import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type AnyRecord, stampOf } from '../../../src/sandbox/mineraltree/record.ts';
import { createSearchIndex, type Narrowing } from '../../../src/sandbox/mineraltree/searchIndex.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const bill = (n: number, second: number, externalId = `TX-${n}`): AnyRecord => ({
  kind: 'bill',
  id: `id-${String(n).padStart(6, '0')}`,
  companyId: 'c',
  externalId,
  created: stampOf(START),
  modified: stampOf(START + second * 1000),
  createdBy: 'api',
  values: {},
  history: [],
  currency: 'USD',
  stage: 'Posted',
  approved: true,
  entries: [],
});

describe('the index that search reads', () => {
  it('leaves of twenty thousand bills only those to be looked at that a query asks for', () => {
    const index = createSearchIndex();
    index.load(Array.from({ length: 20_000 }, (_, n) => bill(n, n >> 3, n % 1000 === 0 ? '' : `TX-${n}`)));
    const counts = (by: Narrowing): number => index.candidates(START, 0, 'c', 'bill', by).length;
    assert.equal(counts({}), 20_000);
    assert.equal(counts({ externalIds: ['TX-17', 'TX-18', 'TX-none', 'TX-17'] }), 2);
    assert.equal(counts({ externalIds: [''] }), 20);
    assert.equal(counts({ ids: ['id-000017'] }), 1);
    assert.equal(counts({ modifiedFrom: stampOf(START + 2_499_000) }), 8);
    assert.equal(counts({ modifiedTo: stampOf(START + 1_000) }), 16);
    assert.equal(index.candidates(START, 0, 'other', 'bill', {}).length, 0);
  });

  it('stays in order and complete, whatever is written, changed and taken away', () => {
    const write = fc.record({
      n: fc.integer({ min: 0, max: 20 }),
      externalId: fc.constantFrom('', 'TX-1', 'TX-2'),
      waitMs: fc.integer({ min: 0, max: 3_000 }),
      gone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), fc.integer({ min: 0, max: 5_000 }), (writes, lagMs) => {
        const index = createSearchIndex();
        let nowMs = START;
        const log: { readonly at: number; readonly record: AnyRecord; readonly gone: boolean }[] = [];
        for (const { n, externalId, waitMs, gone } of writes) {
          nowMs += waitMs;
          const record = bill(n, Math.floor((nowMs - START) / 1000), externalId);
          index.note(nowMs, 'c', 'bill', record.id, gone ? undefined : record);
          log.push({ at: nowMs, record, gone });
          const known = new Map<string, AnyRecord>();
          for (const entry of log.filter(({ at }) => at <= nowMs - lagMs)) {
            if (entry.gone) known.delete(entry.record.id);
            else known.set(entry.record.id, entry.record);
          }
          const expected = [...known.values()].sort((a, b) => (a.modified + a.id < b.modified + b.id ? -1 : 1));
          assert.deepEqual(index.candidates(nowMs, lagMs, 'c', 'bill', {}), expected);
          assert.deepEqual(
            index.candidates(nowMs, lagMs, 'c', 'bill', { externalIds: ['TX-1'] }),
            expected.filter((row) => row.externalId === 'TX-1'),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
