import assert from 'node:assert/strict';
import { asJson, type Result, table } from '../../bench/report.ts';

const kept: Result = {
  bench: 'reading',
  figures: [
    { name: 'all of it', unit: 'ms', measured: 150, beside: { what: 'the parser alone', value: 100 }, limitTimes: 2 },
    { name: 'files', unit: 'count', measured: 3 },
  ],
  remarks: ['twice as many as last year'],
};
const missed: Result = {
  bench: 'writing',
  figures: [{ name: 'calls', unit: 'count', measured: 5, limit: 4 }],
  remarks: [],
};

describe('the report of the bench', () => {
  it('is a table with a row for each figure, the remarks, and a sum', () => {
    assert.deepEqual(table([kept, missed]).split('\n'), [
      '| figure             | limit   | measured | beside                    | ratio |        |',
      '| ------------------ | ------- | -------- | ------------------------- | ----- | ------ |',
      '| reading: all of it | 2 times | 150 ms   | 100 ms (the parser alone) | 1.50  | ok     |',
      '| reading: files     |         | 3        |                           |       |        |',
      '| writing: calls     | 4       | 5        |                           |       | MISSED |',
      '',
      'reading: twice as many as last year',
      '',
      '2 limits, 1 MISSED: writing: calls',
    ]);
    assert.match(table([kept]), /\n1 limit, all kept$/);
  });

  it('is JSON with verdicts and ratios, and says whether every limit was kept', () => {
    const { machine, kept: allKept, benches } = JSON.parse(asJson([kept, missed], { cpus: 2 }));
    assert.deepEqual(machine, { cpus: 2 });
    assert.equal(allKept, false);
    assert.equal(benches[0].figures[0].ratio, 1.5);
    assert.deepEqual(
      benches.flatMap(({ figures }: { figures: { verdict: string }[] }) => figures.map(({ verdict }) => verdict)),
      ['ok', '', 'MISSED'],
    );
  });
});
