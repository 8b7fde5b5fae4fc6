// Builds dist/: TypeScript by tsc, then the workflow bundle that `tandem cloud` runs.
//
// 1. Nothing is done when the inputs (sources, compiler settings, lock file) are those of the last build.
// 2. A build is made in a folder of its own and moved into dist/ file by file; a second build at the same time waits
//    for the first and then finds its work done.
// 3. The bundle, and so its build ID, does not depend on where the project lies: paths in it are relative to the root.
// 4. A type error fails the build; `--keep-going` prints it and builds all the same: npm's `prepare` uses it, since npx
//    runs that too and must not be lost to work in progress. `npm run check` and `npm test` do not let one pass.
//
// Leaves to others: linting, the import table, tests (scripts/check.js, scripts/test.js).
// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const recordFile = path.join(dist, 'build.json');
const lockFolder = path.join(root, 'node_modules', '.tandem-build.lock');
const BUNDLED = ['workflows', 'contract', 'domain'];
/** Failures are made inside a workflow too: the bundle holds what clients and workers load by its path. */
const FAILURE_CONVERTER = 'workers/codec/failureConverter.js';

/** @param {string} folder @returns {string[]} the files below a folder, sorted, relative to it */
function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** @param {[string, string][]} files name and path of each @returns {string} */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const [name, file] of files) hash.update(`${name}\0`).update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function inputHash() {
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.js'];
  const sources = filesBelow(path.join(root, 'src')).map((name) => `src/${name}`);
  return hashOf([...settings, ...sources].map((name) => [name, path.join(root, name)]));
}

/** @returns {{ input?: string, bundleInput?: string, typeErrors?: boolean }} */
function lastBuild() {
  try {
    return JSON.parse(fs.readFileSync(recordFile, 'utf8'));
  } catch {
    return {}; // no build yet, or one that did not finish: build
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Runs `work` while no other build of this checkout runs. A lock whose owner has died is taken over. @param {() => Promise<void>} work */
async function alone(work) {
  const ownerFile = path.join(lockFolder, 'pid');
  for (const deadline = Date.now() + 180_000; ; await pause(100)) {
    try {
      fs.mkdirSync(lockFolder);
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const owner = fs.existsSync(ownerFile) ? Number(fs.readFileSync(ownerFile, 'utf8')) : 0;
      const age = Date.now() - (fs.statSync(lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (owner > 0 ? !isAlive(owner) : age > 10_000) fs.rmSync(lockFolder, { recursive: true, force: true });
      if (Date.now() > deadline) throw new Error(`another build has held ${lockFolder} for three minutes`);
    }
  }
  try {
    fs.writeFileSync(ownerFile, String(process.pid));
    await work();
  } finally {
    fs.rmSync(lockFolder, { recursive: true, force: true });
  }
}

/** @param {string} outDir @returns {boolean} true when the types are right */
function compile(outDir) {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!fs.existsSync(tsc)) throw new Error('TypeScript is not installed: run npm ci (development packages included)');
  const done = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir], {
    cwd: root,
    encoding: 'utf8',
  });
  if (done.error) throw done.error;
  process.stderr.write(done.stdout + done.stderr);
  return done.status === 0;
}

/**
 * Takes the absolute root out of the bundle's code and its source map.
 * @param {string} bundled
 * @returns {{ code: string, map: string }}
 */
function withoutRoot(bundled) {
  const marker = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';
  const at = bundled.lastIndexOf(marker);
  if (at < 0) throw new Error('the workflow bundle carries no source map: has the SDK changed?');
  const map = JSON.parse(Buffer.from(bundled.slice(at + marker.length).trim(), 'base64').toString('utf8'));
  map.file = 'workflow-bundle.js';
  map.sources = map.sources.map((/** @type {string} */ source) => source.replaceAll(root, '.'));
  map.sourcesContent = map.sourcesContent.map(
    (/** @type {string | null} */ text) => text?.replaceAll(root, '.') ?? null,
  );
  const code = bundled.slice(0, at).replaceAll(root, '.');
  return { code, map: marker + Buffer.from(JSON.stringify(map)).toString('base64') };
}

/** Bundles the workflows found in `folder` and writes bundle and build ID beside them. @param {string} folder */
async function bundle(folder) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const logger = new DefaultLogger('WARN', ({ level, message }) => process.stderr.write(`${level} ${message}\n`));
  const made = await bundleWorkflowCode({
    workflowsPath: path.join(dist, 'workflows', 'index.js'),
    failureConverterPath: path.join(dist, FAILURE_CONVERTER),
    logger,
    webpackConfigHook: (config) => ({ ...config, context: root }),
  });
  const { code, map } = withoutRoot(made.code);
  const sdk = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules', '@temporalio', 'workflow', 'package.json'), 'utf8'),
  );
  // Of the code alone: positions in the map depend on the length of paths.
  const buildId = createHash('sha256').update(code).digest('hex').slice(0, 16);
  fs.writeFileSync(path.join(folder, 'workflow-bundle.js'), code + map);
  fs.writeFileSync(
    path.join(folder, 'workflow-bundle.json'),
    `${JSON.stringify({ buildId, sdkVersion: sdk.version })}\n`,
  );
}

/** Moves what was built into dist/, each file by rename, and removes what no longer belongs there. @param {string} from @param {(name: string) => boolean} keep */
function moveIntoDist(from, keep) {
  const built = filesBelow(from);
  for (const name of built) {
    const target = path.join(dist, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(path.join(from, name), target);
  }
  const present = new Set(built);
  for (const name of filesBelow(dist)) if (!present.has(name) && !keep(name)) fs.rmSync(path.join(dist, name));
}

async function build() {
  const input = inputHash();
  const last = lastBuild();
  const keepGoing = process.argv.includes('--keep-going');
  if (last.input === input && (last.typeErrors !== true || keepGoing)) return;
  const workshop = fs.mkdtempSync(path.join(root, 'node_modules', '.tandem-build-'));
  try {
    const typesAreRight = compile(workshop);
    if (!typesAreRight && !keepGoing) throw new Error('there are type errors, named above');
    moveIntoDist(workshop, (name) => /^(workflow-bundle\.|build\.json$)/.test(name));
    const bundled = BUNDLED.flatMap((part) => filesBelow(path.join(dist, part)).map((name) => `${part}/${name}`));
    bundled.push(FAILURE_CONVERTER);
    const bundleInput = hashOf([
      ['lock', path.join(root, 'package-lock.json')],
      ['build', path.join(root, 'scripts', 'build.js')],
      ...bundled.map((name) => /** @type {[string, string]} */ ([name, path.join(dist, name)])),
    ]);
    if (!fs.existsSync(path.join(dist, 'workflows', 'index.js'))) {
      process.stderr.write('build: no workflows yet, no bundle made\n');
    } else if (last.bundleInput !== bundleInput || !fs.existsSync(path.join(dist, 'workflow-bundle.json'))) {
      await bundle(workshop);
      for (const name of ['workflow-bundle.js', 'workflow-bundle.json'])
        fs.renameSync(path.join(workshop, name), path.join(dist, name));
    }
    fs.writeFileSync(
      path.join(workshop, 'build.json'),
      `${JSON.stringify({ input, bundleInput, typeErrors: !typesAreRight })}\n`,
    );
    fs.renameSync(path.join(workshop, 'build.json'), recordFile);
  } finally {
    fs.rmSync(workshop, { recursive: true, force: true });
  }
}

try {
  await alone(build);
} catch (error) {
  process.stderr.write(`build: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
