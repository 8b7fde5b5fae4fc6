/**
 * What a command about companies opens for as long as it runs: the store, the runs of companies, and who is speaking. What
 * speaks to Temporal is loaded only by a command that does.
 */
import os from 'node:os';
import { type Store, StoreError } from '../store/index.ts';
import { commandLog } from './commandLog.ts';
import type { CompanyRuns } from './companyRuns.ts';
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

/** Speaks to the workflows of companies; what is said is sealed with the keys in the store. */
export async function withRuns(store: Store, work: (runs: CompanyRuns) => Promise<void>): Promise<void> {
  const { openRuns } = await import('./companyRuns.ts');
  const runs = await openRuns(process.env, store);
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
