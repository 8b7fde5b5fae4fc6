import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SEED_NAMES } from '../../src/sandbox/quickbooks/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('tandem sandbox', function () {
  this.timeout(60_000);
  let scratch: string;
  const started: ChildProcess[] = [];

  before(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-sandbox-'));
  });
  after(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(scratch, { recursive: true, force: true });
  });

  async function sandbox(
    name: string,
    ...options: string[]
  ): Promise<{ child: ChildProcess; url: string; data: string }> {
    const data = path.join(scratch, `${name}-${started.length}`);
    const child = spawn(process.execPath, tandem('sandbox', name, '--data', data, ...options), {
      cwd: root,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, TANDEM_DATA: scratch },
    });
    started.push(child);
    const [url] = await once(createInterface({ input: child.stdout ?? process.stdin }), 'line');
    return { child, url, data };
  }

  const cases: [name: string, books: string][] = [
    ['quickbooks', 'files'],
    ['mineraltree', 'companies'],
  ];
  for (const [name, list] of cases)
    it(`${name} prints its address first, shows its books there, and ends when told to`, async () => {
      const { child, url, data } = await sandbox(name);
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
      const books = await (await fetch(`${url}/books`)).json();
      assert.ok(typeof books === 'object' && books !== null && list in books, JSON.stringify(books));
      child.kill('SIGTERM');
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.ok(existsSync(data), 'the books were kept in the folder named');
    });

  it('quickbooks offers every seed that there is', () => {
    const { stdout } = spawnSync(process.execPath, tandem('sandbox', 'quickbooks', '--help'), {
      cwd: root,
      encoding: 'utf8',
    });
    for (const seed of SEED_NAMES) assert.match(stdout, new RegExp(`"${seed}"`));
  });

  it('is filled with the bills, credits and payments of a seed', async () => {
    const { url } = await sandbox('quickbooks', '--seed', 'payables');
    const file = encodeURIComponent('C:\\Books\\Sample.qbw');
    const books = await (await fetch(`${url}/books/file?file=${file}`)).json();
    assert.ok((books as { readonly payments: readonly unknown[] }).payments.length > 0);
  });

  it('two of a kind run at once, each on a port of its own', async () => {
    const [one, two] = await Promise.all([sandbox('quickbooks', '--seed', 'small'), sandbox('quickbooks')]);
    assert.notEqual(one.url, two.url);
    const { files } = (await (await fetch(`${one.url}/books`)).json()) as { files: unknown[] };
    assert.ok(files.length > 0, 'a seeded sandbox has a company');
  });

  it('says which port is taken', async () => {
    const { url } = await sandbox('quickbooks');
    const port = new URL(url).port;
    const { status, stderr } = spawnSync(
      process.execPath,
      tandem('sandbox', 'quickbooks', '--data', scratch, '--port', port),
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `error: port ${port} on 127.0.0.1 is taken, in --port; name another, or leave it out for a free one\n`,
    );
  });
});

/** The arguments of Node that run `tandem` from the sources. */
function tandem(...args: string[]): string[] {
  const main = JSON.stringify(path.join(root, 'src/cli/main.ts'));
  const code = `import { run } from ${main}; await run(['node', 'tandem', ...${JSON.stringify(args)}]);`;
  return ['--import', 'tsx', '--input-type=module', '-e', code];
}
