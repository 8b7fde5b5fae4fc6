/** Who plays in the demo: two companies, each with its books on both sides, and how their records are looked at. */
import { createMineralTreeClient } from '../../mineraltree/index.ts';
import {
  type MineralTreeBill,
  type MineralTreeBooks,
  type QuickBooksBill,
  type QuickBooksBooks,
  readMineralTree,
  readQuickBooks,
} from '../../sandbox/judge/index.ts';
import { until } from '../until.ts';
import { move } from './sandboxes.ts';
import type { Stage, StageCompany } from './stage.ts';

export const USER = 'tandem@example.com';
export const PASSWORD = 'only-for-the-demo';

/** Makes a company file and a MineralTree company of that name, both fresh. */
export async function newBooks(
  stage: Stage,
  name: string,
  seed?: string,
): Promise<{ file: string; mtCompany: string }> {
  const file = `C:\\Books\\${name}.qbw`;
  await move(stage.quickBooks, 'new-company', { file, name, ...(seed && { seed }) });
  const { id } = await move<{ readonly id: string }>(stage.mineralTree, 'new-company', {
    name,
    user: USER,
    password: PASSWORD,
  });
  return { file, mtCompany: id };
}

export interface Books {
  readonly quickBooks: QuickBooksBooks;
  readonly mineralTree: MineralTreeBooks;
}

export async function readBooks(
  stage: Stage,
  { file, mtCompany }: Pick<StageCompany, 'file' | 'mtCompany'>,
): Promise<Books> {
  const [quickBooks, mineralTree] = await Promise.all([
    readQuickBooks(stage.quickBooks.url, file),
    readMineralTree(stage.mineralTree.url, mtCompany),
  ]);
  return { quickBooks, mineralTree };
}

/** Waits until the books of a company show what is asked for. */
export function untilBooks<T>(
  stage: Stage,
  company: StageCompany,
  what: string,
  look: (books: Books) => T | undefined | false,
): Promise<T> {
  return until(what, async () => look(await readBooks(stage, company)), { withinMs: 90_000 });
}

export const billNumbered = ({ quickBooks }: Books, number: string): QuickBooksBill | undefined =>
  quickBooks.bills.find(({ refNumber }) => refNumber === number);
export const invoiceNumbered = ({ mineralTree }: Books, number: string): MineralTreeBill | undefined =>
  mineralTree.bills.find(({ invoiceNumber }) => invoiceNumber === number);

/**
 * Plays the years before: everything of QuickBooks stands in MineralTree already. Of some the old integration knew the
 * counterpart, others were typed by hand, one vendor with another spelling.
 */
export async function giveHistory(
  stage: Stage,
  { file, mtCompany }: Pick<StageCompany, 'file' | 'mtCompany'>,
): Promise<void> {
  const { quickBooks } = await readBooks(stage, { file, mtCompany });
  const client = createMineralTreeClient({
    baseUrl: stage.mineralTree.apiUrl,
    user: USER,
    password: PASSWORD,
    allowInsecureLoopback: true,
  });
  try {
    const company = client.company(mtCompany);
    const vendorIds = new Map<string, string>();
    for (const [index, { id, name, active }] of quickBooks.vendors.entries()) {
      const typed = index === 0 ? { name: `${name}, Inc.` } : { name, ...(index % 2 === 0 && { externalId: id }) };
      const vendor = await company.vendors.create({ active, ...typed });
      vendorIds.set(id, vendor.id);
    }
    const accountIds = new Map<string, string>();
    for (const { id, fullName, type } of quickBooks.accounts) {
      const ledgerType =
        type === 'AccountsPayable'
          ? 'AP_ACCOUNT'
          : /Expense|CostOfGoodsSold/.test(type)
            ? 'EXPENSE_ACCOUNT'
            : 'ACCOUNT';
      accountIds.set(
        id,
        (await company.glAccounts.create({ externalId: id, name: fullName, active: true, ledgerType })).id,
      );
    }
    const itemIds = new Map<string, string>();
    for (const { id, fullName } of quickBooks.items)
      itemIds.set(id, (await company.items.create({ externalId: id, name: fullName, active: true, type: 'NONE' })).id);
    for (const [index, bill] of quickBooks.bills.entries())
      await company.bills.create({
        ...(index % 2 === 0 && { externalId: bill.id }),
        vendor: { id: vendorIds.get(bill.vendorId) ?? '' },
        transactionDate: bill.txnDate,
        ...(bill.dueDate && { dueDate: bill.dueDate }),
        ...(bill.refNumber && { invoiceNumber: bill.refNumber }),
        ...(bill.memo && { memo: bill.memo }),
        amountCents: bill.amountCents,
        balanceCents: bill.openCents,
        state: 'Open',
        expenses: bill.expenseLines.map(({ accountId, amountCents }, lineNumber) => ({
          lineNumber,
          amountCents,
          glAccount: { id: accountIds.get(accountId ?? '') ?? '' },
        })),
        items: bill.itemLines.map(({ itemId, amountCents }, index) => ({
          lineNumber: bill.expenseLines.length + index,
          amountCents,
          item: { id: itemIds.get(itemId ?? '') ?? '' },
        })),
      });
  } finally {
    await client.close();
  }
}
