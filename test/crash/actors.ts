/** A company of a row, what a person does to it, and how its books are judged. */
import { type Books, PASSWORD, readBooks, USER, untilBooks } from '../../src/cli/demo/cast.ts';
import { arrangeFault, type Fault, move } from '../../src/cli/demo/sandboxes.ts';
import type { Stage, StageCompany } from '../../src/cli/demo/stage.ts';
import type { Settings } from '../../src/contract/index.ts';
import { addCompany, type Store } from '../../src/store/index.ts';
import { markerText } from '../../src/sync/index.ts';
import type { Row } from './rows.ts';

export interface Actor {
  readonly row: Row;
  readonly company: StageCompany;
  /** MineralTree's ID of the invoice that was posted before the row begins, for the kinds that edit. */
  invoiceId: string;
}

/** Shorter than in production (15 s and 30 s), so that a row takes seconds. */
export const SETTINGS: Partial<Settings> = {
  intervalMs: 3_600_000,
  heartbeatMs: 6_000,
  siteRetryMs: 2_000,
  offlineAfterMs: 3_600_000,
};

/** A company with one vendor and one expense account, and recovery as the row asks. */
export async function hire(stage: Stage, store: Store, row: Row): Promise<Actor> {
  const name = `Row ${row.number}`;
  const file = `C:\\Books\\row-${row.number}.qbw`;
  await move(stage.quickBooks, 'new-company', { file, name });
  await move(stage.quickBooks, 'set-switch', { file, name: 'recovery', value: row.recovery });
  await move(stage.quickBooks, 'add-account', { file, name: 'Office Supplies', type: 'Expense' });
  await move(stage.quickBooks, 'add-vendor', { file, name: 'Cascade Supply', phone: '555-0100' });
  const { id } = await move<{ readonly id: string }>(stage.mineralTree, 'new-company', {
    name,
    user: USER,
    password: PASSWORD,
  });
  const companyId = await addCompany(store, {
    name,
    mtUrl: stage.mineralTree.apiUrl,
    mtCompany: id,
    mtUser: USER,
    mtPassword: PASSWORD,
    markerOf: markerText,
    settings: SETTINGS,
    stage: 'live',
    by: 'the table of crash points',
    at: Date.now(),
  });
  return { row, company: { id: companyId, name, file, mtCompany: id }, invoiceId: '' };
}

export async function enterInvoice(
  stage: Stage,
  { mtCompany }: StageCompany,
  invoiceNumber: string,
  amount: string,
): Promise<string> {
  const { id } = await move<{ readonly id: string }>(stage.mineralTree, 'enter-invoice', {
    company: mtCompany,
    vendor: 'Cascade Supply',
    apAccount: 'Accounts Payable',
    invoiceNumber,
    transactionDate: '2026-11-02',
    dueDate: '2026-12-02',
    amount,
    expenses: [{ glAccount: 'Office Supplies', amount }],
  });
  await move(stage.mineralTree, 'approve', { company: mtCompany, bill: id });
  await move(stage.mineralTree, 'post', { company: mtCompany, bill: id });
  return id;
}

/** The person's move in MineralTree that the row is about. */
export async function act(stage: Stage, actor: Actor): Promise<void> {
  const { row, company } = actor;
  switch (row.kind) {
    case 'BillAdd':
      actor.invoiceId = await enterInvoice(stage, company, 'CS-1', '120.00');
      return;
    case 'BillMod':
      await move(stage.mineralTree, 'edit-invoice', {
        company: company.mtCompany,
        bill: actor.invoiceId,
        memo: 'as agreed',
        amount: '130.00',
        expenses: [{ glAccount: 'Office Supplies', amount: '130.00' }],
      });
      return;
    case 'VendorMod':
      await move(stage.mineralTree, 'edit-vendor', {
        company: company.mtCompany,
        vendor: 'Cascade Supply',
        phone: '555-0199',
      });
      return;
  }
}

/** The fault that stops the row's posting at its point. */
export function stopAt(stage: Stage, { row, company }: Actor): Promise<Fault> {
  const { point, kind } = row;
  if (point === 'confirmed, not acknowledged')
    return arrangeFault(stage.mineralTree, {
      point: 'before',
      match: { company: company.mtCompany, method: 'PUT', path: '^/bill' },
      action: 'hold',
    });
  const at = point === 'before it is sent' ? 'before' : point === 'answered, not returned' ? 'answered' : 'committed';
  return arrangeFault(stage.quickBooks, { point: at, match: { file: company.file, request: kind }, action: 'hold' });
}

/** What the books must show when all is over: once, and alike on both sides. Gives the differences in words. */
export function differences({ row }: Actor, { quickBooks, mineralTree }: Books): string[] {
  const bills = quickBooks.bills.filter(({ refNumber }) => refNumber === 'CS-1');
  const invoices = mineralTree.bills.filter(({ invoiceNumber }) => invoiceNumber === 'CS-1');
  const [bill, invoice] = [bills[0], invoices[0]];
  const phone = quickBooks.vendors.find(({ name }) => name === 'Cascade Supply')?.phone;
  const amount = row.kind === 'BillMod' ? 13_000 : 12_000;
  const expected: readonly (readonly [string, unknown, unknown])[] = [
    ['bills in QuickBooks', bills.length, row.kind === 'VendorMod' ? 0 : 1],
    ['invoices in MineralTree', invoices.length, row.kind === 'VendorMod' ? 0 : 1],
    ['phone', phone, row.kind === 'VendorMod' ? '555-0199' : '555-0100'],
    ...(row.kind === 'VendorMod'
      ? []
      : ([
          ['amount in QuickBooks', bill?.amountCents, amount],
          ['amount in MineralTree', invoice?.amountCents, amount],
          ['memo', bill?.memo, row.kind === 'BillMod' ? 'as agreed' : undefined],
          ['externalId', invoice?.externalId, bill?.id],
        ] as const)),
  ];
  return expected
    .filter(([, found, wanted]) => found !== wanted)
    .map(([what, found, wanted]) => `${what}: ${String(found)} instead of ${String(wanted)}`);
}

export const booksOf = (stage: Stage, { company }: Actor): Promise<Books> => readBooks(stage, company);
export const untilRight = (stage: Stage, actor: Actor): Promise<true> =>
  untilBooks(
    stage,
    actor.company,
    `row ${actor.row.number}: the books are right`,
    (books) => differences(actor, books).length === 0,
  );
