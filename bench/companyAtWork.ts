/** A company on a stage of its own, with cloud and connector: what the benches of the whole product measure. */
import pino from 'pino';
import { newBooks, PASSWORD, USER } from '../src/cli/demo/cast.ts';
import type { CommandProcess } from '../src/cli/demo/process.ts';
import { type Stage, type StageCompany, startStage } from '../src/cli/demo/stage.ts';
import { until } from '../src/cli/until.ts';
import { type Settings, type Status, workflowIdOf } from '../src/contract/index.ts';

export interface CompanyAtWork {
  readonly stage: Stage;
  readonly company: StageCompany;
  readonly cloud: CommandProcess;
  readonly connector: CommandProcess;
  /** From a connector that polls to a first load that is complete, in milliseconds. */
  readonly loadMs: number;
  status(): Promise<Status>;
}

export interface Choice {
  readonly name: string;
  /** Seed of the QuickBooks sandbox. */
  readonly seed: string;
  readonly settings?: Partial<Settings>;
  /** Whether it waits for a first day, with nothing written; else it goes live at once. @default false */
  readonly firstDay?: boolean;
  /** Makes the books ready before Tandem sees them. */
  readonly prepare?: (stage: Stage, file: string) => Promise<void>;
  /** Called when cloud and connector run, before anything is loaded. */
  readonly started?: (pids: { readonly cloud: number; readonly connector: number }) => void;
  /** Beside that of this process, for every process of the stage. */
  readonly env?: Readonly<Record<string, string>>;
  readonly withinMs: number;
}

/** Starts everything, loads the company, does the work, stops everything. */
export async function withCompanyAtWork<T>(choice: Choice, work: (at: CompanyAtWork) => Promise<T>): Promise<T> {
  const { name, seed, settings, firstDay = false, prepare, started, env, withinMs } = choice;
  const log = pino({ level: 'warn' }, pino.destination(2));
  const stage = await startStage({ env: { ...process.env, ...env }, log, ui: false });
  try {
    const books = await newBooks(stage, name, seed);
    await prepare?.(stage, books.file);
    const company = await stage.addCompany({
      name,
      ...books,
      user: USER,
      password: PASSWORD,
      firstDay,
      ...(settings && { settings }),
    });
    const status = () => stage.client.workflow.getHandle(workflowIdOf(company.id)).query<Status>('status');
    const cloud = await stage.startCloud();
    // Nothing is read before a connector polls, but everything on the way there is made.
    await until('the company has its run', () => answered(status), { withinMs: 60_000 });
    const connector = await stage.startConnector('bench', [company]);
    const began = performance.now();
    started?.({ cloud: cloud.pid, connector: connector.pid });
    await until('the first load', async () => (await status()).firstLoadDone, {
      withinMs,
      everyMs: 500,
      describe: async () => JSON.stringify((await status()).phase),
    });
    const loadMs = performance.now() - began;
    return await work({ stage, company, cloud, connector, loadMs, status });
  } finally {
    await stage.stop();
  }
}

/** Whether a run answers: there may be none yet. */
async function answered(status: () => Promise<Status>): Promise<boolean> {
  try {
    await status();
    return true;
  } catch (error) {
    if (error instanceof Error && /not ?found|no rows|not been|deadline/i.test(`${error.name} ${error.message}`))
      return false;
    throw error;
  }
}
