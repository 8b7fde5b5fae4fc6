/**
 * Where it is doubtful how QuickBooks behaves, the books must agree whichever way it does: one month of a small company,
 * once for each value of each switch of the sandbox, and for the pairs that meet in one step.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { FAILURE } from '../../../src/contract/index.ts';
import { createQuickBooksHost, type QuickBooksHost } from '../../../src/quickbooks/index.ts';
import { readQuickBooks } from '../../../src/sandbox/judge/index.ts';
import { createQuickBooksSandbox, type QuickBooksSandbox } from '../../../src/sandbox/quickbooks/index.ts';
import { Both } from './bothLedgers.ts';
import { post, World } from './world.ts';

type Row = Readonly<Record<string, string | boolean>>;

const ROWS: readonly Row[] = [
  // The first values of all switches.
  {},
  { recovery: 'errorRecoveryOnly' },
  { recovery: 'absent' },
  { nonAscii: 'accepted' },
  { timeModifiedDefect: false },
  { openAmount: 'missing' },
  { openAmount: 'vendorTotal' },
  { itemAmount: 'recalculated' },
  { inactiveReference: 'accepted' },
  ...['errorRecoveryOnly', 'absent'].flatMap((recovery) => [
    { recovery, openAmount: 'missing' },
    { recovery, openAmount: 'vendorTotal' },
    { recovery, itemAmount: 'recalculated' },
    { recovery, nonAscii: 'accepted' },
  ]),
];
const PROBLEMS = ['dateDrivenTerms'];

describe('a switch of QuickBooks, either way', function () {
  this.timeout(60_000);
  let dataDir: string;
  let sandbox: QuickBooksSandbox;
  let host: QuickBooksHost;
  let url: string;
  let aheadMs = 0;
  /** Two seconds pass in QuickBooks: edit sequences count whole ones. */
  const later = () => {
    aheadMs += 2_000;
  };

  before(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'tandem-switches-'));
    const clock = () => Date.now() + aheadMs;
    sandbox = await createQuickBooksSandbox({ dataDir, clock, timeZone: zoneInSummer() });
    ({ url } = await sandbox.listen(0));
    host = createQuickBooksHost({ processor: { kind: 'sandbox', url } });
  });
  after(async () => {
    host.kill();
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  for (const row of ROWS) {
    const switches = Object.entries(row).map(([name, value]) => `${name} ${value}`);
    const title = switches.join(', ') || 'no switch moved';
    it(`${title}: each bill once, and the books agree`, async () => {
      const file = `C:\\Books\\${title}.qbw`;
      const person = (move: string, body: object) => post<{ id: string }>(url, `/people/${move}`, { file, ...body });
      await person('new-company', { name: 'Acme', seed: 'small' });
      for (const [name, value] of Object.entries(row)) await person('set-switch', { name, value });
      const world = await World.create();
      const run = new Both(world, { url, host, file });
      await run.settle();

      const bill = await person('enter-bill', { ...TYPED, refNumber: 'QB-1' });
      const invoice = await world.invoice({ ...APPROVED, invoiceNumber: 'MT-1' });
      await post(url, '/faults', { point: 'committed', match: { file, request: 'BillAdd' }, action: 'drop' });
      await assert.rejects(
        run.cycle(),
        (error) => error instanceof ApplicationFailure && error.type === FAILURE.outcomeUnknown,
      );
      await run.cycle();
      assert.deepEqual(await run.differences(), []);

      later();
      await person('edit-bill', { txnId: bill.id, memo: 'bezahlt, gr\u00fc\u00dfe' });
      await person('edit-vendor', { vendor: 'Acorn Tools', phone: '555-0177' });
      await person('make-inactive', { list: 'class', name: 'East' });
      await world.person('edit-invoice', { bill: invoice.id, memo: 'caf\u00e9, corrected', ...CORRECTED });
      await world.person('edit-vendor', { vendor: 'Acorn Electric', phone: '555-0133' });
      await run.cycle();
      const refused = row.inactiveReference !== 'accepted';
      assert.deepEqual(await world.problems(), refused ? [...PROBLEMS, 'referenceRefused'] : PROBLEMS);
      assert.equal((await run.verdict()).agree, !refused);

      later();
      await person('make-active', { list: 'class', name: 'East' });
      await world.person('edit-invoice', { bill: invoice.id, memo: 'caf\u00e9, corrected again' });
      await run.cycle();
      assert.deepEqual(await world.problems(), PROBLEMS);
      assert.deepEqual((await run.cycle()).batches, []);
      const verdict = await run.verdict();
      assert.deepEqual(verdict.differences, []);
      assert.deepEqual(await numbersOf(run), { quickBooks: ['MT-1', 'QB-1'], mineralTree: ['MT-1', 'QB-1'] });
      const { agree, unexplained } = await run.report();
      assert.deepEqual([agree, unexplained], [true, 0]);
    });
  }
});

const TYPED = {
  vendor: 'Acorn Tools',
  txnDate: '2026-03-10',
  dueDate: '2026-04-09',
  memo: 'f\u00fcr M\u00e4rz \u20ac',
  expenseLines: [{ account: 'Rent', amount: '1200.00', memo: 'loyer pay\u00e9' }],
  itemLines: [{ item: 'Paper A4', quantity: '3', cost: '33.33', amount: '100.00' }],
};
/** Three at 33.33 do not make 100.00: the amount is what was approved. */
const APPROVED = {
  vendor: 'Acorn Tools',
  apAccount: 'Accounts Payable',
  memo: 'caf\u00e9, 5 \u20ac',
  amount: '321.50',
  expenses: [{ glAccount: 'Office Supplies', amount: '221.50', classification: 'East', memo: 'ch\u00e2ises' }],
  items: [{ item: 'Paper A4', quantity: '3', cost: '33.33', amount: '100.00', memo: 'papier \u00e9pais' }],
};

/** One line costs more, the other less; its class was made inactive in QuickBooks meanwhile. */
const CORRECTED = {
  expenses: [{ glAccount: 'Office Supplies', amount: '200.25', classification: 'East', memo: 'ch\u00e2ises' }],
  items: [{ item: 'Paper A4', quantity: '3', cost: '40.42', amount: '121.25', memo: 'papier \u00e9pais' }],
};

/** The numbers of the bills of this month, on both sides. */
async function numbersOf({ desk, world }: Both) {
  const { bills } = await readQuickBooks(desk.url, desk.file);
  const invoices = (await world.books()).bills;
  const ours = (numbers: readonly (string | undefined)[]) =>
    numbers.filter((number) => number !== undefined && /^(MT|QB)-1$/.test(number)).sort();
  return {
    quickBooks: ours(bills.map(({ refNumber }) => refNumber)),
    mineralTree: ours(invoices.map(({ invoiceNumber }) => invoiceNumber)),
  };
}

/** A zone that has summer time at this moment, so that a wrong offset is wrong. */
function zoneInSummer(): string {
  const hours = (at: number, timeZone: string) =>
    Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
  const year = new Date().getUTCFullYear();
  const noon = (month: number) => Date.UTC(year, month, 15, 12);
  const now = Date.UTC(year, new Date().getUTCMonth(), new Date().getUTCDate(), 12);
  const zone = ['America/New_York', 'Australia/Sydney'].find(
    (one) => hours(now, one) === Math.max(hours(noon(0), one), hours(noon(6), one)),
  );
  assert.ok(zone, 'in the north or in the south it is summer');
  return zone;
}
