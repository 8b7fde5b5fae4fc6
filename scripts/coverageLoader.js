// Loaded beside tsx for `npm run coverage`: compiles what is measured without anything added to it, and keeps the text, for
// V8 counts characters of that.
//
// mocha requires test files, so tsx compiles them and what they import to CommonJS; here its text is replaced. A process
// that tsx runs as a module is left out: its counts are of another text.
// @ts-check
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from 'esbuild';

export const MEASURED = ['sync', 'qbxml', 'workflows'];
const root = fileURLToPath(new URL('../', import.meta.url));
const folders = MEASURED.map((folder) => path.join(root, 'src', folder, path.sep));

/** Where the text of a file is kept. @param {string} url @returns {string} */
export const textFile = (url) =>
  path.join(fileURLToPath(new URL('../coverage/texts/', import.meta.url)), `${encodeURIComponent(url)}.js`);

if (isMainThread && process.env.NODE_V8_COVERAGE !== undefined) {
  /** @type {{ _compile(text: string, file: string, format?: string): unknown }} */
  const compiling = /** @type {any} */ (Module.prototype);
  const compile = compiling._compile;
  compiling._compile = function (given, file, format) {
    if (!file.endsWith('.ts') || !folders.some((folder) => file.startsWith(folder)))
      return compile.call(this, given, file, format);
    const { code } = transformSync(fs.readFileSync(file, 'utf8'), {
      format: 'cjs',
      loader: 'ts',
      target: 'node20',
      sourcemap: 'inline',
      sourcefile: path.relative(root, file).split(path.sep).join('/'),
    });
    const kept = textFile(pathToFileURL(file).href);
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.writeFileSync(kept, code);
    return compile.call(this, code, file, format);
  };
}
