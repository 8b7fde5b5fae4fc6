import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Table } from '../../../src/sandbox/quickbooks/table.ts';

interface Row {
  readonly id: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly vendor: string;
}

describe('QuickBooks sandbox: tables', () => {
  const step = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    vendor: fc.constantFrom('x', 'y'),
    at: fc.integer({ min: 0, max: 20 }),
    remove: fc.boolean(),
  });

  it('find by key and by time of change what a look at every record would find', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: -1, max: 21 }),
        fc.integer({ min: -1, max: 21 }),
        (steps, from, to) => {
          const table = new Table<Row>({ vendor: (row) => row.vendor });
          const plain = new Map<string, Row>();
          for (const { id, vendor, at, remove } of steps) {
            const row = { id, createdAt: 0, modifiedAt: at, vendor };
            if (remove) {
              table.delete(id);
              plain.delete(id);
            } else {
              table.put(row);
              plain.set(id, row);
            }
          }
          const ids = (found: Iterable<Row>): string[] => [...found].map(({ id }) => id).sort();
          const all = [...plain.values()];
          assert.deepEqual(ids(table.all()), ids(all));
          assert.deepEqual(ids(table.find('vendor', 'x')), ids(all.filter(({ vendor }) => vendor === 'x')));
          const inRange = all.filter(({ modifiedAt }) => modifiedAt >= from && modifiedAt <= to);
          assert.deepEqual(ids(table.changed(from, to)), ids(inRange));
          const times = table.changed(from, to).map(({ modifiedAt }) => modifiedAt);
          assert.deepEqual(
            times,
            times.toSorted((a, b) => a - b),
          );
        },
      ),
    );
  });

  it('an index that was never declared is an error, not an empty answer', () => {
    assert.throws(
      () => new Table<Row>({ vendor: (row) => row.vendor }).find('name', 'x'),
      /no index "name"; there are vendor/,
    );
  });
});
