/** What the settings of a connector say about a company: defaults, and what is allowed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConnectorSettings } from '../../src/cli/connector.ts';
import { Fault } from '../../src/cli/fault.ts';

const COMPANY = { id: 'acme-0001', file: 'C:\\Books\\Acme.qbw' };
const read = (company: object) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-connector-'));
  try {
    const file = path.join(folder, 'connector.json');
    const settings = {
      name: 'office-pc',
      processor: { kind: 'sandbox', url: 'http://127.0.0.1:7400' },
      companies: [{ ...COMPANY, ...company }],
    };
    writeFileSync(file, JSON.stringify(settings));
    return readConnectorSettings(file).companies[0];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('the settings of a connector', () => {
  it('allow no voids of payments unless they say so', () => {
    assert.equal(read({})?.allowVoids, undefined);
    assert.equal(read({ allowVoids: true })?.allowVoids, true);
  });

  it('say whether voids are allowed by true or false, nothing else', () => {
    assert.throws(
      () => read({ allowVoids: 'yes' }),
      (error: unknown) => error instanceof Fault && /companies\[0\]\.allowVoids is "yes"/.test(error.message),
    );
  });
});
