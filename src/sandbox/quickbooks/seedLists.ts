/** The lists that every seed starts with: accounts, classes, customers with jobs, items, terms, and so many vendors. */
import type { CompanyFile } from './companyFile.ts';
import { addEntry } from './lists.ts';
import type { AccountType } from './records.ts';

const ACCOUNTS: readonly (readonly [name: string, type: AccountType, number: string, parent?: string])[] = [
  ['Checking', 'Bank', '1000'],
  ['Savings', 'Bank', '1010'],
  ['Accounts Receivable', 'AccountsReceivable', '1100'],
  ['Inventory Asset', 'OtherCurrentAsset', '1200'],
  ['Furniture and Equipment', 'FixedAsset', '1500'],
  ['Security Deposits', 'OtherAsset', '1600'],
  ['Company Card', 'CreditCard', '2100'],
  ['Sales Tax Payable', 'OtherCurrentLiability', '2200'],
  ['Bank Loan', 'LongTermLiability', '2500'],
  ['Opening Balance Equity', 'Equity', '3000'],
  ['Sales', 'Income', '4000'],
  ['Cost of Goods Sold', 'CostOfGoodsSold', '5000'],
  ['Office Supplies', 'Expense', '6000'],
  ['Rent', 'Expense', '6100'],
  ['Utilities', 'Expense', '6200'],
  ['Electricity', 'Expense', '6210', 'Utilities'],
  ['Telephone', 'Expense', '6220', 'Utilities'],
  ['Freight', 'Expense', '6300'],
  ['Professional Fees', 'Expense', '6400'],
];
const CLASSES = [['East'], ['West'], ['North', 'West']] as const;
const CUSTOMERS = [['Harbor Hotel'], ['Kitchen', 'Harbor Hotel'], ['Lobby', 'Harbor Hotel'], ['Miller, Anna']] as const;
const TERMS = [
  ['Due on receipt', 0],
  ['Net 15', 15],
  ['Net 30', 30],
] as const;
const STREETS = ['Main Street', 'Harbor Road', 'Mill Lane', 'Oak Avenue'] as const;
const TRADES = [
  'Supply',
  'Electric',
  'Paper',
  'Freight',
  'Plumbing',
  'Foods',
  'Print',
  'Tools',
  'Cleaning',
  'Paint',
] as const;
const PLACES = ['Acorn', 'Bayside', 'Cedar', 'Delta', 'Easton', 'Foxglove', 'Granite', 'Hilltop'] as const;

/** Adds the lists; `step` lets time pass before each entry. Answers the IDs that bills are made of. */
export function seedLists(company: CompanyFile, vendorCount: number, step: () => void) {
  const accounts = ACCOUNTS.map(([name, type, number, parent]) => {
    step();
    return addEntry(company, 'account', name, (entry) => ({ ...entry, type, number }), parent);
  });
  const accountId = (name: string): string => accounts.find((account) => account.name === name)?.id ?? '';
  const classes = CLASSES.map(([name, parent]) => {
    step();
    return addEntry(company, 'class', name, (entry) => entry, parent).id;
  });
  const customers = CUSTOMERS.map(([name, parent]) => {
    step();
    return addEntry(company, 'customer', name, (entry) => entry, parent).id;
  });
  const terms = TERMS.map(([name, dueDays]) => {
    step();
    return addEntry(company, 'terms', name, (entry) => ({ ...entry, kind: 'standard', dueDays })).id;
  });
  step();
  addEntry(company, 'terms', '2% 10 Net 30', (entry) => ({
    ...entry,
    kind: 'standard',
    dueDays: 30,
    discountDays: 10,
    discountPercent: { units: 2, scale: 0 },
  }));
  step();
  addEntry(company, 'terms', '15th of month', (entry) => ({
    ...entry,
    kind: 'dateDriven',
    dayOfMonthDue: 15,
    dueNextMonthDays: 5,
  }));
  return {
    expenseAccounts: accounts.filter(({ type }) => type === 'Expense').map(({ id }) => id),
    classes,
    customers,
    items: seedItems(company, accountId, step),
    vendors: Array.from({ length: vendorCount }, (_, index) => {
      step();
      return seedVendor(company, index, terms);
    }),
  };
}

function seedItems(company: CompanyFile, accountId: (name: string) => string, step: () => void): string[] {
  const incomeAccountId = accountId('Sales');
  step();
  const service = addEntry(company, 'item', 'Installation', (entry) => ({
    ...entry,
    type: 'Service',
    description: 'Installation, per hour',
    purchaseCost: { units: 6500, scale: 2 },
    purchaseAccountId: accountId('Professional Fees'),
    incomeAccountId,
  }));
  step();
  const part = addEntry(company, 'item', 'Paper A4', (entry) => ({
    ...entry,
    type: 'NonInventory',
    description: 'Paper, white, 500 sheets',
    purchaseCost: { units: 42999, scale: 4 },
    purchaseAccountId: accountId('Office Supplies'),
  }));
  step();
  const stock = addEntry(company, 'item', 'Door Handle', (entry) => ({
    ...entry,
    type: 'Inventory',
    purchaseCost: { units: 1250, scale: 2 },
    purchaseAccountId: accountId('Inventory Asset'),
    cogsAccountId: accountId('Cost of Goods Sold'),
    incomeAccountId,
  }));
  step();
  addEntry(company, 'item', 'Door Set', (entry) => ({
    ...entry,
    type: 'Group',
    description: 'Handle, fitted',
    members: [
      { itemId: stock.id, quantity: { units: 2, scale: 0 } },
      { itemId: service.id, quantity: { units: 5, scale: 1 } },
    ],
  }));
  return [service.id, part.id, stock.id];
}

function seedVendor(company: CompanyFile, index: number, terms: readonly string[]): string {
  const place = PLACES[Math.floor(index / TRADES.length) % PLACES.length] ?? '';
  const round = Math.floor(index / (TRADES.length * PLACES.length));
  const name = `${place} ${TRADES[index % TRADES.length] ?? ''}${round === 0 ? '' : ` ${round + 1}`}`;
  const termsId = terms[index % terms.length];
  return addEntry(company, 'vendor', name, (entry) => ({
    ...entry,
    companyName: name,
    nameOnCheck: name,
    address: {
      addr1: name,
      addr2: `${100 + index} ${STREETS[index % STREETS.length] ?? ''}`,
      city: 'Portland',
      state: 'ME',
      postalCode: String(4101 + (index % 20)).padStart(5, '0'),
    },
    phone: `207-555-${String(index % 10_000).padStart(4, '0')}`,
    ...(termsId === undefined ? {} : { termsId }),
  })).id;
}
