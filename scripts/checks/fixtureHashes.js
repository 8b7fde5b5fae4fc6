// Holds recorded histories fast: what lies in test/replay/fixtures is added to, never rewritten. SHA256SUMS there lists each
// file in the form of `sha256sum`.
// @ts-check
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const LIST = 'SHA256SUMS';

/** @param {string} folder @returns {{ problems: string[], files: number }} */
export function checkFixtures(folder) {
  if (!fs.existsSync(folder)) return { problems: [], files: 0 };
  const names = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== LIST)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  const list = path.join(folder, LIST);
  const lines = fs.existsSync(list)
    ? fs
        .readFileSync(list, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const problems = [];
  for (const name of names) {
    const actual = createHash('sha256')
      .update(fs.readFileSync(path.join(folder, name)))
      .digest('hex');
    const listed = sums.get(name);
    if (listed === undefined) problems.push(`${name} is not listed in ${LIST}; add the line: ${actual}  ${name}`);
    else if (listed !== actual)
      problems.push(`${name} was changed: a recorded history is never rewritten; put it back and add a new one`);
  }
  for (const name of sums.keys())
    if (!names.includes(name)) problems.push(`${name} is listed in ${LIST} and gone: put it back`);
  return { problems, files: names.length };
}
