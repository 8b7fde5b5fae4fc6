/** Addresses as a person types them, and what the network said as words. */
import assert from 'node:assert/strict';
import { status } from '@grpc/grpc-js';
import { gatewayFrom, hostOf, proxyFrom } from '../../../src/workers/connection/gatewayAddress.ts';
import { type GatewayErrorKind, gatewayErrorOf } from '../../../src/workers/connection/gatewayError.ts';

describe('the address of a gateway', () => {
  const addresses: readonly (readonly [typed: string, read: string | undefined])[] = [
    ['https://gateway.example', 'gateway.example:443'],
    ['https://gateway.example/', 'gateway.example:443'],
    ['HTTPS://Gateway.Example:8443', 'gateway.example:8443'],
    ['gateway.example', 'gateway.example:443'],
    [' 127.0.0.1:7500 ', '127.0.0.1:7500'],
    ['[::1]:7500', '[::1]:7500'],
    ['http://gateway.example', undefined],
    ['https://gateway.example/path', undefined],
    ['https://user:secret@gateway.example', undefined],
    ['gateway.example:99999', undefined],
    ['not an address', undefined],
    ['', undefined],
  ];
  for (const [typed, read] of addresses)
    it(`"${typed}" is ${read ?? 'none'}`, () => assert.equal(gatewayFrom(typed), read));

  it('has a host', () => {
    assert.deepEqual(['gateway.example:443', '[::1]:7500'].map(hostOf), ['gateway.example', '::1']);
  });
});

describe('the address of a proxy', () => {
  it('may hold a user', () => {
    assert.deepEqual(proxyFrom('proxy.example:3128'), { address: 'proxy.example:3128' });
    assert.deepEqual(proxyFrom('http://proxy.example'), { address: 'proxy.example:80' });
    const withUser = { address: 'proxy.example:3128', user: 'desk', password: 'a b' };
    assert.deepEqual(proxyFrom('desk:a%20b@proxy.example:3128'), withUser);
  });
  for (const typed of ['', 'https://proxy.example', 'proxy.example/path', 'a%zz:b@proxy.example'])
    it(`"${typed}" is none`, () => assert.equal(proxyFrom(typed), undefined));
});

describe('what the network said', () => {
  const address = { gateway: 'gateway.example:443' };
  const rows: readonly (readonly [code: status, details: string, kind: GatewayErrorKind, words: RegExp])[] = [
    [
      status.UNAVAILABLE,
      'No connection established. Last error: Error: connect ECONNREFUSED 10.0.0.1:443. Resolution note: ',
      'notReached',
      /does not answer \(connect ECONNREFUSED 10\.0\.0\.1:443\)$/,
    ],
    [status.UNAVAILABLE, 'Name resolution failed for target dns:gateway.example:443', 'notReached', /Name resolution/],
    [status.DEADLINE_EXCEEDED, 'Deadline exceeded after 10s', 'notReached', /Deadline exceeded/],
    [
      status.UNAVAILABLE,
      'No connection established. Last error: Error: certificate has expired. Resolution note: ',
      'notTrusted',
      /is not trusted \(certificate has expired\)/,
    ],
    [
      status.UNAVAILABLE,
      "No connection established. Last error: Error: Hostname/IP does not match certificate's altnames. Resolution note: ",
      'notTrusted',
      /altnames/,
    ],
    [
      status.UNAVAILABLE,
      'No connection established. Last error: Error: SSL routines:ssl3_get_record:wrong version number. Resolution note: ',
      'broken',
      /does not speak TLS/,
    ],
    [status.UNAUTHENTICATED, 'the credential is not accepted', 'refused', /refuses the credential/],
    [status.PERMISSION_DENIED, 'the company is not yours', 'denied', /does not allow this/],
    [status.RESOURCE_EXHAUSTED, 'too many calls', 'tooOften', /asked too often/],
    [status.FAILED_PRECONDITION, 'install a newer version', 'tooOld', /refuses this version .*install a newer/],
    [status.UNIMPLEMENTED, 'no such method', 'broken', /not a gateway of Tandem/],
    [status.INTERNAL, 'oops', 'broken', /failed \(INTERNAL: oops\)/],
  ];
  for (const [code, details, kind, words] of rows)
    it(`${status[code]}, "${details.slice(0, 60)}": ${kind}`, () => {
      const error = gatewayErrorOf(address, code, details);
      assert.equal(error.kind, kind);
      assert.match(error.message, words);
    });

  it('is cut short and stripped of what a terminal would obey', () => {
    const { message } = gatewayErrorOf(address, status.INTERNAL, `\u001B[2J\u202Eevil\n${'x'.repeat(5_000)}`);
    assert.ok(message.length < 300);
    assert.doesNotMatch(message, /[\p{Cc}\p{Cf}]/u);
  });
});
