/** The settings file of a connector: what is wrong is named, with what is allowed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPlatform, readConnectorSettings } from '../../../src/cli/connector.ts';

const GOOD = {
  name: 'front-desk',
  processor: { kind: 'sandbox', url: 'http://127.0.0.1:7400' },
  companies: [{ id: 'acme-0001', file: 'C:\\Books\\Acme.qbw' }],
};

describe('the settings of a connector', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-settings-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const read = (settings: unknown) => {
    const file = join(folder, 'connector.json');
    writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
    return readConnectorSettings(file);
  };

  it('need little, and fill in the rest', () => {
    const { limits, companies } = read(GOOD);
    assert.equal(limits.keepCompanyMs, 20_000);
    assert.equal(limits.handBackMs, 60_000);
    assert.deepEqual(companies, GOOD.companies);
  });

  it('may name a QuickBooks on this machine and a 32-bit node for it', () => {
    const { processor } = read({ ...GOOD, processor: { kind: 'com', node: 'C:\\Tandem\\node32.exe' } });
    assert.deepEqual(processor, { kind: 'com', node: 'C:\\Tandem\\node32.exe' });
  });

  it('say where the credential is, or it lies beside them', () => {
    assert.equal(read(GOOD).credential, join(folder, 'credential.json'));
    assert.equal(read({ ...GOOD, credential: 'secret/desk.json' }).credential, join(folder, 'secret', 'desk.json'));
    assert.equal(read({ ...GOOD, credential: '/etc/tandem/desk.json' }).credential, '/etc/tandem/desk.json');
  });

  it('may name the proxy of the network', () => {
    const proxy = { address: 'proxy.example:3128', user: 'desk', password: 'x' };
    assert.deepEqual(read({ ...GOOD, proxy }).proxy, proxy);
  });

  const wrong: readonly (readonly [what: string, settings: unknown, says: readonly RegExp[]])[] = [
    ['no JSON', '{', [/not JSON/]],
    [
      'a proxy without a port',
      { ...GOOD, proxy: { address: 'proxy.example' } },
      [/proxy\.address is "proxy\.example"/, /host:port/],
    ],
    ['Temporal itself', { ...GOOD, temporal: {} }, [/temporal is not a setting/]],
    ['a credential that is no path', { ...GOOD, credential: 7 }, [/credential is a value not shown/]],
    [
      'an unknown processor',
      { ...GOOD, processor: { kind: 'qbfc' } },
      [/processor\.kind is "qbfc"/, /"com" or "sandbox"/],
    ],
    ['a sandbox without its address', { ...GOOD, processor: { kind: 'sandbox' } }, [/processor\.url is missing/]],
    [
      'a company ID with capitals',
      { ...GOOD, companies: [{ id: 'ACME-0001', file: 'x' }] },
      [/companies\[0\]\.id is "ACME-0001"/],
    ],
    ['no companies', { ...GOOD, companies: [] }, [/companies is \[\]/, /at least 1/]],
    ['a company twice', { ...GOOD, companies: [...GOOD.companies, ...GOOD.companies] }, [/each company once/]],
    ['a limit that is none', { ...GOOD, limits: { keepCompanyMs: -1 } }, [/limits\.keepCompanyMs is -1/]],
    ['a key misspelt', { ...GOOD, compnies: [] }, [/compnies is not a setting/, /did you mean companies/]],
  ];
  for (const [what, settings, says] of wrong)
    it(`${what}: said so`, () => {
      for (const words of says) assert.throws(() => read(settings), words);
    });

  it('name COM on Windows alone', () => {
    const settings = read({ ...GOOD, processor: { kind: 'com' } });
    checkPlatform(settings, 'connector.json', 'win32');
    assert.throws(() => checkPlatform(settings, 'connector.json', 'linux'), /on Windows only, and this is linux/);
    checkPlatform(read(GOOD), 'connector.json', 'linux');
  });
});
