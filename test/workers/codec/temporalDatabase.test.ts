/**
 * What Temporal keeps of a customer: nothing that can be read. A workflow says known words in every place that Temporal has,
 * on the real server with a database in a file, and the file is searched for them afterwards.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApplicationFailure, activityInfo, Context } from '@temporalio/activity';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import {
  type DataConverter,
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { until } from '../../../src/cli/until.ts';
import { PHASE_ATTRIBUTE_NAME, workflowIdOf } from '../../../src/contract/index.ts';
import { startTemporalServer, type TemporalServer } from '../../../src/local/temporalServer.ts';
import { registerSearchAttributes } from '../../../src/workers/cloud/searchAttributes.ts';
import { type CompanyKeyring, createDataConverter } from '../../../src/workers/codec/index.ts';
import { temporalCli } from '../../local/servers.ts';
import { historiesOf } from '../../replay/histories.ts';
import { fixedKey, fixedKeyring } from './fixedKeyring.ts';
import { WORDS } from './words.ts';

const QUEUE = 'everything';
const WORKFLOWS = fileURLToPath(new URL('./workflows.ts', import.meta.url));
const PHASE = defineSearchAttributeKey(PHASE_ATTRIBUTE_NAME, SearchAttributeType.KEYWORD);
/** In sight: a search attribute, and what somebody sends who has no codec. Found, or the search finds nothing at all. */
const IN_SIGHT = ['phase-in-sight', 'typed by hand in sight'] as const;

/** Answers and fails in words, as a connector would. */
const activities = {
  async tell(input: unknown) {
    assert.deepEqual(input, { bill: WORDS.activityInput });
    Context.current().heartbeat({ at: WORDS.heartbeat });
    if (activityInfo().attempt > 1) return WORDS.activityAnswer;
    throw ApplicationFailure.create({
      message: WORDS.activityFailure,
      details: [WORDS.failureDetail],
      cause: new Error(WORDS.failureCause),
    });
  },
  async vanish() {
    Context.current().heartbeat(WORDS.lastHeartbeat);
    await Context.current().cancelled;
  },
};

