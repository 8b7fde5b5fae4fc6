// Runs the tests: `npm test`, or `npm test -- FILE...` for some of them.
//
// 1. It builds first: some tests start the built `tandem`. One Temporal server and one Postgres serve the whole run; each
//    test file takes a namespace and a database of its own (test/local/servers.ts).
// 2. Each folder of tests is one mocha, two at a time, those that take longest first. What one prints is shown when it is
//    over, so that accounts do not mix.
// 3. A mocha that does not end after its last test has left something open, which is a failure. So is a run that is not over
//    after thirty minutes; a third of that is what it should take on two cores.
// 4. The last line is `N passed, N failed`, as mocha counted; a folder that could not be loaded, or that ended badly although
//    its tests passed, counts as one that failed. The exit code is 0 only when something passed and nothing failed.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ passes: number, failures: number }} Counts */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const LIMIT_MS = 30 * 60_000;
const ENDING_MS = 20_000;
const AT_ONCE = 2;
const LONGEST_FIRST = [
  'crash',
  'e2e',
  'cli',
  'ground',
  'workers',
  'activities',
  'scenarios',
  'gateway',
  'workflows',
  'browser',
  'local',
  'replay',
  'web',
  'sandbox',
  'quickbooks',
];

/** @param {string[]} wanted files named on the command line, or none for all @returns {string[][]} test files by folder */
function groups(wanted) {
  const all = fs
    .readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.split(path.sep).join('/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  /** @type {Map<string, string[]>} */
  const byFolder = new Map();
  for (const file of wanted.length > 0 ? wanted : all) {
    const folder = path.posix.dirname(file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  const rank = (/** @type {string} */ folder) => {
    const at = LONGEST_FIRST.indexOf(folder.split('/')[1] ?? '');
    return at < 0 ? LONGEST_FIRST.length : at;
  };
  return [...byFolder].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b)).map(([, files]) => files);
}

/**
 * Runs one mocha over some files and prints its account.
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @param {string} countsFile where the reporter puts the counts
 * @param {AbortSignal} signal ends it at once
 * @returns {Promise<Counts>}
 */
async function mocha(files, env, countsFile, signal) {
  const began = Date.now();
  const args = [path.join('node_modules', 'mocha', 'bin', 'mocha.js')];
  args.push('--reporter', path.join('scripts', 'countingReporter.cjs'), ...files);
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, TANDEM_TEST_COUNTS: countsFile },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  let ended = '';
  const kill = (/** @type {string} */ why) => {
    ended = why;
    child.kill('SIGKILL');
  };
  signal.addEventListener('abort', () => kill('was not over when the time was up'));
  const watch = setInterval(() => {
    const counted = fs.statSync(countsFile, { throwIfNoEntry: false });
    if (counted !== undefined && Date.now() - counted.mtimeMs > ENDING_MS)
      kill('did not end after its last test: something was left open');
  }, 1_000);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  /** @type {Counts} */
  const counted = fs.existsSync(countsFile)
    ? JSON.parse(fs.readFileSync(countsFile, 'utf8'))
    : { passes: 0, failures: 0 };
  const bad = counted.failures === 0 && (code !== 0 || counted.passes === 0 || ended !== '');
  const folder = path.posix.dirname(files[0] ?? '');
  process.stdout.write(`\n=== ${folder} (${((Date.now() - began) / 1000).toFixed(0)} s)\n${said}`);
  if (bad) process.stdout.write(`${folder} ${ended || `ended with exit code ${code}`}\n`);
  return { passes: counted.passes, failures: bad ? 1 : counted.failures };
}

/** @param {string} name of a module below dist/ */
const built = (name) => import(new URL(`../dist/${name}`, import.meta.url).href);

/** @returns {Promise<Counts>} */
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
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const cli = await temporalBinary(process.env, log);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-test-'));
  const temporal = await startTemporalServer({ cli, log });
  const postgres = await startPostgres({ log, scratchDir: scratchFolder() });
  const env = {
    ...process.env,
    TEMPORAL_CLI: cli,
    TANDEM_TEST_TEMPORAL: temporal.address,
    TANDEM_TEST_POSTGRES: postgres.url,
  };
  const timeUp = new AbortController();
  const limit = setTimeout(() => timeUp.abort(), LIMIT_MS);
  const total = { passes: 0, failures: 0 };
  /** @type {string[]} */
  const failed = [];
  const waiting = groups(process.argv.slice(2)).map((files, index) => ({
    files,
    counts: path.join(scratch, `${index}`),
  }));
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined && !timeUp.signal.aborted; next = waiting.shift()) {
      const { passes, failures } = await mocha(next.files, env, next.counts, timeUp.signal);
      total.passes += passes;
      total.failures += failures;
      if (failures > 0) failed.push(path.posix.dirname(next.files[0] ?? ''));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (timeUp.signal.aborted)
      process.stdout.write(
        `the tests were not over after ${LIMIT_MS / 60_000} minutes; not begun: ${waiting.length} folders\n`,
      );
    if (failed.length > 0) process.stdout.write(`\nfailures, told above: ${failed.join(', ')}\n`);
    return timeUp.signal.aborted ? { ...total, failures: Math.max(1, total.failures) } : total;
  } finally {
    clearTimeout(limit);
    await Promise.all([temporal.stop(), postgres.stop()]);
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @type {Counts} */
let result = { passes: 0, failures: 1 };
const began = Date.now();
const build = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.js')], { cwd: root, stdio: 'inherit' });
if (build.status === 0) {
  try {
    result = await runAll();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.exitCode = result.failures === 0 && result.passes > 0 ? 0 : 1;
process.stdout.write(
  `\n${((Date.now() - began) / 1000).toFixed(0)} s\n${result.passes} passed, ${result.failures} failed\n`,
);
