/**
 * BillPaymentCheckQuery, -Add, -Mod; BillPaymentCreditCardQuery, -Add.
 *
 * 1. What a payment pays comes only with IncludeLineItems; an Add and a Mod answer it unasked. What is left of each bill
 *    (BalanceRemaining) is as of now, not as of the payment. Credits show only where they were set together with cash or
 *    discount, as links of what is paid.
 * 2. An Add that only applies credits makes no transaction. Its answer has status 0 and a record without any field, TxnID
 *    neither; the links of bill and credit are all that remains of it.
 * 3. A Mod lists anew what is paid, or mentions no bill and leaves it. Its Amount must be the sum of what it lists.
 *
 * What is set is set for a whole transaction: TxnLineDetail and the TxnLineID of a credit are read over, Override too.
 * Unverified against a live file: there is no recorded answer of any of these.
 */
import type { AnyRecord, RecordOf, RequestAttributes, RequestMessage } from '../../../qbxml/index.ts';
import { type Answer, answered, OK, onlyElements } from '../answer.ts';
import { apDocument } from '../apDocuments.ts';
import type { CompanyFile } from '../companyFile.ts';
import { paymentTotal } from '../journal.ts';
import { withoutUndefined } from '../lists.ts';
import { enterPayment, modifyPayment, type PaidBillDraft, type PaymentDraft } from '../payments.ts';
import { APPLICATION } from '../periods.ts';
import type { BillPayment, PaymentApplication, PaymentMethod } from '../records.ts';
import { invalidAmount, notFound } from '../refusal.ts';
import { checkId } from '../selection.ts';
import { given, type Handler, optionalRef, type RequestContext, record, ref, times } from './context.ts';
import { currencyAndRate, homeAmount, rateGiven } from './currency.ts';
import { creditLinks, transactionNamed } from './links.ts';
import { answerTransactions, asWritten, recoveryOf, type Shown, type TransactionBody } from './transactions.ts';
import { addressBlock, writtenAddress } from './vendor.ts';

type CheckAdd = RequestMessage<'BillPaymentCheckAdd'>['body']['BillPaymentCheckAdd'];
type CardAdd = RequestMessage<'BillPaymentCreditCardAdd'>['body']['BillPaymentCreditCardAdd'];
type Applied = CheckAdd['AppliedToTxnAdd'][number];
type AppliedMod = Omit<Applied, 'TxnLineDetail'>;

/** What both kinds of payment show. */
function paymentRet(company: CompanyFile, payment: BillPayment, shown: Shown) {
  const total = paymentTotal(payment);
  return {
    TxnID: payment.id,
    ...times(company, payment),
    TxnNumber: payment.txnNumber,
    PayeeEntityRef: ref(company, 'vendor', payment.vendorId),
    APAccountRef: ref(company, 'account', payment.apAccountId),
    TxnDate: payment.txnDate,
    Amount: total,
    ...currencyAndRate(company, payment),
    ...homeAmount(company, 'AmountInHomeCurrency', total, payment),
    ...given('RefNumber', payment.refNumber),
    ...given('Memo', payment.memo),
    ...given('ExternalGUID', payment.guid),
    ...(shown.lines
      ? { AppliedToTxnRet: payment.applications.map((application) => appliedRet(company, payment, application)) }
      : {}),
  };
}

function appliedRet(company: CompanyFile, payment: BillPayment, application: PaymentApplication) {
  const { billId, cents, discountCents, discountAccountId, discountClassId } = application;
  const paid = transactionNamed(company, billId);
  const credits = creditLinks(company, payment.id, billId);
  return {
    TxnID: billId,
    TxnType: paid?.type ?? 'Bill',
    ...given('TxnDate', paid?.txnDate),
    ...given('RefNumber', paid?.refNumber),
    BalanceRemaining: apDocument(company, billId)?.openCents ?? 0,
    Amount: cents,
    ...given('DiscountAmount', discountCents === 0 ? undefined : discountCents),
    ...optionalRef('DiscountAccountRef', company, 'account', discountAccountId),
    ...optionalRef('DiscountClassRef', company, 'class', discountClassId),
    ...(credits.length === 0 ? {} : { LinkedTxn: credits }),
  };
}

function checkRet(company: CompanyFile, payment: BillPayment, shown: Shown): RecordOf<'BillPaymentCheckRet'> {
  const address = company.tables.vendor.get(payment.vendorId)?.address;
  return {
    ...paymentRet(company, payment, shown),
    BankAccountRef: ref(company, 'account', payment.accountId),
    ...(address === undefined ? {} : { Address: writtenAddress(address), AddressBlock: addressBlock(address) }),
    IsToBePrinted: payment.toBePrinted ?? false,
  };
}

const cardRet = (company: CompanyFile, payment: BillPayment, shown: Shown): RecordOf<'BillPaymentCreditCardRet'> => ({
  ...paymentRet(company, payment, shown),
  CreditCardAccountRef: ref(company, 'account', payment.accountId),
});

