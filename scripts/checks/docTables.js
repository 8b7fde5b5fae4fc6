// Compares what the documents list with what the code has. A list in a document stands between
// `<!-- list: NAME -->` and `<!-- end -->`; its items are the words in backticks at the start of each table row or list item.
//
// 1. Every list that a document opens must be known here, and every one known here must stand in its document.
// 2. Items are compared as sets: what is missing and what is too much are both named.
// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {{ name: string, doc: string, source: string, items: (module: any) => string[] }} DocList */

/**
 * What is compared: the list's name, the document it stands in, the built module that has the truth, and how to read it. A
 * source that is a folder is read as text: `items` is given the sources below it, one after the other. A list is asked for
 * as soon as its source exists.
 * @type {DocList[]}
 */
export const LISTS = [
  {
    name: 'commands',
    doc: 'docs/operations.md',
    source: 'dist/cli/commands.js',
    items: ({ COMMANDS }) => COMMANDS.map((/** @type {{ name: string }} */ { name }) => name),
  },
  {
    name: 'signals',
    doc: 'docs/operations.md',
    source: 'dist/contract/control.js',
    items: ({ SIGNALS }) => Object.keys(SIGNALS),
  },
  {
    name: 'settings',
    doc: 'docs/operations.md',
    source: 'dist/contract/control.js',
    items: ({ DEFAULT_SETTINGS }) => Object.keys(DEFAULT_SETTINGS),
  },
  {
    name: 'environment',
    doc: 'docs/operations.md',
    source: 'src/cli',
    // What every machine has, and nobody sets for Tandem, is not listed.
    items: (/** @type {string} */ text) => [
      ...new Set([...text.matchAll(/\benv\.((?:TANDEM|TEMPORAL|DATABASE)_[A-Z_]+)/g)].map((found) => found[1] ?? '')),
    ],
  },
];

/** @param {string} folder */
function sourcesBelow(folder) {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
}

/** @param {string} text @returns {Map<string, string[]>} */
export function listsIn(text) {
  const lists = new Map();
  for (const [, name, body] of text.matchAll(/<!-- list: (\S+) -->\n([\s\S]*?)<!-- end -->/g)) {
    const items = [...(body ?? '').matchAll(/^(?:\| *|[-*] +)`([^`]+)`/gm)].map((found) => found[1] ?? '');
    lists.set(name, items);
  }
  return lists;
}

/** @param {string} root @param {DocList[]} [lists] @returns {Promise<{ problems: string[], lists: number }>} */
export async function checkDocTables(root, lists = LISTS) {
  const problems = [];
  let compared = 0;
  const docs = fs
    .readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  for (const doc of [...docs, 'README.md'].filter((name) => fs.existsSync(path.join(root, name))))
    for (const name of listsIn(fs.readFileSync(path.join(root, doc), 'utf8')).keys())
      if (!lists.some((list) => list.name === name && list.doc === doc))
        problems.push(`${doc}: the list ${name} is compared with nothing (scripts/checks/docTables.js)`);
  for (const { name, doc, source, items } of lists) {
    const module = path.join(root, source);
    if (!fs.existsSync(module)) {
      if (fs.existsSync(path.join(root, source.replace(/^dist/, 'src').replace(/\.js$/, '.ts'))))
        problems.push(`${source} is not built: run npm run build`);
      continue;
    }
    const file = path.join(root, doc);
    const written = fs.existsSync(file) ? listsIn(fs.readFileSync(file, 'utf8')).get(name) : undefined;
    if (written === undefined) {
      problems.push(`${doc}: the list ${name} (<!-- list: ${name} --> ... <!-- end -->) is missing`);
      continue;
    }
    const real = items(
      fs.statSync(module).isDirectory() ? sourcesBelow(module) : await import(pathToFileURL(module).href),
    );
    for (const item of real) if (!written.includes(item)) problems.push(`${doc}: ${name} leaves out ${item}`);
    for (const item of written)
      if (!real.includes(item)) problems.push(`${doc}: ${name} names ${item}, which the code does not have`);
    compared++;
  }
  return { problems, lists: compared };
}
