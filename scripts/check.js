// `npm run check`: everything that can be said about the project without running it. Each step prints one line; the first
// lines of what is wrong follow it. Exit code 1 when any step found something.
// @ts-check
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkClosure } from './checks/connectorClosure.js';
import { checkDocTables } from './checks/docTables.js';
import { checkFixtures } from './checks/fixtureHashes.js';
import { checkImports } from './checks/importTable.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} tool a script below node_modules @param {string[]} args @returns {Promise<Found>} */
function tool(tool, ...args) {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) =>
    child.on('close', (code) =>
      resolve({ problems: code === 0 ? [] : [said.trim() || `exit code ${code}`], note: '' }),
    ),
  );
}

/** @typedef {{ problems: string[], note: string }} Found */

const tsc = 'typescript/bin/tsc';
/** @type {[string, () => Promise<Found>][]} */
const steps = [
  ['types', () => tool(tsc, '--noEmit', '-p', '.')],
  ['types of the workflows, without Node', () => tool(tsc, '--noEmit', '-p', 'src/workflows')],
  ['types of the scripts', () => tool(tsc, '-p', 'scripts')],
  ['lint and format', () => tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off', '.')],
  [
    'import table',
    async () => {
      const { problems, files, imports } = checkImports(root);
      return { problems, note: `${imports} imports of ${files} files` };
    },
  ],
  [
    'closure of the connector',
    async () => {
      if (!fs.existsSync(path.join(root, 'src', 'cli', 'connector.ts')))
        return { problems: [], note: 'no connector yet' };
      const { problems, files, bytes, packages } = await checkClosure(root);
      return {
        problems,
        note: `${files} files, ${(bytes / 1e6).toFixed(1)} MB of JavaScript and data, ${packages.length} packages`,
      };
    },
  ],
  [
    'lists in the documents',
    async () => {
      const { problems, lists } = await checkDocTables(root);
      return { problems, note: `${lists} compared` };
    },
  ],
  [
    'recorded histories',
    async () => {
      const { problems, files } = checkFixtures(path.join(root, 'test', 'replay', 'fixtures'));
      return { problems, note: `${files} files` };
    },
  ],
];

let failed = 0;
const began = Date.now();
const build = await tool('../scripts/build.js');
for (const [name, step] of /** @type {typeof steps} */ ([['build', async () => build], ...steps])) {
  const started = Date.now();
  const { problems, note } = await step();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}${note === '' ? '' : `: ${note}`} (${seconds} s)\n`,
  );
  for (const problem of problems.slice(0, 40))
    process.stdout.write(
      `     ${problem
        .split('\n')
        .slice(0, 60)
        .map((line) => line.slice(0, 300))
        .join('\n     ')}\n`,
    );
  if (problems.length > 40) process.stdout.write(`     and ${problems.length - 40} more\n`);
  if (problems.length > 0) failed++;
}
process.stdout.write(
  `check: ${failed === 0 ? 'all is well' : `${failed} of ${steps.length + 1} steps failed`} after ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
