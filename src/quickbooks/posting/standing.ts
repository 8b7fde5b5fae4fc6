/**
 * What stands in QuickBooks that concerns one posting: for a new record those that may be it or resemble it, for a change
 * the record as it is, for a payment also what is open on the bills that it pays.
 */
import type { Posting } from '../../contract/index.ts';
import type { LedgerBill, LedgerPayment, LedgerTerms, LedgerVendor } from '../../domain/ledger.ts';
import type { Cents } from '../../domain/money.ts';
import { type RequestMessage, type ResponseMessage, readStatus } from '../../qbxml/index.ts';
import { KINDS, type Read } from '../kinds.ts';
import { balanceQuery, readBalance } from '../openBalance.ts';
import { checkQuery, stumbledOverId } from '../queryStatus.ts';
import type { Answers, Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';
import { billSearches, type FoundBill, foundBills } from './billSearch.ts';
import { type FoundPayment, foundPayments, paymentSearches } from './paymentSearch.ts';
import { isPayment, recordKindOf } from './recordKind.ts';

export type Standing =
  /** Every bill that may be the one to add, or resembles it. */
  | { readonly kind: 'bills'; readonly found: readonly FoundBill[] }
  /** The same of payments; and what is open by BillToPay on the bills of the vendor, by TxnID. */
  | {
      readonly kind: 'payments';
      readonly found: readonly FoundPayment[];
      readonly open: ReadonlyMap<string, Cents>;
    }
  /** All terms. */
  | { readonly kind: 'terms'; readonly found: readonly LedgerTerms[] }
  | { readonly kind: 'bill'; readonly bill?: LedgerBill }
  | { readonly kind: 'vendor'; readonly vendor?: LedgerVendor }
  /** A payment to be voided. */
  | { readonly kind: 'payment'; readonly payment?: LedgerPayment }
  /** QuickBooks would not search: a vendor that it does not know, for example. */
  | { readonly kind: 'notSearched'; readonly statusCode: number; readonly text: string };

const idOf = ({ messageSetId }: Posting, search: string): string => `${search}-${messageSetId}`;

/** What is asked. `thorough`: a posting may be there under another number or date than it was sent with. */
export function standingRequests(posting: Posting, thorough: boolean): RequestMessage[] {
  switch (posting.kind) {
    case 'BillAdd':
      return billSearches(posting.match, thorough).map(([search, request]) => ({
        ...request,
        requestID: idOf(posting, search),
      }));
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd': {
      const { vendor, apAccountId } = posting.match;
      return [
        ...paymentSearches(posting, thorough).map(([search, request]) => ({
          ...request,
          requestID: idOf(posting, search),
        })),
        balanceQuery(idOf(posting, 'open'), vendor.id, apAccountId),
      ];
    }
    case 'StandardTermsAdd':
      // There are few, and a name is looked for whatever the case of its letters and whether it is in use.
      return [{ type: 'TermsQuery', requestID: idOf(posting, 'record'), body: { ActiveStatus: 'All' } }];
    case 'BillMod':
      return [byId(posting, posting.match.txnId)];
    case 'VendorMod':
      return [byId(posting, posting.match.listId)];
    case 'TxnVoid':
      return [byId(posting, posting.match.txnId)];
  }
}

const byId = (posting: Posting, id: string): RequestMessage =>
  KINDS[recordKindOf(posting)].request({ by: 'id', ids: [id] }, { requestID: idOf(posting, 'record') });

/** Reads the answers to `standingRequests`. */
export function readStanding(posting: Posting, answers: Answers, thorough: boolean): Standing {
  const responses = standingRequests(posting, thorough).map(({ requestID = '' }) => answers.to(requestID));
  for (const response of responses) {
    const { disposition } = readStatus(response.status);
    // What QuickBooks has against the IDs asked about, it will have against the posting.
    if (disposition === 'person' || disposition === 'bug')
      return isAddition(posting) || (posting.kind === 'TxnVoid' && !stumbledOverId(response))
        ? { kind: 'notSearched', statusCode: response.status.code, text: response.status.message }
        : nothing(posting);
    checkQuery(response);
  }
  const [response] = responses;
  if (response === undefined) return nothing(posting);
  switch (posting.kind) {
    case 'BillAdd':
      return { kind: 'bills', found: responses.flatMap(foundBills) };
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd': {
      const searches = responses.slice(0, -1);
      const balance = responses.at(-1);
      return {
        kind: 'payments',
        found: searches.flatMap(foundPayments),
        open: balance === undefined ? new Map() : openOf(balance, posting.match.vendor.id),
      };
    }
    case 'StandardTermsAdd': {
      const read = KINDS.terms.read(response);
      return whole(read) ?? { kind: 'terms', found: read.records };
    }
    case 'BillMod': {
      const read = KINDS.bill.read(response);
      const [bill] = read.records;
      return whole(read) ?? (bill === undefined ? nothing(posting) : { kind: 'bill', bill });
    }
    case 'VendorMod': {
      const read = KINDS.vendor.read(response);
      const [vendor] = read.records;
      return whole(read) ?? (vendor === undefined ? nothing(posting) : { kind: 'vendor', vendor });
    }
    case 'TxnVoid': {
      const read = KINDS[recordKindOf(posting)].read(response);
      const [payment] = read.records;
      return whole(read) ?? (payment === undefined ? nothing(posting) : { kind: 'payment', payment });
    }
  }
}

/** What stands in QuickBooks for one posting, read anew. */
export async function readStandingOf(session: Session, posting: Posting): Promise<Standing> {
  return readStanding(posting, await session.ask(standingRequests(posting, true)), true);
}

const isAddition = (posting: Posting): boolean =>
  posting.kind === 'BillAdd' || posting.kind === 'StandardTermsAdd' || isPayment(posting);

/** A record that cannot be read says nothing, which is not the same as none. */
function whole({ unreadable: [unread] }: Read<unknown>): Standing | undefined {
  return unread === undefined ? undefined : { kind: 'notSearched', statusCode: 0, text: unread.reason };
}

function nothing({ kind }: Posting): Standing {
  switch (kind) {
    case 'BillAdd':
      return { kind: 'bills', found: [] };
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return { kind: 'payments', found: [], open: new Map() };
    case 'StandardTermsAdd':
      return { kind: 'terms', found: [] };
    case 'BillMod':
      return { kind: 'bill' };
    case 'VendorMod':
      return { kind: 'vendor' };
    case 'TxnVoid':
      return { kind: 'payment' };
  }
}

function openOf(response: ResponseMessage, vendorId: string): ReadonlyMap<string, Cents> {
  const balance = readBalance(response, vendorId);
  if (balance === undefined) throw new SiteTrouble('retry', 'what is open with the vendor cannot be read');
  return new Map(
    balance.open.flatMap(({ kind, txnId, openCents }) => (kind === 'bill' ? [[txnId, openCents] as const] : [])),
  );
}
