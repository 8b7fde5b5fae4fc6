/**
 * BillQuery, BillAdd, BillMod.
 *
 * A query answers lines and links only when asked; an Add and a Mod answer the lines unasked. OpenAmount is as the switch
 * `openAmount` says. LinkToTxnID takes over purchase orders and item receipts as a whole; links of single lines are not
 * made.
 */
import type { RecordOf } from '../../../qbxml/index.ts';
import { answered, onlyElements } from '../answer.ts';
import { isPaid, openCents, vendorBalance } from '../balance.ts';
import { enterBill, modifyBill } from '../bills.ts';
import type { CompanyFile } from '../companyFile.ts';
import { billTotal } from '../journal.ts';
import { withoutUndefined } from '../lists.ts';
import { APPLICATION } from '../periods.ts';
import type { Bill } from '../records.ts';
import { notFound } from '../refusal.ts';
import { checkId } from '../selection.ts';
import { given, type Handler, optionalRef, record, ref, times } from './context.ts';
import { currencyAndRate, homeAmount, rateGiven } from './currency.ts';
import { accountsOf, changedLines, draftedLines, writtenLines } from './documentLines.ts';
import { moneyLinks, orderLinks } from './links.ts';
import { answerTransactions, asWritten, recoveryOf, type Shown } from './transactions.ts';
import { changedAddress, writtenAddress } from './vendor.ts';

function billRet(company: CompanyFile, bill: Bill, shown: Shown): RecordOf<'BillRet'> {
  const total = billTotal(bill);
  const { openAmount } = company.switches();
  const open = openAmount === 'vendorTotal' ? vendorBalance(company, bill.vendorId) : openCents(company, bill);
  return {
    TxnID: bill.id,
    ...times(company, bill),
    TxnNumber: bill.txnNumber,
    VendorRef: ref(company, 'vendor', bill.vendorId),
    ...given('VendorAddress', bill.address === undefined ? undefined : writtenAddress(bill.address)),
    APAccountRef: ref(company, 'account', bill.apAccountId),
    TxnDate: bill.txnDate,
    ...given('DueDate', bill.dueDate),
    AmountDue: total,
    ...currencyAndRate(company, bill),
    ...homeAmount(company, 'AmountDueInHomeCurrency', total, bill),
    ...given('RefNumber', bill.refNumber),
    ...optionalRef('TermsRef', company, 'terms', bill.termsId),
    ...given('Memo', bill.memo),
    IsPaid: isPaid(company, bill),
    ...given('ExternalGUID', bill.guid),
    ...(shown.links
      ? { LinkedTxn: [...orderLinks(company, bill.orderIds ?? []), ...moneyLinks(company, bill.id)] }
      : {}),
    ...(shown.lines ? writtenLines(company, bill) : {}),
    ...(openAmount === 'missing' ? {} : { OpenAmount: open }),
  };
}

export const billQuery: Handler<'BillQuery'> = (context, { body, ...attributes }) => {
  const { company } = context;
  return answerTransactions(context, {
    query: 'BillQuery',
    kind: {
      table: company.tables.bill,
      accounts: (bill) => accountsOf(company, bill),
      isPaid: (bill) => isPaid(company, bill),
    },
    body,
    attributes,
    write: (bill, shown) => written(company, bill, shown),
  });
};

export const billAdd: Handler<'BillAdd'> = ({ company }, { body }) => {
  const wire = body.BillAdd;
  const bill = enterBill(
    company,
    {
      vendor: wire.VendorRef,
      ...withoutUndefined({
        address: wire.VendorAddress === undefined ? undefined : changedAddress(undefined, wire.VendorAddress),
        apAccount: wire.APAccountRef,
        txnDate: wire.TxnDate,
        dueDate: wire.DueDate,
        refNumber: wire.RefNumber,
        terms: wire.TermsRef,
        memo: wire.Memo,
        exchangeRate: rateGiven(wire.ExchangeRate),
        guid: wire.ExternalGUID,
        orderIds: wire.LinkToTxnID,
      }),
      ...draftedLines(wire),
    },
    APPLICATION,
  );
  return answerWrite(company, bill, body.IncludeRetElement);
};

export const billMod: Handler<'BillMod'> = ({ company }, { body }) => {
  const wire = body.BillMod;
  checkId(wire.TxnID, 'TxnID');
  const before = company.tables.bill.get(wire.TxnID);
  if (before === undefined) throw notFound(wire.TxnID);
  const change = {
    ...withoutUndefined({
      vendor: wire.VendorRef,
      address: wire.VendorAddress === undefined ? undefined : changedAddress(before.address, wire.VendorAddress),
      apAccount: wire.APAccountRef,
      txnDate: wire.TxnDate,
      dueDate: wire.DueDate,
      refNumber: wire.RefNumber,
      terms: wire.TermsRef,
      memo: wire.Memo,
      exchangeRate: rateGiven(wire.ExchangeRate),
    }),
    ...changedLines(wire),
  };
  return answerWrite(company, modifyBill(company, before, change, wire.EditSequence), body.IncludeRetElement);
};

const written = (company: CompanyFile, bill: Bill, shown: Shown) =>
  record('BillRet', onlyElements(billRet(company, bill, shown), shown.only));

const answerWrite = (company: CompanyFile, bill: Bill, wanted: readonly string[] | undefined) =>
  answered(written(company, bill, asWritten(wanted)), recoveryOf(bill));
