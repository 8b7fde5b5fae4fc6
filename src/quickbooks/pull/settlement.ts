/**
 * What the settlement of bills needs beside the records of a page: what is open with the vendors, by BillToPay, and the
 * bills that changed credits and payments are linked to now. In one message set, where there is anything to ask.
 *
 * 1. A credit may be applied without the bill's time changing: so a linked bill is read whole, whatever was seen of it.
 * 2. A page stays within its limits. What has no room is left out, and the cloud sees that it is missing; an answer that
 *    is too large to take is all left out. Settling never stops a pull.
 */
import {
  MAX_BALANCE_BYTES,
  MAX_PAGE_BYTES,
  MAX_PAGE_IDS,
  MAX_TOUCHED_VENDORS,
  type PullRequest,
  type VendorBalance,
} from '../../contract/index.ts';
import {
  LEDGER_KINDS,
  type LedgerBill,
  type LedgerKind,
  type LedgerLink,
  type LedgerRecords,
} from '../../domain/ledger.ts';
import { KINDS, type Read } from '../kinds.ts';
import { balanceQuery, readBalance } from '../openBalance.ts';
import { AnswerTooLarge } from '../processor.ts';
import { checkQuery, stumbledOverId } from '../queryStatus.ts';
import type { Answers, Session } from '../session.ts';
import { bytesOf, type PageRecords, type PageResult } from './page.ts';

export interface Settled {
  /** The page, with the linked bills. */
  readonly result: PageResult;
  readonly balances: readonly VendorBalance[];
}

const BILLS = 'linked-bills';
const balanceId = (index: number): string => `touched-${index}`;

/** Reads it. `pause` is called before the message set and may throw. */
export async function withSettlement(
  session: Session,
  { page, watermarks }: PullRequest,
  result: PageResult,
  pause: () => void,
): Promise<Settled> {
  const { records } = result;
  const changes = page.kind === 'changes';
  const vendors = (changes ? touchedVendors(records) : vendorsInDoubt(records.bill ?? [])).slice(
    0,
    MAX_TOUCHED_VENDORS,
  );
  const bills = changes && watermarks.bill !== undefined ? linkedBills(records).slice(0, roomIn(records)) : [];
  if (vendors.length === 0 && bills.length === 0) return { result, balances: [] };
  pause();
  const answers = await askIfItFits(session, vendors, bills);
  if (answers === undefined) return { result, balances: [] };
  return {
    result: bills.length === 0 ? result : withBills(result, readBills(answers)),
    balances: fitting(vendors, answers),
  };
}

/** Vendors of changed credits and payments, then those of changed bills. */
function touchedVendors({ bill = [], credit = [], checkPayment = [], cardPayment = [] }: PageRecords): string[] {
  return [...new Set([...credit, ...checkPayment, ...cardPayment, ...bill].map(({ vendor }) => vendor.id))];
}

/** Vendors of unpaid bills that something was paid or credited on. */
const vendorsInDoubt = (bills: readonly LedgerBill[]): string[] => [
  ...new Set(
    bills.filter(({ isPaid, links }) => isPaid !== true && links.some(isOfMoney)).map(({ vendor }) => vendor.id),
  ),
];

const isOfMoney = ({ linkType }: LedgerLink): boolean => linkType !== 'QUANTYPE';

/** Bills that changed credits and payments are linked to and that are not in the page. */
function linkedBills({ bill = [], credit = [], checkPayment = [], cardPayment = [] }: PageRecords): string[] {
  const linked = [
    ...credit.flatMap(({ links }) => links.filter(isOfMoney)),
    ...[...checkPayment, ...cardPayment].flatMap(({ applications }) => applications),
  ];
  const known = new Set(bill.map(({ id }) => id));
  const ids = linked.flatMap(({ txnId, txnType }) => (txnType === 'Bill' && !known.has(txnId) ? [txnId] : []));
  return [...new Set(ids)];
}

const allOf = (records: PageRecords): readonly LedgerRecords[LedgerKind][] =>
  LEDGER_KINDS.flatMap((kind): readonly LedgerRecords[LedgerKind][] => records[kind] ?? []);
const roomIn = (records: PageRecords): number => Math.max(0, MAX_PAGE_IDS - allOf(records).length);

async function askIfItFits(
  session: Session,
  vendors: readonly string[],
  bills: readonly string[],
): Promise<Answers | undefined> {
  try {
    return await session.ask([
      ...(bills.length === 0 ? [] : [KINDS.bill.request({ by: 'id', ids: bills }, { requestID: BILLS })]),
      ...vendors.map((vendorId, index) => balanceQuery(balanceId(index), vendorId)),
    ]);
  } catch (error) {
    if (error instanceof AnswerTooLarge) return undefined;
    throw error;
  }
}

function readBills(answers: Answers): Read<LedgerBill> {
  const response = answers.to(BILLS);
  if (!stumbledOverId(response)) checkQuery(response);
  return KINDS.bill.read(response);
}

function withBills(result: PageResult, { records: linked, unreadable }: Read<LedgerBill>): PageResult {
  const { bill: changed = [] } = result.records;
  const added: LedgerBill[] = [];
  let bytes = allOf(result.records).reduce((sum, record) => sum + bytesOf(record), 0);
  for (const bill of linked) {
    bytes += bytesOf(bill);
    if (bytes > MAX_PAGE_BYTES) break;
    added.push(bill);
  }
  if (added.length === 0 && unreadable.length === 0) return result;
  return {
    ...result,
    records: { ...result.records, ...(added.length === 0 ? {} : { bill: [...changed, ...added] }) },
    unreadable: [...result.unreadable, ...unreadable],
  };
}

/** Balances while they fit; the first one always does. */
function fitting(vendors: readonly string[], answers: Answers): readonly VendorBalance[] {
  const kept: VendorBalance[] = [];
  let bytes = 0;
  for (const [index, vendorId] of vendors.entries()) {
    const balance = readBalance(answers.to(balanceId(index)), vendorId);
    if (balance === undefined) continue;
    bytes += Buffer.byteLength(JSON.stringify(balance)) + 1;
    if (kept.length > 0 && bytes > MAX_BALANCE_BYTES) break;
    kept.push(balance);
  }
  return kept;
}
