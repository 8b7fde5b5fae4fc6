/**
 * What an invoice needs before MineralTree posts it, and what a closed period forbids.
 *
 * 1. Required at the header: vendor, invoice date, due date, invoice amount, A/P account, and at least one line. On an
 *    expense line: account, amount. On an item line: item, amount, quantity, cost per. (Guide, supported invoice fields;
 *    the A/P account and the item line's item as the ledger needs them.)
 * 2. An accounting period that is closed or locked forbids posting, and editing what is posted, for dates in it. What the
 *    ledger does not have yet may be given a date outside of it (the guide, closing date).
 */
import type { Books } from './books.ts';
import type { ValuesOf } from './entities.ts';

/** Each missing field with its place, as the red banner would name it: `expense line 2: Account`. */
export function missingFields({ expenses = [], items = [], ...header }: ValuesOf<'bill'>): readonly string[] {
  const missing = (where: string, fields: Readonly<Record<string, unknown>>): readonly string[] =>
    Object.entries(fields)
      .filter(([, value]) => value === undefined)
      .map(([name]) => `${where}: ${name}`);
  return [
    ...missing('header', {
      'Vendor Name': header.vendor,
      'Invoice Date': header.transactionDate,
      'Due Date': header.dueDate,
      'Invoice Amount': header.amount,
      'AP Account': header.apAccount,
      'at least one expense or item line': expenses[0] ?? items[0],
    }),
    ...expenses.flatMap((line, index) =>
      missing(`expense line ${index + 1}`, { Account: line.glAccount, Amount: line.amountDue }),
    ),
    ...items.flatMap((line, index) =>
      missing(`item line ${index + 1}`, {
        Item: line.companyItem,
        Amount: line.amountDue,
        Quantity: line.quantity,
        'Cost Per': line.cost,
      }),
    ),
  ];
}

/** The name of the closed period that a date lies in. */
export function closedPeriod(books: Books, companyId: string, date: string): string | undefined {
  if (!books.knobs().enforcePeriods) return undefined;
  return books
    .all(companyId, 'accountingPeriod')
    .map(({ values }) => values)
    .find(
      ({ started = '', ended = '', closed, locked, active = true }) =>
        active && (closed === true || locked === true) && started <= date && date <= ended,
    )?.name;
}
