import assert from 'node:assert/strict';
import { isSameOrigin, pathOrStart } from '../../src/web/sameOrigin.ts';

const OWN = 'https://tandem.example';

describe('whether a page of ours asked', () => {
  const rows: [what: string, origin: string | undefined, fetchSite: string | undefined, ours: boolean][] = [
    ['our page in a browser of today', OWN, 'same-origin', true],
    ['our page in an older browser', OWN, undefined, true],
    ['our page, without an origin', undefined, 'same-origin', true],
    ['something that is no browser', undefined, undefined, false],
    ['another site', 'https://evil.example', 'cross-site', false],
    ['another site in an older browser', 'https://evil.example', undefined, false],
    ['a sister of our host', 'https://other.tandem.example', 'same-site', false],
    ['our host without https', 'http://tandem.example', 'same-origin', false],
    ['our host on another port', 'https://tandem.example:8443', 'same-site', false],
    ['a page without an origin', 'null', 'cross-site', false],
    ['an address typed by a person', undefined, 'none', false],
  ];
  for (const [what, origin, fetchSite, ours] of rows)
    it(`${what}: ${ours ? 'yes' : 'no'}`, () => assert.equal(isSameOrigin({ origin, fetchSite }, OWN), ours));
});

describe('where signing in leads', () => {
  const rows: [given: string | undefined, to: string][] = [
    ['/tokens', '/tokens'],
    ['/temporal/x?query=a%20b', '/temporal/x?query=a%20b'],
    [undefined, '/'],
    ['', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a\\b', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\r\nset-cookie: x=1', '/'],
    ['/\u0000', '/'],
    [`/${'x'.repeat(3_000)}`, '/'],
  ];
  for (const [given, to] of rows)
    it(`${JSON.stringify(given?.slice(0, 40))} leads to ${to}`, () => assert.equal(pathOrStart(given), to));
});
