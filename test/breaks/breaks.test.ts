/** `npm run breaks` notices a break that its test does not: otherwise its green would say nothing. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HERE = path.join(ROOT, 'test', 'breaks');

/** A patch that changes one line of a file, and the test that it names. */
async function patch(file: string, from: string, to: string, red: string): Promise<string> {
  const lines = (await readFile(path.join(ROOT, file), 'utf8')).split('\n');
  const at = lines.indexOf(from);
  // A line that is not there makes a patch that does not apply.
  const around = (line: number): string[] => (at > 0 && lines[line] !== undefined ? [` ${lines[line]}`] : []);
  const [before, after] = [around(at - 1), around(at + 1)];
  const length = before.length + 1 + after.length;
  const start = Math.max(1, at + 1 - before.length);
  return [
    'breaks: something, for this test.',
    'costs: nothing.',
    `red: ${red}`,
    '',
    `--- a/${file}`,
    `+++ b/${file}`,
    `@@ -${start},${length} +${start},${length} @@`,
    ...before,
    `-${from}`,
    `+${to}`,
    ...after,
    '',
  ].join('\n');
}

async function run(patches: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 'breaks.js'), '--patches', patches]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

describe('the deliberate breaks', function () {
  this.timeout(120_000);
  const file = 'src/sync/closedPeriod.ts';
  const line =
    '): CalendarDate | undefined => (closingDate === undefined ? undefined : dates.find((date) => date <= closingDate));';
  const test = 'test/sync/billPosting.test.ts | the closing date 2026-11-20: an invoice of 2026-11-20 is not posted';

  it('a break that its test sees is told apart from one that stays green, one that does not apply, one without a test', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tandem-patches-'));
    try {
      const broken = line.replace('<=', '<');
      const patches = {
        '1-seen': await patch(file, line, broken, test),
        '2-harmless': await patch(file, line, `${line} // as before`, test),
        '3-outdated': await patch(file, 'a line of another release', broken, test),
        '4-no-test': await patch(file, line, broken, 'test/sync/billPosting.test.ts | a title that no test has'),
      };
      for (const [name, text] of Object.entries(patches)) await writeFile(path.join(folder, `${name}.patch`), text);
      const { code, said } = await run(folder);
      assert.equal(code, 1, said);
      assert.match(said, /^red {3}1-seen/m);
      assert.match(said, /^FAIL {2}2-harmless[\s\S]*?the test stays green/m);
      assert.match(said, /^FAIL {2}3-outdated[\s\S]*?the patch does not apply/m);
      assert.match(said, /^FAIL {2}4-no-test[\s\S]*?no test has that title/m);
      assert.match(said, /^breaks: 1 of 4 turn their test red$/m);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are sixteen; each says what it breaks, what that costs, and its test, and applies to the code as it is', async () => {
    const names = (await readdir(HERE)).filter((name) => name.endsWith('.patch'));
    assert.equal(names.length, 16);
    for (const name of names) {
      const header = (await readFile(path.join(HERE, name), 'utf8')).split('\n--- ')[0] ?? '';
      for (const key of [/^breaks: \w/m, /^costs: \w/m, /^red: test\/\S+\.test\.ts \| \w/m]) assert.match(header, key);
      const file = /^red: (\S+)/m.exec(header)?.[1] ?? '';
      assert.ok(existsSync(path.join(ROOT, file)), `${name}: ${file} is not there`);
      const applied = spawnSync('git', ['apply', '--check', path.join(HERE, name)], { cwd: ROOT, encoding: 'utf8' });
      assert.equal(applied.status, 0, `${name} does not apply any more: ${applied.stderr}`);
    }
  });
});
