import assert from 'node:assert/strict';
import type { PullRequest, Pushed, Standing } from '../../../src/contract/index.ts';
import { bill } from './companyFile.ts';
import { World } from './world.ts';

const BILLS = 350;

const idsOf = ({ page }: PullRequest): readonly string[] => (page.kind === 'records' ? page.ids : []);

describe('the page that is pulled ahead', function () {
  this.timeout(120_000);

  /** A first load whose bills are listed: the first page of them is asked for, and the second ahead. */
  async function listed(): Promise<{
    readonly world: World;
    readonly standing: Standing;
    readonly ahead: PullRequest;
  }> {
    const world = await World.create();
    for (let n = 1; n <= BILLS; n += 1) world.file.put('bill', bill(`B${n}`));
    let { standing } = await world.cycle();
    while (standing.nextPull.page.kind !== 'records') {
      assert.equal(standing.ahead, undefined, 'only records are asked for ahead');
      ({ standing } = await world.cycle(standing));
    }
    assert.ok(standing.ahead);
    return { world, standing, ahead: standing.ahead };
  }

  /** The answer to the request that stands, with so many of its records. */
  const answered = (world: World, { nextPull }: Standing, count: number): Promise<Pushed> => {
    const pull = world.file.pull(nextPull);
    const records = { bill: (pull.records.bill ?? []).slice(0, count) };
    return world.activities.pushMineralTree({ kind: 'pulled', pull: { ...pull, records } });
  };

  it('asks for other bills than the page before it, under an ID of its own, and then is the one that is asked', async () => {
    const { world, standing, ahead } = await listed();
    assert.equal(new Set([...idsOf(standing.nextPull), ...idsOf(ahead)]).size, 200);
    assert.notEqual(ahead.pullId, standing.nextPull.pullId);
    const pushed = await world.cycle(standing);
    assert.deepEqual(pushed.standing.nextPull, ahead);
    assert.equal((await world.settle()).standing.firstLoadDone, true);
    assert.equal((await world.books()).bills.length, BILLS);
  });

  it('goes on after a page that brought less than it was asked for; the rest is asked for behind it, none twice', async () => {
    const { world, standing, ahead } = await listed();
    const first = await answered(world, standing, 30);
    assert.deepEqual(first.standing.nextPull, ahead);
    const next = first.standing.ahead;
    assert.ok(next);
    const missed = idsOf(standing.nextPull).filter((id) => !answeredIds(world, standing, 30).has(id));
    assert.equal(missed.length, 70);
    assert.deepEqual(
      missed.filter((id) => !idsOf(next).includes(id)),
      [],
    );
    assert.equal(new Set([...idsOf(ahead), ...idsOf(next)]).size, 200);
    const second = await answered(world, first.standing, 1);
    assert.deepEqual(second.standing.nextPull, next);
    assert.equal((await world.settle()).standing.firstLoadDone, true);
    assert.equal((await world.books()).bills.length, BILLS);
  });

  it('is forgotten when one of its records is not wanted any more', async () => {
    const { world, standing, ahead } = await listed();
    const [taken] = idsOf(ahead);
    assert.ok(taken);
    await world.store.db
      .deleteFrom('pendingKeys')
      .where('companyId', '=', world.companyId)
      .where('ledgerId', '=', taken)
      .execute();
    const pushed = await world.cycle(standing);
    assert.notEqual(pushed.standing.nextPull.pullId, ahead.pullId);
    assert.equal(idsOf(pushed.standing.nextPull).includes(taken), false);
    assert.equal((await world.settle()).standing.firstLoadDone, true);
  });

  it('is no answer to anything before it is asked: refused, and the same is asked again', async () => {
    const { world, standing, ahead } = await listed();
    const early = await world.activities.pushMineralTree({ kind: 'pulled', pull: world.file.pull(ahead) });
    assert.deepEqual(await world.problems(), ['answerRefused']);
    assert.deepEqual(idsOf(early.standing.nextPull), idsOf(standing.nextPull));
    assert.deepEqual(early.standing.ahead, ahead);
    await world.settle();
    assert.deepEqual(await world.problems(), []);
    assert.equal((await world.books()).bills.length, BILLS);
  });

  it('outlives a run that was terminated, and is not asked for while something blocks', async () => {
    const { world, standing, ahead } = await listed();
    assert.deepEqual((await world.open()).ahead, ahead);
    const block = { code: 'notAuthorized', detail: { text: 'allow it' } } as const;
    const blocked = await world.activities.pushMineralTree({ kind: 'blocked', companyId: world.companyId, block });
    assert.equal(blocked.standing.ahead, undefined);
    assert.deepEqual((await world.cycle(standing)).standing.nextPull, ahead);
  });
});

const answeredIds = (world: World, { nextPull }: Standing, count: number): ReadonlySet<string> =>
  new Set((world.file.pull(nextPull).records.bill ?? []).slice(0, count).map(({ id }) => id));
