/** What stands in the books of every company on the stage before its story begins. */
import { post } from '../activities/mineraltree/world.ts';

export const VENDORS = ['Harwood Lumber', 'Bright Electric', 'City Water'] as const;
export const CHECKING = 'Checking';
export const CARD = 'Company Card';
export const DISCOUNTS = 'Purchase Discounts';

/** Accounts, a class, an item, terms and vendors. The ListID of the account for discounts. */
export async function furnish(url: string, file: string): Promise<string> {
  const person = (move: string, body: object) => post<{ id: string }>(url, `/people/${move}`, { file, ...body });
  const accounts: readonly (readonly [name: string, type: string])[] = [
    [CHECKING, 'Bank'],
    ['Savings', 'Bank'],
    [CARD, 'CreditCard'],
    ['Rent', 'Expense'],
    ['Freight', 'Expense'],
    ['Retail Payables', 'AccountsPayable'],
  ];
  for (const [name, type] of accounts) await person('add-account', { name, type });
  const discounts = await person('add-account', { name: DISCOUNTS, type: 'Income' });
  await person('set-discount-account', { account: DISCOUNTS });
  await person('add-class', { name: 'East' });
  await person('add-item', { name: 'Paper', type: 'NonInventory', account: 'Freight', purchaseCost: '3.33' });
  await person('add-terms', { name: 'Net 30', dueDays: 30 });
  await person('add-terms', { name: '2% 10 Net 30', dueDays: 30, discountDays: 10, discountPercent: '2' });
  for (const name of VENDORS) await person('add-vendor', { name, phone: '555-0100' });
  return discounts.id;
}
