/** Temporal UI behind the sign-in: what reaches it, what comes back, and who is kept from it. The upstream here is a plain HTTP server that tells what it was sent; the real UI is opened in test/browser. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { openTestWeb, type TestBrowser, type TestWeb } from './openWeb.ts';

describe('Temporal UI behind the sign-in', function () {
  this.timeout(30_000);
  let opened: TestWeb;
  let upstream: http.Server;
  let operator: TestBrowser;
  const logged: Record<string, unknown>[] = [];
  /** What the upstream is asked, newest last; and how it answers. */
  const seen: { readonly method: string; readonly url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;

  before(async () => {
    upstream = http.createServer(async (request, response) => {
      let body = '';
      request.setEncoding('utf8');
      try {
        for await (const text of request) body += text;
      } catch {
        return; // the request broke off, as one of the tests wants it to
      }
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    opened = await openTestWeb({
      temporalUi: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/temporal`,
      log: pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    });
    operator = await opened.comeIn('Olga', 'operator');
  });
  beforeEach(() => {
    seen.length = 0;
    answer = (_request, response) => void response.end('the UI');
  });
  after(async () => {
    await opened.stop();
    upstream.closeAllConnections();
    upstream.close();
  });

  it('an operator gets the answer as it is: status, headers, body', async () => {
    answer = (_request, response) =>
      void response.writeHead(418, { 'content-type': 'text/x', 'x-of-the-ui': '1', connection: 'close' }).end('tea');
    const got = await operator.get('/temporal/a/b?query=c%20d');
    assert.deepEqual(
      [got.status, got.headers.get('content-type'), got.headers.get('x-of-the-ui')],
      [418, 'text/x', '1'],
    );
    assert.equal(await got.text(), 'tea');
    assert.deepEqual([seen[0]?.method, seen[0]?.url], ['GET', '/temporal/a/b?query=c%20d']);
  });

  it('no cookie, token or address of ours is passed on; its own cookies are, both ways', async () => {
    operator.cookies.set('_csrf', 'of-the-ui');
    answer = (_request, response) =>
      void response
        .setHeader('set-cookie', [
          '_csrf=next; Path=/',
          'tandem-session=forged; Path=/',
          '__Host-tandem-session=forged',
        ])
        .end();
    const before = operator.cookies.get('tandem-session');
    await operator.get('/temporal/', { authorization: 'Bearer secret', 'x-forwarded-for': '1.2.3.4' });
    assert.equal(seen.length, 1);
    const headers: http.IncomingHttpHeaders = seen[0]?.headers ?? {};
    assert.equal(headers.cookie, '_csrf=of-the-ui');
    for (const name of ['authorization', 'x-forwarded-for', 'forwarded']) assert.equal(headers[name], undefined, name);
    assert.notEqual(headers.host, new URL(opened.web.url).host);
    assert.equal(operator.cookies.get('_csrf'), 'next');
    assert.equal(operator.cookies.get('tandem-session'), before);
  });

  it('every method passes with its body and the UI’s form token, and what may change something is logged with who', async () => {
    const path = '/temporal/api/v1/namespaces/default/workflows/company-x/signal/pause';
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const got = await operator.ask(`${path}?reason=secret`, {
        method,
        body: `body of ${method}`,
        headers: { origin: opened.web.url, 'x-csrf-token': 'of-the-ui' },
      });
      assert.equal(got.status, 200);
    }
    assert.deepEqual(
      seen.map(({ method, body, headers }) => [method, body, headers['x-csrf-token']]),
      ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, `body of ${method}`, 'of-the-ui']),
    );
    const lines = logged.filter(({ msg }) => msg === 'asked of Temporal UI');
    assert.deepEqual(lines.map(({ person, method }) => `${person} ${method}`).at(-1), 'Olga DELETE');
    assert.equal(lines.at(-1)?.path, path, 'without the query');
  });

  it('an answer comes piece by piece, as it is written', async () => {
    let send: http.ServerResponse | undefined;
    answer = (_request, response) => {
      send = response;
      response.write('first');
    };
    const got = await operator.get('/temporal/stream');
    const reader = got.body?.getReader();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'first');
    send?.end('second');
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'second');
    assert.equal((await reader?.read())?.done, true);
  });

  it('a browser that goes away ends the request upstream', async () => {
    const ended = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        response.write('first');
        response.once('close', resolve);
      };
    });
    const controller = new AbortController();
    const got = await operator.ask('/temporal/stream', { signal: controller.signal });
    const reading = got.text();
    controller.abort();
    await assert.rejects(reading);
    await ended;
  });

  it('the page may speak with this server alone, and a policy of its own holds as well', async () => {
    answer = (_request, response) =>
      void response.setHeader('content-security-policy', "script-src 'nonce-1'").end('page');
    const policy = (await operator.get('/temporal/render')).headers.get('content-security-policy') ?? '';
    assert.match(policy, /connect-src 'self'; form-action 'self'.*, script-src 'nonce-1'$/);
  });

  it('markdown is found where a release keeps it: below the public path once, or twice', async () => {
    for (const place of ['/temporal/render', '/temporal/temporal/render']) {
      answer = (request, response) => {
        const found = request.url?.startsWith(`${place}?`) === true;
        if (found) response.setHeader('content-security-policy', "default-src 'none'");
        response.end(found ? 'markdown' : 'start page');
      };
      assert.equal(await (await operator.get('/temporal/render?content=x')).text(), 'markdown', place);
    }
  });

  const API = '/temporal/api/v1/namespaces/default/workflows/company-x/terminate';
  const refused: [what: string, status: number, said: RegExp, ask: () => Promise<Response>][] = [
    ['a script of somebody not signed in', 401, /not signed in/, () => opened.browser().get(API, { accept: '*/*' })],
    ['a change by somebody not signed in', 401, /not signed in/, () => opened.browser().post(API, '{}')],
    [
      'an accountant',
      403,
      /for operators/,
      async () => (await opened.comeIn('Ada', 'accountant', [opened.acme])).get('/temporal/'),
    ],
    [
      'an accountant’s script',
      403,
      /for operators/,
      async () => (await opened.comeIn('Ada', 'accountant', [opened.acme])).post(API, '{}'),
    ],
    [
      'a change that another site asked for',
      403,
      /another site/,
      () => operator.post(API, '{}', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'a change without a word from where',
      403,
      /another site/,
      () => operator.ask(API, { method: 'POST', body: '{}' }),
    ],
    [
      'a personal token',
      401,
      /not signed in/,
      () => opened.browser().get(API, { accept: '*/*', authorization: `Bearer ttp_${'x'.repeat(43)}` }),
    ],
  ];
  for (const [what, status, said, ask] of refused)
    it(`${what} is kept from it`, async () => {
      const got = await ask();
      assert.equal(got.status, status);
      assert.match(await got.text(), said);
      assert.deepEqual(seen, [], 'nothing reached it');
    });

  it('somebody not signed in is led to the sign-in, and back afterwards', async () => {
    const got = await opened.browser().get('/temporal/namespaces/default?query=a%20b');
    assert.equal(got.status, 303);
    assert.equal(
      got.headers.get('location'),
      `/sign-in?next=${encodeURIComponent('/temporal/namespaces/default?query=a%20b')}`,
    );
  });

  it('a path that only looks as if it left it does not', async () => {
    for (const path of ['/temporal/../tokens', '/temporal/%2e%2e/tokens', '/temporalx']) {
      await operator.get(path);
      assert.ok(
        seen.every(({ url }) => url.startsWith('/temporal/')),
        path,
      );
    }
  });

  it('a request of more than eight megabytes is not passed on', async () => {
    const got = await operator.post(API, 'x'.repeat(9 * 1024 * 1024));
    assert.equal(got.status, 413);
    assert.deepEqual(seen, []);
  });

  it('while it does not answer, a person is told so', async () => {
    answer = (request) => void request.socket.destroy();
    const got = await operator.get('/temporal/');
    assert.equal(got.status, 502);
    assert.match(await got.text(), /Temporal UI does not answer/);
    assert.match(got.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
  });

  it('without a Temporal UI there is none, and no link to it', async () => {
    const without = await openTestWeb();
    const person = await without.comeIn('Olga', 'operator');
    assert.equal((await person.get('/temporal/')).status, 404);
    assert.doesNotMatch(await (await person.get('/')).text(), /Temporal UI/);
    await without.stop();
  });
});
