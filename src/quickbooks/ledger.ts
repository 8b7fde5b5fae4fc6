/**
 * What is unpaid in QuickBooks, page by page, for the report whether the two ledgers agree.
 *
 * 1. Bills come in the order of vendor and TxnID, whatever order QuickBooks answers in; a cursor names the last bill, so
 *    any connector can go on. It names the vendors of the bills that follow as well, and a page reads bills of these
 *    alone: all unpaid bills are read once, by the first page, and not by each.
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
import { byText, type Lowest, lowest } from './pull/lowest.ts';
import { namesNoEntry } from './queryStatus.ts';
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
  const from = request.after === undefined ? undefined : readCursor(request.after);
  const vendors = new Set<string>(from?.vendors);
  const groups = from === undefined || from.vendors.length === 0 ? [undefined] : inGroups(from.vendors);
  const kept =
    (await readGroups(session, groups, from, vendors, judge, options.pause)) ??
    (await readGroups(session, [undefined], from, vendors, judge, options.pause));
  if (kept === undefined) throw new SiteTrouble('retry', 'the unpaid bills cannot be read');
  const page = kept.taken();
  const open = await openAmounts(session, page, options.pause);
  const last = kept.cut ? page.at(-1) : undefined;
  return {
    ...base,
    bills: page.map((bill) => ({ ...bill, ...present({ openCents: open.bill(bill.txnId) }) })),
    next: last === undefined ? BEGIN_OF_REST : writeCursor(placeOf(last), vendors),
  };
}

/**
 * The lowest bills after the cursor, of groups of vendors in their order or of all; the vendors that have some are added.
 * Undefined where one of the vendors is not there any more.
 */
async function readGroups(
  session: Session,
  groups: readonly (readonly string[] | undefined)[],
  from: Cursor | undefined,
  vendors: Set<string>,
  judge: (company: ResponseMessage) => void,
  pause: () => void,
): Promise<Lowest<OpenBill> | undefined> {
  const kept = lowest<OpenBill>(MAX_BILLS, (a, b) => inOrder(placeOf(a), placeOf(b)));
  const take = (response: ResponseMessage): void => {
    const { records, unreadable } = readAll('bill', response, 'BillRet', readUnpaid);
    const [unread] = unreadable;
    // A report without the bill would say that the ledgers differ, or agree, wrongly.
    if (unread !== undefined) throw new SiteTrouble('retry', `an unpaid bill cannot be read: ${unread.reason}`);
    for (const one of records) {
      if (from !== undefined && inOrder(placeOf(one), from.place) <= 0) continue;
      kept.add(one);
      vendors.add(one.vendor.id);
    }
  };
  for (const [index, group] of groups.entries()) {
    const ask = (asking: Asking) => unpaid(asking, group);
    const begin = ask(starting(BILLS, true, BILLS_IN_ANSWER));
    if (index > 0) pause();
    const first = await session.ask(index === 0 ? [companyQuery(COMPANY), begin] : [begin]);
    if (index === 0) judge(first.to(COMPANY));
    if (group !== undefined && namesNoEntry(first.to(BILLS))) return undefined;
    await drain(session, first.to(BILLS), BILLS_IN_ANSWER, ask, take, pause);
    if (kept.cut) break;
  }
  return kept;
}

/** Vendors asked for in one query. */
const VENDORS_IN_QUERY = 50;
/** More vendors than this are not named: the page after them reads everything once more. */
const MAX_VENDORS = 2_000;

interface Cursor {
  readonly place: Place;
  /** Vendors with bills after that place, in order; empty where they are not named. */
  readonly vendors: readonly string[];
}

function readCursor(text: string): Cursor {
  const [place = '', vendors = ''] = text.split('?');
  return { place: readPlace(place), vendors: vendors === '' ? [] : vendors.split(',') };
}

function writeCursor(place: Place, vendors: ReadonlySet<string>): string {
  const left = [...vendors].filter((id) => byText(id, place[0]) >= 0).sort(byText);
  return left.length > MAX_VENDORS ? place.join('/') : `${place.join('/')}?${left.join(',')}`;
}

function inGroups(vendors: readonly string[]): readonly (readonly string[])[] {
  const groups: (readonly string[])[] = [];
  for (let at = 0; at < vendors.length; at += VENDORS_IN_QUERY) groups.push(vendors.slice(at, at + VENDORS_IN_QUERY));
  return groups;
}

const unpaid = ({ maxReturned, ...attributes }: Asking, vendors?: readonly string[]): RequestMessage => ({
  type: 'BillQuery',
  ...attributes,
  body: {
    ...(maxReturned === undefined ? {} : { MaxReturned: maxReturned }),
    ...(vendors === undefined ? {} : { EntityFilter: { ListID: vendors } }),
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
