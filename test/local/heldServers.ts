/**
 * A program for the tests of src/local: starts what its argument asks for, prints what it started as one line of JSON, and
 * waits to be killed. `{temporal?: {cli, scratchDir?}, postgres?: {dataDir?, native?, scratchDir?}}`.
 */
import os from 'node:os';
import { pino } from 'pino';
import { startPostgres } from '../../src/local/embeddedPostgres.ts';
import { startTemporalServer } from '../../src/local/temporalServer.ts';

interface Order {
  readonly temporal?: { readonly cli: string; readonly scratchDir?: string };
  readonly postgres?: { readonly dataDir?: string; readonly native?: string; readonly scratchDir?: string };
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const log = pino({ level: 'silent' });
const [temporal, postgres] = await Promise.all([
  order.temporal === undefined ? undefined : startTemporalServer({ ...order.temporal, log }),
  order.postgres === undefined ? undefined : startPostgres({ scratchDir: os.tmpdir(), ...order.postgres, log }),
]);
const started = { pid: process.pid, temporal: temporal?.address, postgres: postgres?.url };
process.stdout.write(
  `${JSON.stringify({ ...started, supervisors: [temporal?.pid, postgres?.pid].filter((pid) => pid !== undefined) })}\n`,
);
setInterval(() => {}, 60_000);
