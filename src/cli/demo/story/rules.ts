/** Chapters about terms, addresses and closed books. */
import { until } from '../../until.ts';
import { billNumbered, untilBooks } from '../cast.ts';
import { move } from '../sandboxes.ts';
import type { Stage, StageCompany } from '../stage.ts';
import { statusOf } from '../status.ts';
import { enterAndPost, problemsOf } from './people.ts';

export async function termsBothWays(stage: Stage, company: StageCompany): Promise<string[]> {
  await move(stage.quickBooks, 'add-terms', { file: company.file, name: 'Net 45', dueDays: 45 });
  await move(stage.mineralTree, 'add-term', { company: company.mtCompany, name: 'Net 60', dueDays: 60 });
  await untilBooks(stage, company, 'Net 45 in MineralTree', ({ mineralTree }) =>
    mineralTree.terms.some(({ name, dueDays, externalId }) => name === 'Net 45' && dueDays === 45 && externalId),
  );
  await untilBooks(stage, company, 'Net 60 in QuickBooks', ({ quickBooks }) =>
    quickBooks.terms.some(({ name, dueDays }) => name === 'Net 60' && dueDays === 60),
  );
  return [
    'QuickBooks: terms Net 45 are added; MineralTree has them',
    'MineralTree: terms Net 60 are added; QuickBooks has them',
  ];
}

export async function addressArrives(stage: Stage, company: StageCompany): Promise<string[]> {
  await move(stage.mineralTree, 'edit-vendor', {
    company: company.mtCompany,
    vendor: 'Acorn Freight',
    address: { lines: ['Acorn Freight', 'Dock 7'], town: 'Salem', region: 'MA', postalCode: '01970', country: 'USA' },
  });
  await untilBooks(stage, company, 'the address in QuickBooks', ({ quickBooks }) =>
    quickBooks.vendors.some(({ name, address }) => name === 'Acorn Freight' && address?.city === 'Salem'),
  );
  return ['MineralTree: Acorn Freight moves to Dock 7, Salem MA 01970; QuickBooks has the whole address'];
}

export async function closingDate(stage: Stage, company: StageCompany): Promise<string[]> {
  const { file, mtCompany } = company;
  await stage.tandem(['company', 'pause', company.id, '--reason', 'the accountant closes October']);
  await until('the phase paused', async () => (await statusOf(stage, company)).phase.kind === 'paused');
  const october = { transactionDate: '2026-10-20', dueDate: '2026-11-20' };
  const late = await enterAndPost(stage, company, {
    vendor: 'Acorn Paint',
    invoiceNumber: 'OC-1',
    amount: '80.00',
    expenses: [{ glAccount: 'Office Supplies', amount: '80.00' }],
    ...october,
  });
  const older = await enterAndPost(stage, company, {
    vendor: 'Acorn Paint',
    invoiceNumber: 'OC-2',
    amount: '90.00',
    expenses: [{ glAccount: 'Office Supplies', amount: '90.00' }],
    ...october,
  });
  await move(stage.quickBooks, 'close-books', { file, date: '2026-10-31', password: 'october' });
  await stage.tandem(['company', 'resume', company.id]);
  const problem = await until('both problems in tandem problems', async () => {
    const found = (await problemsOf(stage, company)).filter(({ subject }) => [late.id, older.id].includes(subject.id));
    return found.length === 2 && found[0];
  });
  await move(stage.mineralTree, 'edit-invoice', { company: mtCompany, bill: late.id, transactionDate: '2026-11-13' });
  await untilBooks(stage, company, 'OC-1 in QuickBooks', (books) => billNumbered(books, 'OC-1'));
  await move(stage.quickBooks, 'close-books', { file, date: null });
  await untilBooks(
    stage,
    company,
    'OC-2 in QuickBooks',
    (books) => billNumbered(books, 'OC-2')?.txnDate === '2026-10-20',
  );
  return [
    'QuickBooks: the books are closed up to 31 October, while two invoices of October wait in MineralTree',
    `Tandem: ${problem.sentence} ${problem.whatToDo}`,
    'MineralTree: OC-1 gets a date in November; QuickBooks has the bill',
    'QuickBooks: October is opened again; OC-2 is posted with its own date',
  ];
}
