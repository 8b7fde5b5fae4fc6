/** Five companies, each in one of the states that an operator meets in Temporal UI; for pictures and for a look at the pages. */
import { newBooks, PASSWORD, readBooks, USER } from '../../src/cli/demo/cast.ts';
import { arrangeFault, type Fault, move } from '../../src/cli/demo/sandboxes.ts';
import type { Stage, StageCompany } from '../../src/cli/demo/stage.ts';
import { statusOf } from '../../src/cli/demo/status.ts';
import { until } from '../../src/cli/until.ts';
import type { Phase, Settings } from '../../src/contract/index.ts';
import { startRun } from '../../src/workers/cloud/index.ts';

export const STATES = ['waiting', 'paused', 'offline', 'blocked', 'firstLoad'] as const;
export type State = (typeof STATES)[number];

/** Names as an operator would see them in the memo. */
const NAMES: Readonly<Record<State, string>> = {
  waiting: 'Harbor Crafts',
  paused: 'Old Mill Trading',
  offline: 'Summit Roofing',
  blocked: 'Lakeside Dental',
  firstLoad: 'Prairie Seed Co',
};
/** Long intervals: each state is to stay as it is while it is looked at. */
const CALM: Partial<Settings> = {
  intervalMs: 3_600_000,
  offlineAfterMs: 3_600_000,
  heartbeatMs: 5_000,
  siteRetryMs: 2_000,
};

export interface FiveCompanies {
  readonly companies: Readonly<Record<State, StageCompany>>;
  /** Lets the first load go on. */
  release(): Promise<void>;
}

/** Brings them about on a stage whose cloud runs. */
export async function fiveCompanies(stage: Stage): Promise<FiveCompanies> {
  const add = async (state: State, more: { seed?: string; settings?: Partial<Settings>; file?: string } = {}) => {
    const books = await newBooks(stage, NAMES[state], more.seed);
    const company = await stage.addCompany({
      name: NAMES[state],
      ...books,
      ...(more.file !== undefined && { file: more.file }),
      user: USER,
      password: PASSWORD,
      settings: { ...CALM, ...more.settings },
    });
    return company;
  };
  const run = (company: StageCompany) => startRun(stage.client, company);
  const untilPhase = <K extends Phase['kind']>(
    company: StageCompany,
    kind: K,
    holds: (phase: Extract<Phase, { kind: K }>) => boolean = () => true,
  ) =>
    until(
      `${company.name}: ${kind}`,
      async () => {
        const { phase } = await statusOf(stage, company);
        return phase.kind === kind && holds(phase as Extract<Phase, { kind: K }>);
      },
      { withinMs: 90_000, describe: async () => JSON.stringify(await statusOf(stage, company)) },
    );

  const waiting = await add('waiting', { seed: 'small' });
  const paused = await add('paused');
  const offline = await add('offline', { settings: { intervalMs: 1_000, offlineAfterMs: 1_000 } });
  // The file of another company is open where this one's is expected.
  const blocked = await add('blocked', { file: waiting.file });
  const firstLoad = await add('firstLoad', { seed: 'medium' });
  const hold: Fault = await arrangeFault(stage.quickBooks, {
    point: 'before',
    match: { file: firstLoad.file, request: 'BillQuery', contains: '<TxnID>' },
    action: 'hold',
  });
  await stage.startConnector('front-desk', [waiting, firstLoad], { ownProcessors: true });
  for (const company of [waiting, paused, offline, firstLoad]) await run(company);

  await untilPhase(waiting, 'waiting');
  await postOneBill(stage, waiting);
  await stage.startConnector('back-office', [blocked], { ownProcessors: true });
  await run(blocked);
  await stage.tandem(['company', 'pause', paused.id, '--reason', 'month end']);
  await untilPhase(blocked, 'blocked');
  await untilPhase(paused, 'paused');
  await untilPhase(offline, 'offline');
  await hold.reached(90_000);
  await untilPhase(waiting, 'waiting');
  return { companies: { waiting, paused, offline, blocked, firstLoad }, release: () => hold.release() };
}

/** The first posting writes the company's marker into its file: from then on it is nobody else's. */
async function postOneBill(stage: Stage, { id, mtCompany, ...company }: StageCompany): Promise<void> {
  const entered = await move<{ readonly id: string }>(stage.mineralTree, 'enter-invoice', {
    company: mtCompany,
    vendor: 'Acorn Supply',
    apAccount: 'Accounts Payable',
    invoiceNumber: 'HC-1',
    transactionDate: '2026-11-02',
    dueDate: '2026-12-02',
    amount: '12.00',
    expenses: [{ glAccount: 'Office Supplies', amount: '12.00' }],
  });
  for (const step of ['approve', 'post']) await move(stage.mineralTree, step, { company: mtCompany, bill: entered.id });
  await stage.tandem(['company', 'sync-now', id]);
  await until('the bill in QuickBooks, acknowledged', async () => {
    const { mineralTree } = await readBooks(stage, { ...company, mtCompany });
    return mineralTree.bills.find(({ invoiceNumber }) => invoiceNumber === 'HC-1')?.externalId;
  });
}
