/** The first day of a company whose two ledgers both have years of history. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Books, readBooks, untilBooks } from '../cast.ts';
import type { Stage, StageCompany } from '../stage.ts';
import { everyBillLinked, untilLoaded } from './people.ts';

export async function firstDay(stage: Stage, company: StageCompany): Promise<string[]> {
  await untilLoaded(stage, company);
  const before = recordsOf(await readBooks(stage, company));
  const file = path.join(stage.folder, 'proposals.csv');
  const onboard = ['company', 'onboard', company.id];
  const told = await stage.tandem([
    ...onboard,
    '--cut-over',
    '2025-01-01',
    '--last-restore',
    'none',
    '--proposals',
    file,
  ]);
  const asked = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
  const [headings = '', ...pairs] = asked;
  await writeFile(file, [headings, ...pairs.map((row) => row.replace(/,$/, ',same'))].join('\r\n'));
  await stage.tandem([...onboard, '--decisions', file]);
  const report = await stage.tandem(['reconcile', company.id]);
  const preview = await stage.tandem(['company', 'preview', company.id]);
  if (recordsOf(await readBooks(stage, company)) !== before) throw new Error('something was written before go-live');
  await stage.tandem(['company', 'go-live', company.id]);
  await stage.tandem(['company', 'sync-now', company.id]);
  const after = await untilBooks(stage, company, 'every bill of QuickBooks named in MineralTree', (books) =>
    everyBillLinked(books) && books.mineralTree.classifications.length > 0 ? books : undefined,
  );
  if (after.mineralTree.bills.length !== after.quickBooks.bills.length)
    throw new Error(
      `${after.mineralTree.bills.length} bills in MineralTree, ${after.quickBooks.bills.length} in QuickBooks`,
    );
  return [
    ...told
      .trimEnd()
      .split('\n')
      .filter((line) => /vendors|bills|decide/.test(line)),
    `the accountant says of ${pairs.length} pairs that they are the same; ${verdictOf(report)}`,
    ...preview.split('\n').filter((line) => /^(MineralTree|QuickBooks): /.test(line)),
    `live: both sides have the same ${after.mineralTree.bills.length} bills and ${after.mineralTree.vendors.length} vendors, nothing twice`,
  ];
}

/** Everything that the books of both sides hold, but for QuickBooks' clock. */
const recordsOf = ({ quickBooks, mineralTree }: Books): string =>
  JSON.stringify([{ ...quickBooks, clock: undefined }, mineralTree]);

const verdictOf = (report: string): string =>
  report.split('\n').find((line) => line.startsWith('The two ledgers')) ?? 'the report has no verdict';
