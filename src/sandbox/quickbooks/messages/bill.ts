/**
 * BillQuery, BillAdd, BillMod.
 *
 * A query answers lines and links only when asked; an Add and a Mod answer the lines unasked. Links to purchase orders
 * cannot be made: the sandbox keeps none.
 */
import type { RecordOf } from '../../../qbxml/index.ts';
import { answered, onlyElements } from '../answer.ts';
import { isPaid, openCents, vendorBalance } from '../balance.ts';
import { enterBill, modifyBill } from '../bills.ts';
import type { CompanyFile } from '../companyFile.ts';
import { billTotal } from '../journal.ts';
import { withoutUndefined } from '../lists.ts';
import type { Bill } from '../records.ts';
import { notFound } from '../refusal.ts';
import { given, type Handler, optionalRef, record, ref, times } from './context.ts';
import { accountsOf, changedLines, draftedLines, writtenLines } from './documentLines.ts';
import { AS_WRITTEN, answerTransactions, type Shown } from './transactions.ts';
import { changedAddress, writtenAddress } from './vendor.ts';

function billRet(company: CompanyFile, bill: Bill, shown: Shown): RecordOf<'BillRet'> {
  const { openAmount } = company.switches();
  const open = openAmount === 'vendorTotal' ? vendorBalance(company, bill.vendorId) : openCents(bill);
  return {
    TxnID: bill.id,
    ...times(company, bill),
    TxnNumber: bill.txnNumber,
    VendorRef: ref(company, 'vendor', bill.vendorId),
    ...given('VendorAddress', bill.address === undefined ? undefined : writtenAddress(bill.address)),
    APAccountRef: ref(company, 'account', bill.apAccountId),
    TxnDate: bill.txnDate,
    ...given('DueDate', bill.dueDate),
    AmountDue: billTotal(bill),
    ...given('RefNumber', bill.refNumber),
    ...optionalRef('TermsRef', company, 'terms', bill.termsId),
    ...given('Memo', bill.memo),
    IsPaid: isPaid(bill),
    ...given('ExternalGUID', bill.guid),
    ...(shown.lines ? writtenLines(company, bill) : {}),
    ...(openAmount === 'missing' ? {} : { OpenAmount: open }),
  };
}

export const billQuery: Handler<'BillQuery'> = (context, { body, ...attributes }) => {
  const { company } = context;
  return answerTransactions(context, {
    query: 'BillQuery',
    kind: { table: company.tables.bill, accounts: (bill) => accountsOf(company, bill), isPaid },
    body,
    attributes,
    write: (bill, shown) => record('BillRet', onlyElements(billRet(company, bill, shown), body.IncludeRetElement)),
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
        guid: wire.ExternalGUID,
      }),
      ...draftedLines(wire),
    },
    'application',
  );
  return written(company, bill, body.IncludeRetElement);
};

export const billMod: Handler<'BillMod'> = ({ company }, { body }) => {
  const wire = body.BillMod;
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
    }),
    ...changedLines(wire),
  };
  return written(company, modifyBill(company, before, change, wire.EditSequence), body.IncludeRetElement);
};

function written(company: CompanyFile, bill: Bill, wanted: readonly string[] | undefined) {
  const value = onlyElements(billRet(company, bill, AS_WRITTEN), wanted);
  return answered(record('BillRet', value), {
    TxnID: bill.id,
    TxnNumber: bill.txnNumber,
    EditSequence: String(bill.modifiedAt),
    ...given('ExternalGUID', bill.guid),
  });
}
