/**
 * `npm run bench [-- name ...] [--json FILE]`: measures what docs/performance.md promises, each thing beside what it is
 * compared with, in one run. Exit code 1 when a limit is missed.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { Command } from 'commander';
import { benches } from './benches.ts';
import { allKept } from './figure.ts';
import { asJson, type Result, table } from './report.ts';

const NAMES = Object.keys(benches());
const command = new Command('bench')
  .description('Measures Tandem. Without a name: everything.')
  .argument('[names...]', `any of: ${NAMES.join(', ')}`)
  .option('--json <file>', 'write the figures to a file too')
  .option(
    '--profiles <folder>',
    'profile every process of the first load into a folder (measures of time are then off)',
  )
  .parse();

const names = command.args.length > 0 ? command.args : NAMES;
const unknown = names.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) command.error(`no bench is named ${unknown.join(', ')}; there are ${NAMES.join(', ')}`);

const { json, profiles } = command.opts<{ json?: string; profiles?: string }>();
const chosen = benches(profiles);
const results: Result[] = [];
for (const name of names) {
  process.stderr.write(`${name} ...\n`);
  const result = await chosen[name]?.((line) => process.stderr.write(`  ${line}\n`));
  if (result !== undefined) results.push(result);
}
process.stdout.write(`${table(results)}\n`);
if (json !== undefined)
  writeFileSync(json, asJson(results, { node: process.version, cpus: os.cpus().length, model: os.cpus()[0]?.model }));
process.exitCode = allKept(results.flatMap(({ figures }) => figures)) ? 0 : 1;
