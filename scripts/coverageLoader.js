// Loads TypeScript for `npm run coverage`: as tsx does, but in a form that the script can make again, so that V8's counts
// are read against the very text that ran. `compile` is that form.
// @ts-check
import fs from 'node:fs';
import { register } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from 'esbuild';

const sources = new URL('../src/', import.meta.url).href;

/** @param {string} file @returns {string} JavaScript with its source map in the last line */
export function compile(file) {
  const name = path
    .relative(fileURLToPath(new URL('../', import.meta.url)), file)
    .split(path.sep)
    .join('/');
  const settings = { format: 'esm', target: 'node20', sourcemap: 'inline', sourcefile: name, loader: 'ts' };
  return transformSync(fs.readFileSync(file, 'utf8'), /** @type {import('esbuild').TransformOptions} */ (settings))
    .code;
}

/** Node's hook: src/ is compiled here, the rest goes on to the next loader. @type {import('node:module').LoadHook} */
export const load = (url, context, next) =>
  url.startsWith(sources) && url.endsWith('.ts')
    ? { format: 'module', shortCircuit: true, source: compile(fileURLToPath(url)) }
    : next(url, context);

if (isMainThread && process.env.NODE_V8_COVERAGE !== undefined) register(import.meta.url);
