/** Applications of credits to invoices: made, read, and voided by a GET that has an effect (API guide). */
import type { BillCredit } from '../domain/payables.ts';
import type { Caller } from './calls.ts';
import { billCredits } from './entities/credit.ts';
import { checkedId, createRecords, type Records } from './records.ts';

export interface BillCreditRecords extends Pick<Records<BillCredit>, 'create' | 'get'> {
  /** Takes an application back. The answer is of no matter; a lost one leaves the outcome `unknown`. */
  void(id: string): Promise<void>;
}

export function createBillCreditRecords(call: Caller, companyId: string): BillCreditRecords {
  const { create, get } = createRecords(call, companyId, billCredits);
  return {
    create,
    get,
    void: async (id) => {
      await call({ method: 'GET', path: `/${billCredits.resource}/void/${checkedId(id)}`, write: true });
    },
  };
}
