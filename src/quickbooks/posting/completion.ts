/** Posted records whose answer did not have them whole: read by ID, all of a batch in one message set. */
import type { Outcome, Posting } from '../../contract/index.ts';
import type { LedgerBill, LedgerVendor } from '../../domain/ledger.ts';
import { KINDS } from '../kinds.ts';
import { AnswerTooLarge } from '../processor.ts';
import { checkQuery, stumbledOverId } from '../queryStatus.ts';
import type { Answers, Session } from '../session.ts';
import type { PostedHow } from './decision.ts';

/** A posting that is in QuickBooks under this ID. */
export interface Incomplete {
  readonly posting: Posting;
  readonly id: string;
  readonly how: PostedHow;
}

const BILLS = 'bills';
const VENDORS = 'vendors';

/** The outcomes, with the record where it is still there and can be read. */
export async function complete(session: Session, incomplete: readonly Incomplete[]): Promise<readonly Outcome[]> {
  if (incomplete.length === 0) return [];
  const idsOf = (isVendor: boolean): string[] => [
    ...new Set(incomplete.filter(({ posting }) => (posting.kind === 'VendorMod') === isVendor).map(({ id }) => id)),
  ];
  const [bills, vendors] = [idsOf(false), idsOf(true)];
  const answers = await askIfItFits(session, [
    ...(bills.length === 0 ? [] : [KINDS.bill.request({ by: 'id', ids: bills }, { requestID: BILLS })]),
    ...(vendors.length === 0 ? [] : [KINDS.vendor.request({ by: 'id', ids: vendors }, { requestID: VENDORS })]),
  ]);
  const found = {
    bills: answers === undefined || bills.length === 0 ? [] : readBills(answers),
    vendors: answers === undefined || vendors.length === 0 ? [] : readVendors(answers),
  };
  return incomplete.map(({ posting, id, how }) => {
    const { messageSetId } = posting;
    const bill = posting.kind === 'VendorMod' ? undefined : found.bills.find((one) => one.id === id);
    const vendor = posting.kind === 'VendorMod' ? found.vendors.find((one) => one.id === id) : undefined;
    return {
      kind: 'posted',
      messageSetId,
      how,
      ...(bill === undefined ? {} : { bill }),
      ...(vendor === undefined ? {} : { vendor }),
    };
  });
}

/** Undefined when the answer is too large to take: then the outcomes go without records, and a pull brings them. */
async function askIfItFits(session: Session, requests: Parameters<Session['ask']>[0]): Promise<Answers | undefined> {
  try {
    return await session.ask(requests);
  } catch (error) {
    if (error instanceof AnswerTooLarge) return undefined;
    throw error;
  }
}

function readBills(answers: Answers): readonly LedgerBill[] {
  const response = answers.to(BILLS);
  if (!stumbledOverId(response)) checkQuery(response);
  return KINDS.bill.read(response).records;
}

function readVendors(answers: Answers): readonly LedgerVendor[] {
  const response = answers.to(VENDORS);
  if (!stumbledOverId(response)) checkQuery(response);
  return KINDS.vendor.read(response).records;
}
