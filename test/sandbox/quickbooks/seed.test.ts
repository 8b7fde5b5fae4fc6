import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { openCents } from '../../../src/sandbox/quickbooks/balance.ts';
import { payablesBooks } from '../../../src/sandbox/quickbooks/payablesView.ts';
import { type SeedName, seededCompany } from '../../../src/sandbox/quickbooks/seed.ts';
import { type Json, openDesk } from './desk.ts';

const seeded = (seed: SeedName | 'empty') =>
  seededCompany({ file: 'C:\\a.qbw', name: 'A', timeZone: 'America/New_York' }, seed);

describe('QuickBooks sandbox: seeds', () => {
  const sizes = [
    ['empty', 1, 0, 0, 0],
    ['small', 20, 10, 5, 10],
    ['medium', 20, 300, 2_000, 6_000],
    ['large', 20, 2_000, 20_000, 100_000],
    ['payables', 22, 10, 12, 17],
    ['history', 22, 2_000, 52_000, 52_000],
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

  const open = (documents: Iterable<Parameters<typeof openCents>[1]>, company: ReturnType<typeof seeded>): number =>
    [...documents].filter((document) => openCents(company, document) > 0).length;

  it('nothing is paid in small, medium and large, and nothing but bills is in A/P', () => {
    for (const seed of ['small', 'medium', 'large'] as const) {
      const company = seeded(seed);
      const { bill, vendorCredit, payment, general, creditApplication } = company.tables;
      assert.equal(open(bill.all(), company), bill.size);
      assert.deepEqual([vendorCredit.size, payment.size, general.size, creditApplication.size], [0, 0, 0, 0]);
    }
  });

  it('payables: a few of each, in two A/P accounts', () => {
    const company = seeded('payables');
    const { bill, vendorCredit, payment, general, creditApplication } = company.tables;
    assert.deepEqual(
      [vendorCredit.size, open(vendorCredit.all(), company), open(bill.all(), company), creditApplication.size],
      [3, 2, 9, 2],
    );
    assert.deepEqual(
      [...payment.all()].map(({ method, applications }) => [method, applications.length]),
      [
        ['check', 2],
        ['creditCard', 1],
        ['check', 1],
        ['check', 1],
      ],
    );
    assert.deepEqual(
      [...general.all()].map(({ type }) => type),
      ['JournalEntry', 'Check', 'CreditCardCharge', 'Deposit', 'ItemReceipt'],
    );
    assert.deepEqual(
      payablesBooks(company).map(({ account, owedCents, creditsCents, unbilledCents, balanceCents }) => [
        account,
        owedCents > 0,
        creditsCents > 0,
        unbilledCents > 0,
        owedCents - creditsCents + unbilledCents === balanceCents,
      ]),
      [
        ['Accounts Payable', true, true, true, true],
        ['Retail Payables', true, false, false, true],
      ],
    );
  });

  it('history: 50,000 bills are paid and 2,000 open, 500 credits open', () => {
    const company = seeded('history');
    const { bill, vendorCredit, payment } = company.tables;
    assert.deepEqual(
      [open(bill.all(), company), open(vendorCredit.all(), company), vendorCredit.size, payment.size],
      [2_000, 500, 1_000, 10_000],
    );
  });

  it('the same seed gives the same file', () => {
    for (const seed of ['medium', 'payables'] as const)
      assert.deepEqual([...seeded(seed).snapshot()], [...seeded(seed).snapshot()]);
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
