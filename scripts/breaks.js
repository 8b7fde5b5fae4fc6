// `npm run breaks`: applies each deliberate break of `test/breaks` to a copy of the project and runs the one test that must
// turn red by it. `npm run breaks -- 03 07` takes some of them; `--patches DIR` takes another folder.
//
// 1. The work tree is never touched: a break is applied to a copy, taken back, and the copy removed.
// 2. A break counts only when its test exists, is green without it, and fails with it. A patch that no longer applies, a
//    test that stays green, a title that no test has: each of them fails the run.
// 3. The header of a patch says what it breaks, what that would cost somebody, and the test, as `red: FILE | TITLE`.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const NOT_COPIED = new Set(['.git', 'node_modules', 'dist', 'coverage']);
const TEST_LIMIT_MS = 10 * 60_000;

/**
 * @typedef {{ name: string, file: string, breaks: string, costs: string, test: string, title: string, build: boolean }} Break
 * @typedef {{ title: string, failed: boolean, error: string }} Ran
 * @typedef {{ red: boolean, why: string }} Proof
 */

/** Reads the header of a patch. @param {string} file @returns {Break} */
function readBreak(file) {
  const name = path.basename(file, '.patch');
  const text = fs.readFileSync(file, 'utf8');
  const header = text.slice(0, text.indexOf('\n--- '));
  /** @param {string} key */
  const field = (key) =>
    new RegExp(`^${key}: (.+(?:\\n {2}.+)*)`, 'm')
      .exec(header)?.[1]
      ?.replace(/\n {2}/g, ' ')
      .trim() ?? '';
  const [test = '', title = ''] = field('red').split(' | ');
  const [breaks, costs] = [field('breaks'), field('costs')];
  if (breaks === '' || costs === '' || test === '' || title === '')
    throw new Error(`${name}: its header must have "breaks: ...", "costs: ..." and "red: FILE | TITLE"`);
  return { name, file, breaks, costs, test, title, build: /^build: yes$/m.test(header) };
}

/** A copy of the project whose packages are the project's own. @returns {string} */
function copyProject() {
  const copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-breaks-')));
  for (const entry of fs.readdirSync(root))
    if (!NOT_COPIED.has(entry)) fs.cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  // Package by package: the copy has a folder of its own for what the build keeps there.
  fs.mkdirSync(path.join(copy, 'node_modules'));
  for (const entry of fs.readdirSync(path.join(root, 'node_modules')))
    if (!entry.startsWith('.tandem-build'))
      fs.symlinkSync(path.join(root, 'node_modules', entry), path.join(copy, 'node_modules', entry));
  return copy;
}

/** @param {string} copy @param {string} patch @param {string[]} more @returns {string} what is wrong, or nothing */
function apply(copy, patch, ...more) {
  const args = ['apply', '--whitespace=nowarn', ...more, path.resolve(patch)];
  // Without a ceiling, a repository above the copy would be taken for its own, and nothing be patched.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(copy), GIT_DIR: undefined };
  const done = spawnSync('git', args, { cwd: copy, env, encoding: 'utf8' });
  if (done.error) throw done.error;
  return done.status === 0 ? '' : done.stderr.trim() || `git apply ended with ${done.status}`;
}

