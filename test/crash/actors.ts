/** A company of a row, what stands in its books before, and what a person does to it. */
import { type Books, PASSWORD, readBooks, USER } from '../../src/cli/demo/cast.ts';
import { arrangeFault, type Fault, move } from '../../src/cli/demo/sandboxes.ts';
import type { Stage, StageCompany } from '../../src/cli/demo/stage.ts';
import type { Settings } from '../../src/contract/index.ts';
import { addCompany, type Store } from '../../src/store/index.ts';
import { markerText } from '../../src/sync/index.ts';
import type { Kind, Row } from './rows.ts';

export interface Actor {
  readonly row: Row;
  readonly company: StageCompany;
  /** MineralTree's ID of the record that was posted before the row begins, for the kinds that change one. */
  postedId: string;
}

/** Shorter than in production (15 s and 30 s), so that a row takes seconds. */
const SETTINGS: Partial<Settings> = {
  intervalMs: 3_600_000,
  heartbeatMs: 6_000,
  siteRetryMs: 2_000,
  offlineAfterMs: 3_600_000,
};

export const BANK = 'Checking';
export const CARD = 'Company Card';
/** The bill of every row that has one: its number and amount. */
export const BILL = 'CS-1';
const AMOUNT = '120.00';
export const CHECK_NUMBER = 1_206;
export const CARD_NUMBER = '4417-0812';
export const TERMS = '2% 10 Net 30';

/** Kinds whose bill is typed in QuickBooks, and paid or to be paid in MineralTree. */
export const isPayment = (kind: Kind): boolean =>
  kind === 'BillPaymentCheckAdd' || kind === 'BillPaymentCreditCardAdd' || kind === 'TxnVoid';

/** A company with one vendor and one expense account, a bill to be paid where the row pays, and recovery as it asks. */
export async function hire(stage: Stage, store: Store, row: Row): Promise<Actor> {
  const name = `Row ${row.number}`;
  const file = `C:\\Books\\row-${row.number}.qbw`;
  await move(stage.quickBooks, 'new-company', { file, name });
  await move(stage.quickBooks, 'set-switch', { file, name: 'recovery', value: row.recovery });
  await move(stage.quickBooks, 'add-account', { file, name: 'Office Supplies', type: 'Expense' });
  await move(stage.quickBooks, 'add-vendor', { file, name: 'Cascade Supply', phone: '555-0100' });
  if (isPayment(row.kind)) {
    await move(stage.quickBooks, 'add-account', { file, name: BANK, type: 'Bank' });
    await move(stage.quickBooks, 'add-account', { file, name: CARD, type: 'CreditCard' });
    await move(stage.quickBooks, 'enter-bill', {
      file,
      vendor: 'Cascade Supply',
      refNumber: BILL,
      txnDate: '2026-11-02',
      dueDate: '2026-12-02',
      expenseLines: [{ account: 'Office Supplies', amount: AMOUNT }],
      itemLines: [],
    });
  }
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
    ...(row.kind === 'TxnVoid' && { rules: { voidPayments: true } }),
    stage: 'live',
    by: 'the table of crash points',
    at: Date.now(),
  });
  return { row, company: { id: companyId, name, file, mtCompany: id }, postedId: '' };
}

/** Whether what QuickBooks has stands in MineralTree. */
export const isLoaded = ({ row }: Actor, { mineralTree }: Books): boolean =>
  mineralTree.vendors.length === 1 && (!isPayment(row.kind) || mineralTree.bills.length === 1);

/** Kinds that change what was posted before. */
export const needsPosted = ({ row }: Actor): boolean => row.kind === 'BillMod' || row.kind === 'TxnVoid';

/** Has posted what the row will change. */
export async function enterBefore(stage: Stage, actor: Actor): Promise<void> {
  const { row, company } = actor;
  actor.postedId = row.kind === 'TxnVoid' ? await pay(stage, company, 'check') : await enterInvoice(stage, company);
}

