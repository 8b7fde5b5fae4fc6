/** The credential file of a connector: who may read it, what is said when it is wrong, and that it is never half there. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { credentialFile, findCredential, readCredential, writeCredential } from '../../src/cli/connectorCredential.ts';
import { Fault } from '../../src/cli/fault.ts';

const SECRET = `tci_0123456789abcdef_${'s'.repeat(43)}`;
const GOOD = {
  gateway: 'gateway.example:443',
  namespace: 'tandem',
  installationId: '0123456789abcdef',
  secret: SECRET,
  companies: ['acme-0001'],
};

describe('the credential file of a connector', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-credential-'));
    file = path.join(folder, 'credential.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const saying = (words: RegExp, work: () => unknown): void =>
    assert.throws(work, (error: unknown) => {
      assert.ok(error instanceof Fault, String(error));
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /sss/, 'the secret is not told');
      return true;
    });

  it('is read as it was written', () => {
    writeCredential(file, GOOD);
    assert.deepEqual(readCredential(file), GOOD);
    writeCredential(file, { ...GOOD, ca: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' });
    assert.match(readCredential(file).ca ?? '', /MIIB/);
  });

  it('is its owner’s alone, and nothing else is left beside it', () => {
    if (process.platform === 'win32') return;
    writeCredential(file, GOOD);
    writeCredential(file, GOOD);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['credential.json']);
  });

  for (const mode of [0o644, 0o640, 0o602, 0o604])
    it(`of mode ${mode.toString(8)} is refused`, () => {
      if (process.platform === 'win32') return;
      writeCredential(file, GOOD);
      chmodSync(file, mode);
      saying(new RegExp(`others on this machine can .*mode ${mode.toString(8)}.*chmod 600`), () =>
        readCredential(file),
      );
    });

  it('that is not there: enrol', () => {
    assert.equal(findCredential(file), undefined);
    saying(/not enrolled, in .*credential\.json; enrol it: tandem connector enroll --gateway/, () =>
      readCredential(file),
    );
  });

  const wrong: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['half of it', JSON.stringify(GOOD).slice(0, 120), /not JSON/],
    ['nothing at all', '', /not JSON/],
    ['without its secret', JSON.stringify({ ...GOOD, secret: undefined }), /secret is missing/],
    ['with another secret', JSON.stringify({ ...GOOD, secret: 'sss' }), /secret is a value not shown/],
    ['with a gateway without a port', JSON.stringify({ ...GOOD, gateway: 'gateway.example' }), /gateway is/],
    ['with a ca that is a path', JSON.stringify({ ...GOOD, ca: '/etc/ca.pem' }), /ca is "\/etc\/ca\.pem".*PEM/],
    ['with a key misspelt', JSON.stringify({ ...GOOD, nameSpace: 'x' }), /nameSpace is not a setting/],
  ];
  for (const [what, text, says] of wrong)
    it(`${what}: said so`, () => {
      writeFileSync(file, text, { mode: 0o600 });
      saying(says, () => readCredential(file));
    });

  it('keeps what it held when it cannot be written', () => {
    mkdirSync(path.join(folder, 'taken.json', 'something'), { recursive: true });
    saying(/cannot be written/, () => writeCredential(path.join(folder, 'taken.json'), GOOD));
    saying(/cannot be written/, () => writeCredential(path.join(folder, 'nowhere', 'credential.json'), GOOD));
    assert.deepEqual(readdirSync(folder), ['taken.json']);
  });

  it('is changed from what it holds by then', async () => {
    writeCredential(file, GOOD);
    const keeper = credentialFile(file);
    writeCredential(file, { ...GOOD, companies: ['acme-0001', 'globex-02'] });
    const secret = `tci_0123456789abcdef_${'n'.repeat(43)}`;
    await keeper.change((kept) => ({ ...kept, secret }));
    assert.deepEqual(readCredential(file), { ...GOOD, companies: ['acme-0001', 'globex-02'], secret });
  });
});
