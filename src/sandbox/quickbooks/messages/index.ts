/** Every request that the sandbox answers, by name. */
import type { RequestMessage, RequestName } from '../../../qbxml/index.ts';
import type { Answer } from '../answer.ts';
import { billAdd, billMod, billQuery } from './bill.ts';
import {
  billPaymentCheckAdd,
  billPaymentCheckMod,
  billPaymentCheckQuery,
  billPaymentCreditCardAdd,
  billPaymentCreditCardQuery,
} from './billPayment.ts';
import { billToPayQuery } from './billToPay.ts';
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
import { currencyQuery } from './currency.ts';
import { listDeletedQuery, txnDel, txnDeletedQuery, txnVoid } from './deletions.ts';
import {
  checkQuery,
  creditCardChargeQuery,
  creditCardCreditQuery,
  depositQuery,
  itemReceiptQuery,
  journalEntryQuery,
} from './general.ts';
import { itemQuery } from './item.ts';
import { accountQuery, classQuery, customerQuery } from './lists.ts';
import { dateDrivenTermsAdd, dateDrivenTermsQuery, standardTermsAdd, standardTermsQuery, termsQuery } from './terms.ts';
import { vendorAdd, vendorMod, vendorQuery } from './vendor.ts';
import { vendorCreditAdd, vendorCreditMod, vendorCreditQuery } from './vendorCredit.ts';

const handlers: { readonly [N in RequestName]: Handler<N> } = {
  AccountQuery: accountQuery,
  BillAdd: billAdd,
  BillMod: billMod,
  BillPaymentCheckAdd: billPaymentCheckAdd,
  BillPaymentCheckMod: billPaymentCheckMod,
  BillPaymentCheckQuery: billPaymentCheckQuery,
  BillPaymentCreditCardAdd: billPaymentCreditCardAdd,
  BillPaymentCreditCardQuery: billPaymentCreditCardQuery,
  BillQuery: billQuery,
  BillToPayQuery: billToPayQuery,
  CheckQuery: checkQuery,
  ClassQuery: classQuery,
  CompanyQuery: companyQuery,
  CreditCardChargeQuery: creditCardChargeQuery,
  CreditCardCreditQuery: creditCardCreditQuery,
  CurrencyQuery: currencyQuery,
  CustomerQuery: customerQuery,
  DataExtAdd: dataExtAdd,
  DataExtDefAdd: dataExtDefAdd,
  DataExtDefQuery: dataExtDefQuery,
  DataExtMod: dataExtMod,
  DateDrivenTermsAdd: dateDrivenTermsAdd,
  DateDrivenTermsQuery: dateDrivenTermsQuery,
  DepositQuery: depositQuery,
  HostQuery: hostQuery,
  ItemQuery: itemQuery,
  ItemReceiptQuery: itemReceiptQuery,
  JournalEntryQuery: journalEntryQuery,
  ListDeletedQuery: listDeletedQuery,
  PreferencesQuery: preferencesQuery,
  StandardTermsAdd: standardTermsAdd,
  StandardTermsQuery: standardTermsQuery,
  TermsQuery: termsQuery,
  TxnDel: txnDel,
  TxnDeletedQuery: txnDeletedQuery,
  TxnVoid: txnVoid,
  VendorAdd: vendorAdd,
  VendorCreditAdd: vendorCreditAdd,
  VendorCreditMod: vendorCreditMod,
  VendorCreditQuery: vendorCreditQuery,
  VendorMod: vendorMod,
  VendorQuery: vendorQuery,
};

/** Answers one request. Throws `Refused` for what QuickBooks refuses. */
export function answerRequest<N extends RequestName>(context: RequestContext, request: RequestMessage<N>): Answer {
  const handler: Handler<N> = handlers[request.type];
  return handler(context, request);
}
