/**
 * What is open with a vendor by BillToPay: the only statement of QuickBooks about balances that can be relied on (the
 * OpenAmount of a bill can be missing or be the vendor's total).
 */
import type { VendorBalance } from '../contract/index.ts';
import type { Cents } from '../domain/money.ts';
import { type RequestMessage, type ResponseMessage, recordsOf } from '../qbxml/index.ts';
import { checkQuery, namesNoEntry } from './queryStatus.ts';

/** Open bills and credits of a vendor, of all A/P accounts (unverified against a real QuickBooks) or of one. */
export const balanceQuery = (requestID: string, vendorId: string, apAccountId?: string): RequestMessage => ({
  type: 'BillToPayQuery',
  requestID,
  body: {
    PayeeEntityRef: { ListID: vendorId },
    ...(apAccountId === undefined ? {} : { APAccountRef: { ListID: apAccountId } }),
  },
});

/**
 * The balance, whole; undefined where QuickBooks does not know the vendor, or an entry cannot be read: what is not listed
 * would count as paid.
 */
export function readBalance(response: ResponseMessage, vendorId: string): VendorBalance | undefined {
  if (namesNoEntry(response) || response.problems.length > 0) return undefined;
  checkQuery(response);
  const open: VendorBalance['open'][number][] = [];
  for (const { BillToPay: bill, CreditToApply: credit } of recordsOf(response, 'BillToPayRet')) {
    if (bill !== undefined) {
      if (bill.TxnType === 'Bill')
        open.push({ kind: 'bill', txnId: bill.TxnID, ...account(bill.APAccountRef), openCents: bill.AmountDue });
    } else if (credit !== undefined)
      open.push({
        kind: 'credit',
        txnId: credit.TxnID,
        ...account(credit.APAccountRef),
        openCents: credit.CreditRemaining,
      });
  }
  return { vendorId, open };
}

/** What is to be paid by BillToPay that is no bill: a journal entry, an item receipt, a refund. */
export const otherDebts = (
  response: ResponseMessage,
): readonly { readonly txnId: string; readonly openCents: Cents }[] =>
  recordsOf(response, 'BillToPayRet').flatMap(({ BillToPay: debt }) =>
    debt === undefined || debt.TxnType === 'Bill' ? [] : [{ txnId: debt.TxnID, openCents: debt.AmountDue }],
  );

const account = (ref: { readonly ListID?: string } | undefined) =>
  ref?.ListID === undefined ? {} : { apAccountId: ref.ListID };