const written = (company: CompanyFile, payment: BillPayment, shown: Shown): AnyRecord =>
  payment.method === 'check'
    ? record('BillPaymentCheckRet', onlyElements(checkRet(company, payment, shown), shown.only))
    : record('BillPaymentCreditCardRet', onlyElements(cardRet(company, payment, shown), shown.only));

function answerQuery(
  context: RequestContext,
  query: string,
  method: PaymentMethod,
  body: TransactionBody,
  attributes: RequestAttributes,
): Answer {
  const { company } = context;
  return answerTransactions(context, {
    query,
    kind: {
      table: company.tables.payment,
      among: (payment) => payment.method === method,
      accounts: ({ apAccountId, accountId, applications }) => [
        apAccountId,
        accountId,
        ...applications.flatMap(({ discountAccountId }) => discountAccountId ?? []),
      ],
    },
    body,
    attributes,
    write: (payment, shown) => written(company, payment, shown),
  });
}

export const billPaymentCheckQuery: Handler<'BillPaymentCheckQuery'> = (context, { body, ...attributes }) =>
  answerQuery(context, 'BillPaymentCheckQuery', 'check', body, attributes);
export const billPaymentCreditCardQuery: Handler<'BillPaymentCreditCardQuery'> = (context, { body, ...attributes }) =>
  answerQuery(context, 'BillPaymentCreditCardQuery', 'creditCard', body, attributes);

/** Throws `Refused` 3000 for an ID that is none. */
function paidBill(wire: AppliedMod): PaidBillDraft {
  checkId(wire.TxnID, 'TxnID');
  return {
    billId: wire.TxnID,
    ...withoutUndefined({
      cents: wire.PaymentAmount,
      discountCents: wire.DiscountAmount,
      discountAccount: wire.DiscountAccountRef,
      discountClass: wire.DiscountClassRef,
      credits: wire.SetCredit?.map(({ CreditTxnID: creditId, AppliedAmount: cents }) => {
        checkId(creditId, 'CreditTxnID');
        return { creditId, cents };
      }),
    }),
  };
}

const headOf = (wire: CheckAdd | CardAdd): Omit<PaymentDraft, 'method' | 'account'> => ({
  vendor: wire.PayeeEntityRef,
  ...withoutUndefined({
    apAccount: wire.APAccountRef,
    txnDate: wire.TxnDate,
    refNumber: wire.RefNumber,
    memo: wire.Memo,
    exchangeRate: rateGiven(wire.ExchangeRate),
    guid: wire.ExternalGUID,
  }),
  bills: wire.AppliedToTxnAdd.map(paidBill),
});

/** The payment, or the record without fields of an Add that only applied credits. */
function answerAdd(company: CompanyFile, draft: PaymentDraft, wanted: readonly string[] | undefined): Answer {
  const payment = enterPayment(company, draft, APPLICATION);
  if (payment !== undefined) return answered(written(company, payment, asWritten(wanted)), recoveryOf(payment));
  const element = draft.method === 'check' ? 'BillPaymentCheckRet' : 'BillPaymentCreditCardRet';
  return { status: OK, records: [record(element, {})] };
}

export const billPaymentCheckAdd: Handler<'BillPaymentCheckAdd'> = ({ company }, { body }) => {
  const wire = body.BillPaymentCheckAdd;
  const draft: PaymentDraft = {
    ...headOf(wire),
    method: 'check',
    account: wire.BankAccountRef,
    ...given('toBePrinted', wire.IsToBePrinted),
  };
  return answerAdd(company, draft, body.IncludeRetElement);
};

export const billPaymentCreditCardAdd: Handler<'BillPaymentCreditCardAdd'> = ({ company }, { body }) => {
  const wire = body.BillPaymentCreditCardAdd;
  const draft: PaymentDraft = { ...headOf(wire), method: 'creditCard', account: wire.CreditCardAccountRef };
  return answerAdd(company, draft, body.IncludeRetElement);
};

export const billPaymentCheckMod: Handler<'BillPaymentCheckMod'> = ({ company }, { body }) => {
  const wire = body.BillPaymentCheckMod;
  checkId(wire.TxnID, 'TxnID');
  const before = company.tables.payment.get(wire.TxnID);
  if (before === undefined || before.method !== 'check') throw notFound(wire.TxnID);
  const bills = wire.AppliedToTxnMod?.map(paidBill);
  const listed = bills === undefined ? paymentTotal(before) : bills.reduce((sum, { cents = 0 }) => sum + cents, 0);
  if (wire.Amount !== undefined && wire.Amount !== listed)
    throw invalidAmount('Amount', wire.Amount, 'The amount is not the sum of what is paid.');
  const change = withoutUndefined({
    account: wire.BankAccountRef,
    txnDate: wire.TxnDate,
    refNumber: wire.RefNumber,
    toBePrinted: wire.IsToBePrinted,
    memo: wire.Memo,
    exchangeRate: rateGiven(wire.ExchangeRate),
    bills,
  });
  const payment = modifyPayment(company, before, change, wire.EditSequence);
  return answered(written(company, payment, asWritten(body.IncludeRetElement)), recoveryOf(payment));
};
