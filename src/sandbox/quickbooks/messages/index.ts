/** Every request that the sandbox answers, by name. */
import type { RequestMessage, RequestName } from '../../../qbxml/index.ts';
import type { Answer } from '../answer.ts';
import { billAdd, billMod, billQuery } from './bill.ts';
import {
  companyQuery,
  dataExtAdd,
  dataExtDefAdd,
  dataExtDefQuery,
  dataExtMod,
  hostQuery,
  preferencesQuery,
} from './company.ts';
import type { Handler, RequestContext } from './context.ts';
import { listDeletedQuery, txnDel, txnDeletedQuery, txnVoid } from './deletions.ts';
import { itemQuery } from './item.ts';
import {
  accountQuery,
  classQuery,
  customerQuery,
  dateDrivenTermsQuery,
  standardTermsAdd,
  standardTermsQuery,
  termsQuery,
} from './lists.ts';
import {
  billPaymentCheckQuery,
  billPaymentCreditCardQuery,
  billToPayQuery,
  notYet,
  vendorCreditQuery,
} from './payables.ts';
import { vendorAdd, vendorMod, vendorQuery } from './vendor.ts';

const handlers: { readonly [N in RequestName]: Handler<N> } = {
  AccountQuery: accountQuery,
  BillAdd: billAdd,
  BillMod: billMod,
  BillPaymentCheckAdd: notYet,
  BillPaymentCheckMod: notYet,
  BillPaymentCheckQuery: billPaymentCheckQuery,
  BillPaymentCreditCardAdd: notYet,
  BillPaymentCreditCardQuery: billPaymentCreditCardQuery,
  BillQuery: billQuery,
  BillToPayQuery: billToPayQuery,
  CheckQuery: notYet,
  ClassQuery: classQuery,
  CompanyQuery: companyQuery,
  CreditCardChargeQuery: notYet,
  CreditCardCreditQuery: notYet,
  CurrencyQuery: notYet,
  CustomerQuery: customerQuery,
  DataExtAdd: dataExtAdd,
  DataExtDefAdd: dataExtDefAdd,
  DataExtDefQuery: dataExtDefQuery,
  DataExtMod: dataExtMod,
  DateDrivenTermsAdd: notYet,
  DateDrivenTermsQuery: dateDrivenTermsQuery,
  DepositQuery: notYet,
  HostQuery: hostQuery,
  ItemQuery: itemQuery,
  ItemReceiptQuery: notYet,
  JournalEntryQuery: notYet,
  ListDeletedQuery: listDeletedQuery,
  PreferencesQuery: preferencesQuery,
  StandardTermsAdd: standardTermsAdd,
  StandardTermsQuery: standardTermsQuery,
  TermsQuery: termsQuery,
  TxnDel: txnDel,
  TxnDeletedQuery: txnDeletedQuery,
  TxnVoid: txnVoid,
  VendorAdd: vendorAdd,
  VendorCreditAdd: notYet,
  VendorCreditMod: notYet,
  VendorCreditQuery: vendorCreditQuery,
  VendorMod: vendorMod,
  VendorQuery: vendorQuery,
};

/** Answers one request. Throws `Refused` for what QuickBooks refuses. */
export function answerRequest<N extends RequestName>(context: RequestContext, request: RequestMessage<N>): Answer {
  const handler: Handler<N> = handlers[request.type];
  return handler(context, request);
}
