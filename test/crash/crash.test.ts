/**
 * The table of crash points on the real server: wherever a posting is when something dies, and whatever dies, the books are
 * right afterwards: what MineralTree wanted is in QuickBooks once, and both sides agree.
 *
 * All rows of one disruption are stopped at their points at the same time, one company each. Kills are SIGKILL.
 */
import assert from 'node:assert/strict';
import pino from 'pino';
import type { CommandProcess } from '../../src/cli/demo/process.ts';
import type { Fault } from '../../src/cli/demo/sandboxes.ts';
import { type Stage, startStage } from '../../src/cli/demo/stage.ts';
import { until } from '../../src/cli/until.ts';
import { workflowIdOf } from '../../src/contract/index.ts';
import {
  type CompanyBackup,
  exportCompany,
  getCompany,
  importCompany,
  listProblems,
  openStore,
  readMasterKey,
  type Store,
  toSite,
} from '../../src/store/index.ts';
import { startRun } from '../../src/workers/cloud/index.ts';
import {
  type Actor,
  act,
  booksOf,
  enterBefore,
  hire,
  isLoaded,
  isPostedBefore,
  needsPosted,
  stopAt,
} from './actors.ts';
import { startConnector } from './connectors.ts';
import { differences } from './ending.ts';
import { DISRUPTIONS, type Disruption, ROWS, titleOf } from './rows.ts';

const log = pino({ level: 'silent' });
const WORKER = ['--parts', 'worker'];
/** So many rows are looked at side by side. */
const AT_ONCE = 48;

