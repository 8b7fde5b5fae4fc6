/** The host process: its deadlines, its end, and who it lets in. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createQuickBooksHost, ProcessorLost, TooLate } from '../../src/quickbooks/index.ts';
import { billAdd } from './postings.ts';
import { FILE, staged } from './stage.ts';

const until = async (what: string, condition: () => boolean): Promise<void> => {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not in 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
};
const MAIN = fileURLToPath(new URL('../../src/quickbooks/host/main.ts', import.meta.url));
const INDEX = pathToFileURL(fileURLToPath(new URL('../../src/quickbooks/index.ts', import.meta.url))).href;

describe('the QuickBooks host', () => {
  it(
    'that wakes too late begins nothing: no bill is entered',
    staged(async (stage) => {
      const posting = billAdd(await stage.books(), { id: 'LATE', refNumber: 'LATE' });
      await stage.pull();
      const pid = stage.host.pid ?? 0;
      await assert.rejects(
        stage.visit(
          async (session) => {
            process.kill(pid, 'SIGSTOP');
            const sent = session.write(posting.xml);
            setTimeout(() => process.kill(pid, 'SIGCONT'), 800);
            await sent;
          },
          { windowMs: 400 },
        ),
        TooLate,
      );
      assert.equal((await stage.books()).bills.filter(({ refNumber }) => refNumber === 'LATE').length, 0);
    }),
  );

  it(
    'that is stopped does not answer pings, and is ended when a call does not come back',
    staged(
      async (stage) => {
        await stage.pull();
        const pid = stage.host.pid ?? 0;
        assert.equal(stage.host.alive(), true);
        process.kill(pid, 'SIGSTOP');
        await until('it does not answer', () => !stage.host.alive());
        await assert.rejects(stage.host.closeConnection(), ProcessorLost);
        await until('it is gone', () => !lives(pid));
        await stage.pull();
        assert.equal(stage.host.alive(), true);
      },
      { limits: { other: 500, ping: 50 } },
    ),
  );

  it(
    'that dies takes its call with it; the next call has another',
    staged(async (stage) => {
      await stage.pull();
      const pid = stage.host.pid ?? 0;
      const fault = await stage.fault({ point: 'before', match: { file: FILE }, action: 'hold' });
      const pull = stage.pull();
      await stage.caught(fault);
      process.kill(pid, 'SIGKILL');
      await assert.rejects(pull, /gone/);
      await stage.release(fault);
      await stage.pull();
      assert.notEqual(stage.host.pid, pid);
    }),
  );

  it('that is not there at all is told', async () => {
    const host = createQuickBooksHost({ processor: { kind: 'com' }, node: join(tmpdir(), 'no-such-node') });
    await assert.rejects(host.openConnection2('', 'Tandem', 1), ProcessorLost);
  });

  it(
    'ends with a connector that is killed, also in the middle of a call',
    staged(async (stage) => {
      const folder = await mkdtemp(join(tmpdir(), 'tandem-parent-'));
      let parent: ChildProcess | undefined;
      try {
        const script = join(folder, 'parent.ts');
        await writeFile(
          script,
          `import { createQuickBooksHost } from ${JSON.stringify(INDEX)};
           const host = createQuickBooksHost({ processor: { kind: 'sandbox', url: ${JSON.stringify(stage.url)} } });
           void (async () => {
             await host.openConnection2('', 'Tandem', 1);
             const ticket = await host.beginSession(${JSON.stringify(FILE)}, 2);
             process.stdout.write(String(host.pid) + '\\n');
             await host.processRequest(ticket, '<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="stopOnError"><HostQueryRq/></QBXMLMsgsRq></QBXML>');
           })();`,
        );
        const fault = await stage.fault({ point: 'before', match: { file: FILE }, action: 'hold' });
        parent = spawn(process.execPath, [...process.execArgv, script], { stdio: ['ignore', 'pipe', 'inherit'] });
        assert.ok(parent.stdout !== null);
        const [line] = await once(createInterface({ input: parent.stdout }), 'line');
        const pid = Number(line);
        await stage.caught(fault);
        assert.ok(lives(pid));
        parent.kill('SIGKILL');
        await until('the host is gone', () => !lives(pid));
        await stage.release(fault);
      } finally {
        parent?.kill('SIGKILL');
        await rm(folder, { recursive: true, force: true });
      }
    }),
  );

  it('shows the secret that it was given, first of all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-secret-'));
    const server = createServer();
    let child: ChildProcess | undefined;
    try {
      const pipe = join(folder, 'pipe');
      await new Promise<void>((resolve) => server.listen(pipe, resolve));
      await writeFile(join(folder, 'secret'), 'open sesame');
      child = spawn(process.execPath, [...process.execArgv, MAIN, pipe, join(folder, 'secret')], { stdio: 'ignore' });
      const [socket] = await once(server, 'connection');
      const [line] = await once(createInterface({ input: socket }), 'line');
      assert.deepEqual(JSON.parse(String(line)), { secret: 'open sesame' });
      socket.destroy();
      const [code] = await once(child, 'exit');
      assert.equal(code, 0, 'it ends when the pipe closes');
    } finally {
      child?.kill('SIGKILL');
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
