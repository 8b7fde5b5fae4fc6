/** What a command about companies opens for as long as it runs: the store, the runs of companies, and who is speaking. */
import os from 'node:os';
import { type Store, StoreError } from '../store/index.ts';
import { commandLog } from './commandLog.ts';
import { type CompanyRuns, openRuns } from './companyRuns.ts';
import { Fault } from './fault.ts';
import { openStore } from './openStore.ts';

/** Opens the store for one command. */
export async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const opened = await openStore(process.env, commandLog(process.env, 'warn'));
  try {
    await work(opened.store);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const unknown = error.code === 'companyUnknown' || error.code === 'companyRemoved';
    throw new Fault(
      error.message,
      'the command line',
      unknown ? 'tandem company list shows the companies' : 'correct it there',
    );
  } finally {
    await opened.close();
  }
}

export async function withRuns(work: (runs: CompanyRuns) => Promise<void>): Promise<void> {
  const runs = await openRuns(process.env);
  try {
    await work(runs);
  } finally {
    await runs.close();
  }
}

/** Who speaks: the user of this machine. Not verified, and shown so. */
export const said = (): { readonly by: string; readonly at: number } => ({
  by: `${os.userInfo().username}@${os.hostname()}`,
  at: Date.now(),
});
