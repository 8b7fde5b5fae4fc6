/**
 * Whatever people do on both sides, in whatever order cycles come, and whichever way QuickBooks behaves where that is
 * doubtful: once nobody does anything any more, both books are sound and agree, but for records of which a person was told.
 *
 * Fifteen months with a fixed seed, unless the environment says otherwise: TANDEM_CASES is how many months, TANDEM_SEED
 * where they start. Many are tried in batches of fifty, each with the next seed, so that what one finds does not end the
 * others. What was found and shrunk stands in the tables beside this file.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Company } from './company.ts';
import { wasDone, wrongAtTheEnd } from './monthEnd.ts';
import { month } from './months.ts';
import { openPlace, type Place } from './oneProcess.ts';

const CASES = Number(process.env.TANDEM_CASES ?? 15);
const SEED = Number(process.env.TANDEM_SEED ?? 20_260_301);
const BATCH = 50;

describe('random months', function () {
  this.timeout(60_000 + BATCH * 20_000);
  let place: Place;
  beforeEach(async () => {
    place = await openPlace();
  });
  afterEach(() => place.close());
  for (let batch = 0; batch * BATCH < CASES; batch += 1)
    months(() => place, Math.min(BATCH, CASES - batch * BATCH), SEED + batch);
});

function months(place: () => Place, cases: number, seed: number): void {
  it(`${cases} months from seed ${seed}: the judge agrees, and every difference is a named problem`, async () => {
    const done = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(...month, async (switched, voidPayments, discounts, moves) => {
        const company = await Company.open({
          place: place(),
          switches: switched,
          voidPayments,
          ...(discounts && { discountAccount: 'Purchase Discounts' }),
        });
        for (const one of moves) if (await wasDone(company, one)) done.set(one.do, (done.get(one.do) ?? 0) + 1);
        const rest = await company.rest(undefined, 20);
        // What is looked at again later and later; then a night, whose sweep finds what moved no time of change.
        company.later(4 * 60);
        await company.rest(rest, 20);
        company.later(26 * 60);
        await company.settle(20);
        let wrong = await wrongOf(company);
        if (wrong.length > 0) {
          // What differs in the report is looked at again.
          await company.settle(20);
          wrong = await wrongOf(company);
        }
        const problems = await company.problems();
        assert.deepEqual(wrong, [], `with the problems ${problems.map(({ key }) => key).join(', ') || 'none'}`);
      }),
      { numRuns: cases, seed, includeErrorInReport: true, endOnFailure: process.env.TANDEM_SHRINK === undefined },
    );
    if (cases >= 15)
      assert.ok((done.get('pay invoices') ?? 0) > 0 && (done.get('set credit') ?? 0) > 0, 'too little was done');
  });
}

async function wrongOf(company: Company): Promise<readonly string[]> {
  const report = await company.run.report();
  const [ledger, payables, problems] = await Promise.all([company.ledger(), company.payables(), company.problems()]);
  return wrongAtTheEnd(ledger, payables, problems, report, company.discounted);
}
