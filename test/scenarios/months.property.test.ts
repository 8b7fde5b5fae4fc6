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
import { judge, type MineralTreeBooks, type QuickBooksBooks } from '../../src/sandbox/judge/index.ts';
import { Company } from './company.ts';
import { excusesOf } from './excuses.ts';
import { type Move, move, switches, take } from './months.ts';
import { openPlace, type Place } from './oneProcess.ts';

const CASES = Number(process.env.TANDEM_CASES ?? 15);
const SEED = Number(process.env.TANDEM_SEED ?? 20_260_301);
const MOVES = 30;
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
      fc.asyncProperty(
        switches,
        fc.boolean(),
        fc.boolean(),
        fc.array(move, { minLength: 8, maxLength: MOVES, size: 'max' }),
        async (switched, voidPayments, discounts, moves) => {
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
          const report = await company.run.report();
          const [ledger, payables, problems] = await Promise.all([
            company.ledger(),
            company.payables(),
            company.problems(),
          ]);
          const { differences } = judge(ledger, payables, excusesOf(problems, payables, ledger, report));
          assert.ok(postedCents(ledger) <= paidCents(payables), 'more was posted than was ever paid');
          assert.deepEqual(differences, [], `with the problems ${problems.map(({ key }) => key).join(', ') || 'none'}`);
        },
      ),
      { numRuns: cases, seed, includeErrorInReport: true, endOnFailure: process.env.TANDEM_SHRINK === undefined },
    );
    if (cases >= 15)
      assert.ok((done.get('pay invoices') ?? 0) > 0 && (done.get('set credit') ?? 0) > 0, 'too little was done');
  });
}

/** Whether the move was made; one that a sandbox refuses as the product would is none. */
async function wasDone(company: Company, one: Move): Promise<boolean> {
  try {
    await take(company, one);
    return true;
  } catch (error) {
    if (error instanceof Error && /^\/people\/[a-z-]+: 4(00|04|22) /.test(error.message)) return false;
    throw error;
  }
}

const total = (payments: readonly { readonly amountCents: number }[]): number =>
  payments.reduce((sum, { amountCents }) => sum + amountCents, 0);
/** What stands in QuickBooks because somebody else than a person entered it: no exception covers that. */
const postedCents = ({ payments }: QuickBooksBooks): number =>
  total(payments.filter(({ createdBy, voided }) => createdBy === 'application' && !voided));
/** What people paid in MineralTree, whatever became of it. */
const paidCents = ({ payments }: MineralTreeBooks): number =>
  total(payments.filter(({ origin, effect }) => origin === 'person' && effect !== 'pending'));
