/** A company of a random month on the real server: its books in the sandboxes of a stage, its cycles asked of its workflow. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { PASSWORD, USER } from '../../src/cli/demo/cast.ts';
import { move } from '../../src/cli/demo/sandboxes.ts';
import type { Stage, StageCompany } from '../../src/cli/demo/stage.ts';
import { statusOf } from '../../src/cli/demo/status.ts';
import { until } from '../../src/cli/until.ts';
import { type Status, workflowIdOf } from '../../src/contract/index.ts';
import { readMineralTree, readQuickBooks } from '../../src/sandbox/judge/index.ts';
import { addCompany, listProblems, newestReport, type Store, toSite } from '../../src/store/index.ts';
import { type LedgersReport, markerText } from '../../src/sync/index.ts';
import { startRun } from '../../src/workers/cloud/index.ts';
import { post } from '../activities/mineraltree/world.ts';
import { DISCOUNTS, furnish } from '../scenarios/furnishing.ts';
import { wrongAtTheEnd } from '../scenarios/monthEnd.ts';
import { People } from '../scenarios/people.ts';

/** Cycles come when they are asked for. */
const SETTINGS = { intervalMs: 86_400_000, heartbeatMs: 6_000, siteRetryMs: 2_000, offlineAfterMs: 86_400_000 };
const WITHIN_MS = 120_000;

export interface MonthOptions {
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly voidPayments: boolean;
  readonly discounts: boolean;
}

export class CompanyOnServer extends People {
  readonly company: StageCompany;
  readonly voidPayments: boolean;
  readonly #stage: Stage;
  readonly #store: Store;

  private constructor(stage: Stage, store: Store, company: StageCompany, voidPayments: boolean) {
    super();
    this.#stage = stage;
    this.#store = store;
    this.company = company;
    this.voidPayments = voidPayments;
  }

  /** Its books on both sides, and its entry in the store; nothing runs yet. */
  static async found(stage: Stage, store: Store, name: string, options: MonthOptions): Promise<CompanyOnServer> {
    const { quickBooks, mineralTree } = stage;
    const file = `C:\\Books\\${name}.qbw`;
    await move(quickBooks, 'new-company', { file, name });
    for (const [switched, value] of Object.entries(options.switches))
      await move(quickBooks, 'set-switch', { file, name: switched, value });
    const discount = await furnish(quickBooks.url, file);
    const { id } = await move<{ readonly id: string }>(mineralTree, 'new-company', {
      name,
      user: USER,
      password: PASSWORD,
    });
    const { voidPayments, discounts } = options;
    const companyId = await addCompany(store, {
      name,
      mtUrl: mineralTree.apiUrl,
      mtCompany: id,
      mtUser: USER,
      mtPassword: PASSWORD,
      markerOf: markerText,
      settings: SETTINGS,
      rules: {
        voidPayments,
        indexLagMs: 0,
        ...(discounts && { discountAccount: { id: discount, name: DISCOUNTS } }),
      },
      stage: 'live',
      by: 'random months',
      at: Date.now(),
    });
    return new CompanyOnServer(stage, store, { id: companyId, name, file, mtCompany: id }, voidPayments);
  }

  quickBooks<T>(name: string, body: object = {}): Promise<T> {
    return post<T>(this.#stage.quickBooks.url, `/people/${name}`, { file: this.company.file, ...body });
  }

  mineralTree<T>(name: string, body: object = {}): Promise<T> {
    return post<T>(this.#stage.mineralTree.url, `/people/${name}`, { company: this.company.mtCompany, ...body });
  }

  ledger = () => readQuickBooks(this.#stage.quickBooks.url, this.company.file);
  payables = () => readMineralTree(this.#stage.mineralTree.url, this.company.mtCompany);

  /** Until everything was read for the first time. */
  async firstLoad(): Promise<void> {
    await startRun(this.#stage.client, this.company);
    await this.#untilIdle(({ firstLoadDone }) => firstLoadDone);
  }

  /** A cycle that begins now, and what comes at once after it. */
  async cycle(): Promise<void> {
    const { since } = await statusOf(this.#stage, this.company);
    await this.#signal('syncNow');
    await this.#untilIdle((status) => status.since !== since);
  }

  async #signal(name: 'syncNow' | 'reconcile'): Promise<void> {
    await this.#stage.client.workflow.getHandle(workflowIdOf(this.company.id)).signal(name, { by: 'random months' });
  }

  async #untilIdle(done: (status: Status) => boolean): Promise<void> {
    const asked = () => statusOf(this.#stage, this.company);
    await until(
      `${this.company.name} is through`,
      async () => {
        const status = await asked();
        return status.phase.kind === 'waiting' && done(status);
      },
      { withinMs: WITHIN_MS, everyMs: 200, describe: async () => JSON.stringify(await asked()) },
    );
  }

  /** Cycles until one changes nothing and nothing waits to be posted. */
  async settle(most = 20): Promise<void> {
    let last: string | undefined;
    for (let turn = 0; turn < most; turn += 1) {
      await this.cycle();
      const books = await this.standing();
      if (books === last && (await toSite(this.#store.db, this.company.id)).length === 0) return;
      last = books;
    }
    assert.fail(`${this.company.name} does not come to rest within ${most} cycles`);
  }

  /** Hours go by for what the store has put off, and for its last sweep. */
  async later(hours: number): Promise<void> {
    const { db } = this.#store;
    const { id } = this.company;
    const ms = hours * 3_600_000;
    await sql`update settlements set due = due - ${ms}::bigint where company_id = ${id}`.execute(db);
    await sql`update snapshots set push_due = push_due - ${ms}::bigint where company_id = ${id}`.execute(db);
    await sql`update payables_edits set due = due - ${ms}::bigint where company_id = ${id}`.execute(db);
    await sql`update postings set settled_at = settled_at - ${ms}::bigint where company_id = ${id}`.execute(db);
    await sql`
      update companies set swept_at = coalesce(swept_at, first_load_done_at) - ${ms}::bigint,
        ledgers_due_at = ledgers_due_at - ${ms}::bigint
      where company_id = ${id}`.execute(db);
  }

  /** What is wrong now, by the judge and a report that is made anew; with the problems that are open. */
  async wrong(): Promise<{ readonly wrong: readonly string[]; readonly problems: readonly string[] }> {
    const { db } = this.#store;
    const { id } = this.company;
    const before = (await newestReport(db, id))?.reportId;
    await this.#signal('reconcile');
    const made = await until(
      `the report of ${this.company.name}`,
      async () => {
        const report = await newestReport(db, id);
        return report?.state === 'made' && report.reportId !== before ? report : undefined;
      },
      { withinMs: WITHIN_MS, everyMs: 200 },
    );
    const [ledger, payables, problems] = await Promise.all([this.ledger(), this.payables(), listProblems(db, id)]);
    return {
      wrong: wrongAtTheEnd(ledger, payables, problems, made.report as LedgersReport, this.discounted),
      problems: problems.map(({ key }) => key),
    };
  }
}
