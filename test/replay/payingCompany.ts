/** A company whose cycles carry a credit over and post a payment: for the histories that are recorded. */
import { newBooks, PASSWORD, USER, untilBooks } from '../../src/cli/demo/cast.ts';
import { move } from '../../src/cli/demo/sandboxes.ts';
import type { Stage, StageCompany } from '../../src/cli/demo/stage.ts';
import { startRun } from '../../src/workers/cloud/index.ts';

const BILL = 'CS-1';

/** Brings it about on a stage whose cloud runs; it rests when this is over. */
export async function payingCompany(stage: Stage): Promise<StageCompany> {
  const { file, mtCompany } = await newBooks(stage, 'Cascade Books');
  const inQuickBooks = <T>(name: string, body: object) => move<T>(stage.quickBooks, name, { file, ...body });
  const inMineralTree = <T>(name: string, body: object) =>
    move<T>(stage.mineralTree, name, { company: mtCompany, ...body });
  await inQuickBooks('add-account', { name: 'Office Supplies', type: 'Expense' });
  await inQuickBooks('add-account', { name: 'Checking', type: 'Bank' });
  await inQuickBooks('add-vendor', { name: 'Cascade Supply' });
  const lines = (amount: string) => ({ expenseLines: [{ account: 'Office Supplies', amount }], itemLines: [] });
  const typed = { vendor: 'Cascade Supply', txnDate: '2026-11-02' };
  const bill = await inQuickBooks<{ readonly id: string }>('enter-bill', {
    ...typed,
    refNumber: BILL,
    dueDate: '2026-12-02',
    ...lines('120.00'),
  });
  const credit = await inQuickBooks<{ readonly id: string }>('enter-credit', {
    ...typed,
    refNumber: 'CM-1',
    ...lines('20.00'),
  });
  const company = await stage.addCompany({ name: 'Cascade Books', file, mtCompany, user: USER, password: PASSWORD });
  await stage.startConnector('pay-desk', [company], { ownProcessors: true });
  await startRun(stage.client, company);
  const untilLeft = (what: string, cents: number) =>
    untilBooks(
      stage,
      company,
      what,
      ({ mineralTree }) => mineralTree.bills.find(({ balanceCents }) => balanceCents === cents)?.id,
    );
  await untilLeft('the bill in MineralTree', 12_000);
  await inQuickBooks('set-credits', { bill: bill.id, credits: [{ txnId: credit.id, amount: '20.00' }] });
  await stage.tandem(['company', 'sync-now', company.id]);
  const invoice = await untilLeft('the credit on the bill', 10_000);
  const { payments } = await inMineralTree<{ readonly payments: readonly { readonly id: string }[] }>('queue-payment', {
    bills: [{ bill: invoice }],
    paymentMethod: 'Checking',
    fundMethod: 'CHECK',
    date: '2026-11-16',
  });
  const payment = payments[0]?.id;
  await inMineralTree('approve-payment', { payment });
  await inMineralTree('process', { payment, checkNumber: 1_206 });
  await stage.tandem(['company', 'sync-now', company.id]);
  await untilBooks(stage, company, 'the payment in QuickBooks, acknowledged', ({ mineralTree, quickBooks }) =>
    quickBooks.payments.some(({ id }) => id === mineralTree.payments.find((one) => one.id === payment)?.externalId),
  );
  return company;
}
