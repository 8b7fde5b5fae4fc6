import assert from 'node:assert/strict';
import { checkedAddress } from '../../src/mineraltree/address.ts';
import { MineralTreeError } from '../../src/mineraltree/errors.ts';
import { retryAfterMs } from '../../src/mineraltree/session.ts';

describe("MineralTree's address", () => {
  const ACCEPTED = [
    ['https://acme.mineraltree.net', {}, 'https://acme.mineraltree.net', ''],
    ['https://mineraltree.net/', {}, 'https://mineraltree.net', ''],
    ['https://acme.mineraltree.net/mtapi/base/', {}, 'https://acme.mineraltree.net', ''],
    ['https://proxy.example:8443/mt', { allowedHosts: ['proxy.example'] }, 'https://proxy.example:8443', '/mt'],
    ['http://127.0.0.1:4010', { allowInsecureLoopback: true }, 'http://127.0.0.1:4010', ''],
    ['http://localhost:4010', { allowInsecureLoopback: true }, 'http://localhost:4010', ''],
    ['http://[::1]:4010', { allowInsecureLoopback: true }, 'http://[::1]:4010', ''],
  ] as const;
  for (const [baseUrl, rules, origin, prefix] of ACCEPTED)
    it(`accepts ${baseUrl}`, () => {
      assert.deepEqual(checkedAddress(baseUrl, rules), { origin, prefix });
    });

  const REFUSED = [
    ['http://acme.mineraltree.net', {}, /must begin with https/],
    ['https://mineraltree.net.example', {}, /not among the allowed hosts \(mineraltree\.net, mineraltree\.com\)/],
    ['https://evilmineraltree.net', {}, /not among/],
    ['https://acme.mineraltree.net', { allowedHosts: [] }, /not among/],
    ['http://127.0.0.1:4010', {}, /must begin with https/],
    ['https://127.0.0.1:4010', {}, /not among/],
    ['http://192.168.0.7', { allowInsecureLoopback: true }, /must begin with https/],
    ['http://127.0.0.1.example', { allowInsecureLoopback: true }, /must begin with https/],
    ['ftp://localhost', { allowInsecureLoopback: true }, /must begin with https/],
    ['https://user:secret@acme.mineraltree.net', {}, /must not carry user and password/],
    ['https://acme.mineraltree.net/?x=1', {}, /query or fragment/],
    ['acme', {}, /is not an address/],
    ['', {}, /is not an address/],
  ] as const;
  for (const [baseUrl, rules, words] of REFUSED)
    it(`refuses ${baseUrl || 'nothing'} with words for it, and without the password`, () => {
      assert.throws(
        () => checkedAddress(baseUrl, rules),
        (error) => {
          assert.ok(error instanceof MineralTreeError);
          assert.equal(error.code, 'misconfigured');
          assert.match(error.message, words);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
    });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-10-05T15:15:08Z');
  const ROWS = [
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['999999999', 86_400_000],
    ['Mon, 05 Oct 2026 15:15:38 GMT', 30_000],
    ['Mon, 05 Oct 2026 15:00:00 GMT', 0],
    ['Mon, 05 Oct 2099 15:00:00 GMT', 86_400_000],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ] as const;
  for (const [header, expected] of ROWS)
    it(`${header ?? 'absent'} is ${expected ?? 'not understood'}`, () => {
      assert.equal(retryAfterMs(header, now), expected);
    });
});
