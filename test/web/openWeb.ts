/** A web server for tests on a real store with two companies; people who come in by their one-time links. */
import { createInvitation, type Role, type Store } from '../../src/store/index.ts';
import { INVITATION_PATH, startWeb, type Web, type WebOptions } from '../../src/web/index.ts';
import { addTestCompany, openTestStore, log as silent } from '../store/postgres.ts';

export interface TestWeb {
  readonly web: Web;
  readonly store: Store;
  /** Two companies, by ID. */
  readonly acme: string;
  readonly birch: string;
  /** What the server takes for the present, Unix milliseconds; may be set. */
  now: number;
  /** A one-time link for a person. */
  link(name: string, role: Role, companies?: readonly string[]): Promise<string>;
  /** A person who came in by their link. */
  comeIn(name: string, role: Role, companies?: readonly string[], password?: string): Promise<TestBrowser>;
  browser(): TestBrowser;
  stop(): Promise<void>;
}

export async function openTestWeb(
  options: Pick<Partial<WebOptions>, 'temporalUi' | 'publicUrl' | 'tls' | 'log'> = {},
): Promise<TestWeb> {
  const { store } = await openTestStore();
  const [acme, birch] = [await addTestCompany(store, 'Acme'), await addTestCompany(store, 'Birch')];
  const web = await startWeb({ store, log: silent, clock: () => opened.now, ...options });
  const opened: TestWeb = {
    web,
    store,
    acme,
    birch,
    now: Date.now(),
    async link(name, role, companies) {
      const token = await createInvitation(store, {
        name,
        role,
        by: 'test',
        at: opened.now,
        ...(companies !== undefined && { companies }),
      });
      return `${INVITATION_PATH}/${token}`;
    },
    async comeIn(name, role, companies, password = '') {
      const browser = opened.browser();
      const link = await opened.link(name, role, companies);
      const came = await browser.submit(link, link, { password, again: password });
      if (came.status !== 303) throw new Error(`${name} did not come in: ${came.status} ${await came.text()}`);
      return browser;
    },
    browser: () => createTestBrowser(`http://127.0.0.1:${web.port}`),
    stop: () => web.stop(),
  };
  return opened;
}

export type TestBrowser = ReturnType<typeof createTestBrowser>;

/** What a browser does, as far as a server sees it: cookies, where a request was made, tokens of forms. */
export function createTestBrowser(url: string) {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '' && !headers.has('cookie')) headers.set('cookie', cookie);
    const answer = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const fromHere = { origin: url, 'sec-fetch-site': 'same-origin' };
  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) =>
      ask(path, { headers: { accept: 'text/html', ...headers } }),
    /** Asks as a script on a page of the server does. */
    post: (path: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
      ask(path, { method: 'POST', body, headers: { ...fromHere, ...headers } }),
    ask,
    /** Opens the page, fills in its form and sends it. */
    async submit(page: string, action: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
      const text = await (await ask(page, { headers: { accept: 'text/html' } })).text();
      const formToken = /name="form_token" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const body = new URLSearchParams({ form_token: formToken, ...fields });
      return ask(action, { method: 'POST', body, headers: { ...fromHere, ...headers } });
    },
  };
}
