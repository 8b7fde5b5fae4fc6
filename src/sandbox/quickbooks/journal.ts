/**
 * The double-entry journal of a company file: what each bill does to the accounts, and the balances that follow.
 *
 * 1. Debits are positive, credits negative; the entries of a transaction sum to zero.
 * 2. A bill credits its A/P account with its total and debits the account of each line; a void posts zeros.
 * 3. A balance is the sum of entries: it is never kept apart from them.
 */
import type { Cents } from '../../domain/money.ts';
import type { Account, Bill, Item, ItemLine, JournalTransaction } from './records.ts';
import type { Table } from './table.ts';

const CREDIT_TYPES: ReadonlySet<Account['type']> = new Set([
  'AccountsPayable',
  'CreditCard',
  'Equity',
  'Income',
  'LongTermLiability',
  'OtherCurrentLiability',
  'OtherIncome',
]);

/** All item lines of a bill, those inside groups too. */
export function everyItemLine(bill: Pick<Bill, 'itemLines' | 'groupLines'>): readonly ItemLine[] {
  return bill.groupLines.length === 0
    ? bill.itemLines
    : [...bill.itemLines, ...bill.groupLines.flatMap(({ lines }) => lines)];
}

/** The total of a bill's lines: what QuickBooks calls AmountDue. */
export function billTotal(bill: Pick<Bill, 'expenseLines' | 'itemLines' | 'groupLines'>): Cents {
  let total = 0;
  for (const line of bill.expenseLines) total += line.amountCents;
  for (const line of everyItemLine(bill)) total += line.amountCents;
  return total;
}

/** What a bill posts. Throws when a line has nowhere to go, which `bills.ts` refuses before. */
export function postingOf(bill: Bill, items: Table<Item>): JournalTransaction {
  const debits = [
    ...bill.expenseLines.map(({ accountId, amountCents }) => ({ accountId, cents: amountCents })),
    ...everyItemLine(bill).map((line) => ({ accountId: accountOfLine(line, items), cents: line.amountCents })),
  ];
  return {
    id: bill.id,
    createdAt: bill.createdAt,
    modifiedAt: bill.modifiedAt,
    date: bill.txnDate,
    entries: [{ accountId: bill.apAccountId, cents: 0 - billTotal(bill) }, ...debits],
  };
}

function accountOfLine(line: ItemLine, items: Table<Item>): string {
  const accountId = line.overrideAccountId ?? items.get(line.itemId)?.purchaseAccountId;
  if (accountId === undefined) throw new Error(`line ${line.lineId}: item ${line.itemId} has no account to post to`);
  return accountId;
}

export interface JournalBalances {
  /** The sum of an account's entries, debits positive. */
  of(accountId: string): Cents;
  /** Takes the entries of one posting out and those of another in. */
  replace(before: JournalTransaction | undefined, after: JournalTransaction | undefined): void;
}

export function balancesOf(): JournalBalances {
  const sums = new Map<string, Cents>();
  const add = (posting: JournalTransaction | undefined, sign: 1 | -1): void => {
    for (const { accountId, cents } of posting?.entries ?? [])
      sums.set(accountId, (sums.get(accountId) ?? 0) + sign * cents);
  };
  return {
    of: (accountId) => sums.get(accountId) ?? 0,
    replace(before, after) {
      add(before, -1);
      add(after, 1);
    },
  };
}

/** An account's balance as QuickBooks shows it: positive when it stands on the side that its type belongs to. */
export function shownBalance(account: Account, balances: JournalBalances): Cents {
  const cents = balances.of(account.id);
  return CREDIT_TYPES.has(account.type) ? 0 - cents : cents;
}
