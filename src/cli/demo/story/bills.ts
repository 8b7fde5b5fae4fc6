/** Chapters about lists and bills: they arrive, they post, they are edited, refused and mended; a pause, and a connector's end. */
import { workflowIdOf } from '../../../contract/index.ts';
import { formatCents } from '../../../domain/money.ts';
import { until } from '../../until.ts';
import { billNumbered, invoiceNumbered, untilBooks } from '../cast.ts';
import { arrangeFault, move } from '../sandboxes.ts';
import type { Stage, StageCompany } from '../stage.ts';
import { statusOf } from '../status.ts';
import type { Plot } from '../story.ts';
import { enterAndPost, everyBillLinked, problemsOf, untilLoaded } from './people.ts';

export async function listsArrive(stage: Stage, company: StageCompany): Promise<string[]> {
  await untilLoaded(stage, company);
  const { quickBooks, mineralTree } = await untilBooks(
    stage,
    company,
    'all vendors of QuickBooks in MineralTree',
    (books) =>
      books.mineralTree.vendors.length === books.quickBooks.vendors.length && everyBillLinked(books)
        ? books
        : undefined,
  );
  return [
    `QuickBooks: ${quickBooks.vendors.length} vendors, ${quickBooks.accounts.length} accounts, ${quickBooks.bills.length} bills`,
    `MineralTree: ${mineralTree.vendors.length} vendors, ${mineralTree.bills.length} bills, each naming its QuickBooks record`,
  ];
}

export async function billArrives(stage: Stage, { file, ...company }: StageCompany): Promise<string[]> {
  await move(stage.quickBooks, 'enter-bill', {
    file,
    vendor: 'Acorn Supply',
    refNumber: 'AS-4711',
    txnDate: '2026-11-02',
    dueDate: '2026-12-02',
    memo: 'Paper for the autumn mailing',
    expenseLines: [{ account: 'Office Supplies', amount: '184.20', memo: 'paper', class: 'East' }],
    itemLines: [],
  });
  const invoice = await untilBooks(stage, { file, ...company }, 'invoice AS-4711 in MineralTree', (books) =>
    invoiceNumbered(books, 'AS-4711'),
  );
  return [
    'QuickBooks: a bookkeeper enters bill AS-4711 of Acorn Supply, 184.20',
    `MineralTree: ${told(invoice.amountCents, invoice.state)}`,
  ];
}

export async function invoicePosts(stage: Stage, company: StageCompany): Promise<string[]> {
  await enterAndPost(stage, company, {
    vendor: 'Acorn Electric',
    invoiceNumber: 'EL-2093',
    transactionDate: '2026-11-03',
    dueDate: '2026-12-03',
    memo: 'Workshop wiring',
    amount: '505.00',
    expenses: [{ glAccount: 'Utilities:Electricity', amount: '245.00', classification: 'West', memo: 'November' }],
    items: [{ item: 'Installation', quantity: '4', cost: '65.00', amount: '260.00', memo: 'four hours' }],
  });
  const bill = await untilBooks(stage, company, 'bill EL-2093 in QuickBooks, acknowledged in MineralTree', (books) => {
    const found = billNumbered(books, 'EL-2093');
    return found && invoiceNumbered(books, 'EL-2093')?.externalId === found.id ? found : undefined;
  });
  if (bill.isPaid || bill.openCents !== 50_500)
    throw new Error(`the bill is not open with 505.00: ${JSON.stringify(bill)}`);
  return [
    'MineralTree: invoice EL-2093 of Acorn Electric, one expense line and one item line, is entered, approved and posted',
    `QuickBooks: an open bill with ${bill.expenseLines.length} expense line and ${bill.itemLines.length} item line, ${formatCents(bill.openCents)} open; MineralTree knows its number`,
  ];
}

export async function editsBothWays(stage: Stage, company: StageCompany): Promise<string[]> {
  const before = await untilBooks(stage, company, 'bill AS-4711', (books) => billNumbered(books, 'AS-4711'));
  await move(stage.quickBooks, 'edit-bill', {
    file: company.file,
    txnId: before.id,
    memo: 'Paper, second delivery',
    dueDate: '2026-12-15',
  });
  await untilBooks(stage, company, 'the edit of QuickBooks in MineralTree', (books) => {
    const invoice = invoiceNumbered(books, 'AS-4711');
    return invoice?.memo === 'Paper, second delivery' && invoice.dueDate === '2026-12-15';
  });
  const mine = await untilBooks(stage, company, 'invoice EL-2093', (books) => invoiceNumbered(books, 'EL-2093'));
  await move(stage.mineralTree, 'edit-invoice', {
    company: company.mtCompany,
    bill: mine.id,
    memo: 'Workshop wiring, as agreed',
    amount: '515.00',
    expenses: [{ glAccount: 'Utilities:Electricity', amount: '255.00', classification: 'West', memo: 'November' }],
  });
  await untilBooks(stage, company, 'the edit of MineralTree in QuickBooks', (books) => {
    const bill = billNumbered(books, 'EL-2093');
    return bill?.amountCents === 51_500 && bill.memo === 'Workshop wiring, as agreed';
  });
  await move(stage.mineralTree, 'edit-vendor', {
    company: company.mtCompany,
    vendor: 'Acorn Supply',
    phone: '555-0142',
  });
  await untilBooks(stage, company, 'the phone number in QuickBooks', ({ quickBooks }) =>
    quickBooks.vendors.some(({ name, phone }) => name === 'Acorn Supply' && phone === '555-0142'),
  );
  return [
    'QuickBooks: memo and due date of AS-4711 are changed; MineralTree shows them',
    'MineralTree: EL-2093 becomes 515.00; QuickBooks has the same bill, changed',
    'MineralTree: Acorn Supply gets the phone number 555-0142; QuickBooks has it',
  ];
}

