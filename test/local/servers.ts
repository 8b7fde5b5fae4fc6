/**
 * Real servers for tests. A whole run (scripts/test.js) shares one Temporal server and one Postgres; a test file run by
 * itself starts its own. Either way a test file has a namespace and a database of its own.
 */
import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import pg from 'pg';
import { pino } from 'pino';
import { scratchFolder } from '../../src/cli/places.ts';
import { temporalBinary } from '../../src/cli/temporalBinary.ts';
import { startPostgres } from '../../src/local/embeddedPostgres.ts';
import { startTemporalServer } from '../../src/local/temporalServer.ts';

const log = pino({ level: process.env.TANDEM_TEST_LOG ?? 'silent' });

export interface TestTemporal {
  readonly address: string;
  /** A namespace that no other test file uses. */
  readonly namespace: string;
  stop(): Promise<void>;
}

export interface TestDatabase {
  /** Connection string of an empty database that no other test file uses. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The `temporal` binary as found on this machine. */
export function temporalCli(): Promise<string> {
  return temporalBinary(process.env, log);
}

/** A namespace on the run's Temporal server, or on one of its own. */
export async function testTemporal(): Promise<TestTemporal> {
  const shared = process.env.TANDEM_TEST_TEMPORAL;
  if (shared === undefined) {
    const server = await startTemporalServer({ cli: await temporalCli(), log });
    return { address: server.address, namespace: server.namespace, stop: () => server.stop() };
  }
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address: shared });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
  } finally {
    await connection.close();
  }
  return { address: shared, namespace, stop: async () => {} };
}

/** An empty database on the run's Postgres, or on one of its own. */
export async function testDatabase(): Promise<TestDatabase> {
  const shared = process.env.TANDEM_TEST_POSTGRES;
  if (shared === undefined) {
    const server = await startPostgres({ log, scratchDir: scratchFolder() });
    return { url: server.url, stop: () => server.stop() };
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await statement(shared, `create database ${name}`);
  const url = new URL(shared);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => statement(shared, `drop database ${name} with (force)`) };
}

async function statement(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
