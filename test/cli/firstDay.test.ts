/** A company's first day as an accountant walks through it: both sides have history, and nothing is written before go-live. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import { newBooks, PASSWORD, readBooks, USER, untilBooks } from '../../src/cli/demo/cast.ts';
import { type Stage, type StageCompany, startStage } from '../../src/cli/demo/stage.ts';
import { until } from '../../src/cli/until.ts';
import { type CompanyRecords, createMineralTreeClient, type MineralTreeClient } from '../../src/mineraltree/index.ts';
import { type Ended, runTandem } from './tandemCommand.ts';

const NAME = 'Cedar Dental';
/** Nothing happens by itself while the test looks. */
const CALM = { intervalMs: 3_600_000, heartbeatMs: 5_000, siteRetryMs: 2_000 };

describe('the first day of a company with history on both sides', function () {
  this.timeout(60_000);
  let stage: Stage;
  let company: StageCompany;
  let client: MineralTreeClient;
  let mineralTree: CompanyRecords;
  let folder: string;
  const invoices = new Map<string, string>();

  const tandem = (...args: string[]): Promise<Ended> => runTandem(stage.env, args);
  const onboard = (...options: string[]) => tandem('company', 'onboard', company.id, ...options);

  before(async function () {
    this.timeout(180_000);
    stage = await startStage({ env: process.env, log: pino({ level: 'silent' }), ui: false });
    const books = await newBooks(stage, NAME, 'small');
    const { quickBooks } = await readBooks(stage, books);
    client = createMineralTreeClient({
      baseUrl: stage.mineralTree.apiUrl,
      user: USER,
      password: PASSWORD,
      allowInsecureLoopback: true,
    });
    mineralTree = client.company(books.mtCompany);
    await typeHistory(quickBooks);
    await stage.startCloud();
    company = await stage.addCompany({
      name: NAME,
      ...books,
      user: USER,
      password: PASSWORD,
      settings: CALM,
      firstDay: true,
    });
    folder = stage.folder;
    await stage.startConnector('desk', [company], { limits: { keepCompanyMs: 500, nextVisitMs: 3_000 } });
    await until('the company has its run', async () => (await tandem('company', 'sync-now', company.id)).code === 0);
    await until('the first reading is over', async () => (await shown()).status.firstLoadDone, { withinMs: 90_000 });
    assert.equal((await shown()).records.bill, quickBooks.bills.length);
  });

  after(async () => {
    await client?.close();
    await stage?.stop();
  });

  /** What a bookkeeper typed into MineralTree before there was a connector: no record names its counterpart. */
  async function typeHistory({ vendors, bills }: Awaited<ReturnType<typeof readBooks>>['quickBooks']): Promise<void> {
    const [first, second, ...others] = vendors;
    assert.ok(first !== undefined && second !== undefined);
    const vendorIds = new Map<string, string>();
    const account = await mineralTree.glAccounts.create({ name: 'Typed', active: true, ledgerType: 'EXPENSE_ACCOUNT' });
    vendorIds.set(first.id, (await mineralTree.vendors.create({ name: `${first.name}, Inc.`, active: true })).id);
    for (const { id, name } of [second, ...others])
      vendorIds.set(id, (await mineralTree.vendors.create({ name, active: true })).id);
    for (const bill of bills.slice(0, 3)) {
      const { id } = await mineralTree.bills.create({
        vendor: { id: vendorIds.get(bill.vendorId) ?? '' },
        transactionDate: bill.txnDate,
        ...(bill.dueDate === undefined ? {} : { dueDate: bill.dueDate }),
        ...(bill.refNumber === undefined ? {} : { invoiceNumber: bill.refNumber }),
        amountCents: bill.amountCents,
        balanceCents: bill.amountCents,
        state: 'Open',
        expenses: [{ lineNumber: 0, amountCents: bill.amountCents, glAccount: { id: account.id } }],
        items: [],
      });
      invoices.set(bill.id, id);
    }
  }

  interface Shown {
    readonly stage: string;
    readonly records: { readonly bill?: number };
    readonly status: { readonly firstLoadDone: boolean };
  }
  const shown = async (): Promise<Shown> => JSON.parse((await tandem('company', 'show', company.id)).out);

  it('reads QuickBooks to the end and writes nothing', async () => {
    assert.equal((await shown()).stage, 'onboarding');
    const books = await readBooks(stage, company);
    assert.deepEqual(
      books.mineralTree.vendors.flatMap(({ externalId }) => externalId ?? []),
      [],
    );
    assert.equal(books.mineralTree.bills.length, 3);
  });

  it('asks for what only the accountant knows', async () => {
    const [noDate, noRestore, wrongDate] = [
      await onboard(),
      await onboard('--cut-over', '2025-01-01'),
      await onboard('--cut-over', '01/31/2026'),
    ];
    assert.match(noDate.err, /not known from when on .* in --bills-from; give --cut-over YYYY-MM-DD/);
    assert.match(noRestore.err, /in --last-restore; ask the accountant/);
    assert.match(wrongDate.err, /--cut-over.*a date such as 2026-01-31/);
    assert.deepEqual([noDate.code, noRestore.code, wrongDate.code], [2, 2, 2]);
  });

  it('go-live waits for the matching', async () => {
    const { code, err } = await tandem('company', 'go-live', company.id);
    assert.equal(code, 1);
    assert.match(err, /records of Cedar Dental are not matched yet, in the first day; run tandem company onboard/);
  });

  it('matches what is certain and asks about the rest', async () => {
    const file = path.join(folder, 'proposals.csv');
    const { code, out, err } = await onboard('--cut-over', '2025-01-01', '--last-restore', 'none', '--proposals', file);
    assert.equal(code, 0, err);
    assert.match(out, /\n {2}vendors +9 matched, 1 to decide/);
    assert.match(out, /\n1 pairs to decide: written to .*proposals\.csv; then tandem company onboard/);
    const rows = (await readFile(file, 'utf8')).trim().split('\r\n');
    assert.match(rows[1] ?? '', /^vendor,.*the names differ in spelling only,$/);
    assert.equal((await shown()).stage, 'onboarding');
  });

  it('refuses decisions that make no sense, whole, and says where', async () => {
    const file = path.join(folder, 'proposals.csv');
    const asked = await readFile(file, 'utf8');
    await writeFile(file, asked.trim().replace(/,$/, ',perhaps'));
    const { code, err } = await onboard('--decisions', file);
    assert.equal(code, 2);
    assert.match(err, /nothing was taken: row 2: the decision is "perhaps"; allowed are same, different, or nothing/);
    await writeFile(file, asked);
  });

  it('takes the decision, matches the bills of that vendor too, and is in preview', async () => {
    const file = path.join(folder, 'proposals.csv');
    await writeFile(file, (await readFile(file, 'utf8')).trim().replace(/,$/, ',same'));
    const { code, out, err } = await onboard('--decisions', file);
    assert.equal(code, 0, err);
    assert.match(out, /\n {2}vendors +10 matched\n/);
    assert.match(out, /\n {2}bills +3 matched, 2 only in QuickBooks\n/);
    assert.equal((await shown()).stage, 'preview');
  });

  it('preview shows field by field what would be written, and writes nothing', async () => {
    const before = await readBooks(stage, company);
    const { code, out, err } = await tandem('company', 'preview', company.id);
    assert.equal(code, 0, err);
    assert.match(out, /^What the next cycle of Cedar Dental would write; nothing was written\n/);
    assert.match(out, /\nMineralTree: create invoice: 2\n[\s\S]*amountCents: \d+\.\d\d\n/);
    assert.match(out, /\nMineralTree: change vendor: \d+\n[\s\S]*name: .*, Inc\. -> /);
    const after = await readBooks(stage, company);
    assert.deepEqual(
      [{ ...after.quickBooks, clock: 0 }, after.mineralTree],
      [{ ...before.quickBooks, clock: 0 }, before.mineralTree],
    );
    assert.equal((await shown()).stage, 'preview');
  });

  it('go-live waits until open payables were compared', async () => {
    const { code, err } = await tandem('company', 'go-live', company.id);
    assert.equal(code, 1);
    assert.match(err, /not compared since the records were matched, in the first day; run tandem reconcile/);
    const report = await tandem('reconcile', company.id);
    assert.match(report.out, /The two ledgers agree\./);
  });

  it('goes live, and each record stands once on both sides', async () => {
    const { code, out, err } = await tandem('company', 'go-live', company.id);
    assert.equal(code, 0, err);
    assert.match(out, /is live: from the next cycle on/);
    await tandem('company', 'sync-now', company.id);
    const { quickBooks, mineralTree: theirs } = await untilBooks(
      stage,
      company,
      'every bill named in MineralTree',
      (books) =>
        books.mineralTree.bills.every(({ externalId }) => externalId !== undefined) &&
        books.mineralTree.bills.length >= 5 &&
        books,
    );
    assert.deepEqual(
      theirs.bills.map(({ externalId }) => externalId).sort(),
      quickBooks.bills.map(({ id }) => id).sort(),
    );
    for (const [billId, invoiceId] of invoices)
      assert.equal(theirs.bills.find(({ externalId }) => externalId === billId)?.id, invoiceId);
    assert.equal(theirs.vendors.length, quickBooks.vendors.length);
    assert.equal(quickBooks.bills.length, 5);
  });

  it('has nothing more to do on its first day', async () => {
    const { code, err } = await onboard();
    assert.equal(code, 1);
    assert.match(err, /Cedar Dental is live already/);
  });
});
