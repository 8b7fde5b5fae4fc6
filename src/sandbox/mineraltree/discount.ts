/**
 * The discount that the terms of an invoice offer: percent of the invoice amount, until invoice date + discount days.
 *
 * 1. Rounded half up to cents, in integers. The same day still counts.
 * 2. MineralTree takes it on queueing, when the company has it so ("Automatic Discount Application", off unless turned on)
 *    or the vendor always, and never with a vendor that says never; only where the rest of the invoice is paid, and once.
 */
import { parseDecimal, productCents } from '../../domain/money.ts';
import type { Books } from './books.ts';
import { daysLater } from './calendar.ts';
import type { StoredBill } from './record.ts';

export interface OfferedDiscount {
  readonly cents: number;
  /** The last day. */
  readonly until: string;
}

/** Undefined: the terms offer none. */
export function offeredDiscount(books: Books, { values }: Pick<StoredBill, 'values'>): OfferedDiscount | undefined {
  const term = values.term === undefined ? undefined : books.find('term', values.term)?.values;
  const { amount = 0, transactionDate } = values;
  const percent = parseDecimal(String(term?.discountPercent ?? 0));
  if (term?.discountDays === undefined || percent === undefined || transactionDate === undefined || amount <= 0)
    return undefined;
  // The percentage of whole dollars, with the two decimals of the amount moved over to the percentage.
  const cents = productCents({ units: amount, scale: 2 }, { units: percent.units, scale: percent.scale + 2 }) ?? 0;
  return cents === 0 ? undefined : { cents, until: daysLater(transactionDate, term.discountDays) };
}

/** Whether MineralTree takes discounts of that vendor's invoices by itself. */
export function takesDiscounts(books: Books, companyId: string, vendorId: string): boolean {
  const preference = books.find('vendor', vendorId)?.preferences?.discounts ?? 'default';
  return preference === 'default' ? books.company(companyId)?.automaticDiscounts === true : preference === 'always';
}
