import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { seededCompany } from '../../../src/sandbox/quickbooks/seed.ts';
import { type Json, openDesk } from './desk.ts';

const seeded = (seed: 'empty' | 'small' | 'medium' | 'large') =>
  seededCompany({ file: 'C:\\a.qbw', name: 'A', timeZone: 'America/New_York' }, seed);

describe('QuickBooks sandbox: seeds', () => {
  const sizes = [
    ['empty', 1, 0, 0, 0],
    ['small', 20, 10, 5, 10],
    ['medium', 20, 300, 2_000, 6_000],
    ['large', 20, 2_000, 20_000, 100_000],
  ] as const;
  for (const [seed, accounts, vendors, bills, lines] of sizes)
    it(`${seed}: ${accounts} accounts, ${vendors} vendors, ${bills} bills, ${lines} lines, the journal in balance`, () => {
      const { tables, balances } = seeded(seed);
      const counted = [...tables.bill.all()].reduce(
        (sum, bill) => sum + bill.expenseLines.length + bill.itemLines.length,
        0,
      );
      assert.deepEqual(
        [tables.account.size, tables.vendor.size, tables.bill.size, counted],
        [accounts, vendors, bills, lines],
      );
      assert.equal(
        [...tables.account.all()].reduce((sum, { id }) => sum + balances.of(id), 0),
        0,
      );
    });

  it('the same seed gives the same file', () => {
    assert.deepEqual([...seeded('medium').snapshot()], [...seeded('medium').snapshot()]);
  });

  it('a late page of a large file costs no more than an early one', async () => {
    const desk = await openDesk({ seed: 'large' });
    const qb = await desk.session();
    const page = async (attributes: string): Promise<{ ms: number; id: string; left: number }> => {
      const began = performance.now();
      const { iteratorID = '', iteratorRemainingCount = 0 } = await qb.one(
        `<BillQueryRq ${attributes}><MaxReturned>100</MaxReturned><IncludeRetElement>EditSequence</IncludeRetElement></BillQueryRq>`,
      );
      return { ms: performance.now() - began, id: iteratorID, left: iteratorRemainingCount };
    };
    const first = await page('iterator="Start"');
    const times: number[] = [];
    for (let left = first.left; left > 0; ) {
      const next = await page(`iterator="Continue" iteratorID="${first.id}"`);
      times.push(next.ms);
      left = next.left;
    }
    assert.equal(times.length, 199);
    const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
    const [early, late] = [median(times.slice(20, 80)), median(times.slice(-60))];
    assert.ok(late < early * 3 + 5, `early ${early} ms, late ${late} ms`);
    const { json } = await desk.page('GET', '/books');
    assert.deepEqual((json.files as readonly Json[])[0], { file: 'C:\\Books\\Sample.qbw', name: 'Sample Company' });
    await desk.stop();
  });
});
