/** A sandbox on a free port with a folder of its own, and a desk at it: people's moves, and an application's session. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeResponse, type MessageSetResponse, type ResponseMessage } from '../../../src/qbxml/index.ts';
import { createQuickBooksSandbox, type QuickBooksSandboxOptions } from '../../../src/sandbox/quickbooks/index.ts';

export const FILE = 'C:\\Books\\Sample.qbw';

/** JSON of a page, looked into by name. */
export interface Json {
  readonly [name: string]: unknown;
}

export interface Desk {
  readonly url: string;
  readonly dataDir: string;
  /** The answer of a page, whatever its status. */
  page(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** A move of a person in `FILE`, which must be taken. */
  move(name: string, body?: object): Promise<Json>;
  books(file?: string): Promise<Json>;
  member(name: string, args?: object, headers?: Readonly<Record<string, string>>): Promise<Json>;
  /** Opens a connection and a session of a processor on `FILE`. */
  session(options?: {
    readonly processor?: string;
    readonly application?: string;
    readonly file?: string;
  }): Promise<Session>;
  stop(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly json: Json;
}

export interface Session {
  readonly ticket: string;
  /** ProcessRequest with these requests, which must not fail as a whole. */
  ask(requests: string, attributes?: string): Promise<MessageSetResponse>;
  /** The only answer to one request. */
  one(request: string, attributes?: string): Promise<ResponseMessage>;
  /** What ProcessRequest gave, as it came. */
  raw(inputRequest: string): Promise<Json>;
  end(): Promise<void>;
}

/** The document around requests. */
export const document = (requests: string, attributes = '', onError = 'stopOnError'): string =>
  `<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="${onError}" ${attributes}>${requests}</QBXMLMsgsRq></QBXML>`;

/** Starts a sandbox; small, unless told otherwise. */
export async function openDesk(options: Partial<QuickBooksSandboxOptions> = {}): Promise<Desk> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tandem-quickbooks-'));
  const sandbox = await createQuickBooksSandbox({ seed: 'small', timeZone: 'America/New_York', ...options, dataDir });
  const { url } = await sandbox.listen(0);

  const page: Desk['page'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as Json };
  };
  const taken = ({ status, json }: Answered): Json => {
    assert.equal(status, 200, JSON.stringify(json));
    return json;
  };
  const member: Desk['member'] = async (name, args = {}, headers = {}) =>
    taken(await page('POST', `/processor/${name}`, args, headers));

  return {
    url,
    dataDir,
    page,
    move: async (name, body = {}) => taken(await page('POST', `/people/${name}`, { file: FILE, ...body })),
    books: async (file = FILE) => taken(await page('GET', `/books/file?file=${encodeURIComponent(file)}`)),
    member,
    async session({ processor = 'default', application = 'Tandem', file = FILE } = {}) {
      const headers = { 'x-processor': processor };
      assert.deepEqual(await member('OpenConnection2', { appID: '', appName: application, connPref: 1 }, headers), {
        result: null,
      });
      const begun = await member('BeginSession', { qbFileName: file, QBFileMode: 2 }, headers);
      const ticket = String(begun.result);
      const raw = (inputRequest: string): Promise<Json> => member('ProcessRequest', { ticket, inputRequest }, headers);
      const ask: Session['ask'] = async (requests, attributes) => {
        const answer = await raw(document(requests, attributes));
        assert.equal(typeof answer.result, 'string', JSON.stringify(answer));
        return decodeResponse(String(answer.result));
      };
      return {
        ticket,
        raw,
        ask,
        async one(request, attributes) {
          const { responses } = await ask(request, attributes);
          assert.equal(responses.length, 1);
          assert.deepEqual(responses[0]?.problems, []);
          return responses[0] as ResponseMessage;
        },
        async end() {
          await member('EndSession', { ticket }, headers);
          await member('CloseConnection', {}, headers);
        },
      };
    },
    async stop() {
      await sandbox.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true });
    },
  };
}

/** A list of objects out of JSON. */
export function rows(value: unknown): readonly Json[] {
  assert.ok(Array.isArray(value), `not a list: ${JSON.stringify(value)}`);
  return value;
}

/** The one row that has these values. */
export function rowWith(value: unknown, wanted: Json): Json {
  const found = rows(value).filter((row) => Object.entries(wanted).every(([name, of]) => row[name] === of));
  assert.equal(found.length, 1, `${found.length} rows with ${JSON.stringify(wanted)}`);
  return found[0] as Json;
}

/** Only these fields of a row. */
export const only = (row: Json | undefined, ...names: readonly string[]): Json =>
  Object.fromEntries(names.map((name) => [name, row?.[name]]));

/** Waits until the condition holds; fails after ten seconds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
