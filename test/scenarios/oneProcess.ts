/**
 * Both sandboxes as parts of this process: what goes to their addresses is handed to them, and no byte travels. For months
 * by the thousand; what concerns connections, and processes that die, has its tests elsewhere.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Transport } from '../../src/mineraltree/index.ts';
import { HResultError, ProcessorLost, type QuickBooksHost } from '../../src/quickbooks/index.ts';
import { createQuickBooksSandbox } from '../../src/sandbox/quickbooks/index.ts';
import { openMineralTree } from '../activities/mineraltree/world.ts';
import { now } from './machine.ts';

/** Where companies are that need no network. */
export interface Place {
  readonly quickBooks: { readonly url: string; readonly host: QuickBooksHost };
  readonly mineralTree: { readonly url: string; readonly transport: Transport };
  close(): Promise<void>;
}

type Answer = (request: Request) => Promise<Response>;

export async function openPlace(): Promise<Place> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tandem-place-'));
  const quickBooks = await createQuickBooksSandbox({ dataDir, clock: now });
  const mineralTree = await openMineralTree();
  const { url } = await quickBooks.listen(0);
  const ends = [fetchWithin(url, quickBooks.answer), fetchWithin(mineralTree.url, mineralTree.server.answer)];
  return {
    quickBooks: { url, host: hostWithin(url, quickBooks.answer) },
    mineralTree: { url: mineralTree.url, transport: transportWithin(mineralTree.url, mineralTree.server.answer) },
    async close() {
      for (const end of ends) end();
      await Promise.all([quickBooks.close(), mineralTree.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const within = new Map<string, Answer>();
const outside = globalThis.fetch;

/** What this process fetches from `url` is answered by `answer`, until the function that comes back is called. */
function fetchWithin(url: string, answer: Answer): () => void {
  const { origin } = new URL(url);
  within.set(origin, answer);
  globalThis.fetch = (input, init) => {
    const near = typeof input === 'string' ? within.get(new URL(input).origin) : undefined;
    return near === undefined ? outside(input, init) : near(new Request(String(input), init ?? {}));
  };
  return () => {
    within.delete(origin);
    if (within.size === 0) globalThis.fetch = outside;
  };
}

/** The request processor of a QuickBooks sandbox. */
function hostWithin(url: string, answer: Answer): QuickBooksHost {
  const call = async (member: string, args: object): Promise<string> => {
    const body = JSON.stringify(args);
    const response = await answer(new Request(`${url}/processor/${member}`, { method: 'POST', body }));
    const { result, hresult, text } = (await response.json()) as Partial<Record<string, string>>;
    if (hresult !== undefined) throw new HResultError(Number.parseInt(hresult, 16), text ?? '');
    if (response.status !== 200) throw new ProcessorLost(`the sandbox answered ${response.status}`);
    return result ?? '';
  };
  const silent = async (member: string, args: object): Promise<void> => void (await call(member, args));
  return {
    openConnection2: (appID, appName, connPref) => silent('OpenConnection2', { appID, appName, connPref }),
    beginSession: (qbFileName, QBFileMode) => call('BeginSession', { qbFileName, QBFileMode }),
    processRequest: (ticket, inputRequest) => call('ProcessRequest', { ticket, inputRequest }),
    getCurrentCompanyFileName: (ticket) => call('GetCurrentCompanyFileName', { ticket }),
    endSession: (ticket) => silent('EndSession', { ticket }),
    closeConnection: () => silent('CloseConnection', {}),
    alive: () => true,
    kill: () => {},
    pid: process.pid,
  };
}

/** What carries Tandem's requests to a MineralTree sandbox. */
const transportWithin = (url: string, answer: Answer): Transport => ({
  async send({ method, path: below, headers, body }) {
    const init = { method, headers: { ...headers }, ...(body !== undefined && { body }) };
    const response = await answer(new Request(`${url}/mtapi/base${below}`, init));
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  },
  close: async () => {},
});
