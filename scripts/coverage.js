// `npm run coverage`: branch coverage of src/sync, src/qbxml and src/workflows by the tests that run them in a process of
// their own or in Temporal's sandbox. Prints a table and every branch that no test takes; `coverage/index.html` has the rest.
//
// 1. V8 counts, in each process; monocart maps the counts back to the source and counts the branches there.
// 2. Workflow code runs inside a bundle, in a sandbox of the worker: it is found by the bundle's name, and by nothing else.
//    A run in which the sandbox left no counts fails, rather than report workflows as not covered.
// 3. Tests that start the built product (crash, browser) are not among them: a process that is killed writes no counts.
// @ts-check
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import monocart from 'monocart-coverage-reports';
import { MEASURED, textFile } from './coverageLoader.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'coverage');
const raw = path.join(out, 'raw');
const TESTS = ['contract', 'sync', 'qbxml', 'quickbooks/posting', 'workflows'];

/** @typedef {{ url: string, functions: { functionName: string }[] }} Script */

/** @returns {string[]} */
function testFiles() {
  return TESTS.flatMap((folder) => {
    const from = path.join(root, 'test', folder);
    if (!fs.existsSync(from)) return [];
    return fs
      .readdirSync(from, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => path.posix.join('test', folder, name.split(path.sep).join('/')));
  });
}

/** The bundles that tests run, by the name under which V8 knows them. @returns {Promise<Map<string, string>>} */
async function bundles() {
  const logger = new DefaultLogger('ERROR');
  const workflowsPath = path.join(root, 'src', 'workflows', 'index.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger });
  const name = /workflow-bundle-[0-9a-f]+\.js/.exec(mapOf(code).file)?.[0];
  if (name === undefined) throw new Error('the SDK names its bundles in another way than this script knows');
  const built = fs.readFileSync(path.join(root, 'dist', 'workflow-bundle.js'), 'utf8');
  return new Map([
    [name, code],
    ['workflow-bundle.js', withSources(built)],
  ]);
}

const MARKER = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

/** @param {string} code @returns {{ file: string, sources: string[], sourcesContent: (string | null)[] }} */
const mapOf = (code) =>
  JSON.parse(Buffer.from(code.slice(code.lastIndexOf(MARKER) + MARKER.length).trim(), 'base64').toString('utf8'));

/** The bundle with the text of our sources in its map: the compiler names them, and leaves their text out. @param {string} code */
function withSources(code) {
  const map = mapOf(code);
  const ours = map.sources.map((name) => /^\.?\/?(src\/.*)$/.exec(name)?.[1]);
  map.sources = map.sources.map((name, index) => ours[index] ?? name);
  map.sourcesContent = ours.map((name, index) =>
    name === undefined ? (map.sourcesContent[index] ?? null) : fs.readFileSync(path.join(root, name), 'utf8'),
  );
  const encoded = Buffer.from(JSON.stringify(map)).toString('base64');
  return code.slice(0, code.lastIndexOf(MARKER)) + MARKER + encoded;
}

/** What V8 counted, each script with the text that ran. @param {Map<string, string>} bundled */
function counts(bundled) {
  const sources = MEASURED.map((folder) => pathToFileURL(path.join(root, 'src', folder)).href);
  /** @param {Script} script */
  const textOf = ({ url, functions }) => {
    if (!sources.some((folder) => url.startsWith(`${folder}/`))) return bundled.get(path.posix.basename(url));
    const commonJs = functions.some(({ functionName }) => functionName === '__toCommonJS');
    return commonJs && fs.existsSync(textFile(url)) ? fs.readFileSync(textFile(url), 'utf8') : undefined;
  };
  return fs
    .readdirSync(raw)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      /** @type {{ result: Script[] }} */
      const { result } = JSON.parse(fs.readFileSync(path.join(raw, name), 'utf8'));
      return result.flatMap((script) => {
        const source = textOf(script);
        return source === undefined ? [] : [{ ...script, source }];
      });
    });
}

/** @param {string} source @param {number} at @returns {number} the line, counted from one */
const lineAt = (source, at) => source.slice(0, at).split('\n').length;

const began = Date.now();
fs.rmSync(out, { recursive: true, force: true });
const chosen = process.argv.slice(2);
const tests = spawnSync(
  process.execPath,
  [path.join(root, 'scripts', 'test.js'), ...(chosen.length > 0 ? chosen : testFiles())],
  {
    cwd: root,
    env: {
      ...process.env,
      NODE_V8_COVERAGE: raw,
      NODE_OPTIONS: `--import=${new URL('coverageLoader.js', import.meta.url)}`,
    },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
);
const counted = tests.stdout.trim().split('\n').at(-1) ?? '';
fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'tests.txt'), tests.stdout);
if (tests.status !== 0)
  process.stdout.write(`${tests.stdout.slice(-4_000)}\nthe tests failed; what they reached follows\n`);

const scripts = counts(await bundles());
const coverage = new monocart.CoverageReport({
  name: 'Tandem',
  outputDir: out,
  clean: false,
  cleanCache: true,
  logging: 'error',
  reports: ['v8'],
  sourceFilter: (file) => MEASURED.some((folder) => file.replace(/^\.?\//, '').startsWith(`src/${folder}/`)),
  sourcePath: (file) => file.replace(/^\.?\//, ''),
});
await coverage.add(scripts);
const report = await coverage.generate();

const files = (report?.files ?? []).map((file) => {
  const branches = /** @type {{ start: number, end: number, count: number }[]} */ (
    /** @type {unknown} */ (file.data?.branches ?? [])
  );
  const source = file.source ?? '';
  const missed = branches
    .filter(({ count }) => count === 0)
    .map(({ start, end }) => ({
      line: lineAt(source, start),
      text: source.slice(start, end).replace(/\s+/g, ' ').trim().slice(0, 90),
    }));
  return { name: file.sourcePath ?? '', branches: file.summary.branches, lines: file.summary.lines, missed };
});
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
  `${whole === 0 ? '100.0' : ((100 * part) / whole).toFixed(1)} %`;
say('folder         branches taken            lines run');
for (const folder of MEASURED) {
  const those = files.filter(({ name }) => name.startsWith(`src/${folder}/`));
  const sum = (/** @type {'branches' | 'lines'} */ kind, /** @type {'covered' | 'total'} */ what) =>
    those.reduce((total, file) => total + Number(file[kind]?.[what] ?? 0), 0);
  const cell = (/** @type {'branches' | 'lines'} */ kind) =>
    `${String(sum(kind, 'covered')).padStart(5)} of ${String(sum(kind, 'total')).padStart(5)} ${percent(sum(kind, 'covered'), sum(kind, 'total')).padStart(8)}`;
  say(`src/${folder.padEnd(10)} ${cell('branches')}   ${cell('lines')}`);
}
say('\nbranches that no test takes:');
for (const { name, missed } of files.sort((a, b) => a.name.localeCompare(b.name)))
  for (const { line, text } of missed) say(`  ${name}:${line}  ${text}`);
say(
  `\n${counted} in ${Math.round((Date.now() - began) / 1000)} s; every line: coverage/index.html; the tests' account: coverage/tests.txt`,
);
const sandboxed = files.some(({ name }) => name.startsWith('src/workflows/'));
if (!sandboxed) say('the sandbox of the workflows left no counts: nothing is known of src/workflows');
process.exitCode = tests.status === 0 && sandboxed ? 0 : 1;
