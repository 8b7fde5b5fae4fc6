/**
 * What the gateway costs: how much longer a task takes through it than without it, alternately in one run, and what two
 * thousand connectors that have nothing to do need of memory and processor.
 */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { temporalBinary } from '../src/cli/temporalBinary.ts';
import { PROTOCOL, PROTOCOL_HEADER, siteQueue, VERSION_HEADER } from '../src/contract/index.ts';
import { startTemporalServer } from '../src/local/temporalServer.ts';
import { type Figure, median } from './figure.ts';
import { idleConnectors } from './gatewayIdle.ts';
import { type GatewayStage, gatewayStage } from './gatewayStage.ts';
import type { Result } from './report.ts';

const QUEUE = 'bench';
const ROUNDS = 5;
const TASKS = 100;
/** A request or a result of ordinary size, as the codec leaves it. */
const BYTES = 2_000;
const LIMIT_ADDED_MS = 5;

export async function gateway(say: (line: string) => void): Promise<Result> {
  const stage = await gatewayStage();
  try {
    const { direct, through } = await taskTimes(stage, say);
    const idle = await idleConnectors(stage, say);
    const added: Figure = {
      name: 'added to a task, at the median',
      unit: 'ms',
      measured: median(through) - median(direct),
      limit: LIMIT_ADDED_MS,
    };
    const whole: Figure = {
      name: 'a task through the gateway, at the median',
      unit: 'ms',
      measured: median(through),
      beside: { what: 'without it', value: median(direct) },
    };
    return {
      bench: 'gateway',
      figures: [added, whole, ...idle],
      remarks: [
        `a task of ${BYTES} bytes took ${median(direct).toFixed(2)} ms directly and ${median(through).toFixed(2)} ms ` +
          `through the gateway (${direct.length} and ${through.length} tasks, in turns of ${TASKS})`,
      ],
    };
  } finally {
    await stage.stop();
  }
}

interface TaskTimes {
  readonly direct: readonly number[];
  readonly through: readonly number[];
}

/** From scheduled to completed as Temporal's histories tell it, in milliseconds. */
async function taskTimes(stage: GatewayStage, say: (line: string) => void): Promise<TaskTimes> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const log = pino({ level: 'warn' }, pino.destination(2));
  const server = await startTemporalServer({
    cli: await temporalBinary(process.env, log),
    log,
    scratchDir: tmpdir(),
  });
  const { address, namespace } = server;
  const companyId = await stage.addCompany('Bench');
  const secret = await stage.enrol(companyId);
  const gatewayProcess = await stage.gateway({ address, namespace });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const native = await NativeConnection.connect({ address });
  const cloud = await Worker.create({
    connection: native,
    namespace,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./gatewayWorkflows.ts', import.meta.url)),
  });
  const working = cloud.run();

  const connections = {
    direct: () => NativeConnection.connect({ address, grpcCompression: { codec: 'none' } }),
    through: () =>
      NativeConnection.connect({
        address: gatewayProcess.address,
        tls: { serverRootCACertificate: stage.ca },
        apiKey: secret,
        metadata: { [PROTOCOL_HEADER]: String(PROTOCOL), [VERSION_HEADER]: 'bench' },
        grpcCompression: { codec: 'none' },
      }),
  };
  const round = async (way: keyof typeof connections, name: string, times: number): Promise<readonly number[]> => {
    const site = await connections[way]();
    const worker = await Worker.create({
      connection: site,
      namespace,
      taskQueue: siteQueue(companyId),
      activities: { echo: async (given: string) => given },
      maxConcurrentActivityTaskExecutions: 1,
      activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    });
    const handle = await worker.runUntil(async () => {
      const started = await client.workflow.start('again', {
        taskQueue: QUEUE,
        workflowId: `${way}-${name}`,
        args: [siteQueue(companyId), 'x'.repeat(BYTES), times],
      });
      await started.result();
      return started;
    });
    await site.close();
    return timesIn((await handle.fetchHistory()).events ?? []);
  };

  const times = { direct: [] as number[], through: [] as number[] };
  try {
    for (const way of ['direct', 'through'] as const) await round(way, 'warm', 30);
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      say(`tasks directly and through the gateway, turn ${turn} of ${ROUNDS}`);
      for (const way of turn % 2 === 0 ? (['through', 'direct'] as const) : (['direct', 'through'] as const))
        times[way].push(...(await round(way, `turn-${turn}`, TASKS)));
    }
  } finally {
    cloud.shutdown();
    await working;
    await native.close();
    await connection.close();
    await gatewayProcess.stop();
    await server.stop();
  }
  return times;
}

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

function timesIn(events: readonly HistoryEvent[]): readonly number[] {
  const scheduled = new Map<string, number>();
  const times: number[] = [];
  for (const event of events) {
    if (event.activityTaskScheduledEventAttributes) scheduled.set(String(event.eventId), msOf(event));
    const began = scheduled.get(String(event.activityTaskCompletedEventAttributes?.scheduledEventId));
    if (began !== undefined) times.push(msOf(event) - began);
  }
  return times;
}

const msOf = ({ eventTime }: HistoryEvent): number =>
  Number(eventTime?.seconds ?? 0) * 1_000 + (eventTime?.nanos ?? 0) / 1_000_000;
