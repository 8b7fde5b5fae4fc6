/** Chapters about money: credits, discounts, payments of every kind, and a bill that QuickBooks paid itself. */
import { formatCents } from '../../../domain/money.ts';
import type { QuickBooksPayment } from '../../../sandbox/judge/index.ts';
import { type Books, billNumbered, invoiceNumbered, untilBooks } from '../cast.ts';
import { move } from '../sandboxes.ts';
import type { Stage, StageCompany } from '../stage.ts';

const PAY_DAY = '2026-11-16';

export async function creditStandsOnRemittance(stage: Stage, company: StageCompany): Promise<string[]> {
  const bill = await enterBill(stage, company, 'Acorn Tools', 'TO-100', '300.00');
  const credit = await move<{ readonly id: string }>(stage.quickBooks, 'enter-credit', {
    file: company.file,
    vendor: 'Acorn Tools',
    refNumber: 'CR-9',
    txnDate: '2026-11-09',
    expenseLines: [{ account: 'Office Supplies', amount: '50.00' }],
  });
  await move(stage.quickBooks, 'set-credits', {
    file: company.file,
    bill,
    credits: [{ txnId: credit.id, amount: '50.00' }],
  });
  await untilOpen(stage, company, 'TO-100', 25_000);
  const payment = await pay(stage, company, 'TO-100', { paymentMethod: 'Checking', fundMethod: 'CHECK' });
  const { posted, remittance } = await untilPosted(stage, company, payment);
  const lines = remittance?.lines.map(({ kind, cents }) => `${kind} ${formatCents(cents)}`) ?? [];
  expect(lines.join(', '), 'invoice 300.00, credit -50.00', 'the lines of the remittance');
  expect(remittance?.totalCents, 25_000, 'the total of the remittance');
  return [
    'QuickBooks: bill TO-100 over 300.00; a credit of 50.00 is set against it, which makes no transaction there',
    'MineralTree: 250.00 left; paid by check',
    `QuickBooks: check ${posted.refNumber} over ${formatCents(posted.amountCents)} from ${posted.account}`,
    `MineralTree: the remittance has ${lines.join(' and ')}`,
  ];
}

export async function discountLowersBalance(stage: Stage, company: StageCompany): Promise<string[]> {
  const bill = await enterBill(stage, company, 'Acorn Print', 'DI-200', '200.00');
  await move(stage.quickBooks, 'pay-bills', {
    file: company.file,
    bills: [{ txnId: bill, amount: '100.00', discount: '4.00', discountAccount: 'Professional Fees' }],
    account: 'Checking',
    method: 'check',
    date: '2026-11-10',
    refNumber: '5001',
  });
  await untilOpen(stage, company, 'DI-200', 9_600);
  const payment = await pay(stage, company, 'DI-200', { paymentMethod: 'Checking', fundMethod: 'ACH' });
  const { posted, remittance } = await untilPosted(stage, company, payment);
  expect(posted.amountCents, 9_600, 'what was paid');
  expect(remittance?.totalCents, 9_600, 'the total of the remittance');
  expect(remittance?.lines.length, 1, 'the lines of the remittance');
  return [
    'QuickBooks: of bill DI-200 over 200.00 a check pays 100.00, with a discount of 4.00',
    'MineralTree: 96.00 left; paid by ACH, and the remittance has one line over 96.00',
    `QuickBooks: ${formatCents(posted.amountCents)} from ${posted.account}, number ${posted.refNumber}`,
  ];
}

export async function paymentsPost(stage: Stage, company: StageCompany): Promise<string[]> {
  await enterBill(stage, company, 'Acorn Cleaning', 'CA-300', '75.00');
  await enterBill(stage, company, 'Acorn Plumbing', 'MC-400', '60.00');
  const card = await pay(stage, company, 'CA-300', { paymentMethod: 'Company Card', fundMethod: 'CREDITCARD' });
  const manual = await queue(stage, company, 'MC-400', { paymentMethod: 'Checking', fundMethod: 'CHECK' });
  await move(stage.mineralTree, 'approve-payment', { company: company.mtCompany, payment: manual });
  await move(stage.mineralTree, 'manual-check', { company: company.mtCompany, payment: manual, checkNumber: 7_104 });
  const before = await untilBooks(stage, company, 'the books', (books) => books);
  if (before.mineralTree.payments.find(({ id }) => id === manual)?.externalId)
    throw new Error('a manual check was posted before it was marked as paid');
  await move(stage.mineralTree, 'mark-as-paid', { company: company.mtCompany, payment: manual, date: PAY_DAY });
  const [byCard, byHand] = [await untilPosted(stage, company, card), await untilPosted(stage, company, manual)];
  expect(`${byCard.posted.method} ${byCard.posted.account}`, 'creditCard Company Card', 'the card payment');
  expect(`${byHand.posted.refNumber} ${byHand.posted.account}`, '7104 Checking', 'the manual check');
  return [
    'MineralTree: CA-300 is paid by card; MC-400 by a check written by hand, posted only once it is marked as paid',
    `QuickBooks: a card charge over ${formatCents(byCard.posted.amountCents)} on Company Card, check 7104 over ${formatCents(byHand.posted.amountCents)} from Checking`,
  ];
}