export async function problemIsMended(stage: Stage, company: StageCompany): Promise<string[]> {
  const number = 'PO-77-2026-NOVEMBER-0001';
  const invoice = await enterAndPost(stage, company, {
    vendor: 'Acorn Paper',
    invoiceNumber: number,
    transactionDate: '2026-11-04',
    dueDate: '2026-12-04',
    amount: '62.10',
    expenses: [{ glAccount: 'Office Supplies', amount: '62.10' }],
  });
  const problem = await until('the problem in tandem problems', async () => {
    const found = await problemsOf(stage, company);
    return found.find(({ subject }) => subject.id === invoice.id);
  });
  await move(stage.mineralTree, 'edit-invoice', {
    company: company.mtCompany,
    bill: invoice.id,
    invoiceNumber: 'PO-77-0001',
  });
  await untilBooks(stage, company, 'bill PO-77-0001 in QuickBooks', (books) => billNumbered(books, 'PO-77-0001'));
  await until('the problem closed', async () => {
    const open = await problemsOf(stage, company);
    return !open.some(({ subject }) => subject.id === invoice.id);
  });
  return [
    `MineralTree: invoice ${number} is posted`,
    `Tandem: ${problem.sentence} ${problem.whatToDo}`,
    'MineralTree: the number is shortened to PO-77-0001; QuickBooks has the bill, the problem is closed',
  ];
}

export async function pauseAndResume(stage: Stage, company: StageCompany): Promise<string[]> {
  await stage.tandem(['company', 'pause', company.id, '--reason', 'month end']);
  const paused = await until('the phase paused', async () => {
    const { phase } = await statusOf(stage, company);
    return phase.kind === 'paused' ? phase : undefined;
  });
  await move(stage.quickBooks, 'enter-bill', {
    file: company.file,
    vendor: 'Acorn Foods',
    refNumber: 'AF-1',
    txnDate: '2026-11-05',
    expenseLines: [{ account: 'Office Supplies', amount: '12.00' }],
    itemLines: [],
  });
  await stage.tandem(['company', 'sync-now', company.id]);
  const during = await statusOf(stage, company);
  if (during.phase.kind !== 'paused') throw new Error(`the phase is ${during.phase.kind} although nobody resumed`);
  await stage.tandem(['company', 'resume', company.id]);
  await untilBooks(stage, company, 'bill AF-1 in MineralTree', (books) => invoiceNumbered(books, 'AF-1'));
  return [
    `Temporal: signal pause; the phase is "paused by ${paused.by}: ${paused.reason}"`,
    'QuickBooks: bill AF-1 is entered meanwhile; nothing moves',
    'Temporal: signal resume; MineralTree has AF-1',
  ];
}

export async function connectorDies({ stage, connectors }: Plot, company: StageCompany): Promise<string[]> {
  const fault = await arrangeFault(stage.quickBooks, {
    point: 'committed',
    match: { file: company.file, request: 'BillAdd' },
    action: 'hold',
  });
  await enterAndPost(stage, company, {
    vendor: 'Acorn Freight',
    invoiceNumber: 'FR-300',
    transactionDate: '2026-11-06',
    dueDate: '2026-12-06',
    amount: '990.00',
    expenses: [{ glAccount: 'Freight', amount: '990.00' }],
  });
  await fault.reached(60_000);
  const { pendingActivities } = await stage.client.workflow
    .getHandle(workflowIdOf(company.id))
    .describe()
    .then(({ raw }) => raw);
  const identity = pendingActivities?.[0]?.lastWorkerIdentity ?? '';
  const [name, victim] = [...connectors].find(([known]) => identity.includes(known)) ?? [];
  if (!victim || !name) throw new Error(`no connector of ours is named in "${identity}"`);
  await victim.kill();
  connectors.delete(name);
  await fault.release();
  const bills = await untilBooks(stage, company, 'FR-300 acknowledged in MineralTree', (books) => {
    const found = books.quickBooks.bills.filter(({ refNumber }) => refNumber === 'FR-300');
    return found.length > 0 && invoiceNumbered(books, 'FR-300')?.externalId === found[0]?.id ? found : undefined;
  });
  if (bills.length !== 1) throw new Error(`${bills.length} bills FR-300 in QuickBooks`);
  return [
    `QuickBooks had written bill FR-300 and not yet answered when connector "${name}" was killed`,
    `connector "${[...connectors.keys()].join(', ')}" found the bill there; QuickBooks has it once, MineralTree knows it`,
  ];
}

const told = (cents: number, state: string): string => `an invoice of ${formatCents(cents)}, ${state}`;
