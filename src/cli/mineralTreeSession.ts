/** MineralTree for as long as a command runs, as the activities of the cloud see it. */
import { setTimeout as wait } from 'node:timers/promises';
import { createPayablesConnections } from '../activities/mineraltree/index.ts';
import type { CloudContext } from '../activities/mineraltree/run.ts';
import { MineralTreeError } from '../mineraltree/index.ts';
import type { Store } from '../store/index.ts';
import { commandLog } from './commandLog.ts';
import { Fault } from './fault.ts';
import { mineralTreeRules } from './mineralTreeRules.ts';

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
