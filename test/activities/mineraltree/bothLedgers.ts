/** The cloud's activities and the site's, hand in hand, between the two sandboxes: without Temporal, which adds the waiting. */
import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createSiteActivities, type Site } from '../../../src/activities/quickbooks/index.ts';
import type { LedgerRequest, PostRequest, Pushed, Standing } from '../../../src/contract/index.ts';
import type { QuickBooksHost } from '../../../src/quickbooks/index.ts';
import { judge, readMineralTree, readQuickBooks, type Verdict } from '../../../src/sandbox/judge/index.ts';
import { newestReport } from '../../../src/store/index.ts';
import type { LedgersReport } from '../../../src/sync/index.ts';
import type { World } from './world.ts';

/** A company file in a QuickBooks sandbox, and the host that reaches it. */
export interface Desk {
  readonly url: string;
  readonly file: string;
  readonly host: QuickBooksHost;
}

export interface SiteOptions {
  readonly clock?: () => number;
  readonly allowVoids?: boolean;
}

export class Both {
  readonly world: World;
  /** What is open at the desk, and whether its connector allows voids: a person may change that between two cycles. */
  desk: Desk;
  allowVoids: boolean;
  readonly #site: ReturnType<typeof createSiteActivities>;

  /** `clock` is the connector's machine, in Unix milliseconds; voids are allowed at the site or not, whatever the cloud says. */
  constructor(world: World, desk: Desk, { clock = Date.now, allowVoids = false }: SiteOptions = {}) {
    this.world = world;
    this.desk = desk;
    this.allowVoids = allowVoids;
    const site: Site = {
      connector: 'desk@test',
      connectorVersion: '0.1.0',
      nextDueMs: 300_000,
      served: (id) => (id === world.companyId ? { id, file: this.desk.file, allowVoids: this.allowVoids } : undefined),
      withQuickBooks: (_id, _signal, work) => work(this.desk.host),
    };
    this.#site = createSiteActivities(site, clock);
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
    const { settlements: bills = [] } = pushed;
    if (bills.length > 0) await activities.applyCredits({ companyId, bills });
    await this.post(pushed.batches);
    return pushed;
  }

  async post(batches: readonly PostRequest[]): Promise<void> {
    for (const batch of batches)
      await this.world.activities.confirmPosted(await this.#atSite(this.#site[batch.activity ?? 'postBills'], batch));
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
  async verdict(): Promise<Verdict> {
    const { desk, world } = this;
    return judge(await readQuickBooks(desk.url, desk.file), await readMineralTree(world.url, world.mtCompany));
  }

  async differences(): Promise<readonly string[]> {
    return (await this.verdict()).differences;
  }
}
