/**
 * QuickBooks' own record of an answer, asked for by message-set ID, and the answer to a set just sent: read alike.
 *
 * A file may keep whole answers, only the identity of what was made (ErrorRecovery), or none: all three are taken. That
 * nothing is kept proves nothing, unless the same file is seen to keep answers.
 */
import type { PostingKind } from '../../contract/index.ts';
import type { LedgerBill, LedgerPayment, LedgerTerms, LedgerVendor } from '../../domain/ledger.ts';
import {
  encodeRequest,
  type MessageSetResponse,
  type ResponseMessage,
  readStatus,
  recordsOf,
  type StatusReading,
  UNREADABLE_STATUS,
} from '../../qbxml/index.ts';
import { KINDS } from '../kinds.ts';

/** The set has been sent under this ID before, with other content: `messageSetStatusCode`. */
const OTHER_CONTENT = 9001;

/** What is known of a posting from an answer. */
export type Answered =
  /** Nothing is kept under the ID. */
  | { readonly kind: 'none' }
  /** Another set is kept under the ID: whether ours is in QuickBooks must be read. */
  | { readonly kind: 'otherContent' }
  /** Done; the record where the answer had it, the ID where it had at least that. */
  | {
      readonly kind: 'done';
      readonly id?: string;
      readonly bill?: LedgerBill;
      readonly vendor?: LedgerVendor;
      readonly terms?: LedgerTerms;
      readonly payment?: LedgerPayment;
    }
  | {
      readonly kind: 'refused';
      readonly statusCode: number;
      readonly text: string;
      readonly reading: StatusReading;
    }
  /** There is an answer and it does not say what became of the posting. */
  | { readonly kind: 'unclear'; readonly text: string };

/** The empty set that only asks. */
export const storedAnswerRequest = (messageSetId: string): string =>
  encodeRequest({
    onError: 'stopOnError',
    newMessageSetID: messageSetId,
    oldMessageSetID: messageSetId,
    requests: [],
  });

/** Reads the answer to one posting's set, sent or asked for. */
export function readAnswered(set: MessageSetResponse, kind: PostingKind): Answered {
  if (set.messageSetStatusCode === OTHER_CONTENT) return { kind: 'otherContent' };
  const [response] = set.responses;
  if (response === undefined) return { kind: 'none' };
  if (response.type !== kind) return { kind: 'unclear', text: `an answer to ${response.type} instead of ${kind}` };
  const { code, message } = response.status;
  if (code === UNREADABLE_STATUS) return { kind: 'unclear', text: 'an answer without a status' };
  const reading = readStatus(response.status);
  switch (reading.disposition) {
    case 'done':
    case 'partial':
      return { kind: 'done', ...identityOf(response), ...recordOf(response, kind) };
    case 'settle':
    case 'empty':
      return { kind: 'unclear', text: `${code} ${message}` };
    case 'retry':
    case 'wait':
    case 'reread':
    case 'person':
    case 'bug':
      return { kind: 'refused', statusCode: code, text: message, reading };
  }
}

/** A payment is answered without TxnID where it made no transaction: then there is no record, and it is looked for. */
function recordOf(response: ResponseMessage, kind: PostingKind) {
  switch (kind) {
    case 'VendorMod': {
      const [vendor] = KINDS.vendor.read(response).records;
      return vendor === undefined ? {} : { id: vendor.id, vendor };
    }
    case 'StandardTermsAdd': {
      const [terms] = KINDS.terms.read(response).records;
      return terms === undefined ? {} : { id: terms.id, terms };
    }
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd': {
      const read = KINDS[kind === 'BillPaymentCheckAdd' ? 'checkPayment' : 'cardPayment'].read(response);
      const [payment] = read.records;
      return payment === undefined ? {} : { id: payment.id, payment };
    }
    case 'TxnVoid': {
      const id = recordsOf(response, 'TxnVoidRs')[0]?.TxnID;
      return id === undefined ? {} : { id };
    }
    case 'BillAdd':
    case 'BillMod': {
      const [bill] = KINDS.bill.read(response).records;
      return bill === undefined ? {} : { id: bill.id, bill };
    }
  }
}

function identityOf({ errorRecovery, problems }: ResponseMessage): { readonly id?: string } {
  const id = errorRecovery?.TxnID ?? errorRecovery?.ListID ?? problems.find((problem) => problem.id !== undefined)?.id;
  return id === undefined ? {} : { id };
}
