/** Every problem of the catalogue is provoked from outside by some test, or it is said here why it is not. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PROBLEMS } from '../../../src/sync/problems/catalogue.ts';

/** Tests that go through whole activities or workers, or more: what they see, people and the two systems brought about. */
const FOLDERS = ['scenarios', 'activities', 'workflows', 'cli', 'e2e', 'crash', 'workers'];

/** Codes that no such test provokes, each with the reason. */
const NOT_FROM_OUTSIDE: Readonly<Record<string, string>> = {
  notAllowed:
    'the connector refuses what is not as declared, and Tandem makes no such posting (test/quickbooks/posting provokes it); a void that its machine forbids is voidNotAllowedAtSite',
};

async function textsOf(folder: string): Promise<readonly string[]> {
  const root = path.join(import.meta.dirname, '..', '..', folder);
  const files = (await readdir(root, { recursive: true })).filter(
    (file) =>
      file.endsWith('.ts') && !['everyCode.test.ts', 'wayOut.test.ts', 'excuses.ts'].includes(path.basename(file)),
  );
  return Promise.all(files.map((file) => readFile(path.join(root, file), 'utf8')));
}

describe('every problem of the catalogue', () => {
  it('is named by a test that provokes it, or is among those that cannot be', async () => {
    const texts = (await Promise.all(FOLDERS.map(textsOf))).flat().join('\n');
    const codes = Object.keys(PROBLEMS);
    const unnamed = codes.filter((code) => !new RegExp(`'${code}'`).test(texts));
    assert.deepEqual(unnamed, Object.keys(NOT_FROM_OUTSIDE));
  });
});
