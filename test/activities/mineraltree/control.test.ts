import assert from 'node:assert/strict';
import type { LedgerPage, OpenBill } from '../../../src/contract/index.ts';
import { acceptFile, listAudit, newestReport } from '../../../src/store/index.ts';
import type { LedgersReport } from '../../../src/sync/index.ts';
import { bill } from './companyFile.ts';
import { World } from './world.ts';

describe('decisions of people, and the report', function () {
  this.timeout(60_000);
  let world: World;
  beforeEach(async () => {
    world = await World.create();
    await world.settle();
  });

  const openBill = (one: ReturnType<typeof bill>): OpenBill => ({
    txnId: one.id,
    editSequence: one.editSequence,
    vendor: one.vendor,
    txnDate: one.txnDate,
    amountCents: one.amountDueCents,
    openCents: one.amountDueCents,
    ...(one.refNumber !== undefined && { refNumber: one.refNumber }),
  });
  const page = (reportId: string, bills: readonly OpenBill[], next?: string): LedgerPage => ({
    kind: 'page',
    companyId: world.companyId,
    reportId,
    bills,
    visit: { nextDueMs: 1 },
    ...(next !== undefined && { next }),
  });
  const report = async (): Promise<LedgersReport> =>
    (await newestReport(world.store.db, world.companyId))?.report as LedgersReport;

  it('a pause is in the store with who and why, and so is its end', async () => {
    const { companyId, activities } = world;
    const pause = { by: 'Ann', reason: 'month end', at: 5 };
    await activities.recordControl({ companyId, change: { kind: 'paused', pause } });
    assert.deepEqual((await activities.openCompany({ companyId })).pause, pause);
    await activities.recordControl({ companyId, change: { kind: 'resumed', by: 'Bob' } });
    assert.equal((await activities.openCompany({ companyId })).pause, undefined);
    const audit = await listAudit(world.store.db, companyId);
    assert.deepEqual(
      audit.slice(0, 2).map(({ who, what }) => [who, what]),
      [
        ['Bob', 'resumed'],
        ['Ann', 'paused'],
      ],
    );
  });

  it('settings that were changed are those of the next cycle', async () => {
    const { companyId, activities } = world;
    await activities.recordControl({ companyId, change: { kind: 'configured', settings: { intervalMs: 60_000 } } });
    await activities.recordControl({ companyId, change: { kind: 'configured', settings: { heartbeatMs: 20_000 } } });
    const { standing } = await activities.openCompany({ companyId });
    assert.deepEqual([standing.settings.intervalMs, standing.settings.heartbeatMs], [60_000, 20_000]);
  });

  it('the report reads both ledgers anew, page by page, and they agree', async () => {
    const { companyId, activities, file } = world;
    file.put('bill', bill('B1', { editSequence: String(file.clock) }));
    file.put('bill', bill('B2', { editSequence: String(file.clock) }));
    await world.cycle();
    const { next } = await activities.compareLedgers({ companyId, by: 'Ann' });
    assert.ok(next);
    const [one, two] = file.bills().map(openBill);
    assert.ok(one && two);
    const more = await activities.compareLedgers({ companyId, by: 'Ann', page: page(next.reportId, [one], '1') });
    assert.equal(more.next?.after, '1');
    assert.deepEqual(await activities.compareLedgers({ companyId, by: 'Ann', page: page(next.reportId, [two]) }), {});
    const made = await report();
    assert.deepEqual([made.agree, made.lines.length, made.total.quickBooksCents], [true, 2, 20_000]);
    assert.deepEqual(await world.problems(), []);
  });

  it('a difference that nobody can explain is a problem, until it is gone', async () => {
    const { companyId, activities, file } = world;
    file.put('bill', bill('B1', { editSequence: String(file.clock) }));
    await world.cycle();
    const compare = async (openCents: number) => {
      const { next } = await activities.compareLedgers({ companyId, by: 'Ann' });
      const bills = file.bills().map((one) => ({ ...openBill(one), openCents }));
      await activities.compareLedgers({ companyId, by: 'Ann', page: page(next?.reportId ?? '', bills) });
    };
    await compare(4_000);
    assert.deepEqual(await world.problems(), ['ledgersDisagree']);
    assert.equal((await report()).agree, false);
    await compare(10_000);
    assert.deepEqual(await world.problems(), []);
  });

  it('a bill deleted in QuickBooks is told until MineralTree has let go of it as well', async () => {
    const { companyId, activities, file } = world;
    file.put('bill', bill('B1', { editSequence: String(file.clock) }));
    await world.cycle();
    file.delete('bill', 'B1');
    await world.cycle();
    const compare = async () => {
      const { next } = await activities.compareLedgers({ companyId, by: 'Ann' });
      await activities.compareLedgers({ companyId, by: 'Ann', page: page(next?.reportId ?? '', []) });
    };
    await compare();
    assert.deepEqual(await world.problems(), ['deletedInQuickBooks']);
    const [invoice] = (await world.books()).bills;
    await world.person('delete-invoice', { bill: invoice?.id });
    await compare();
    assert.deepEqual(await world.problems(), []);
  });

  it('a page that was never asked for makes no report', async () => {
    const { companyId, activities } = world;
    await activities.compareLedgers({ companyId, by: 'Ann' });
    assert.deepEqual(await activities.compareLedgers({ companyId, by: 'x', page: page('never asked', []) }), {});
    assert.equal(await newestReport(world.store.db, companyId), undefined);
  });

  it('an accepted file is read whole again, adopting everything, before anything is sent', async () => {
    const { companyId, store, file } = world;
    file.put('bill', bill('B1', { editSequence: String(file.clock) }));
    await world.cycle();
    await acceptFile(store, companyId, { by: 'Ann', at: 1 });
    await world.invoice();
    const standing = await world.open();
    assert.deepEqual([standing.firstLoadDone, standing.nextPull.page], [false, { kind: 'keys', of: 'account' }]);
    assert.deepEqual(standing.nextPull.file.alsoAccepts, ['']);
    await world.settle();
    await world.cycle();
    assert.equal(file.bills().length, 2);
    assert.equal((await world.books()).bills.length, 2);
    assert.deepEqual(await world.problems(), []);
  });
});
