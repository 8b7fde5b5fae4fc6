/** Requests about payables, as an application writes them, for stories at a desk. */
import assert from 'node:assert/strict';
import { type RecordName, type RecordOf, type ResponseMessage, recordsOf } from '../../../src/qbxml/index.ts';
import type { Desk, Json, Session } from './desk.ts';

export const WHOLE = '<IncludeLineItems>true</IncludeLineItems>';
export const LINKED = '<IncludeLinkedTxns>true</IncludeLinkedTxns>';
export const VENDOR = 'Acorn Tools';

const ref = (element: string, name: string): string => `<${element}><FullName>${name}</FullName></${element}>`;
const text = (element: string, value: string | undefined): string =>
  value === undefined ? '' : `<${element}>${value}</${element}>`;

/** So much of a credit. */
export const setCredit = (creditId: string, amount: string): string =>
  `<SetCredit><CreditTxnID>${creditId}</CreditTxnID><AppliedAmount>${amount}</AppliedAmount></SetCredit>`;
export const cash = (amount: string): string => text('PaymentAmount', amount);
export const discount = (amount: string, account?: string): string =>
  `<DiscountAmount>${amount}</DiscountAmount>${account === undefined ? '' : ref('DiscountAccountRef', account)}`;
/** What is done to one bill. */
export const applied = (billId: string, ...how: readonly string[]): string =>
  `<AppliedToTxnAdd><TxnID>${billId}</TxnID>${how.join('')}</AppliedToTxnAdd>`;
export const appliedMod = (billId: string, ...how: readonly string[]): string =>
  applied(billId, ...how).replaceAll('AppliedToTxnAdd', 'AppliedToTxnMod');

export interface PaymentHead {
  readonly vendor?: string;
  readonly apAccount?: string;
  readonly txnDate?: string;
  readonly account?: string;
  readonly refNumber?: string;
  readonly memo?: string;
  readonly guid?: string;
}

export const checkAdd = (bills: string, head: PaymentHead = {}): string =>
  `<BillPaymentCheckAddRq><BillPaymentCheckAdd>${ref('PayeeEntityRef', head.vendor ?? VENDOR)}${
    head.apAccount === undefined ? '' : ref('APAccountRef', head.apAccount)
  }<TxnDate>${head.txnDate ?? '2026-03-02'}</TxnDate>${ref('BankAccountRef', head.account ?? 'Checking')}${
    head.refNumber === undefined ? '<IsToBePrinted>true</IsToBePrinted>' : text('RefNumber', head.refNumber)
  }${text('Memo', head.memo)}${text('ExternalGUID', head.guid)}${bills}</BillPaymentCheckAdd></BillPaymentCheckAddRq>`;

export const cardAdd = (bills: string, head: PaymentHead = {}): string =>
  `<BillPaymentCreditCardAddRq><BillPaymentCreditCardAdd>${ref('PayeeEntityRef', head.vendor ?? VENDOR)}<TxnDate>${
    head.txnDate ?? '2026-03-02'
  }</TxnDate>${ref('CreditCardAccountRef', head.account ?? 'Company Card')}${text('RefNumber', head.refNumber)}${bills}</BillPaymentCreditCardAdd></BillPaymentCreditCardAddRq>`;

/** What an application does with payables, each answer checked to be one of status 0. */
export function payables(desk: Desk, qb: Session) {
  const taken = async <E extends RecordName>(element: E, request: string): Promise<RecordOf<E>> => {
    const answer = await qb.one(request);
    assert.equal(answer.status.code, 0, answer.status.message);
    const [found] = recordsOf(answer, element);
    assert.ok(found, `no ${element}`);
    return found;
  };
  const query = async <E extends RecordName>(element: E, filter: string): Promise<readonly RecordOf<E>[]> => {
    const name = element.replace(/Ret$/, 'Query');
    const answer: ResponseMessage = await qb.one(`<${name}Rq>${filter}</${name}Rq>`);
    assert.ok([0, 1].includes(answer.status.code), answer.status.message);
    return recordsOf(answer, element);
  };
  return {
    taken,
    query,
    /** The one record of that TxnID, with lines and, where the query has them, links. */
    async whole<E extends 'BillRet' | 'VendorCreditRet' | 'BillPaymentCheckRet' | 'BillPaymentCreditCardRet'>(
      element: E,
      txnId: string | undefined,
    ): Promise<RecordOf<E>> {
      const links = element === 'BillRet' || element === 'VendorCreditRet' ? LINKED : '';
      const [found] = await query(element, `<TxnID>${txnId}</TxnID>${WHOLE}${links}`);
      assert.ok(found, `no ${element} ${txnId}`);
      return found;
    },
    async bill(amount: string, more: Json = {}): Promise<string> {
      const made = await desk.move('enter-bill', {
        vendor: VENDOR,
        txnDate: '2026-03-01',
        expenseLines: [{ account: 'Rent', amount }],
        ...more,
      });
      return String(made.id);
    },
    credit: (amount: string, more = ''): Promise<RecordOf<'VendorCreditRet'>> =>
      taken(
        'VendorCreditRet',
        `<VendorCreditAddRq><VendorCreditAdd>${ref('VendorRef', VENDOR)}<TxnDate>2026-02-20</TxnDate>${more}<ExpenseLineAdd>${ref('AccountRef', 'Rent')}<Amount>${amount}</Amount></ExpenseLineAdd></VendorCreditAdd></VendorCreditAddRq>`,
      ),
    check: (bills: string, head: PaymentHead = {}): Promise<RecordOf<'BillPaymentCheckRet'>> =>
      taken('BillPaymentCheckRet', checkAdd(bills, head)),
    card: (bills: string, head: PaymentHead = {}): Promise<RecordOf<'BillPaymentCreditCardRet'>> =>
      taken('BillPaymentCreditCardRet', cardAdd(bills, head)),
    /** What is left to pay and left of credits with a vendor: TxnID and cents, credits negative. */
    async toPay(vendor = VENDOR, more = ''): Promise<readonly (readonly [string, number])[]> {
      const found = await query('BillToPayRet', `${ref('PayeeEntityRef', vendor)}${more}`);
      return found.map(({ BillToPay, CreditToApply }) =>
        BillToPay === undefined
          ? [CreditToApply?.TxnID ?? '', 0 - (CreditToApply?.CreditRemaining ?? 0)]
          : [BillToPay.TxnID, BillToPay.AmountDue],
      );
    },
    /** What is open of one document, by BillToPay. */
    async open(txnId: string, vendor = VENDOR): Promise<number | undefined> {
      return new Map(await this.toPay(vendor)).get(txnId);
    },
  };
}
