/**
 * Purchase orders and item receipts that a bill takes over. They are linked by quantity; no money of the bill is in them.
 *
 * An item receipt is in A/P until its bill comes: from then on the receipt posts nothing, the bill does. QuickBooks
 * turns the receipt itself into the bill; here both stay, linked (unverified how that shows on the wire).
 */
import type { CompanyFile } from './companyFile.ts';
import type { Bill, GeneralTransaction } from './records.ts';
import { linkedTwice, notFound, notSaved } from './refusal.ts';

/**
 * The orders and receipts of those IDs. Throws `Refused`: 3120 none such of this vendor, 3177 the same twice, 3180 one
 * that another bill has taken over.
 */
export function linkableOrders(
  company: CompanyFile,
  vendorId: string,
  ids: readonly string[],
): readonly GeneralTransaction[] {
  return ids.map((id, index) => {
    const order = company.tables.general.get(id);
    if (order === undefined || order.vendorId !== vendorId || order.voided) throw notFound(id);
    if (order.type !== 'PurchaseOrder' && order.type !== 'ItemReceipt') throw notFound(id);
    if (ids.indexOf(id) !== index) throw linkedTwice(id);
    if (order.billedBy !== undefined) throw notSaved('Bill', 'The transaction has been billed already.');
    return order;
  });
}

/** Marks them as billed. */
export function takeOver(company: CompanyFile, billId: string, orders: readonly GeneralTransaction[]): void {
  for (const order of orders)
    company.putTransaction('general', { ...order, billedBy: billId, modifiedAt: company.clock.now() });
}

/** Frees what the bill had taken over: it is gone or void. */
export function releaseOrders(company: CompanyFile, bill: Bill): void {
  for (const id of bill.orderIds ?? []) {
    const order = company.tables.general.get(id);
    if (order === undefined) continue;
    const { billedBy: _, ...freed } = order;
    company.putTransaction('general', { ...freed, modifiedAt: company.clock.now() });
  }
}
