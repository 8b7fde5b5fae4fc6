import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { exportCompany, findProblems, importCompany, openProblems } from '../../../src/store/index.ts';
import { bill } from './companyFile.ts';
import { type BookBill, World } from './world.ts';

describe('invoices on their way to QuickBooks', function () {
  this.timeout(120_000);
  let world: World;
  beforeEach(async () => {
    world = await World.create();
    await world.settle();
  });
  const inMineralTree = async (id: string): Promise<BookBill> => {
    const found = (await world.books()).bills.find((one) => one.id === id);
    assert.ok(found);
    return found;
  };

  it('an invoice that MineralTree wants posted becomes one bill, is acknowledged, and its coming back is no news', async () => {
    const invoice = await world.invoice();
    const pushed = await world.cycle();
    assert.equal(pushed.batches.length, 1);
    const [made] = world.file.bills();
    assert.deepEqual(
      [made?.refNumber, made?.txnDate, made?.dueDate, made?.amountDueCents, made?.guid],
      ['INV-1', '2026-03-05', '2026-04-04', 10_000, `{${invoice.id}}`],
    );
    assert.equal((await inMineralTree(invoice.id)).externalId, made?.id);
    const next = await world.cycle();
    assert.deepEqual(next.batches, []);
    assert.deepEqual(await world.problems(), []);
    assert.equal((await world.books()).bills.length, 1);
    assert.equal(world.file.bills().length, 1);
    assert.equal((await world.company()).file.written, true);
  });

  it('the answer of the cloud is lost: the same pull again brings the same postings, not new ones', async () => {
    await world.invoice();
    const { nextPull } = await world.open();
    const pull = world.file.pull(nextPull);
    const first = await world.activities.pushMineralTree({ kind: 'pulled', pull });
    const second = await world.activities.pushMineralTree({ kind: 'pulled', pull });
    const ids = (batches: typeof first.batches) => batches.flatMap(({ postings }) => postings.map((one) => one.xml));
    assert.deepEqual(ids(second.batches), ids(first.batches));
    assert.deepEqual(second.standing.nextPull, first.standing.nextPull);
    assert.equal(second.batches[0]?.mayHaveBeenSent, true);
    await world.postAll(second.batches);
    assert.equal(world.file.bills().length, 1);
  });

  it('a run that knows nothing settles first what may have been sent', async () => {
    const invoice = await world.invoice();
    const pushed = await world.activities.pushMineralTree({
      kind: 'pulled',
      pull: world.file.pull((await world.open()).nextPull),
    });
    for (const batch of pushed.batches) world.file.post(batch); // sent, and the outcome lost
    world.newCloud();
    await world.open();
    assert.equal(world.file.bills().length, 1);
    assert.equal((await inMineralTree(invoice.id)).externalId, world.file.bills()[0]?.id);
  });

  it('an edit in MineralTree waits while the posting is not settled, and then becomes an edit of the bill', async () => {
    const invoice = await world.invoice();
    const pushed = await world.activities.pushMineralTree({
      kind: 'pulled',
      pull: world.file.pull((await world.open()).nextPull),
    });
    await world.person('edit-invoice', { bill: invoice.id, memo: 'second floor' });
    await world.postAll(pushed.batches);
    assert.equal(world.file.bills()[0]?.memo, undefined);
    const next = await world.cycle();
    assert.deepEqual(
      next.batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
      ['BillMod'],
    );
    assert.equal(world.file.bills()[0]?.memo, 'second floor');
    assert.deepEqual((await world.cycle()).batches, []);
    assert.deepEqual(await world.problems(), []);
  });

  it('an invoice that QuickBooks refuses is a problem with words, is not sent again as it is, and goes when corrected', async () => {
    const invoice = await world.invoice();
    world.file.refusing = ({ messageSetId }) => ({
      kind: 'refused',
      messageSetId,
      code: 'closedPeriod',
      text: 'the books are closed',
    });
    const first = await world.cycle();
    assert.deepEqual(await world.problems(), ['closedPeriod']);
    world.file.refusing = undefined;
    await world.person('edit-invoice', { bill: invoice.id, transactionDate: '2026-04-01' });
    const second = await world.cycle();
    const ids = [first, second].map(({ batches }) => batches[0]?.postings[0]?.messageSetId);
    assert.notEqual(ids[0], ids[1]);
    assert.match(second.batches[0]?.postings[0]?.xml ?? '', new RegExp(`oldMessageSetID="${ids[0]}"`));
    assert.deepEqual(await world.problems(), []);
    assert.equal(world.file.bills()[0]?.txnDate, '2026-04-01');
  });

  it('a refusal that only a person can end is not repeated with every cycle', async () => {
    await world.invoice();
    world.file.refusing = ({ messageSetId }) => ({
      kind: 'refused',
      messageSetId,
      code: 'duplicateNumber',
      text: 'number in use',
      otherTxnId: 'B9',
    });
    await world.cycle();
    assert.deepEqual((await world.cycle()).batches, []);
    assert.deepEqual(await world.problems(), ['duplicateNumber']);
  });

  it('what is uncertain is shown, offered again under the same ID, and settled when it is found', async () => {
    const invoice = await world.invoice();
    world.file.refusing = (posting) => ({
      kind: 'uncertain',
      messageSetId: posting.messageSetId,
      text: 'the host was killed',
    });
    const first = await world.cycle();
    assert.deepEqual(await world.problems(), ['postingUncertain']);
    world.file.refusing = undefined;
    const second = await world.cycle(first.standing);
    assert.deepEqual(second.batches[0]?.postings, first.batches[0]?.postings);
    assert.equal(second.batches[0]?.mayHaveBeenSent, true);
    assert.deepEqual(await world.problems(), []);
    assert.equal((await inMineralTree(invoice.id)).externalId, world.file.bills()[0]?.id);
  });

  it('what was not begun goes again as it was', async () => {
    await world.invoice();
    world.file.refusing = ({ messageSetId }) => ({ kind: 'notBegun', messageSetId, text: 'asked to stop' });
    const first = await world.cycle();
    world.file.refusing = undefined;
    const second = await world.cycle(first.standing);
    assert.deepEqual(second.batches[0]?.postings, first.batches[0]?.postings);
    assert.equal(world.file.bills().length, 1);
  });

  for (const point of ['before', 'committed'])
    it(`the acknowledgement fails (${point} its effect): the outcome is kept, and it is acknowledged once`, async () => {
      const invoice = await world.invoice();
      await world.fault({
        point,
        match: { company: world.mtCompany, method: 'PUT', path: '^/bill' },
        action: 'error',
        status: 503,
        times: 1,
      });
      const { nextPull } = await world.open();
      const pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull: world.file.pull(nextPull) });
      const results = pushed.batches.map((batch) => world.file.post(batch));
      for (const result of results)
        await world.activities.confirmPosted(result).catch((error: unknown) => {
          assert.ok(error instanceof ApplicationFailure && !error.nonRetryable);
          return world.newCloud().confirmPosted(result);
        });
      await world.clearFaults();
      assert.equal((await inMineralTree(invoice.id)).externalId, world.file.bills()[0]?.id);
      assert.deepEqual((await world.cycle()).batches, []);
      assert.deepEqual(await world.problems(), []);
    });

  it('an outcome may be told twice', async () => {
    await world.invoice();
    const { nextPull } = await world.open();
    const pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull: world.file.pull(nextPull) });
    const results = pushed.batches.map((batch) => world.file.post(batch));
    for (const result of [...results, ...results]) await world.activities.confirmPosted(result);
    assert.deepEqual(await world.problems(), []);
    assert.deepEqual((await world.cycle()).batches, []);
  });

  it('an outcome for something never planned is refused and writes nothing', async () => {
    const invoice = await world.invoice();
    const { nextPull } = await world.open();
    const pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull: world.file.pull(nextPull) });
    const [result] = pushed.batches.map((batch) => world.file.post(batch));
    assert.ok(result);
    const foreign = { kind: 'posted', messageSetId: 'neverplanned', how: 'sent', bill: bill('T1') } as const;
    const standing = await world.activities.confirmPosted({ ...result, outcomes: [...result.outcomes, foreign] });
    assert.equal(standing.openProblems, 1);
    assert.deepEqual(await world.problems(), ['answerRefused']);
    assert.equal((await inMineralTree(invoice.id)).externalId, undefined);
  });

  it('a bill that came out over another amount is held: not acknowledged, not posted again, until it is right', async () => {
    const invoice = await world.invoice();
    const { nextPull } = await world.open();
    const pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull: world.file.pull(nextPull) });
    const [result] = pushed.batches.map((batch) => world.file.post(batch));
    const [made] = world.file.bills();
    const [outcome] = result?.outcomes ?? [];
    assert.ok(result && made && outcome?.kind === 'posted');
    const lines = [{ lineId: 'x', amountCents: 9_000, account: { id: 'EXP', name: 'Account EXP' } }];
    const wrong = { ...made, amountDueCents: 9_000, expenseLines: lines };
    world.file.put('bill', wrong);
    await world.activities.confirmPosted({ ...result, outcomes: [{ ...outcome, bill: wrong }] });
    assert.deepEqual(await world.problems(), ['amountDiffers']);
    assert.deepEqual((await world.cycle()).batches, []);
    assert.equal((await inMineralTree(invoice.id)).externalId, undefined);
    world.file.edit('bill', made.id, { amountDueCents: 10_000, expenseLines: made.expenseLines });
    await world.cycle();
    assert.equal((await inMineralTree(invoice.id)).externalId, made.id);
    assert.deepEqual(await world.problems(), []);
  });

  it('the store is brought back to an hour ago: what was posted since is linked again, never posted twice', async () => {
    const backup = await exportCompany(world.store, world.companyId);
    const [one, two] = [await world.invoice(), await world.invoice({ invoiceNumber: 'INV-2' })];
    await world.cycle();
    await world.cycle();
    assert.equal(world.file.bills().length, 2);
    await importCompany(world.store, backup);
    world.newCloud();
    const pushed = await world.settle();
    assert.deepEqual(pushed.batches, []);
    assert.equal(world.file.bills().length, 2);
    assert.equal((await world.books()).bills.length, 2);
    await world.person('edit-invoice', { bill: two.id, memo: 'after the restore' });
    await world.cycle();
    assert.deepEqual(
      world.file
        .bills()
        .map(({ memo }) => memo)
        .sort(),
      ['after the restore', undefined],
    );
    assert.ok((await inMineralTree(one.id)).externalId);
    assert.deepEqual(await world.problems(), []);
  });

  it('an invoice that waited before the company was added is never posted', async () => {
    const late = await World.create();
    await late.store.db
      .updateTable('companies')
      .set({ addedAt: Date.now() + 3_600_000 })
      .where('companyId', '=', late.companyId)
      .execute();
    await late.settle();
    await late.invoice();
    const pushed = await late.cycle();
    assert.deepEqual(pushed.batches, []);
    assert.deepEqual(await late.problems(), ['waitingSinceBeforeFirstDay']);
  });

  it('nor when it is edited, however many problems came after', async () => {
    const late = await World.create();
    const added = (addedAt: number) =>
      late.store.db.updateTable('companies').set({ addedAt }).where('companyId', '=', late.companyId).execute();
    await added(Date.now() + 3_600_000);
    await late.settle();
    await late.invoice();
    await late.cycle();
    const others = Array.from({ length: 1_001 }, (_, index) => ({
      key: `push:bill:B${index}:unreadableInQuickBooks`,
      code: 'unreadableInQuickBooks',
      subject: { kind: 'bill', id: `B${index}` },
      params: {},
    }));
    await openProblems(late.store.db, late.companyId, others, Date.now());
    // Its last change is later than that now.
    await added(Date.now() - 3_600_000);
    assert.deepEqual((await late.cycle()).batches, []);
    const held = await findProblems(late.store.db, late.companyId, { codes: ['waitingSinceBeforeFirstDay'] });
    assert.equal(held.length, 1);
  });

  it('a phone number edited in MineralTree goes to QuickBooks, and one edited there comes back', async () => {
    await world.person('edit-vendor', { vendor: 'Vendor V1', phone: '555-0199' });
    const pushed = await world.cycle();
    assert.deepEqual(
      pushed.batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
      ['VendorMod'],
    );
    const inFile = () => world.file.records.get('vendor')?.get('V1') as { phone?: string };
    assert.equal(inFile().phone, '555-0199');
    assert.deepEqual((await world.cycle()).batches, []);
    world.file.edit('vendor', 'V1', { phone: '555-0142' });
    await world.cycle();
    assert.equal((await world.books()).vendors[0]?.phone, '555-0142');
    assert.deepEqual((await world.cycle()).batches, []);
    assert.deepEqual(await world.problems(), []);
  });

  it('a bill edited in QuickBooks comes to MineralTree, a deleted one is reported with "do not pay"', async () => {
    world.file.put('bill', bill('B1', { editSequence: String(world.file.clock) }));
    await world.cycle();
    world.file.edit('bill', 'B1', { memo: 'corrected' });
    await world.cycle();
    assert.equal((await world.books()).bills[0]?.memo, 'corrected');
    world.file.delete('bill', 'B1');
    await world.cycle();
    assert.deepEqual(await world.problems(), ['deletedInQuickBooks']);
  });

  it('an edit that cannot be carried is kept until something changes, then decided anew', async () => {
    const invoice = await world.invoice();
    await world.cycle();
    await world.person('edit-invoice', { bill: invoice.id, invoiceNumber: 'A number that is longer than twenty' });
    assert.deepEqual((await world.cycle()).batches, []);
    assert.deepEqual(await world.problems(), ['textTooLong']);
    await world.person('edit-invoice', { bill: invoice.id, invoiceNumber: 'INV-1B' });
    await world.cycle();
    assert.equal(world.file.bills()[0]?.refNumber, 'INV-1B');
    assert.deepEqual(await world.problems(), []);
  });
});
