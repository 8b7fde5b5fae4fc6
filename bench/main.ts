/**
 * `npm run bench [-- name ...] [--json FILE]`: measures what docs/performance.md promises, each thing beside what it is
 * compared with, in one run. Exit code 1 when a limit is missed.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { Command } from 'commander';
import { BENCHES } from './benches.ts';
import { allKept } from './figure.ts';
import { asJson, type Result, table } from './report.ts';

const command = new Command('bench')
  .description('Measures Tandem. Without a name: everything.')
  .argument('[names...]', `any of: ${Object.keys(BENCHES).join(', ')}`)
  .option('--json <file>', 'write the figures to a file too')
  .parse();

const names = command.args.length > 0 ? command.args : Object.keys(BENCHES);
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0)
  command.error(`no bench is named ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);

const results: Result[] = [];
for (const name of names) {
  process.stderr.write(`${name} ...\n`);
  const result = await BENCHES[name]?.((line) => process.stderr.write(`  ${line}\n`));
  if (result !== undefined) results.push(result);
}
process.stdout.write(`${table(results)}\n`);
const { json } = command.opts<{ json?: string }>();
if (json !== undefined)
  writeFileSync(json, asJson(results, { node: process.version, cpus: os.cpus().length, model: os.cpus()[0]?.model }));
process.exitCode = allKept(results.flatMap(({ figures }) => figures)) ? 0 : 1;
