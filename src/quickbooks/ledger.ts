/**
 * What is unpaid in QuickBooks, page by page, for the report whether the two ledgers agree.
 *
 * 1. Bills come in the order of vendor and TxnID, whatever order QuickBooks answers in; a cursor names the last bill, so
 *    any connector can go on.
 * 2. What is left on a bill is what BillToPay says, asked for each vendor and A/P account on the page. A bill that it
 *    does not list has no open amount here: nothing is guessed.
 */
import { type LedgerRequest, type LedgerResult, MAX_PAGE_BYTES, type OpenBill, type Visit } from '../contract/index.ts';
import type { RecordOf, RequestMessage } from '../qbxml/index.ts';
import { companyQuery, judgeFile, readCompany } from './fileIdentity.ts';
import { type Asking, readAll } from './kinds.ts';
import { balanceQuery, readBalance } from './openBalance.ts';
import { drain, starting } from './pull/iteration.ts';
import { byText, lowest } from './pull/lowest.ts';
import { needed, present, refOrNone, textOrNone } from './records/reading.ts';
import type { Session } from './session.ts';
import { SiteBlock, SiteTrouble } from './trouble.ts';

type Page = Extract<LedgerResult, { readonly kind: 'page' }>;

/** An unpaid bill with the A/P account that it is owed from. */
interface Unpaid {
  readonly bill: OpenBill;
  readonly apAccountId?: string;
}

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
const BALANCES_IN_SET = 50;
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
  const after = request.after === undefined ? undefined : readCursor(request.after);
  const first = await session.ask([companyQuery(COMPANY), unpaid(starting(BILLS, true, BILLS_IN_ANSWER))]);
  const block = judgeFile(request.file, readCompany(first.to(COMPANY)), options.fileName);
  if (block !== undefined) throw new SiteBlock(block.code, block.detail);
  const kept = lowest<Unpaid>(MAX_BILLS, (a, b) => inOrder(placeOf(a), placeOf(b)));
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
    kind: 'page',
    companyId: request.companyId,
    reportId: request.reportId,
    bills: page.map(({ bill }) => ({ ...bill, ...present({ openCents: open.get(bill.txnId) }) })),
    ...(last === undefined ? {} : { next: placeOf(last).join('/') }),
    visit: options.visit,
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

function readUnpaid(ret: RecordOf<'BillRet'>): Unpaid {
  return {
    bill: {
      txnId: ret.TxnID,
      editSequence: needed(ret.EditSequence, 'BillRet/EditSequence'),
      vendor: needed(refOrNone(ret.VendorRef), 'BillRet/VendorRef/ListID'),
      txnDate: needed(ret.TxnDate, 'BillRet/TxnDate'),
      amountCents: needed(ret.AmountDue, 'BillRet/AmountDue'),
      ...present({ refNumber: textOrNone(ret.RefNumber), dueDate: ret.DueDate }),
    },
    ...present({ apAccountId: ret.APAccountRef?.ListID }),
  };
}

type Place = readonly [vendorId: string, txnId: string];
const placeOf = ({ bill }: Unpaid): Place => [bill.vendor.id, bill.txnId];
const inOrder = (a: Place, b: Place): number => byText(a[0], b[0]) || byText(a[1], b[1]);

function readCursor(text: string): Place {
  const [vendorId, txnId, ...rest] = text.split('/');
  if (vendorId === undefined || txnId === undefined || rest.length > 0)
    throw new SiteTrouble('retry', `"${text}" is no place in the list of unpaid bills`);
  return [vendorId, txnId];
}

/** What is left on each bill, by TxnID. */
async function openAmounts(
  session: Session,
  page: readonly Unpaid[],
  pause: () => void,
): Promise<ReadonlyMap<string, number>> {
  const payees = new Map<string, { readonly vendorId: string; readonly apAccountId?: string }>();
  for (const { bill, apAccountId } of page)
    payees.set(`${bill.vendor.id}/${apAccountId ?? ''}`, { vendorId: bill.vendor.id, ...present({ apAccountId }) });
  const all = [...payees.values()];
  const open = new Map<string, number>();
  for (let from = 0; from < all.length; from += BALANCES_IN_SET) {
    pause();
    const some = all.slice(from, from + BALANCES_IN_SET);
    const answers = await session.ask(
      some.map(({ vendorId, apAccountId }, index) => balanceQuery(`balance-${index}`, vendorId, apAccountId)),
    );
    for (const [index, { vendorId }] of some.entries())
      for (const { kind, txnId, openCents } of readBalance(answers.to(`balance-${index}`), vendorId)?.open ?? [])
        if (kind === 'bill') open.set(txnId, openCents);
  }
  return open;
}
