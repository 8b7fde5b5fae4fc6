/**
 * What has been settled of each document of A/P: kept from the payments and the credits applied, never apart from them.
 *
 * 1. A payment lowers each bill that it pays by cash and discount; a credit applied lowers bill and credit alike.
 * 2. Everything here follows from the rows of `payment` and `creditApplication`: what a row became is put in, what it
 *    was is taken out. So the open balance of a document is one look, however many payments there are.
 */
import type { Cents } from '../../domain/money.ts';
import type { BillPayment, CreditApplication } from './records.ts';

export interface Settlement {
  /** `payment`: cash and discount of the payment `txnId`. `credit`: the other side, the credit of a bill or the bill of a credit. */
  readonly by: 'payment' | 'credit';
  readonly txnId: string;
  readonly cents: Cents;
  /** Beside `cents`; 0 for credits. */
  readonly discountCents: Cents;
}

export interface Settlements {
  /** What lowered the document, in the order in which it did. */
  of(txnId: string): readonly Settlement[];
  /** By how much the document is lowered in all. */
  sumOf(txnId: string): Cents;
  replacePayment(before: BillPayment | undefined, after: BillPayment | undefined): void;
  replaceApplication(before: CreditApplication | undefined, after: CreditApplication | undefined): void;
}

interface Settled {
  cents: Cents;
  readonly byTxn: Map<string, Settlement>;
}

export function createSettlements(): Settlements {
  const documents = new Map<string, Settled>();
  const put = (documentId: string, settlement: Settlement): void => {
    const settled = documents.get(documentId) ?? { cents: 0, byTxn: new Map<string, Settlement>() };
    settled.cents += settlement.cents + settlement.discountCents;
    settled.byTxn.set(settlement.txnId, settlement);
    documents.set(documentId, settled);
  };
  const take = (documentId: string, txnId: string): void => {
    const settled = documents.get(documentId);
    const settlement = settled?.byTxn.get(txnId);
    if (settled === undefined || settlement === undefined) return;
    settled.cents -= settlement.cents + settlement.discountCents;
    settled.byTxn.delete(txnId);
    if (settled.byTxn.size === 0) documents.delete(documentId);
  };
  return {
    of: (txnId) => [...(documents.get(txnId)?.byTxn.values() ?? [])],
    sumOf: (txnId) => documents.get(txnId)?.cents ?? 0,
    replacePayment(before, after) {
      for (const { billId } of before?.applications ?? []) take(billId, before?.id ?? '');
      for (const { billId, cents, discountCents } of after?.applications ?? [])
        put(billId, { by: 'payment', txnId: after?.id ?? '', cents, discountCents });
    },
    replaceApplication(before, after) {
      if (before !== undefined) {
        take(before.billTxnId, before.creditTxnId);
        take(before.creditTxnId, before.billTxnId);
      }
      if (after === undefined) return;
      const { creditTxnId, billTxnId, cents } = after;
      put(billTxnId, { by: 'credit', txnId: creditTxnId, cents, discountCents: 0 });
      put(creditTxnId, { by: 'credit', txnId: billTxnId, cents, discountCents: 0 });
    },
  };
}
