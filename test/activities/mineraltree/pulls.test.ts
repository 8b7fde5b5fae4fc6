import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import type { Pull } from '../../../src/contract/index.ts';
import { getSnapshots, linksOf } from '../../../src/store/index.ts';
import { account, bill, vendor } from './companyFile.ts';
import { World } from './world.ts';

const failure = (type: string) => (error: unknown) =>
  error instanceof ApplicationFailure && error.type === type && !error.nonRetryable;

describe('pulls from QuickBooks', function () {
  this.timeout(120_000);
  let world: World;
  beforeEach(async () => {
    world = await World.create();
    await world.settle();
  });

  const parsed = (text: string): unknown => JSON.parse(text);
  const lies: readonly (readonly [string, (pull: Pull) => object])[] = [
    ["another company's ID", (pull) => ({ ...pull, companyId: 'another-company' })],
    ['an answer to a pull never asked', (pull) => ({ ...pull, pullId: 'never-asked' })],
    ['a watermark from the future', (pull) => ({ ...pull, watermarks: { bill: 4_000_000_000 } })],
    ['a clock from the future', (pull) => ({ ...pull, clock: 4_000_000_000 })],
    ['records of a kind that it does not know', (pull) => ({ ...pull, records: { bill: [vendor('V9')] } })],
    [
      'an amount that is no number',
      (pull) => ({ ...pull, records: { bill: [{ ...bill('B9'), amountDueCents: null }] } }),
    ],
    ['half a cent', (pull) => ({ ...pull, records: { bill: [{ ...bill('B9'), amountDueCents: 0.5 }] } })],
    ['a date that does not exist', (pull) => ({ ...pull, records: { bill: [bill('B9', { txnDate: '2026-02-30' })] } })],
    ['a text that no database keeps', (pull) => ({ ...pull, records: { vendor: [vendor('V9', { name: 'a\0b' })] } })],
    [
      'thousands of records',
      (pull) => ({ ...pull, records: { vendor: Array.from({ length: 2_001 }, (_, n) => vendor(`V${n}`)) } }),
    ],
    ['keys that were not asked for', (pull) => ({ ...pull, keys: { of: 'bill', found: [] } })],
    ['records that are gone, on a page of changes', (pull) => ({ ...pull, gone: ['V1'] })],
    ['a list where an object belongs', (pull) => ({ ...pull, records: [] })],
    ['nothing at all', () => ({})],
  ];
  for (const [what, lie] of lies)
    it(`${what}: refused and shown, nothing moves, and the same is asked again`, async () => {
      const standing = await world.open();
      const before = await world.company();
      const pull = lie({
        ...world.file.pull(standing.nextPull),
        records: { vendor: [vendor('V1', { phone: '1' })] },
      }) as Pull;
      const pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull });
      assert.deepEqual(pushed.batches, []);
      assert.deepEqual(await world.problems(), ['answerRefused']);
      const { pullId, ...next } = pushed.standing.nextPull;
      const { pullId: asked, ...same } = standing.nextPull;
      assert.notEqual(pullId, asked);
      assert.deepEqual(next, same);
      const after = await world.company();
      assert.deepEqual([after.watermarks, after.lastSuccessAt], [before.watermarks, before.lastSuccessAt]);
      assert.equal((await world.books()).vendors[0]?.phone, '555-0100');
      await world.cycle(pushed.standing);
      assert.deepEqual(await world.problems(), []);
    });

  it('names like __proto__ change nothing', async () => {
    const standing = await world.open();
    const pull = world.file.pull(standing.nextPull);
    const text = JSON.stringify(pull).replace('{', '{"__proto__":{"companyId":"x"},"constructor":1,');
    await world.activities.pushMineralTree({ kind: 'pulled', pull: parsed(text) as Pull });
    assert.deepEqual(await world.problems(), []);
    assert.equal(Object.hasOwn(Object.prototype, 'companyId'), false);
  });

  it('another company file: blocked with a way out, nothing stored, and the block ends with the right file', async () => {
    world.file.marker = (await world.company()).file.expected;
    await world.cycle();
    world.file.marker = 'the mark of another company';
    world.file.edit('vendor', 'V1', { phone: '555-0666' });
    const blocked = await world.activities.pushMineralTree({
      kind: 'pulled',
      pull: world.file.pull((await world.open()).nextPull),
    });
    assert.equal(blocked.standing.block?.code, 'anotherFile');
    assert.match(blocked.standing.block?.whatToDo ?? '', /accept-file/);
    assert.equal((await world.books()).vendors[0]?.phone, '555-0100');
    world.file.marker = (await world.company()).file.expected;
    const pushed = await world.cycle();
    assert.equal(pushed.standing.block, undefined);
    assert.deepEqual(await world.problems(), []);
    assert.equal((await world.books()).vendors[0]?.phone, '555-0666');
  });

  it('a visit that ended in a block is recorded, and nothing is sent until it is over', async () => {
    await world.invoice();
    const { companyId } = world;
    const block = { code: 'notAuthorized', detail: { text: 'allow it' } } as const;
    const pushed = await world.activities.pushMineralTree({ kind: 'blocked', companyId, block });
    assert.equal(pushed.standing.block?.code, 'notAuthorized');
    const opened = await world.activities.openCompany({ companyId });
    assert.deepEqual(opened.unsettled, []);
    assert.equal(opened.standing.block?.code, 'notAuthorized');
    await world.cycle();
    assert.equal(world.file.bills().length, 1);
    assert.deepEqual(await world.problems(), []);
  });

  it('an older version that comes late does not undo a newer one', async () => {
    const late = vendor('V1', { editSequence: '1600000000', phone: 'old' });
    const { nextPull } = await world.open();
    const pull = { ...world.file.pull(nextPull), records: { vendor: [late] } };
    await world.activities.pushMineralTree({ kind: 'pulled', pull });
    const kept = await getSnapshots(world.store.db, world.companyId, 'vendor', ['V1']);
    assert.equal(kept.get('V1')?.record.phone, '555-0100');
    assert.equal((await world.books()).vendors[0]?.phone, '555-0100');
  });

  it('too many changes for one page are read by keys, and records that are gone are found out', async () => {
    world.file.put('bill', bill('B1'));
    world.file.put('bill', bill('B2'));
    const overflowing = async (): Promise<void> => {
      const { nextPull } = await world.open();
      const pull = world.file.pull(nextPull);
      const pushed = await world.activities.pushMineralTree({
        kind: 'pulled',
        pull: { ...pull, records: {}, overflow: ['bill'] },
      });
      assert.deepEqual(pushed.standing.nextPull.page, { kind: 'keys', of: 'bill' });
      await world.settle();
    };
    await overflowing();
    assert.equal((await world.books()).bills.length, 2);
    world.file.records.get('bill')?.delete('B1');
    await overflowing();
    assert.deepEqual(await world.problems(), ['missingInQuickBooks']);
  });

  it('a record that cannot be read is a problem of its own, and the reading goes on', async () => {
    const { nextPull } = await world.open();
    world.file.put('bill', bill('B1'));
    world.file.put('bill', bill('B2'));
    let pushed = await world.activities.pushMineralTree({
      kind: 'pulled',
      pull: { ...world.file.pull(nextPull), records: {}, overflow: ['bill'] },
    });
    pushed = await world.cycle(pushed.standing);
    assert.deepEqual(pushed.standing.nextPull.page, { kind: 'records', of: 'bill', ids: ['B1', 'B2'] });
    const unreadable = [{ kind: 'bill', id: 'B1', reason: 'BillRet/TxnDate' }] as const;
    const half = { ...world.file.pull(pushed.standing.nextPull), records: { bill: [bill('B2')] }, unreadable };
    pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull: half });
    assert.deepEqual(pushed.standing.nextPull.page, { kind: 'changes' });
    assert.deepEqual(await world.problems(), ['unreadableInQuickBooks']);
    assert.equal((await world.books()).bills.length, 1);
    world.file.edit('bill', 'B1', { memo: 'readable now' });
    await world.cycle(pushed.standing);
    assert.deepEqual(await world.problems(), []);
  });

  it('by night active vendors, unpaid bills and credits are listed, and what was missed is read', async () => {
    world.file.put('bill', bill('B1', { editSequence: '1600000000' }));
    world.file.put('credit', {
      id: 'C1',
      editSequence: '1600000000',
      vendor: { id: 'V1', name: 'V1' },
      txnDate: '2026-03-10',
      creditAmountCents: 4_000,
      links: [],
    });
    assert.equal((await world.cycle()).standing.nextPull.page.kind, 'changes');
    world.ahead = 25 * 3_600_000;
    const pushed = await world.cycle();
    assert.deepEqual(pushed.standing.nextPull.page, { kind: 'keys', of: 'vendor', openOnly: true });
    assert.equal(pushed.ledgersDue, true);
    await world.settle();
    assert.equal((await world.books()).bills.length, 1);
    assert.equal((await linksOf(world.store.db, world.companyId, 'credit', ['C1'])).size, 1);
  });

  it('MineralTree is away: the pull fails to be tried again, nothing is lost, and people see why', async () => {
    const standing = await world.open();
    for (let n = 1; n <= 20; n += 1) world.file.put('bill', bill(`B${n}`, { editSequence: String(world.file.clock) }));
    const pull = world.file.pull(standing.nextPull);
    await world.fault({ point: 'before', action: 'error', status: 503, retryAfter: 40, times: 1_000 });
    await assert.rejects(world.activities.pushMineralTree({ kind: 'pulled', pull }), (error: unknown) => {
      assert.ok(failure('MineralTree')(error) && error instanceof ApplicationFailure);
      assert.equal(error.nextRetryDelay, 40_000);
      return true;
    });
    assert.deepEqual(await world.problems(), ['mineralTreeUnavailable']);
    await world.clearFaults();
    await world.activities.pushMineralTree({ kind: 'pulled', pull });
    assert.equal((await world.books()).bills.length, 20);
    assert.deepEqual(await world.problems(), []);
  });

  for (const point of ['before', 'committed'])
    it(`the answer to a new record is lost (${point} its effect): looked for after the index lag, made once`, async () => {
      world.newCloud();
      await world.store.db
        .updateTable('companies')
        .set({ rules: JSON.stringify({ indexLagMs: 700 }) })
        .where('companyId', '=', world.companyId)
        .execute();
      await world.fault({
        point,
        match: { company: world.mtCompany, method: 'POST', path: '^/vendor' },
        action: 'drop',
        times: 1,
      });
      world.file.put('vendor', vendor('V2', { editSequence: String(world.file.clock) }));
      world.file.put('vendor', vendor('V3', { editSequence: String(world.file.clock) }));
      await world.cycle();
      const made = (await world.books()).vendors.map(({ externalId }) => externalId).sort();
      assert.deepEqual(made, ['V1', 'V2', 'V3']);
      assert.deepEqual(world.waits, [700]);
      assert.deepEqual(await world.problems(), []);
    });

  it('one record that MineralTree always answers with an error does not stop the others', async () => {
    await world.fault({
      point: 'before',
      match: { company: world.mtCompany, method: 'POST', path: '^/bill', contains: 'N-B2' },
      action: 'error',
      status: 500,
      times: 1_000,
    });
    for (const id of ['B1', 'B2', 'B3']) world.file.put('bill', bill(id, { editSequence: String(world.file.clock) }));
    await world.cycle();
    const there = async () => (await world.books()).bills.map(({ externalId }) => externalId).sort();
    assert.deepEqual(await there(), ['B1', 'B3']);
    assert.deepEqual(await world.problems(), ['mineralTreeAnswerLost']);
    await world.clearFaults();
    world.ahead = 600_000;
    await world.cycle();
    assert.deepEqual(await there(), ['B1', 'B2', 'B3']);
    assert.deepEqual(await world.problems(), []);
  });

  it('a record that MineralTree refuses is its own problem, and goes when it was corrected', async () => {
    await world.fault({
      point: 'before',
      match: { company: world.mtCompany, method: 'POST', path: '^/glaccount', contains: 'Account BAD' },
      action: 'error',
      status: 400,
      body: { error: 'not like this' },
      times: 1_000,
    });
    world.file.put('account', account('BAD', 'Expense', String(world.file.clock)));
    world.file.put('account', account('GOOD', 'Expense', String(world.file.clock)));
    await world.cycle();
    assert.deepEqual(await world.problems(), ['refusedByMineralTree']);
    assert.ok((await world.books()).glAccounts.some(({ externalId }) => externalId === 'GOOD'));
    await world.clearFaults();
    world.file.edit('account', 'BAD', { fullName: 'Account NOW GOOD' });
    await world.cycle();
    assert.deepEqual(await world.problems(), []);
  });

  it('a process that dies between a creation and its link: the next one finds the record instead of making a second', async () => {
    const answer = await fetch(`${world.url}/faults`, {
      method: 'POST',
      body: JSON.stringify({
        point: 'committed',
        match: { company: world.mtCompany, method: 'POST', path: '^/vendor' },
        action: 'hold',
      }),
    });
    const { id } = (await answer.json()) as { id: string };
    world.file.put('vendor', vendor('V2', { editSequence: String(world.file.clock) }));
    const pull = world.file.pull((await world.open()).nextPull);
    const older = world.activities.pushMineralTree({ kind: 'pulled', pull });
    const lost = assert.rejects(older, failure('FenceLost'));
    await fetch(`${world.url}/faults/${id}?wait=5000`);
    await world.newCloud().pushMineralTree({ kind: 'pulled', pull });
    await fetch(`${world.url}/faults/${id}/release`, { method: 'POST' });
    await lost;
    const made = (await world.books()).vendors.map(({ externalId }) => externalId).sort();
    assert.deepEqual(made, ['V1', 'V2']);
    assert.deepEqual(await world.problems(), []);
  });

  it('an activity asked for another company than its workflow is of does nothing', async () => {
    const other = await World.create();
    await assert.rejects(
      world.activities.openCompany({ companyId: other.companyId }),
      (error: unknown) => error instanceof ApplicationFailure && error.nonRetryable === true,
    );
  });

  it('a quiet cycle asks MineralTree seven questions and writes nothing', async () => {
    await world.cycle();
    world.ahead = 120_000;
    // Looks once more for what may have been edited in the second that was newest before.
    await world.cycle();
    world.ahead = 240_000;
    const standing = await world.open();
    const pull = world.file.pull(standing.nextPull);
    assert.deepEqual(pull.records, {}, 'what is known is not asked for again');
    const before = { calls: world.calls, books: await world.books() };
    const pushed = await world.activities.pushMineralTree({ kind: 'pulled', pull });
    assert.deepEqual([pushed.batches, pushed.more], [[], false]);
    assert.equal(world.calls - before.calls, 7);
    assert.deepEqual(await world.books(), before.books);
  });
});
