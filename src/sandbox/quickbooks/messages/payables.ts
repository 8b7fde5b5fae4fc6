/**
 * BillToPayQuery; and the queries of payments and credits, which work and find nothing: the sandbox has none yet.
 *
 * Unverified against a live file: there is no recorded answer of any of these.
 */
import type { RequestAttributes } from '../../../qbxml/index.ts';
import { type Answer, incomplete, onlyElements } from '../answer.ts';
import { isPaid, openCents } from '../balance.ts';
import { answerPage } from '../paging.ts';
import { resolve } from '../references.ts';
import { Refused } from '../refusal.ts';
import { modifiedRange, type TxnSelector } from '../selection.ts';
import { given, type Handler, type RequestContext, record, ref } from './context.ts';

export const billToPayQuery: Handler<'BillToPayQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const vendor = resolve(company, 'vendor', body.PayeeEntityRef, 'BillToPayQuery');
  const account =
    body.APAccountRef === undefined ? undefined : resolve(company, 'account', body.APAccountRef, 'BillToPayQuery');
  return answerPage({
    query: 'BillToPayQuery',
    attributes,
    maxReturned: undefined,
    iterators,
    select: () => ({
      found: company.tables.bill
        .find('vendor', vendor.id)
        .filter(
          (bill) =>
            !isPaid(bill) &&
            (account === undefined || bill.apAccountId === account.id) &&
            (body.DueDate === undefined || (bill.dueDate ?? bill.txnDate) <= body.DueDate),
        ),
      missing: [],
    }),
    get: (id) => company.tables.bill.get(id),
    write: (bill) => {
      const toPay = {
        TxnID: bill.id,
        TxnType: 'Bill',
        APAccountRef: ref(company, 'account', bill.apAccountId),
        TxnDate: bill.txnDate,
        ...given('RefNumber', bill.refNumber),
        ...given('DueDate', bill.dueDate),
        AmountDue: openCents(bill),
      };
      return record('BillToPayRet', onlyElements({ BillToPay: toPay }, body.IncludeRetElement));
    },
  });
};

export const vendorCreditQuery: Handler<'VendorCreditQuery'> = (context, { body, ...attributes }) =>
  nothing(context, 'VendorCreditQuery', body, attributes);
export const billPaymentCheckQuery: Handler<'BillPaymentCheckQuery'> = (context, { body, ...attributes }) =>
  nothing(context, 'BillPaymentCheckQuery', body, attributes);
export const billPaymentCreditCardQuery: Handler<'BillPaymentCreditCardQuery'> = (context, { body, ...attributes }) =>
  nothing(context, 'BillPaymentCreditCardQuery', body, attributes);

type Selecting = TxnSelector & { readonly MaxReturned?: number };

/** Reads the selector as any other query does, with its refusals, and finds no transaction. */
function nothing(
  { company, iterators }: RequestContext,
  query: string,
  body: Selecting,
  attributes: RequestAttributes,
): Answer {
  const [id] = body.TxnID ?? [];
  if (id !== undefined) return { status: incomplete(id), records: [] };
  const { FromModifiedDate, ToModifiedDate } = body.ModifiedDateRangeFilter ?? {};
  modifiedRange(company, FromModifiedDate, ToModifiedDate);
  return answerPage({
    query,
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => ({ found: [], missing: [] }),
    get: () => undefined,
    write: () => {
      throw new Error('there is no transaction to write');
    },
  });
}

/** Payments cannot be entered yet; said as QuickBooks says it of what an edition does not do. */
export const notYet = (): Answer => {
  throw new Refused(1030, 'This request is not supported by this implementation.');
};
