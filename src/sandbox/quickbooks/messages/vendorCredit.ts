/**
 * VendorCreditQuery, VendorCreditAdd, VendorCreditMod.
 *
 * A credit shows what it was set against only with IncludeLinkedTxns. OpenAmount, what is left of it, is left out where the
 * switch `openAmount` says `missing`. Unverified against a live file: there is no recorded answer of any of these.
 */
import type { RecordOf } from '../../../qbxml/index.ts';
import { answered, onlyElements } from '../answer.ts';
import { openCents } from '../balance.ts';
import type { CompanyFile } from '../companyFile.ts';
import { billTotal } from '../journal.ts';
import { withoutUndefined } from '../lists.ts';
import { APPLICATION } from '../periods.ts';
import type { VendorCredit } from '../records.ts';
import { notFound } from '../refusal.ts';
import { checkId } from '../selection.ts';
import { enterCredit, modifyCredit } from '../vendorCredits.ts';
import { given, type Handler, record, ref, times } from './context.ts';
import { currencyAndRate, homeAmount, rateGiven } from './currency.ts';
import { accountsOf, changedLines, draftedLines, writtenLines } from './documentLines.ts';
import { moneyLinks } from './links.ts';
import { answerTransactions, asWritten, recoveryOf, type Shown } from './transactions.ts';

function vendorCreditRet(company: CompanyFile, credit: VendorCredit, shown: Shown): RecordOf<'VendorCreditRet'> {
  const total = billTotal(credit);
  return {
    TxnID: credit.id,
    ...times(company, credit),
    TxnNumber: credit.txnNumber,
    VendorRef: ref(company, 'vendor', credit.vendorId),
    APAccountRef: ref(company, 'account', credit.apAccountId),
    TxnDate: credit.txnDate,
    CreditAmount: total,
    ...currencyAndRate(company, credit),
    ...homeAmount(company, 'CreditAmountInHomeCurrency', total, credit),
    ...given('RefNumber', credit.refNumber),
    ...given('Memo', credit.memo),
    ...given('ExternalGUID', credit.guid),
    ...(shown.links ? { LinkedTxn: moneyLinks(company, credit.id) } : {}),
    ...(shown.lines ? writtenLines(company, credit) : {}),
    ...(company.switches().openAmount === 'missing' ? {} : { OpenAmount: openCents(company, credit) }),
  };
}

const written = (company: CompanyFile, credit: VendorCredit, shown: Shown) =>
  record('VendorCreditRet', onlyElements(vendorCreditRet(company, credit, shown), shown.only));

const answerWrite = (company: CompanyFile, credit: VendorCredit, wanted: readonly string[] | undefined) =>
  answered(written(company, credit, asWritten(wanted)), recoveryOf(credit));

export const vendorCreditQuery: Handler<'VendorCreditQuery'> = (context, { body, ...attributes }) => {
  const { company } = context;
  return answerTransactions(context, {
    query: 'VendorCreditQuery',
    kind: { table: company.tables.vendorCredit, accounts: (credit) => accountsOf(company, credit) },
    body,
    attributes,
    write: (credit, shown) => written(company, credit, shown),
  });
};

export const vendorCreditAdd: Handler<'VendorCreditAdd'> = ({ company }, { body }) => {
  const wire = body.VendorCreditAdd;
  const credit = enterCredit(
    company,
    {
      vendor: wire.VendorRef,
      ...withoutUndefined({
        apAccount: wire.APAccountRef,
        txnDate: wire.TxnDate,
        refNumber: wire.RefNumber,
        memo: wire.Memo,
        exchangeRate: rateGiven(wire.ExchangeRate),
        guid: wire.ExternalGUID,
      }),
      ...draftedLines(wire),
    },
    APPLICATION,
  );
  return answerWrite(company, credit, body.IncludeRetElement);
};

export const vendorCreditMod: Handler<'VendorCreditMod'> = ({ company }, { body }) => {
  const wire = body.VendorCreditMod;
  checkId(wire.TxnID, 'TxnID');
  const before = company.tables.vendorCredit.get(wire.TxnID);
  if (before === undefined) throw notFound(wire.TxnID);
  const change = {
    ...withoutUndefined({
      vendor: wire.VendorRef,
      apAccount: wire.APAccountRef,
      txnDate: wire.TxnDate,
      refNumber: wire.RefNumber,
      memo: wire.Memo,
      exchangeRate: rateGiven(wire.ExchangeRate),
    }),
    ...changedLines(wire),
  };
  return answerWrite(company, modifyCredit(company, before, change, wire.EditSequence), body.IncludeRetElement);
};
