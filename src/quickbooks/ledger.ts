/**
 * What is unpaid in QuickBooks, page by page, for the report whether the two ledgers agree.
 *
 * 1. Bills come in the order of vendor and TxnID, whatever order QuickBooks answers in; a cursor names the last bill, so
 *    any connector can go on.
 * 2. What is left on a bill is what BillToPay says, asked for each vendor and A/P account on the page. A bill that it
 *    does not list has no open amount here: nothing is guessed.
 * 3. After the bills comes what else is in accounts payable (`otherPayables.ts`).
 */
import { type LedgerRequest, type LedgerResult, MAX_PAGE_BYTES, type OpenBill, type Visit } from '../contract/index.ts';
import type { RecordOf, RequestMessage, ResponseMessage } from '../qbxml/index.ts';
import { companyQuery, judgeFile, readCompany } from './fileIdentity.ts';
import { type Asking, readAll } from './kinds.ts';
import { openAmounts } from './openAmounts.ts';
import { BEGIN_OF_REST, isInRest, readRest } from './otherPayables.ts';
import { inOrder, type Place, readPlace } from './place.ts';
import { drain, starting } from './pull/iteration.ts';
import { lowest } from './pull/lowest.ts';
import { needed, present, refOrNone, textOrNone } from './records/reading.ts';
import type { Session } from './session.ts';
import { SiteBlock, SiteTrouble } from './trouble.ts';

type Page = Extract<LedgerResult, { readonly kind: 'page' }>;

export interface LedgerOptions {
  /** The company file as configured. */
  readonly fileName: string;
  readonly visit: Visit;
  /** Called between two message sets: throws `Stopped` when asked to stop. */
  readonly pause: () => void;
}

const BILLS_IN_ANSWER = 500;
/** So many bills have room in a page of `MAX_PAGE_BYTES`. */
const BILL_BYTES = 400;
const MAX_BILLS = Math.floor(MAX_PAGE_BYTES / BILL_BYTES);
const BILLS = 'unpaid';
const COMPANY = 'company';
const FIELDS = [
  'TxnID',
  'EditSequence',
  'VendorRef',
  'APAccountRef',
  'TxnDate',
  'DueDate',
  'AmountDue',
  'RefNumber',
  'IsPaid',
];

/** Reads the page after the cursor. Throws `SiteBlock`, `SiteTrouble`, `Stopped`, `TooLate`. */
export async function readLedgerPage(session: Session, request: LedgerRequest, options: LedgerOptions): Promise<Page> {
  const { companyId, reportId } = request;
  const base = { kind: 'page', companyId, reportId, visit: options.visit } as const;
  const judge = (company: ResponseMessage): void => {
    const block = judgeFile(request.file, readCompany(company), options.fileName);
    if (block !== undefined) throw new SiteBlock(block.code, block.detail);
  };
  if (isInRest(request.after))
    return { ...base, bills: [], ...(await readRest(session, request.after, judge, options.pause)) };
  const after = request.after === undefined ? undefined : readPlace(request.after);
  const first = await session.ask([companyQuery(COMPANY), unpaid(starting(BILLS, true, BILLS_IN_ANSWER))]);
  judge(first.to(COMPANY));
  const kept = lowest<OpenBill>(MAX_BILLS, (a, b) => inOrder(placeOf(a), placeOf(b)));
  await drain(
    session,
    first.to(BILLS),
    BILLS_IN_ANSWER,
    unpaid,
    (response) => {
      const { records, unreadable } = readAll('bill', response, 'BillRet', readUnpaid);
      const [unread] = unreadable;
      // A report without the bill would say that the ledgers differ, or agree, wrongly.
      if (unread !== undefined) throw new SiteTrouble('retry', `an unpaid bill cannot be read: ${unread.reason}`);
      for (const one of records) if (after === undefined || inOrder(placeOf(one), after) > 0) kept.add(one);
    },
    options.pause,
  );
  const page = kept.taken();
  const open = await openAmounts(session, page, options.pause);
  const last = kept.cut ? page.at(-1) : undefined;
  return {
    ...base,
    bills: page.map((bill) => ({ ...bill, ...present({ openCents: open.bill(bill.txnId) }) })),
    next: last === undefined ? BEGIN_OF_REST : placeOf(last).join('/'),
  };
}

const unpaid = ({ maxReturned, ...attributes }: Asking): RequestMessage => ({
  type: 'BillQuery',
  ...attributes,
  body: {
    ...(maxReturned === undefined ? {} : { MaxReturned: maxReturned }),
    PaidStatus: 'NotPaidOnly',
    IncludeRetElement: FIELDS,
  },
});

const readUnpaid = (ret: RecordOf<'BillRet'>): OpenBill => ({
  txnId: ret.TxnID,
  editSequence: needed(ret.EditSequence, 'BillRet/EditSequence'),
  vendor: needed(refOrNone(ret.VendorRef), 'BillRet/VendorRef/ListID'),
  txnDate: needed(ret.TxnDate, 'BillRet/TxnDate'),
  amountCents: needed(ret.AmountDue, 'BillRet/AmountDue'),
  ...present({
    apAccount: refOrNone(ret.APAccountRef),
    refNumber: textOrNone(ret.RefNumber),
    dueDate: ret.DueDate,
  }),
});

const placeOf = ({ vendor, txnId }: OpenBill): Place => [vendor.id, txnId];
