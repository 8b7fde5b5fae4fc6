// Compares the imports of src/ with the table "Who may import whom" of docs/architecture.md.
//
// 1. The longest row that matches a file binds it. A folder may import itself; a part that has a row of its own must be
//    listed by whoever imports it, except by the row of a folder above it.
// 2. Every folder of src/ has a row: a new one is decided on, not forgotten.
// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/** @typedef {{ allowed: string[], but: string[] }} Row */
/** @typedef {{ specifier: string, line: number }} Import */

const IMPORTS = [
  /^(?:import|export)\s+(?:type\s+)?[\w$*{][^;'"]*?\sfrom\s+'([^']+)'/gm,
  /^import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'/g,
];

/** @param {string} source @returns {Import[]} the static and dynamic imports of a module, in the formatting that Biome gives */
export function importsOf(source) {
  return IMPORTS.flatMap((pattern) =>
    [...source.matchAll(pattern)].map((found) => ({
      specifier: found[1] ?? '',
      line: source.slice(0, found.index + found[0].length).split('\n').length,
    })),
  );
}

/** @param {string} doc @returns {Map<string, Row>} */
export function importTable(doc) {
  const lines = doc.split('\n');
  const head = lines.indexOf('| folder | may import |');
  if (head < 0) throw new Error('docs/architecture.md has no table with the head "| folder | may import |"');
  const table = new Map();
  for (const line of lines.slice(head + 2)) {
    const row = /^\| (\S+) \|(.*)\|$/.exec(line);
    if (row === null) break;
    const parts = (row[2] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const but = parts.filter((part) => part.startsWith('but ')).map((part) => part.slice(4));
    table.set(row[1], { allowed: parts.filter((part) => !part.startsWith('but ')), but });
  }
  return table;
}

/** @param {string} name a path below src without its ending @param {string} prefix */
const isIn = (name, prefix) => name === prefix || name.startsWith(`${prefix}/`);

/**
 * @param {string} root folder that holds docs/ and src/
 * @returns {{ problems: string[], files: number, imports: number }}
 */
export function checkImports(root) {
  const table = importTable(fs.readFileSync(path.join(root, 'docs', 'architecture.md'), 'utf8'));
  const rows = [...table.keys()].sort((a, b) => b.length - a.length);
  const src = path.join(root, 'src');
  const problems = [];
  let imports = 0;
  const files = fs
    .readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
  for (const file of files) {
    const home = rows.find((row) => isIn(file, row));
    if (home === undefined) {
      problems.push(`src/${file}: no row of the import table in docs/architecture.md covers this folder`);
      continue;
    }
    const { allowed, but } = /** @type {Row} */ (table.get(home));
    for (const { specifier, line } of importsOf(fs.readFileSync(path.join(src, file), 'utf8'))) {
      imports++;
      if (!specifier.startsWith('.')) continue;
      const target = path.posix.join(path.posix.dirname(file), specifier).replace(/\.ts$/, '');
      const targetHome = rows.find((row) => isIn(target, row));
      const own = targetHome !== undefined && isIn(targetHome, home);
      const listed = allowed.some((part) => isIn(target, part)) && !but.some((part) => isIn(target, part));
      if (!own && !listed)
        problems.push(
          `src/${file}:${line}: ${home} may not import ${target} (the table in docs/architecture.md allows it ${allowed.join(', ') || 'nothing'})`,
        );
    }
  }
  return { problems, files: files.length, imports };
}