/** Whether what was posted before is in QuickBooks, and MineralTree knows. */
export const isPostedBefore = ({ postedId }: Actor, { mineralTree }: Books): boolean =>
  [...mineralTree.bills, ...mineralTree.payments].some(({ id, externalId }) => id === postedId && externalId);

/** The person's move in MineralTree that the row is about. */
export async function act(stage: Stage, { row, company, postedId }: Actor): Promise<void> {
  const { mineralTree } = stage;
  const { mtCompany } = company;
  switch (row.kind) {
    case 'BillAdd':
      await enterInvoice(stage, company);
      return;
    case 'BillMod':
      await move(mineralTree, 'edit-invoice', {
        company: mtCompany,
        bill: postedId,
        memo: 'as agreed',
        amount: '130.00',
        expenses: [{ glAccount: 'Office Supplies', amount: '130.00' }],
      });
      return;
    case 'VendorMod':
      await move(mineralTree, 'edit-vendor', { company: mtCompany, vendor: 'Cascade Supply', phone: '555-0199' });
      return;
    case 'BillPaymentCheckAdd':
      await pay(stage, company, 'check');
      return;
    case 'BillPaymentCreditCardAdd':
      await pay(stage, company, 'card');
      return;
    case 'TxnVoid':
      await move(mineralTree, 'void-payment', { company: mtCompany, payment: postedId });
      return;
    case 'StandardTermsAdd':
      await move(mineralTree, 'add-term', {
        company: mtCompany,
        name: TERMS,
        dueDays: 30,
        discountDays: 10,
        discountPercent: 2,
      });
      return;
  }
}

async function enterInvoice(stage: Stage, { mtCompany }: StageCompany): Promise<string> {
  const { id } = await move<{ readonly id: string }>(stage.mineralTree, 'enter-invoice', {
    company: mtCompany,
    vendor: 'Cascade Supply',
    apAccount: 'Accounts Payable',
    invoiceNumber: BILL,
    transactionDate: '2026-11-02',
    dueDate: '2026-12-02',
    amount: AMOUNT,
    expenses: [{ glAccount: 'Office Supplies', amount: AMOUNT }],
  });
  await move(stage.mineralTree, 'approve', { company: mtCompany, bill: id });
  await move(stage.mineralTree, 'post', { company: mtCompany, bill: id });
  return id;
}

/** Pays the whole bill by check or card; gives MineralTree's ID of the payment. */
async function pay(stage: Stage, company: StageCompany, by: 'check' | 'card'): Promise<string> {
  const { mineralTree } = stage;
  const bill = (await readBooks(stage, company)).mineralTree.bills[0]?.id;
  const { payments } = await move<{ readonly payments: readonly { readonly id: string }[] }>(
    mineralTree,
    'queue-payment',
    {
      company: company.mtCompany,
      bills: [{ bill }],
      date: '2026-11-16',
      ...(by === 'check'
        ? { paymentMethod: BANK, fundMethod: 'CHECK' }
        : { paymentMethod: CARD, fundMethod: 'CREDITCARD' }),
    },
  );
  const payment = payments[0]?.id ?? '';
  await move(mineralTree, 'approve-payment', { company: company.mtCompany, payment });
  const number = by === 'check' ? { checkNumber: CHECK_NUMBER } : { sequenceText: CARD_NUMBER };
  await move(mineralTree, 'process', { company: company.mtCompany, payment, ...number });
  return payment;
}

/** The fault that stops the row's posting at its point. */
export function stopAt(stage: Stage, { row, company }: Actor): Promise<Fault> {
  const { point, kind } = row;
  if (point === 'confirmed, not acknowledged')
    return arrangeFault(stage.mineralTree, {
      point: 'before',
      match: { company: company.mtCompany, method: 'PUT', path: isPayment(kind) ? '^/payment' : '^/bill' },
      action: 'hold',
    });
  const at = point === 'before it is sent' ? 'before' : point === 'answered, not returned' ? 'answered' : 'committed';
  return arrangeFault(stage.quickBooks, { point: at, match: { file: company.file, request: kind }, action: 'hold' });
}

export const booksOf = (stage: Stage, { company }: Actor): Promise<Books> => readBooks(stage, company);
