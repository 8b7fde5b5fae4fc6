/** The real sandbox with one company, and a client for it, for the length of a test. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CompanyRecords,
  createMineralTreeClient,
  type MineralTreeClient,
  type MineralTreeClientOptions,
  MineralTreeError,
  type MineralTreeErrorCode,
  type Outcome,
} from '../../src/mineraltree/index.ts';
import { createMineralTreeSandbox } from '../../src/sandbox/mineraltree/index.ts';

const USER = 'sync@acme.example';
const PASSWORD = 'right:horse';

export interface Stage {
  readonly url: string;
  readonly companyId: string;
  readonly client: MineralTreeClient;
  readonly acme: CompanyRecords;
  /** The client's time of day. */
  clock: number;
  /** Another client of the same company; closed with the test. */
  another(options?: Partial<MineralTreeClientOptions>): MineralTreeClient;
  /** POST to a page of the sandbox. */
  post(path: string, body: object): Promise<Record<string, unknown>>;
  get(path: string): Promise<Record<string, unknown>>;
  knob(name: string, value: boolean | number | string): Promise<void>;
}

/** A test with a sandbox of its own. */
export const staged = (story: (stage: Stage) => Promise<void>) => async (): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-mt-'));
  const sandbox = await createMineralTreeSandbox({ dataDir });
  const clients: MineralTreeClient[] = [];
  try {
    const { url } = await sandbox.listen(0);
    const post: Stage['post'] = (path, body) =>
      json(fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) }));
    const { id } = await post('/people/new-company', { name: 'Acme', user: USER, password: PASSWORD });
    const another: Stage['another'] = (options = {}) => {
      const client = createMineralTreeClient({
        baseUrl: url,
        user: USER,
        password: PASSWORD,
        allowInsecureLoopback: true,
        clock: () => stage.clock,
        ...options,
      });
      clients.push(client);
      return client;
    };
    const companyId = String(id);
    const stage: Stage = {
      url,
      companyId,
      clock: Date.now(),
      get client() {
        return client;
      },
      get acme() {
        return acme;
      },
      another,
      post,
      get: (path) => json(fetch(`${url}${path}`)),
      knob: async (name, value) => {
        await post('/people/set-knob', { name, value });
      },
    };
    const client = another();
    const acme = client.company(companyId);
    await story(stage);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  }
};

async function json(answer: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await answer;
  const body: unknown = await response.json();
  assert.ok(response.ok, `${response.status}: ${JSON.stringify(body)}`);
  assert.ok(typeof body === 'object' && body !== null);
  return body as Record<string, unknown>;
}

/** A test with a peer that answers as it likes, and the logins in a way that a client is content with. */
export async function withPeer(
  answer: RequestListener,
  options: Partial<MineralTreeClientOptions>,
  story: (client: MineralTreeClient) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/security/login')) response.writeHead(200, { etag: 'f00d' }).end('{}');
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createMineralTreeClient({
    baseUrl: `http://127.0.0.1:${port}`,
    user: USER,
    password: PASSWORD,
    allowInsecureLoopback: true,
    ...options,
  });
  try {
    await story(client);
  } finally {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The call fails as said; the error is returned. */
export async function failsWith(
  call: Promise<unknown>,
  code: MineralTreeErrorCode,
  outcome: Outcome,
  words = /./,
): Promise<MineralTreeError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof MineralTreeError, String(error));
  assert.deepEqual([error.code, error.outcome], [code, outcome], error.message);
  assert.match(error.message, words);
  assert.doesNotMatch(error.message, /right:horse/);
  return error;
}

/** What a search finds: the records; a record that cannot be read fails the test. */
export async function listed<T>(
  found: AsyncIterable<{ readonly record: T } | { readonly reason: string }>,
): Promise<T[]> {
  const records: T[] = [];
  for await (const reading of found) {
    assert.ok('record' in reading, JSON.stringify(reading));
    records.push(reading.record);
  }
  return records;
}
