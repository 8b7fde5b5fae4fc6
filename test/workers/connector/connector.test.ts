/** A connector on the real Temporal server, with the real sandbox behind it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { pino } from 'pino';
import { credentialFile } from '../../../src/cli/connectorCredential.ts';
import { startCommand } from '../../../src/cli/demo/process.ts';
import { FAILURE, type PostResult, PROTOCOL, type PullResult } from '../../../src/contract/index.ts';
import { createQuickBooksSandbox, type QuickBooksSandbox } from '../../../src/sandbox/quickbooks/index.ts';
import {
  type CompanySettings,
  type Connector,
  type ConnectorSettings,
  DEFAULT_LIMITS,
  startConnector,
} from '../../../src/workers/connector/index.ts';
import { billAdd } from '../../quickbooks/postings.ts';
import { type Books, batchOf, pullRequest } from '../../quickbooks/stage.ts';
import { type CloudSide, cloudSide, type Enrolled } from './cloudSide.ts';

const log = pino({ level: 'silent' });
const FILES = ['C:\\Books\\A.qbw', 'C:\\Books\\B.qbw'] as const;

describe('a connector', () => {
  let cloud: CloudSide;
  let desk: Enrolled;
  let sandbox: QuickBooksSandbox;
  let url: string;
  let A: CompanySettings;
  let B: CompanySettings;

  before(async function () {
    this.timeout(120_000);
    cloud = await cloudSide();
    sandbox = await createQuickBooksSandbox({ dataDir: join(cloud.folder, 'quickbooks') });
    ({ url } = await sandbox.listen(0));
    for (const file of FILES) await post('/people/new-company', { file, name: 'Acme', seed: 'small' });
    A = { id: await cloud.addCompany('A'), file: FILES[0] };
    B = { id: await cloud.addCompany('B'), file: FILES[1] };
    desk = await cloud.enrolled(await cloud.gateway(), [A.id, B.id]);
  });

  after(async function () {
    this.timeout(60_000);
    await sandbox?.close();
    await cloud?.close();
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
        processor: { kind: 'sandbox', url },
        companies,
        limits: { ...DEFAULT_LIMITS, keepCompanyMs: 0, stopGraceMs: 500, ...limits },
      },
      keeper: credentialFile(desk.file),
      version: '0.1.0',
      log,
    });
  const schedule = (companyId: string, name: string, request: object): Promise<WorkflowHandle> =>
    cloud.task(companyId, name, request);
  const withConnector = async (
    story: (connector: Connector) => Promise<void>,
    limits: Partial<ConnectorSettings['limits']> = {},
  ): Promise<void> => {
    const connector = await connecting([A, B], limits);
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
        [A, B].map(({ id }) => schedule(id, 'pullQuickBooks', pullRequest({ companyId: id }))),
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

  it('a request without a company is tried again, and says so', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const handle = await schedule(A.id, 'pullQuickBooks', { protocol: PROTOCOL });
      await until('told', async () => (await lastFailure(handle)) === FAILURE.retry);
      await handle.terminate();
    });
  });

  it('a request whose key is gone is tried again, then ends the task for good, so that the next cycle is sealed anew', async function () {
    this.timeout(60_000);
    await withConnector(async () => {
      const handle = await schedule(A.id, 'pullQuickBooks', { unreadable: 'it cannot be opened' });
      await until('tried again', async () => (await lastFailure(handle)) === FAILURE.retry);
      const failure = await handle.result().then(
        () => assert.fail('it was done'),
        (error: unknown) => (error instanceof WorkflowFailedError ? error.cause?.cause : error),
      );
      assert.ok(failure instanceof ApplicationFailure);
      assert.equal(failure.type, FAILURE.unreadableRequest);
    });
  });

  for (const [how, signal, code] of [
    ['told to stop', 'SIGTERM', 0],
    ['killed', 'SIGKILL', 137],
  ] as const)
    it(`the command, when ${how}, leaves no host behind`, async function () {
      this.timeout(90_000);
      const config = join(cloud.folder, `${signal}.json`);
      await writeFile(
        config,
        JSON.stringify({
          name: 'desk',
          credential: desk.file,
          processor: { kind: 'sandbox', url },
          companies: [A],
          limits: { stopGraceMs: 500 },
        }),
      );
      const command = await startCommand({ args: ['connector', '--config', config], env: process.env });
      try {
        assert.match(command.firstLine, /desk polls for 1 company through the gateway at 127/);
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
