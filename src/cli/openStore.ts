/**
 * Opening the store for a command of the cloud: the database of `DATABASE_URL`, else the one of a running `tandem cloud`,
 * else an embedded Postgres in the data folder that is stopped when the command ends.
 *
 * The master key comes from `TANDEM_MASTER_KEY`, or from the file that `TANDEM_MASTER_KEY_FILE` names, or from `master.key` in
 * the data folder, which is made with the first store.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { startPostgres } from '../local/embeddedPostgres.ts';
import { createMasterKey, parseMasterKey, readMasterKey } from '../store/masterKey.ts';
import type { Store } from '../store/store.ts';
import { openStore as open } from '../store/store.ts';
import type { Environment } from './places.ts';
import { dataFolder, scratchFolder } from './places.ts';
import { findRunning } from './running.ts';

export interface OpenedStore {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** @throws Fault, StoreError, PostgresUnavailable */
export async function openStore(env: Environment, log: Logger): Promise<OpenedStore> {
  const dataDir = dataFolder(env);
  const masterKey = await masterKeyOf(env, dataDir);
  const given = env.DATABASE_URL || findRunning(dataDir)?.databaseUrl;
  const postgres = given
    ? undefined
    : await startPostgres({ dataDir: path.join(dataDir, 'postgres'), scratchDir: scratchFolder(), log });
  const databaseUrl = given ?? postgres?.url ?? '';
  try {
    const store = await open({ databaseUrl, masterKey, log });
    return {
      store,
      databaseUrl,
      dataDir,
      async close() {
        await store.close();
        await postgres?.stop();
      },
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

async function masterKeyOf(env: Environment, dataDir: string): Promise<Buffer> {
  if (env.TANDEM_MASTER_KEY) return parseMasterKey(env.TANDEM_MASTER_KEY);
  const file = env.TANDEM_MASTER_KEY_FILE || path.join(dataDir, 'master.key');
  if (!env.TANDEM_MASTER_KEY_FILE && !existsSync(file))
    writeFileSync(file, `${createMasterKey()}\n`, { mode: 0o600, flag: 'wx' });
  return readMasterKey(file);
}