describe('what Temporal keeps', function () {
  this.timeout(120_000);
  let folder: string;
  let server: TemporalServer;
  let connection: Connection;
  let native: NativeConnection;
  let client: Client;
  let withoutCodec: Client;
  let worker: Worker;
  let running: Promise<void>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tandem-kept-'));
    server = await startTemporalServer({ cli: await temporalCli(), log: pino({ level: 'silent' }), dataDir: folder });
    const { address, namespace } = server;
    connection = await Connection.connect({ address });
    native = await NativeConnection.connect({ address });
    const dataConverter = createDataConverter(fixedKeyring());
    client = new Client({ connection, namespace, dataConverter });
    withoutCodec = new Client({ connection, namespace });
    await registerSearchAttributes(client);
    worker = await Worker.create({
      connection: native,
      namespace,
      taskQueue: QUEUE,
      workflowsPath: WORKFLOWS,
      dataConverter,
      activities,
      maxHeartbeatThrottleInterval: '100 ms',
    });
    running = worker.run();
  });

  after(async () => {
    worker?.shutdown();
    await running;
    await native?.close();
    await connection?.close();
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** A company’s workflow that has said all it says without being asked. */
  async function telling(companyId: string): Promise<WorkflowHandle> {
    const handle = await client.workflow.start('tellsEverything', {
      taskQueue: QUEUE,
      workflowId: workflowIdOf(companyId),
      args: [{ says: WORDS.argument }],
      memo: { label: WORDS.memo },
      staticSummary: WORDS.summary,
      staticDetails: WORDS.details,
      typedSearchAttributes: new TypedSearchAttributes([{ key: PHASE, value: IN_SIGHT[0] }]),
    });
    assert.deepEqual(await handle.query('ask', WORDS.queryArgument), {
      what: WORDS.queryArgument,
      answer: WORDS.queryAnswer,
    });
    await assert.rejects(handle.query('ask', 'fail'), (error) => !String(error).includes(WORDS.queryAnswer));
    await assert.rejects(handle.executeUpdate('change', { args: ['refuse'] }), ({ cause }) =>
      String(cause).includes(WORDS.updateRefusal),
    );
    await assert.rejects(handle.executeUpdate('change', { args: ['fail'] }), ({ cause }) =>
      String(cause).includes(WORDS.updateFailure),
    );
    await withoutCodec.workflow.getHandle(handle.workflowId).signal('tell', IN_SIGHT[1]);
    await handle.signal('tell', WORDS.signal);
    return handle;
  }

  it('of what is said in every place by a workflow, its clients and its activities: nothing', async () => {
    const handle = await telling('tells-everything');
    assert.equal(await handle.executeUpdate('change', { args: [WORDS.updateArgument] }), WORDS.updateAnswer);
    const { heard, result } = (await handle.result()) as { heard: readonly unknown[]; result: string };
    assert.equal(result, WORDS.result);
    const [says, ...rest] = heard;
    assert.equal(says, WORDS.argument);
    assert.deepEqual(
      new Set(rest),
      new Set([IN_SIGHT[1], WORDS.signal, WORDS.activityAnswer, WORDS.lastHeartbeat, WORDS.updateArgument]),
    );
    const about = await handle.describe();
    assert.deepEqual(about.memo, { label: WORDS.memo, changed: WORDS.memoChanged });
    assert.deepEqual([await about.staticSummary(), await about.staticDetails()], [WORDS.summary, WORDS.details]);
    await nothingIsKept();
  });

  it('can be replayed: sealed by who has the keys, opened by who has none', async () => {
    const workflowId = workflowIdOf('tells-everything');
    const replayed = (dataConverter: DataConverter, history: object) =>
      Worker.runReplayHistory({ workflowsPath: WORKFLOWS, dataConverter }, history, workflowId);
    await replayed(createDataConverter(fixedKeyring()), await client.workflow.getHandle(workflowId).fetchHistory());
    const [run] = await historiesOf(client, 'tells-everything');
    assert.ok(run && historyToJSON(run.history).includes(Buffer.from(WORDS.argument).toString('base64').slice(4, -4)));
    const noKeys: CompanyKeyring = {
      current: async (companyId) => fixedKey(companyId),
      byId: async () => Promise.reject(new Error('nothing is sealed any more')),
    };
    await replayed(createDataConverter(noKeys, { readUnsealed: true }), run.history);
  });

  it('of what is handed to the next run, and of the failure that this one ends in: nothing', async () => {
    const handle = await telling('fails-in-the-end');
    const { runId } = await handle.describe();
    await handle.signal('tell', 'go on');
    await handle.executeUpdate('change', { args: [WORDS.updateArgument] });
    const next = client.workflow.getHandle(handle.workflowId);
    await until('the next run', async () => (await next.describe()).runId !== runId);
    await next.signal('tell', WORDS.signal);
    await assert.rejects(handle.result(), ({ cause }) => {
      assert.ok(cause instanceof ApplicationFailure);
      assert.deepEqual([cause.message, cause.details], [WORDS.failed, [WORDS.failureDetail]]);
      return true;
    });
    await nothingIsKept();
  });

  it('of a workflow task that breaks, as one does by a fault of ours: nothing', async () => {
    const handle = await client.workflow.start('breaks', {
      taskQueue: QUEUE,
      workflowId: workflowIdOf('breaks-its-task'),
    });
    await until('a broken task', async () =>
      ((await handle.fetchHistory()).events ?? []).some((event) => event.workflowTaskFailedEventAttributes),
    );
    await handle.terminate('seen');
    await nothingIsKept();
  });

  it('of a workflow that belongs to no company: nothing, for it is not started', async () => {
    const start = { taskQueue: QUEUE, workflowId: 'nightly-report', args: [WORDS.argument] };
    await assert.rejects(client.workflow.start('tellsEverything', start), /no company/);
  });

  /** Searches the database, its log included. */
  async function nothingIsKept(): Promise<void> {
    const files = (await readdir(folder)).filter((name) => name.startsWith('temporal.db'));
    assert.ok(files.includes('temporal.db'));
    const kept = Buffer.concat(await Promise.all(files.map((name) => readFile(path.join(folder, name)))));
    const found = Object.entries(WORDS).filter(([, words]) => kept.includes(words));
    assert.deepEqual(found, []);
    for (const words of IN_SIGHT) assert.ok(kept.includes(words), `${words} is there to be found`);
  }
});
