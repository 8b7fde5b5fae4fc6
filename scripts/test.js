// Runs the tests: `npm test`, or `npm test -- FILE...` for some of them.
//
// 1. It builds first: some tests start the built `tandem`. One Temporal server and one Postgres serve the whole run; each
//    test file takes a namespace and a database of its own (test/local/servers.ts).
// 2. Two files run at a time, those that take longest first. A run that is not over after ten minutes has failed.
// 3. The last line is `N passed, N failed`, as mocha counted; what mocha could not load counts as one that failed. The exit
//    code is 0 only when something passed and nothing failed.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const LIMIT_MS = 10 * 60_000;
const LONGEST_FIRST = ['crash', 'e2e', 'chaos', 'replay', 'local', 'ground', 'workflows'];
const JOBS = '2';

/** @returns {string[]} every test file, the folders of long ones first */
function testFiles() {
  const files = fs
    .readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.test.ts'));
  const rank = (/** @type {string} */ name) => {
    const at = LONGEST_FIRST.indexOf(name.split('/')[0] ?? '');
    return at < 0 ? LONGEST_FIRST.length : at;
  };
  return files.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)).map((name) => `test/${name}`);
}

/** @param {string[]} files @param {NodeJS.ProcessEnv} env @returns {Promise<number>} mocha's exit code */
function mocha(files, env) {
  const args = [path.join('node_modules', 'mocha', 'bin', 'mocha.js'), '--parallel', '--jobs', JOBS];
  args.push('--reporter', path.join('scripts', 'countingReporter.cjs'), ...files);
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  const limit = setTimeout(() => {
    process.stdout.write(`the tests were not over after ${LIMIT_MS / 60_000} minutes\n`);
    child.kill('SIGKILL');
  }, LIMIT_MS);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(limit);
      resolve(code ?? 1);
    });
  });
}

/** @param {string} name of a module below dist/ */
const built = (name) => import(new URL(`../dist/${name}`, import.meta.url).href);

async function runAll() {
  /** @type {typeof import('../src/cli/places.ts')} */
  const { scratchFolder } = await built('cli/places.js');
  /** @type {typeof import('../src/cli/temporalBinary.ts')} */
  const { temporalBinary } = await built('cli/temporalBinary.js');
  /** @type {typeof import('../src/local/temporalServer.ts')} */
  const { startTemporalServer } = await built('local/temporalServer.js');
  /** @type {typeof import('../src/local/embeddedPostgres.ts')} */
  const { startPostgres } = await built('local/embeddedPostgres.js');
  const { pino } = await import('pino');
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const cli = await temporalBinary(process.env, log);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-test-'));
  const counts = path.join(scratch, 'counts.json');
  const temporal = await startTemporalServer({ cli, log });
  const postgres = await startPostgres({ log, scratchDir: scratchFolder() });
  try {
    const code = await mocha(process.argv.length > 2 ? process.argv.slice(2) : testFiles(), {
      ...process.env,
      TEMPORAL_CLI: cli,
      TANDEM_TEST_TEMPORAL: temporal.address,
      TANDEM_TEST_POSTGRES: postgres.url,
      TANDEM_TEST_COUNTS: counts,
    });
    const counted = fs.existsSync(counts) ? JSON.parse(fs.readFileSync(counts, 'utf8')) : { passes: 0, failures: 0 };
    const failures = counted.failures === 0 && (code !== 0 || counted.passes === 0) ? 1 : counted.failures;
    return { passes: counted.passes, failures };
  } finally {
    await Promise.all([temporal.stop(), postgres.stop()]);
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @type {{ passes: number, failures: number }} */
let result = { passes: 0, failures: 1 };
const build = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.js')], { cwd: root, stdio: 'inherit' });
if (build.status === 0) {
  try {
    result = await runAll();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.exitCode = result.failures === 0 ? 0 : 1;
process.stdout.write(`${result.passes} passed, ${result.failures} failed\n`);