describe('whatever dies, wherever a posting is', function () {
  this.timeout(420_000);
  /** What was wrong with the books of each row in the end. */
  const found = new Map<number, readonly string[]>();
  let stage: Stage;
  let store: Store;
  let cloud: CommandProcess;

  before(async () => {
    stage = await startStage({ env: process.env, log, ui: false });
    // The doors stay open while the worker dies: an answer of the site goes into the history without it.
    await stage.startCloud(['--parts', 'gateway,pages']);
    cloud = await stage.startCloud(WORKER);
    store = await openStore({
      databaseUrl: stage.databaseUrl,
      masterKey: await readMasterKey(stage.masterKeyFile),
      log,
    });
  });

  after(async () => {
    await store?.close();
    await stage?.stop();
  });

  for (const disruption of DISRUPTIONS)
    describe(disruption, () => {
      const rows = ROWS.filter((row) => row.disruption === disruption);
      before(() => playAll(disruption));
      for (const row of rows) it(titleOf(row), () => assert.deepEqual(found.get(row.number), []));
    });

  /** All rows of one disruption: their companies are made and loaded, then two plays, for one needs the cloud away. */
  async function playAll(disruption: Disruption): Promise<void> {
    const rows = ROWS.filter((row) => row.disruption === disruption);
    const actors = await inBatches(rows, 8, (row) => hire(stage, store, row));
    const first = await newConnector('first', actors);
    await inBatches(actors, AT_ONCE, async (actor) => {
      await settle(actor, async () => isLoaded(actor, await booksOf(stage, actor)));
      if (!needsPosted(actor)) return;
      await enterBefore(stage, actor);
      await settle(actor, async () => isPostedBefore(actor, await booksOf(stage, actor)));
    });
    const [returned, others] = [true, false].map((yes) =>
      actors.filter(({ row }) => (row.point === 'returned, not confirmed') === yes),
    );
    const second = await play(disruption, others ?? [], first, actors);
    const last = await play(disruption, returned ?? [], second, actors, true);
    await last.stop();
  }

  /** Plays rows together: all reach their points, the disruption strikes, the faults are lifted, and all must come right. */
  async function play(
    disruption: Disruption,
    actors: readonly Actor[],
    connector: CommandProcess,
    served: readonly Actor[],
    untilReturned = false,
  ): Promise<CommandProcess> {
    const backups = new Map<Actor, CompanyBackup>();
    if (disruption === 'the store is an hour old')
      for (const actor of actors) backups.set(actor, await exportCompany(store, actor.company.id));
    const faults = new Map<Actor, Fault>();
    for (const actor of actors) faults.set(actor, await stopAt(stage, actor));
    await inBatches(actors, 8, async (actor) => {
      await act(stage, actor);
      await syncNow(actor);
    });
    await inBatches(actors, AT_ONCE, (actor) => settle(actor, () => isReached(faults.get(actor))));
    if (untilReturned) {
      // Nobody may confirm: the cloud is away while the site's answer goes into the history.
      await cloud.kill();
      for (const fault of faults.values()) await fault.release();
      await inBatches(actors, 8, (actor) =>
        until(`${actor.company.name} returned`, () => isReturned(actor), { withinMs: 90_000 }),
      );
    }
    await strike(disruption, actors, connector, backups, untilReturned);
    if (!untilReturned) for (const fault of faults.values()) await fault.release();
    const alive = disruption === 'the connector is killed' ? await newConnector('second', served) : connector;
    await inBatches(actors, AT_ONCE, async (actor) => {
      found.set(actor.row.number, await finalDifferences(actor));
    });
    return alive;
  }

  const newConnector = (name: string, actors: readonly Actor[]): Promise<CommandProcess> =>
    startConnector(stage, name, actors);

  async function strike(
    disruption: Disruption,
    actors: readonly Actor[],
    connector: CommandProcess,
    backups: ReadonlyMap<Actor, CompanyBackup>,
    cloudIsAway: boolean,
  ): Promise<void> {
    const cloudGoes =
      !cloudIsAway && (disruption === 'the cloud is killed' || disruption === 'the store is an hour old');
    if (cloudGoes) await cloud.kill();
    if (disruption === 'the connector is killed') await connector.kill();
    if (disruption === 'the run is terminated')
      for (const { company } of actors)
        await stage.client.workflow.getHandle(workflowIdOf(company.id)).terminate('the table of crash points');
    for (const backup of backups.values()) await importCompany(store, backup);
    if (cloudGoes || cloudIsAway) cloud = await stage.startCloud(WORKER);
  }

  /**
   * Lets the company run until its books are right, then for another whole cycle: nothing may come after, nothing may wait to
   * be posted, and people may be told of nothing. Gives what is wrong in the end.
   */
  async function finalDifferences(actor: Actor): Promise<readonly string[]> {
    const { id } = actor.company;
    const wrong = async () => differences(actor, await booksOf(stage, actor));
    try {
      await settle(actor, async () => (await wrong()).length === 0);
      const right = Date.now();
      await settle(actor, async () => {
        const { lastSuccessAt = 0 } = await getCompany(store.db, id);
        return lastSuccessAt > right && (await toSite(store.db, id)).length === 0;
      });
    } catch (error) {
      return [String(error), ...(await wrong())];
    }
    const told = (await listProblems(store.db, id)).map(
      ({ code, subject }) => `people are told ${code} of ${subject.kind}`,
    );
    return [...(await wrong()), ...told];
  }

  /** Waits for a condition and asks for a cycle whenever the company is at rest. */
  async function settle(actor: Actor, ask: () => Promise<boolean>): Promise<void> {
    let asked = 0;
    await until(
      `row ${actor.row.number}`,
      async () => {
        if (await ask()) return true;
        if (Date.now() - asked < 8_000) return false;
        asked = Date.now();
        await syncNow(actor);
        return false;
      },
      { withinMs: 120_000, everyMs: 2_000 },
    );
  }

  async function syncNow({ company }: Actor): Promise<void> {
    await startRun(stage.client, company);
    await stage.client.workflow
      .getHandle(workflowIdOf(company.id))
      .signal('syncNow', { by: 'the table of crash points' });
  }

  async function isReturned({ company }: Actor): Promise<boolean> {
    const { raw } = await stage.client.workflow.getHandle(workflowIdOf(company.id)).describe();
    return (raw.pendingActivities ?? []).length === 0;
  }
});

const isReached = async (fault: Fault | undefined): Promise<boolean> => (await fault?.isReached()) === true;

async function inBatches<T, R>(items: readonly T[], size: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += size)
    results.push(...(await Promise.all(items.slice(at, at + size).map(work))));
  return results;
}
