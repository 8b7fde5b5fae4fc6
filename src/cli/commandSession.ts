/** What a command about companies opens for as long as it runs: the store, the runs of companies, and who is speaking. */
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { createPayablesConnections } from '../activities/mineraltree/index.ts';
import type { CloudContext } from '../activities/mineraltree/run.ts';
import { MineralTreeError } from '../mineraltree/index.ts';
import { type Store, StoreError } from '../store/index.ts';
import { commandLog } from './commandLog.ts';
import { type CompanyRuns, openRuns } from './companyRuns.ts';
import { Fault } from './fault.ts';
import { mineralTreeRules } from './mineralTreeRules.ts';
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

/**
 * What the activities of the cloud work with, for a command that reads MineralTree as they do.
 * @throws Fault when MineralTree cannot be reached or refuses
 */
export async function withMineralTree<T>(store: Store, work: (context: CloudContext) => Promise<T>): Promise<T> {
  const log = commandLog(process.env, 'warn');
  const mineralTree = createPayablesConnections({ store, log, ...mineralTreeRules(process.env) });
  const pause = async (ms: number): Promise<void> => void (await wait(ms));
  try {
    return await work({ store, mineralTree, clock: Date.now, pause, log });
  } catch (error) {
    if (error instanceof MineralTreeError)
      throw new Fault(error.message, 'MineralTree', error.words.replace(/\.$/, ''));
    throw error;
  } finally {
    await mineralTree.close();
  }
}

/** Speaks to the workflows of companies; what is said is sealed with the keys in the store. */
export async function withRuns(store: Store, work: (runs: CompanyRuns) => Promise<void>): Promise<void> {
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
