import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${ROOT}docs/guide-coverage.md`, 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
const [, ...sentences] = rows.map((row) => row.split('|').map((cell) => cell.trim()));

describe('docs/guide-coverage.md', () => {
  it('names files and tests that exist', () => {
    const named = [...page.matchAll(/`((?:src|test|docs)\/[^`]+)`/g)].map(([, path = '']) => path);
    assert.ok(named.length > 30);
    assert.deepEqual(
      named.filter((path) => !existsSync(`${ROOT}${path}`)),
      [],
    );
  });

  it('says of everything that is built where and by which test', () => {
    assert.ok(sentences.length > 20);
    const bare = sentences.filter(
      ([, , here = '', where = '', shownBy = '']) =>
        /^(kept|improved)[:;,]? /.test(here) &&
        !/in MineralTree;|none is read/.test(here) &&
        (where === '' || shownBy === ''),
    );
    assert.deepEqual(bare, []);
  });
});
