/** One real Postgres for the tests of a mocha process, and a database of its own for each store. */
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import pg from 'pg';
import { pino } from 'pino';
import { type EmbeddedPostgres, startPostgres } from '../../src/local/embeddedPostgres.ts';
import { openStore, type Store } from '../../src/store/index.ts';

export const log = pino({ level: 'silent' });

let server: Promise<EmbeddedPostgres> | undefined;
const opened: Store[] = [];

after(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await (await server)?.stop();
});

/** A new, empty database; its address. */
export async function newDatabase(): Promise<string> {
  server ??= startPostgres({ log, scratchDir: os.tmpdir() });
  const { url } = await server;
  const name = `t${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

export async function openTestStore(
  databaseUrl?: string,
  masterKey = Buffer.alloc(32, 7),
): Promise<{ readonly store: Store; readonly databaseUrl: string }> {
  const url = databaseUrl ?? (await newDatabase());
  const store = await openStore({ databaseUrl: url, masterKey, log, connections: 4 });
  opened.push(store);
  return { store, databaseUrl: url };
}

export { addTestCompany, markerOf } from './testCompany.ts';
