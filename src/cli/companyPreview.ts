/** `tandem company preview`: what the next cycle would write, both ways, field by field. Nothing is written. */

import { writeFile } from 'node:fs/promises';
import { type Preview, type PreviewedWrite, previewCycle } from '../activities/mineraltree/preview.ts';
import { resolveCompany, type Store } from '../store/index.ts';
import { csvOf, describeProblem } from '../sync/index.ts';
import { refuseUnread } from './companyFirstDay.ts';
import { withMineralTree } from './mineralTreeSession.ts';

export interface PreviewOptions {
  readonly csv?: string;
  readonly json?: boolean;
}

export async function preview(store: Store, named: string, options: PreviewOptions): Promise<void> {
  const company = await resolveCompany(store, named);
  refuseUnread(company);
  const found = await withMineralTree(store, (context) => previewCycle(context, company.companyId));
  if (options.csv !== undefined) await writeFile(options.csv, asCsv(found));
  process.stdout.write(options.json ? `${JSON.stringify(found, null, 2)}\n` : asText(company.name, found));
}

/** So many records of each kind are shown on a terminal; all of them are in the CSV. */
const SHOWN = 20;

function asText(name: string, { writes, problems }: Preview): string {
  const lines: string[] = [];
  for (const [heading, group] of grouped(writes)) {
    lines.push(`${heading}: ${group.length}`);
    for (const { record, fields } of group.slice(0, SHOWN)) {
      lines.push(`  ${record}`);
      for (const { field, before, after } of fields)
        lines.push(`    ${field}: ${before === undefined ? after : `${before} -> ${after}`}`);
    }
    if (group.length > SHOWN) lines.push(`  and ${group.length - SHOWN} more; --csv FILE has them all`);
  }
  if (writes.length === 0) lines.push('Nothing would be written.');
  if (problems.length > 0) lines.push('', 'What would stand in the way:');
  for (const { code, params } of problems) lines.push(`  ${describeProblem(code, params).sentence}`);
  return `What the next cycle of ${name} would write; nothing was written\n\n${lines.join('\n')}\n`;
}

function grouped(writes: readonly PreviewedWrite[]): ReadonlyMap<string, readonly PreviewedWrite[]> {
  const groups = new Map<string, PreviewedWrite[]>();
  for (const write of writes) {
    const heading = `${write.to}: ${write.does} ${write.what}`;
    const group = groups.get(heading);
    if (group === undefined) groups.set(heading, [write]);
    else group.push(write);
  }
  return groups;
}

const asCsv = ({ writes }: Preview): string =>
  csvOf([
    ['to', 'does', 'what', 'record', 'field', 'before', 'after'],
    ...writes.flatMap(({ to, does, what, record, fields }) =>
      fields.map(({ field, before, after }) => [to, does, what, record, field, before ?? '', after]),
    ),
  ]);
