/** A connector on the real Temporal server, with the real sandbox behind it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { startCommand } from '../../../src/cli/demo/process.ts';
import { FAILURE, type PostResult, PROTOCOL, type PullResult, siteQueue } from '../../../src/contract/index.ts';
import { createQuickBooksSandbox, type QuickBooksSandbox } from '../../../src/sandbox/quickbooks/index.ts';
import { createDataConverter } from '../../../src/workers/codec/index.ts';
import {
  type Connector,
  type ConnectorSettings,
  DEFAULT_LIMITS,
  startConnector,
} from '../../../src/workers/connector/index.ts';
import { type TestTemporal, testTemporal } from '../../local/servers.ts';
import { billAdd } from '../../quickbooks/postings.ts';
import { type Books, batchOf, pullRequest } from '../../quickbooks/stage.ts';

const QUEUE = 'test-workflows';
const log = pino({ level: 'silent' });
const COMPANIES = [
  { id: 'company-a1', file: 'C:\\Books\\A.qbw' },
  { id: 'company-b2', file: 'C:\\Books\\B.qbw' },
] as const;
const [A, B] = COMPANIES;

describe('a connector', () => {
  let temporal: TestTemporal;
  let sandbox: QuickBooksSandbox;
  let dataDir: string;
  let url: string;
  let client: Client;
  let connection: Connection;
  let native: NativeConnection;
  let worker: Worker;
  let running: Promise<void>;
  let tasks = 0;

  before(async function () {
    this.timeout(120_000);
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-connector-'));
    sandbox = await createQuickBooksSandbox({ dataDir });
    ({ url } = await sandbox.listen(0));
    for (const { file } of COMPANIES) await post('/people/new-company', { file, name: 'Acme', seed: 'small' });
    temporal = await testTemporal();
    connection = await Connection.connect({ address: temporal.address });
    const dataConverter = createDataConverter();
    client = new Client({ connection, namespace: temporal.namespace, dataConverter });
    native = await NativeConnection.connect({ address: temporal.address });
    worker = await Worker.create({
      connection: native,
      namespace: temporal.namespace,
      taskQueue: QUEUE,
      workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
      dataConverter,
    });
    running = worker.run();
  });

  after(async function () {
    this.timeout(60_000);
    worker.shutdown();
    await running;
    await native.close();
    await connection.close();
    await temporal.stop();
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${url}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const post = <T = { readonly id: string }>(path: string, body: object): Promise<T> =>
    ask(path, { method: 'POST', body: JSON.stringify(body) });
  const booksOf = (file: string): Promise<Books> => ask(`/books/file?file=${encodeURIComponent(file)}`);
  const connecting = (
    companies: ConnectorSettings['companies'],
    limits: Partial<ConnectorSettings['limits']> = {},
  ): Promise<Connector> =>
    startConnector({
      settings: {
        name: 'desk',
        temporal: { address: temporal.address, namespace: temporal.namespace },
        processor: { kind: 'sandbox', url },
        companies,
        limits: { ...DEFAULT_LIMITS, keepCompanyMs: 0, stopGraceMs: 500, ...limits },
      },
      version: '0.1.0',
      log,
    });
  const schedule = (companyId: string, name: string, request: object): Promise<WorkflowHandle> => {
    tasks += 1;
    return client.workflow.start('oneTask', {
      workflowId: `task-${tasks}`,
      taskQueue: QUEUE,
      args: [
        name,
        request,
        {
          taskQueue: siteQueue(companyId),
          startToCloseTimeout: 60_000,
          heartbeatTimeout: 2_000,
          retry: { initialInterval: 1_000, maximumInterval: 1_000 },
          cancellationType: 'WAIT_CANCELLATION_COMPLETED',
        },
      ],
    });
  };
  const withConnector = async (
    story: (connector: Connector) => Promise<void>,
    limits: Partial<ConnectorSettings['limits']> = {},
  ): Promise<void> => {
    const connector = await connecting(COMPANIES, limits);
    try {
      await story(connector);
    } finally {
      await connector.stop();
    }
  };
  const lastFailure = async (handle: WorkflowHandle): Promise<string | undefined> => {
    const { raw } = await handle.describe();
    return raw.pendingActivities?.[0]?.lastFailure?.applicationFailureInfo?.type ?? undefined;
  };
  /** Waits for a condition, at most twenty seconds. */
  const until = async (what: string, condition: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + 20_000;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`not in 20 s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('serves the tasks of its companies and says who it is', async function () {
    this.timeout(60_000);
    await withConnector(async ({ identity }) => {
      const handles = await Promise.all(
        COMPANIES.map(({ id }) => schedule(id, 'pullQuickBooks', pullRequest({ companyId: id }))),
      );
      for (const handle of handles) {
        const result: PullResult = await handle.result();
        assert.ok(result.kind === 'pulled');
        assert.match(result.pull.connector, /^desk@/);
        assert.ok(identity.startsWith(result.pull.connector));
      }
    });
  });

  it('a company that it does not serve is handed back, and served where it is', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      // The queue of A, a request about another company.
      const handle = await schedule(A.id, 'pullQuickBooks', pullRequest({ companyId: 'company-c3' }));
      await until('handed back', async () => (await lastFailure(handle)) === FAILURE.handedBack);
      await handle.terminate();
    });
  });

  it('a request of a later protocol blocks the company, in words', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const handle = await schedule(A.id, 'pullQuickBooks', pullRequest({ companyId: A.id, protocol: PROTOCOL + 1 }));
      const result: PullResult = await handle.result();
      assert.ok(result.kind === 'blocked');
      assert.equal(result.block.code, 'connectorTooOld');
    });
  });

  it('a pause in the middle of a batch: what was begun is ended, the rest is not begun', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const books = await booksOf(A.file);
      const postings = Array.from({ length: 15 }, (_, at) => billAdd(books, { id: `P${at}`, refNumber: `P-${at}` }));
      const { id: fault } = await post('/faults', {
        point: 'before',
        match: { file: A.file, request: 'BillAdd' },
        action: 'delay',
        ms: 500,
        times: postings.length,
      });
      const handle = await schedule(A.id, 'postBills', { ...batchOf(postings), companyId: A.id });
      assert.equal((await ask<{ reached: number }>(`/faults/${fault}?wait=20000`)).reached, 1);
      await handle.cancel();
      const result: PostResult = await handle.result();
      await post(`/faults/${fault}/release`, {});
      assert.equal(result.stopped, true);
      const kinds = result.outcomes.map(({ kind }) => kind);
      const begun = kinds.lastIndexOf('posted') + 1;
      assert.ok(begun >= 1 && begun < kinds.length, kinds.join(' '));
      assert.deepEqual(kinds, [...Array(begun).fill('posted'), ...Array(kinds.length - begun).fill('notBegun')]);
      const there = (await booksOf(A.file)).bills.filter(({ refNumber }) => refNumber?.startsWith('P-'));
      assert.equal(there.length, begun);
    });
  });

  it('a dialog that shows in QuickBooks: waiting, with the reason in Temporal', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const { id: fault } = await post('/faults', {
        point: 'before',
        match: { member: 'BeginSession' },
        action: 'error',
        hresult: '0x80040414',
        text: 'A modal dialog box is showing.',
      });
      const handle = await schedule(B.id, 'pullQuickBooks', pullRequest({ companyId: B.id }));
      await until('waiting', async () => (await lastFailure(handle)) === FAILURE.wait);
      await post(`/faults/${fault}/release`, {});
      await handle.terminate();
    });
  });

  it('the other company waits for QuickBooks, and is handed back when that takes too long', async function () {
    this.timeout(60_000);
    await withConnector(
      async () => {
        const { id: fault } = await post('/faults', { point: 'before', match: { file: A.file }, action: 'hold' });
        const first = await schedule(A.id, 'pullQuickBooks', pullRequest({ companyId: A.id }));
        assert.equal((await ask<{ reached: number }>(`/faults/${fault}?wait=20000`)).reached, 1);
        const second = await schedule(B.id, 'pullQuickBooks', pullRequest({ companyId: B.id }));
        await until('handed back', async () => (await lastFailure(second)) === FAILURE.handedBack);
        await post(`/faults/${fault}/release`, {});
        const results: PullResult[] = await Promise.all([first.result(), second.result()]);
        assert.deepEqual(
          results.map(({ kind }) => kind),
          ['pulled', 'pulled'],
        );
      },
      { handBackMs: 500 },
    );
  });

  it('a task that waits for QuickBooks longer than a heartbeat may take is still the first attempt', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const { id: fault } = await post('/faults', {
        point: 'before',
        match: { file: A.file },
        action: 'delay',
        ms: 4_500,
      });
      const first = await schedule(A.id, 'pullQuickBooks', pullRequest({ companyId: A.id }));
      assert.equal((await ask<{ reached: number }>(`/faults/${fault}?wait=20000`)).reached, 1);
      const second = await schedule(B.id, 'pullQuickBooks', pullRequest({ companyId: B.id }));
      for (const handle of [first, second]) {
        await handle.result();
        const { events } = await handle.fetchHistory();
        const started = events?.flatMap(({ activityTaskStartedEventAttributes: of }) => (of ? [of.attempt] : []));
        assert.deepEqual(started, [1]);
      }
    });
  });

  it('a request that cannot be read is tried again, and says so', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const handle = await schedule(A.id, 'pullQuickBooks', { unreadable: 'another key' });
      await until('told', async () => (await lastFailure(handle)) === FAILURE.retry);
      await handle.terminate();
    });
  });

  for (const [how, signal, code] of [
    ['told to stop', 'SIGTERM', 0],
    ['killed', 'SIGKILL', 137],
  ] as const)
    it(`the command, when ${how}, leaves no host behind`, async function () {
      this.timeout(90_000);
      const config = join(dataDir, `${signal}.json`);
      await writeFile(
        config,
        JSON.stringify({
          name: 'desk',
          temporal: { address: temporal.address, namespace: temporal.namespace },
          processor: { kind: 'sandbox', url },
          companies: [A],
          limits: { stopGraceMs: 500 },
        }),
      );
      const command = await startCommand({ args: ['connector', '--config', config], env: process.env });
      try {
        assert.match(command.firstLine, /desk polls for 1 company on Temporal at/);
        const handle = await schedule(A.id, 'pullQuickBooks', pullRequest({ companyId: A.id }));
        await handle.result();
        const [host, ...others] = childrenOf(command.pid);
        assert.ok(host !== undefined && others.length === 0, 'one host process');
        process.kill(command.pid, signal);
        assert.equal(await command.exited, code);
        await until('the host is gone', async () => !isAlive(host));
      } finally {
        await command.kill();
      }
    });
});

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
