/** Who comes in, how, and who does not: by one-time links, by passwords, by forms of other sites. */
import assert from 'node:assert/strict';
import { endSession, findSession, listPeople, removePerson } from '../../src/store/index.ts';
import { openTestWeb, type TestWeb } from './openWeb.ts';

const PASSWORD = 'correct horse battery';
const DAY_MS = 86_400_000;

describe('coming in', function () {
  this.timeout(60_000);
  let opened: TestWeb;
  const link: TestWeb['link'] = (...args) => opened.link(...args);
  const comeIn: TestWeb['comeIn'] = (...args) => opened.comeIn(...args);
  const browser: TestWeb['browser'] = () => opened.browser();

  before(async () => {
    opened = await openTestWeb();
  });
  after(() => opened.stop());

  const secretOf = (from: ReturnType<TestWeb['browser']>): string => from.cookies.get('tandem-session') ?? '';

  describe('by a one-time link', () => {
    it('an operator chooses a password, is signed in, and comes back with it', async () => {
      const first = await comeIn('Olga', 'operator', undefined, PASSWORD);
      assert.match(await (await first.get('/')).text(), /signed in as <strong>Olga<\/strong>, an operator/);
      const again = browser();
      const answer = await again.submit('/sign-in', '/sign-in', { name: 'OLGA', password: PASSWORD });
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/']);
      assert.notEqual(secretOf(first), secretOf(again), 'each sign-in has a session of its own');
    });

    it('somebody who chooses no password is in this once', async () => {
      const once = await comeIn('Once', 'operator');
      assert.equal((await once.get('/')).status, 200);
      const answer = await browser().submit('/sign-in', '/sign-in', { name: 'Once', password: '' });
      assert.equal(answer.status, 422);
    });

    it('a program that only looks at the link uses nothing up', async () => {
      const path = await link('Looked At', 'operator');
      for (let look = 0; look < 3; look++) assert.equal((await browser().get(path)).status, 200);
      assert.equal((await browser().submit(path, path, { password: '', again: '' })).status, 303);
    });

    const over: [what: string, path: () => Promise<string>, laterMs: number][] = [
      ['used', () => usedLink('Used'), 0],
      ['older than a day', () => link('Late', 'operator'), DAY_MS + 1],
      ['replaced by a newer one', () => replacedLink('Replaced'), 0],
      ['of somebody who was removed', () => linkOfRemoved('Gone'), 0],
      ['made up', async () => `/come-in/${'x'.repeat(43)}`, 0],
      ['cut off', async () => (await link('Cut', 'operator')).slice(0, -1), 0],
    ];
    for (const [what, path, laterMs] of over)
      it(`a link that is ${what} lets nobody in, in the same words`, async () => {
        const given = await path();
        opened.now += laterMs;
        try {
          for (const answer of [
            await browser().get(given),
            await browser().submit('/sign-in', given, { password: PASSWORD, again: PASSWORD }),
          ]) {
            const text = await answer.text();
            assert.equal(answer.status, 404);
            assert.match(text, /It was used, it is too old, or a part of it is missing/);
            assert.doesNotMatch(answer.headers.get('set-cookie') ?? '', /tandem-session/);
          }
        } finally {
          opened.now -= laterMs;
        }
      });

    it('two who use one link at the same moment: one comes in', async () => {
      const path = await link('Twin', 'operator');
      const answers = await Promise.all(
        [1, 2, 3].map(() => browser().submit(path, path, { password: PASSWORD, again: PASSWORD })),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 404, 404]);
    });

    const passwords: [what: string, password: string, again: string, said: RegExp][] = [
      ['too short', 'eleven char', 'eleven char', /12 to 200 characters/],
      ['far too long', 'x'.repeat(201), 'x'.repeat(201), /12 to 200 characters/],
      ['not the same twice', PASSWORD, `${PASSWORD}.`, /not the same/],
    ];
    for (const [what, password, again, said] of passwords)
      it(`a password that is ${what} is refused, and the link stays good`, async () => {
        const path = await link('Patient', 'operator');
        const patient = browser();
        const answer = await patient.submit(path, path, { password, again });
        assert.equal(answer.status, 422);
        assert.match(await answer.text(), said);
        assert.equal((await patient.submit(path, path, { password: PASSWORD, again: PASSWORD })).status, 303);
      });

    it('a new password ends the sessions of before', async () => {
      const before = await comeIn('Rekeyed', 'operator', undefined, PASSWORD);
      await comeIn('Rekeyed', 'operator', undefined, `${PASSWORD} new`);
      assert.equal((await before.get('/')).headers.get('location'), '/sign-in');
    });
  });

  describe('by name and password', () => {
    it('a wrong name and a wrong password are told in the same words, and the name is shown escaped', async () => {
      await comeIn('Known', 'operator', undefined, PASSWORD);
      const said = await Promise.all(
        [
          ['Known', 'not the password'],
          ['<b>Unknown</b>', PASSWORD],
        ].map(async ([name = '', password = '']) => {
          const answer = await browser().submit('/sign-in', '/sign-in', { name, password });
          assert.equal(answer.status, 422);
          return answer.text();
        }),
      );
      for (const text of said) assert.match(text, /Name or password is wrong\./);
      assert.match(said[1] ?? '', /value="&lt;b&gt;Unknown&lt;\/b&gt;"/);
    });

    it('after ten wrong guesses from one place even the right password is not looked at', async () => {
      await comeIn('Guessed', 'operator', undefined, PASSWORD);
      opened.now += DAY_MS;
      const guesser = browser();
      const statuses: number[] = [];
      for (let guess = 0; guess < 12; guess++)
        statuses.push((await guesser.submit('/sign-in', '/sign-in', { name: 'Guessed', password: `${guess}` })).status);
      assert.deepEqual(statuses, [...Array(10).fill(422), 429, 429]);
      const right = await guesser.submit('/sign-in', '/sign-in', { name: 'Guessed', password: PASSWORD });
      assert.equal(right.status, 429);
      assert.match(await right.text(), /Too many wrong passwords/);
      opened.now += 3_600_001;
      assert.equal((await guesser.submit('/sign-in', '/sign-in', { name: 'Guessed', password: PASSWORD })).status, 303);
    });

    it('signing in leads to the page that was asked for, of this server alone', async () => {
      await comeIn('Led', 'operator', undefined, PASSWORD);
      for (const [next, to] of [
        ['/temporal/namespaces?query=a%20b', '/temporal/namespaces?query=a%20b'],
        ['//evil.example', '/'],
      ] as const) {
        const answer = await browser().submit('/sign-in', '/sign-in', { name: 'Led', password: PASSWORD, next });
        assert.deepEqual([answer.status, answer.headers.get('location')], [303, to], next);
      }
    });
  });

  describe('forms', () => {
    const sites: [what: string, headers: Record<string, string>][] = [
      ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
      ['of another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
      ['of a page without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
      ['that a browser calls foreign', { 'sec-fetch-site': 'same-site' }],
    ];
    for (const [what, headers] of sites)
      it(`a sign-in, a link and a sign-out ${what} are refused although everything else is right`, async () => {
        const person = await comeIn('Sited', 'operator', undefined, PASSWORD);
        const path = await link('Invited', 'operator');
        const answers = [
          await browser().submit('/sign-in', '/sign-in', { name: 'Sited', password: PASSWORD }, headers),
          await browser().submit(path, path, { password: '', again: '' }, headers),
          await person.submit('/', '/sign-out', {}, headers),
          await person.submit('/tokens', '/tokens', { name: 'mine' }, headers),
        ];
        assert.deepEqual(
          answers.map(({ status }) => status),
          [403, 403, 403, 403],
        );
        assert.equal((await person.get('/')).status, 200);
      });

    const tokens: [what: string, fields: (other: string) => Record<string, string>][] = [
      ['no token', () => ({})],
      ['an empty token', () => ({ form_token: '' })],
      ['the token of somebody else', (other) => ({ form_token: other })],
    ];
    for (const [what, fields] of tokens)
      it(`a form with ${what} is refused`, async () => {
        const [mine, others] = [await comeIn('Mine', 'operator'), await comeIn('Others', 'operator')];
        const other = /name="form_token" value="([^"]+)"/.exec(await (await others.get('/')).text())?.[1] ?? '';
        for (const action of ['/sign-out', '/tokens', '/tokens/end'])
          assert.equal((await mine.post(action, new URLSearchParams(fields(other)))).status, 403, action);
        assert.equal((await mine.get('/')).status, 200, 'still signed in');
        const visitor = browser();
        await visitor.get('/sign-in');
        assert.equal((await visitor.post('/sign-in', new URLSearchParams(fields(other)))).status, 403);
      });

    for (const [what, body] of [
      ['told by its length', 'x'.repeat(100_000)],
      ['found out while it comes', undefined],
    ] as const)
      it(`a form that is far too large, ${what}, is not read`, async () => {
        const visitor = browser();
        await visitor.get('/sign-in');
        const answer = await (body === undefined
          ? visitor.ask('/sign-in', {
              method: 'POST',
              body: endless(100),
              duplex: 'half',
              headers: { origin: opened.web.url },
            })
          : visitor.post('/sign-in', body));
        assert.equal(answer.status, 413);
      });
  });

  describe('sessions', () => {
    it('signing out ends the session itself, not only the cookie', async () => {
      const person = await comeIn('Leaver', 'operator');
      const secret = secretOf(person);
      assert.equal((await person.submit('/', '/sign-out', {})).status, 303);
      assert.equal(await findSession(opened.store, secret, opened.now), undefined);
      person.cookies.set('tandem-session', secret);
      assert.equal((await person.get('/')).headers.get('location'), '/sign-in');
    });

    it('whoever is removed is out at once', async () => {
      const person = await comeIn('Dismissed', 'operator');
      await remove('Dismissed');
      assert.equal((await person.get('/')).headers.get('location'), '/sign-in');
    });

    it('a session that is not used for twelve hours is over', async () => {
      const person = await comeIn('Idle', 'operator');
      opened.now += 12 * 3_600_000;
      assert.equal((await person.get('/')).headers.get('location'), '/sign-in');
    });

    it('a cookie that a stranger made up, or set before, is nobody’s', async () => {
      const fixed = browser();
      fixed.cookies.set('tandem-session', 'set-by-a-stranger');
      assert.equal((await fixed.get('/')).headers.get('location'), '/sign-in');
      const path = await link('Fixed', 'operator');
      await fixed.submit(path, path, { password: '', again: '' });
      assert.notEqual(secretOf(fixed), 'set-by-a-stranger');
      await endSession(opened.store, secretOf(fixed));
    });

    it('the cookie is HttpOnly and Strict; by https it is Secure and of this host alone', async () => {
      const plain = await cookieLineAt(undefined);
      assert.match(plain, /^tandem-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
      const https = await cookieLineAt('https://tandem.example/');
      assert.match(https, /^__Host-tandem-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    });
  });

  it('every answer of ours says that nothing may be loaded from elsewhere, framed or kept', async () => {
    const person = await comeIn('Careful', 'operator');
    const answers = [
      await person.get('/'),
      await person.get('/sign-in'),
      await browser().get('/sign-in'),
      await person.get('/no-such-page'),
      await browser().get('/temporal/'),
      await browser().post('/codec/decode', '{}'),
    ];
    for (const { url, headers } of answers) {
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'self';/, url);
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cache-control'), 'no-store');
    }
  });

  async function usedLink(name: string): Promise<string> {
    const path = await link(name, 'operator');
    await browser().submit(path, path, { password: '', again: '' });
    return path;
  }
  async function replacedLink(name: string): Promise<string> {
    const path = await link(name, 'operator');
    await link(name, 'operator');
    return path;
  }
  async function linkOfRemoved(name: string): Promise<string> {
    const path = await link(name, 'operator');
    await remove(name);
    return path;
  }
  async function remove(name: string): Promise<void> {
    const person = (await listPeople(opened.store.db)).find((one) => one.name === name);
    await removePerson(opened.store, person?.personId ?? '', { by: 'test', at: opened.now });
  }
  /** The Set-Cookie line of a session, where people reach the server at that address. */
  async function cookieLineAt(publicUrl: string | undefined): Promise<string> {
    const other = await openTestWeb(publicUrl === undefined ? {} : { publicUrl });
    try {
      const path = await other.link('Cookie', 'operator');
      const fields = { password: '', again: '' };
      const answer = await other.browser().submit(path, path, fields, originOf(publicUrl ?? other.web.url));
      return answer.headers.getSetCookie().find((line) => line.includes('tandem-session=')) ?? '';
    } finally {
      await other.stop();
    }
  }
});

const originOf = (url: string): Record<string, string> => ({ origin: new URL(url).origin });

function endless(chunks: number): ReadableStream<Uint8Array> {
  let left = chunks;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(4_096).fill(0x78));
      else controller.close();
    },
  });
}
