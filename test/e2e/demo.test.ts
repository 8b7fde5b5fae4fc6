import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { allEnded } from '../local/processes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const DEMO_MS = 400_000;

/** What `--json` writes, as far as it is looked at here. */
const account = z.object({ steps: z.array(z.object({ title: z.string() })).min(6) });

interface Demo {
  readonly child: ChildProcess;
  readonly json: string;
  /** Everything that the demo started, and what that started, carries this in its environment. */
  readonly mark: string;
  readonly said: string[];
}

describe('the demo, built, on this machine', function () {
  this.timeout(DEMO_MS);
  let scratch: string;
  const demos: Demo[] = [];

  before(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-demo-'));
  });
  after(async () => {
    for (const { child, mark } of demos) {
      child.kill('SIGKILL');
      await allEnded(marked(mark), 30_000);
    }
    rmSync(scratch, { recursive: true, force: true });
  });

  function demo(): Demo {
    const json = path.join(scratch, `account-${demos.length}.json`);
    const mark = randomUUID();
    const child = spawn(process.execPath, ['bin/tandem.js', 'demo', '--once', '--json', json], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TANDEM_TEST_MARK: mark },
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream ?? process.stdin }).on('line', (line) => said.push(line));
    const one = { child, json, mark, said };
    demos.push(one);
    return one;
  }

  it('tells its story to the end twice at the same time, and leaves nothing running', async () => {
    const both = [demo(), demo()];
    const ends = await Promise.all(both.map(async ({ child }) => (await once(child, 'close'))[0]));
    for (const [index, { json, said }] of both.entries()) {
      assert.equal(ends[index], 0, said.slice(-20).join('\n'));
      assert.match(said.at(-1) ?? '', /^\d+ steps in \d+ s; the ledgers agree$/);
      account.parse(JSON.parse(readFileSync(json, 'utf8')));
    }
    assert.deepEqual(
      both.flatMap(({ mark }) => marked(mark)),
      [],
    );
  });

  it('killed in the middle of it, leaves nothing running', async () => {
    const one = demo();
    const step = new Promise((resolve) =>
      createInterface({ input: one.child.stdout ?? process.stdin }).on(
        'line',
        (line) => /^1\. /.test(line) && resolve(line),
      ),
    );
    assert.match(String(await Promise.race([step, once(one.child, 'close').then(() => one.said.join('\n'))])), /^1\. /);
    const running = marked(one.mark);
    assert.ok(
      running.length >= 8,
      `the demo, both servers with their supervisors, sandboxes, cloud, connectors: ${running.length}`,
    );
    one.child.kill('SIGKILL');
    await allEnded(running, 30_000);
    assert.deepEqual(marked(one.mark), []);
  });
});

/** The processes that were started with this mark, and run. */
function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
      } catch {
        return false; // ended meanwhile, or somebody else's
      }
    });
}