export async function paidInQuickBooks(stage: Stage, company: StageCompany): Promise<string[]> {
  const bill = await enterBill(stage, company, 'Acorn Foods', 'QB-500', '42.00');
  await move(stage.quickBooks, 'pay-bills', {
    file: company.file,
    bills: [{ txnId: bill }],
    account: 'Checking',
    method: 'check',
    date: '2026-11-12',
    refNumber: '5002',
  });
  await untilOpen(stage, company, 'QB-500', 0);
  const { mineralTree } = await untilBooks(
    stage,
    company,
    'the payment in MineralTree',
    (books) =>
      books.mineralTree.payments.some(({ applied }) => applied.some(({ invoice }) => invoice.name === 'QB-500')) &&
      books,
  );
  const external = mineralTree.payments.filter(({ applied }) =>
    applied.some(({ invoice }) => invoice.name === 'QB-500'),
  );
  expect(external.length, 1, 'the payments of QB-500 in MineralTree');
  return [
    'QuickBooks: check 5002 pays QB-500, 42.00',
    'MineralTree: the invoice is settled by an external payment, so that nobody pays it again',
  ];
}

/** A bill of one line in QuickBooks, once MineralTree has it; gives the TxnID. */
async function enterBill(
  stage: Stage,
  company: StageCompany,
  vendor: string,
  refNumber: string,
  amount: string,
): Promise<string> {
  await move(stage.quickBooks, 'enter-bill', {
    file: company.file,
    vendor,
    refNumber,
    txnDate: '2026-11-08',
    dueDate: '2026-12-08',
    expenseLines: [{ account: 'Office Supplies', amount }],
    itemLines: [],
  });
  const known = (books: Books) => invoiceNumbered(books, refNumber) && billNumbered(books, refNumber);
  return (await untilBooks(stage, company, `invoice ${refNumber} in MineralTree`, known)).id;
}

const untilOpen = (stage: Stage, company: StageCompany, number: string, cents: number): Promise<Books> =>
  untilBooks(
    stage,
    company,
    `${formatCents(cents)} open of ${number} in MineralTree`,
    (books) => invoiceNumbered(books, number)?.balanceCents === cents && books,
  );

interface How {
  readonly paymentMethod: string;
  readonly fundMethod: string;
}

/** Puts all that is open of an invoice into the queue; gives the payment's ID. */
async function queue(stage: Stage, company: StageCompany, number: string, how: How): Promise<string> {
  const { id } = await untilBooks(stage, company, `invoice ${number}`, (books) => invoiceNumbered(books, number));
  const { payments } = await move<{ readonly payments: readonly { readonly id: string }[] }>(
    stage.mineralTree,
    'queue-payment',
    { company: company.mtCompany, bills: [{ bill: id }], date: PAY_DAY, ...how },
  );
  const [payment] = payments;
  if (payment === undefined) throw new Error(`MineralTree made no payment of ${number}`);
  return payment.id;
}

async function pay(stage: Stage, company: StageCompany, number: string, how: How): Promise<string> {
  const payment = await queue(stage, company, number, how);
  await move(stage.mineralTree, 'approve-payment', { company: company.mtCompany, payment });
  await move(stage.mineralTree, 'process', { company: company.mtCompany, payment });
  return payment;
}

/** A payment of MineralTree in QuickBooks, acknowledged; that it is there once is the judge's to say as well. */
async function untilPosted(stage: Stage, company: StageCompany, payment: string) {
  return untilBooks(stage, company, 'the payment in QuickBooks, acknowledged in MineralTree', (books) => {
    const theirs = books.mineralTree.payments.find(({ id }) => id === payment);
    const posted = books.quickBooks.payments.find(({ id }) => id === theirs?.externalId);
    if (posted === undefined) return undefined;
    return {
      posted: counted(books, posted),
      remittance: books.mineralTree.remittances.find((one) => one.payment === payment),
    };
  });
}

/** The payment, unless QuickBooks has another with the same GUID. */
function counted({ quickBooks }: Books, payment: QuickBooksPayment): QuickBooksPayment {
  const twice = quickBooks.payments.filter(({ guid }) => guid !== undefined && guid === payment.guid);
  if (twice.length > 1) throw new Error(`QuickBooks has the payment ${payment.refNumber} ${twice.length} times`);
  return payment;
}

function expect<T>(seen: T, wanted: T, what: string): void {
  if (seen !== wanted) throw new Error(`${what}: ${String(seen)} instead of ${String(wanted)}`);
}