/** @param {string} copy */
function build(copy) {
  const script = path.join(copy, 'scripts', 'build.js');
  const done = spawnSync(process.execPath, [script, '--keep-going'], { cwd: copy, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the copy could not be built: ${done.stderr.slice(-2_000)}`);
}

/** Runs the tests of these titles. @param {string} copy @param {string} file @param {string[]} titles @returns {Promise<Ran[]>} */
async function run(copy, file, titles) {
  const results = path.join(copy, 'results.json');
  fs.rmSync(results, { force: true });
  const grep = `^(?:${titles.map((title) => title.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})$`;
  const args = [path.join('node_modules', 'mocha', 'bin', 'mocha.js'), '--grep', grep];
  args.push('--reporter', 'json', '--reporter-option', `output=${results}`, file);
  const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const limit = setTimeout(() => child.kill('SIGKILL'), TEST_LIMIT_MS);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(limit);
  if (!fs.existsSync(results)) throw new Error(`${file} gave no result: ${said.slice(-1_000)}`);
  /** @type {{ tests: { fullTitle: string, err: { message?: string } }[], failures: { fullTitle: string, err: { message?: string } }[] }} */
  const { tests, failures } = JSON.parse(fs.readFileSync(results, 'utf8'));
  const failed = new Map(failures.map((test) => [test.fullTitle, test.err.message ?? 'failed']));
  // A hook that fails takes its tests with it, and they are not among those that ran.
  const hook = failures.find(({ fullTitle }) => !titles.includes(fullTitle));
  if (hook !== undefined) throw new Error(`${hook.fullTitle}: ${hook.err.message ?? 'failed'}`);
  return tests.map(({ fullTitle }) => ({
    title: fullTitle,
    failed: failed.has(fullTitle),
    error: failed.get(fullTitle) ?? '',
  }));
}

/** Which tests are green without any break. @param {string} copy @param {Break[]} breaks @returns {Promise<Map<string, string>>} title to what is wrong */
async function unbroken(copy, breaks) {
  /** @type {Map<string, string>} */
  const wrong = new Map();
  for (const file of new Set(breaks.map(({ test }) => test))) {
    const titles = breaks.filter(({ test }) => test === file).map(({ title }) => title);
    /** @type {Ran[]} */
    let ran = [];
    let why = 'no test has that title';
    if (!fs.existsSync(path.join(copy, file))) why = 'there is no such file';
    else
      try {
        ran = await run(copy, file, titles);
      } catch (error) {
        why = told(error);
      }
    for (const title of titles) {
      const results = ran.filter((one) => one.title === title);
      if (results.length !== 1)
        wrong.set(`${file} ${title}`, results.length === 0 ? why : 'several tests have that title');
      else if (results[0]?.failed) wrong.set(`${file} ${title}`, `red without the break: ${results[0].error}`);
    }
  }
  return wrong;
}

/** Applies one break and runs its test. @param {string} copy @param {Break} one @returns {Promise<Proof>} */
async function prove(copy, one) {
  const refused = apply(copy, one.file);
  if (refused !== '') return { red: false, why: `the patch does not apply: ${refused}` };
  /** @type {Proof} */
  let proof;
  try {
    if (one.build) build(copy);
    const [ran] = await run(copy, one.test, [one.title]);
    proof = ran?.failed ? { red: true, why: ran.error } : { red: false, why: 'the test stays green' };
  } catch (error) {
    proof = { red: false, why: `the test could not run: ${told(error)}` };
  }
  const left = apply(copy, one.file, '--reverse');
  if (left !== '') throw new Error(`${one.name} could not be taken back: ${left}`);
  return proof;
}

/** The first line that says something. @param {string} text */
const firstLine = (text) => (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 160);

const told = (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error));

/** @param {string[]} args @returns {Break[]} */
function chosen(args) {
  const at = args.indexOf('--patches');
  const folder = at < 0 ? path.join(root, 'test', 'breaks') : path.resolve(args[at + 1] ?? '');
  const numbers = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.patch'));
  const breaks = files.sort().map((name) => readBreak(path.join(folder, name)));
  const unknown = numbers.find((number) => !breaks.some(({ name }) => name.startsWith(number)));
  if (unknown !== undefined) throw new Error(`there is no break "${unknown}" in ${folder}`);
  const found = breaks.filter(({ name }) => numbers.length === 0 || numbers.some((number) => name.startsWith(number)));
  if (found.length === 0) throw new Error(`there is no patch in ${folder}`);
  return found;
}

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

try {
  const breaks = chosen(process.argv.slice(2));
  const copy = copyProject();
  let bad = 0;
  try {
    if (breaks.some((one) => one.build)) build(copy);
    const wrong = await unbroken(copy, breaks);
    const width = Math.max(...breaks.map(({ name }) => name.length));
    for (const one of breaks) {
      const began = Date.now();
      const beforehand = wrong.get(`${one.test} ${one.title}`);
      const { red, why } = beforehand === undefined ? await prove(copy, one) : { red: false, why: beforehand };
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      if (!red) bad += 1;
      say(`${red ? 'red ' : 'FAIL'}  ${one.name.padEnd(width)}  ${seconds.padStart(5)} s  ${one.test}`);
      say(`      ${' '.repeat(width)}           ${one.title}`);
      say(`      ${' '.repeat(width)}           ${firstLine(why)}`);
    }
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
  say(`breaks: ${breaks.length - bad} of ${breaks.length} turn their test red`);
  process.exitCode = bad === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`breaks: ${told(error)}\n`);
  process.exitCode = 1;
}
