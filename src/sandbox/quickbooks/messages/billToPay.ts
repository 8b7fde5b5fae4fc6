/**
 * BillToPayQuery: what is open with one vendor, oldest first: what is owed, and the credits that can be set against it.
 *
 * Both come for one A/P account or for all. Bills due later than DueDate are left out; credits have no due date, and come.
 * Unverified against a live file: there is no recorded answer of it.
 */
import type { RecordOf } from '../../../qbxml/index.ts';
import { onlyElements } from '../answer.ts';
import { type ApDocument, openDocuments } from '../apDocuments.ts';
import type { CompanyFile } from '../companyFile.ts';
import { answerPage } from '../paging.ts';
import { resolve } from '../references.ts';
import { currencyTest } from '../selection.ts';
import { given, type Handler, record, ref } from './context.ts';
import { currencyAndRate, homeAmount } from './currency.ts';

const WHERE = 'BillToPayQuery';

function toPayRet(company: CompanyFile, document: ApDocument): RecordOf<'BillToPayRet'> {
  const { id, type, side, apAccountId, txnDate, refNumber, dueDate, openCents } = document;
  const { bill, vendorCredit } = company.tables;
  const entered = bill.get(id) ?? vendorCredit.get(id) ?? { vendorId: document.vendorId };
  const head = {
    TxnID: id,
    TxnType: type,
    APAccountRef: ref(company, 'account', apAccountId),
    TxnDate: txnDate,
    ...given('RefNumber', refNumber),
  };
  const currency = currencyAndRate(company, entered);
  return side === 'owed'
    ? {
        BillToPay: {
          ...head,
          ...given('DueDate', dueDate),
          AmountDue: openCents,
          ...currency,
          ...homeAmount(company, 'AmountDueInHomeCurrency', openCents, entered),
        },
      }
    : {
        CreditToApply: {
          ...head,
          CreditRemaining: openCents,
          ...currency,
          ...homeAmount(company, 'CreditRemainingInHomeCurrency', openCents, entered),
        },
      };
}

export const billToPayQuery: Handler<'BillToPayQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const vendor = resolve(company, 'vendor', body.PayeeEntityRef, WHERE);
  const account = body.APAccountRef === undefined ? undefined : resolve(company, 'account', body.APAccountRef, WHERE);
  const { DueDate } = body;
  const wanted = currencyTest(company, body.CurrencyFilter)(vendor.currencyId);
  return answerPage({
    query: WHERE,
    attributes,
    maxReturned: undefined,
    iterators,
    select: () => ({
      found: openDocuments(company, vendor.id, account?.id)
        .filter(
          ({ side, dueDate, txnDate }) =>
            wanted && (DueDate === undefined || side === 'credit' || (dueDate ?? txnDate) <= DueDate),
        )
        .map((document) => ({ ...document, createdAt: 0, modifiedAt: 0 })),
      missing: [],
    }),
    get: () => undefined,
    write: (document) => record('BillToPayRet', onlyElements(toPayRet(company, document), body.IncludeRetElement)),
  });
};
