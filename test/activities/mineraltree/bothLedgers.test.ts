/** The cloud's activities and the site's, hand in hand, between the two sandboxes: without Temporal, which adds the waiting. */
import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createSiteActivities, type Site } from '../../../src/activities/quickbooks/index.ts';
import type { LedgerRequest, PostRequest, Pushed, Standing } from '../../../src/contract/index.ts';
import { judge, type MineralTreeBooks, type QuickBooksBooks } from '../../../src/sandbox/judge/index.ts';
import { newestReport } from '../../../src/store/index.ts';
import type { LedgersReport } from '../../../src/sync/index.ts';
import { FILE, type Stage, staged } from '../../quickbooks/stage.ts';
import { type BookBill, World } from './world.ts';

const read = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

class Both {
  readonly world: World;
  readonly stage: Stage;
  readonly #site: ReturnType<typeof createSiteActivities>;

  constructor(world: World, stage: Stage) {
    this.world = world;
    this.stage = stage;
    const site: Site = {
      connector: 'desk@test',
      connectorVersion: '0.1.0',
      nextDueMs: 300_000,
      served: (id) => (id === world.companyId ? { id, file: FILE } : undefined),
      withQuickBooks: (_id, _signal, work) => work(stage.host),
    };
    this.#site = createSiteActivities(site, Date.now);
  }

  #atSite<I, R>(activity: (input: I) => Promise<R>, input: I): Promise<R> {
    return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity, input);
  }

  async cycle(known?: Standing): Promise<Pushed> {
    const { activities, companyId } = this.world;
    let standing = known;
    if (standing === undefined) {
      const opened = await activities.openCompany({ companyId });
      await this.post(opened.unsettled);
      standing = opened.standing;
    }
    const pulled = await this.#atSite(this.#site.pullQuickBooks, standing.nextPull);
    assert.ok(pulled.kind !== 'stopped');
    const pushed = await activities.pushMineralTree(pulled);
    await this.post(pushed.batches);
    return pushed;
  }

  async post(batches: readonly PostRequest[]): Promise<void> {
    for (const batch of batches)
      await this.world.activities.confirmPosted(await this.#atSite(this.#site.postBills, batch));
  }

  async settle(): Promise<Pushed> {
    let pushed = await this.cycle();
    for (let turn = 0; pushed.more && turn < 300; turn += 1) pushed = await this.cycle(pushed.standing);
    return pushed;
  }

  async report(): Promise<LedgersReport> {
    const { activities, companyId, store } = this.world;
    let next: LedgerRequest | undefined = (await activities.compareLedgers({ companyId, by: 'Ann' })).next;
    while (next !== undefined) {
      const page = await this.#atSite(this.#site.readLedger, next);
      assert.ok(page.kind === 'page');
      next = (await activities.compareLedgers({ companyId, by: 'Ann', page })).next;
    }
    return (await newestReport(store.db, companyId))?.report as LedgersReport;
  }

  /** What the judge says, which knows nothing of Tandem. */
  async differences(): Promise<readonly string[]> {
    const { stage, world } = this;
    const quickBooks = await read<QuickBooksBooks>(`${stage.url}/books/file?file=${encodeURIComponent(FILE)}`);
    const mineralTree = await read<MineralTreeBooks>(`${world.url}/books/company?id=${world.mtCompany}`);
    return judge(quickBooks, mineralTree).differences;
  }
}

const both = (story: (both: Both) => Promise<void>, seed: 'small' | 'medium' = 'small') =>
  staged(async (stage) => story(new Both(await World.create(), stage)), { seed });

describe('both ledgers', function () {
  this.timeout(180_000);

  it(
    'a first load, bills and edits both ways: the books agree, by the report and by the judge',
    both(async (run) => {
      const { stage, world } = run;
      await run.settle();
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
      assert.deepEqual(await run.differences(), []);

      stage.later();
      const vendor = (await stage.books()).vendors[0]?.name;
      await stage.person('enter-bill', {
        vendor,
        refNumber: 'QB-77',
        txnDate: '2026-03-10',
        dueDate: '2026-04-09',
        expenseLines: [
          { account: 'Rent', amount: '1200.00', memo: 'March', class: 'East' },
          { account: 'Utilities:Electricity', amount: '80.25' },
        ],
      });
      await run.cycle();
      assert.deepEqual(await run.differences(), []);

      const invoice = await world.invoice({
        vendor,
        invoiceNumber: 'MT-1',
        apAccount: 'Accounts Payable',
        memo: 'from the tree',
        amount: '321.50',
        expenses: [
          { glAccount: 'Office Supplies', amount: '300.00', classification: 'West:North', memo: 'chairs' },
          { glAccount: 'Freight', amount: '21.50', project: 'Harbor Hotel:Kitchen' },
        ],
      });
      await run.cycle();
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
      assert.deepEqual(await run.differences(), []);

      stage.later();
      await world.person('edit-invoice', { bill: invoice.id, memo: 'from the tree, corrected' });
      const edited = await run.cycle();
      assert.deepEqual(
        edited.batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
        ['BillMod'],
      );
      assert.deepEqual(await run.differences(), []);

      stage.later();
      const txnId = (await stage.books()).bills.find(({ refNumber }) => refNumber === 'QB-77')?.id;
      await stage.person('edit-bill', { txnId, memo: 'paid by hand' });
      await stage.person('edit-vendor', { vendor, phone: '555-0177' });
      await run.cycle();
      assert.deepEqual(await run.differences(), []);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);

      const quiet = await run.cycle();
      assert.deepEqual(quiet.batches, []);
      const report = await run.report();
      assert.deepEqual([report.agree, report.unexplained], [true, 0]);
      assert.ok(report.lines.length >= 3);
    }),
  );

  it(
    'a vendor edited in MineralTree is edited in QuickBooks, and the address goes whole',
    both(async (run) => {
      const { stage, world } = run;
      await run.settle();
      stage.later();
      const vendor = (await stage.books()).vendors[1]?.name ?? '';
      const address = {
        lines: ['1 New Street'],
        town: 'Springfield',
        region: 'IL',
        postalCode: '62701',
        country: 'USA',
      };
      await world.person('edit-vendor', { vendor, address, phone: '555-0133' });
      const pushed = await run.cycle();
      assert.deepEqual(
        pushed.batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
        ['VendorMod'],
      );
      const after = (await stage.books()).vendors.find(({ name }) => name === vendor);
      assert.equal(after?.phone, '555-0133');
      assert.deepEqual(await run.differences(), []);
      assert.deepEqual((await run.cycle()).batches, []);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
    }),
  );

  it(
    'an invoice that QuickBooks would refuse is named before it is sent, corrected, and goes',
    both(async (run) => {
      const { stage, world } = run;
      await run.settle();
      const vendor = (await stage.books()).vendors[0]?.name;
      const invoice = await world.invoice({
        vendor,
        apAccount: 'Accounts Payable',
        invoiceNumber: 'A-NUMBER-THAT-IS-TOO-LONG',
        expenses: [{ glAccount: 'Rent', amount: '100.00' }],
      });
      const first = await run.cycle();
      assert.deepEqual(first.batches, []);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms', 'textTooLong']);
      await world.person('edit-invoice', { bill: invoice.id, invoiceNumber: 'SHORT-1' });
      await run.cycle();
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
      const posted = (await world.books()).bills.find(({ id }: BookBill) => id === invoice.id);
      assert.ok(posted?.externalId);
      assert.deepEqual(await run.differences(), []);
    }),
  );
});
