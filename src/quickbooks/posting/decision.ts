/**
 * What to do with one posting, given what is known: send it, or say what became of it. Pure.
 *
 * 1. Our own record is adopted, never a second one made; somebody else's is named and nothing sent.
 * 2. Not in QuickBooks is said only of what is known not to be there; everything else is uncertain.
 * 3. The order is that of exactly-once 6.3: stored answer, our own, somebody else's, closed period, what is open, then send.
 */
import type { Outcome, Posting, RefusalCode } from '../../contract/index.ts';
import type { StatusReading } from '../../qbxml/index.ts';
import { decideBillAdd, decidePaymentAdd, decideTermsAdd } from './additions.ts';
import { sameGuid } from './allowList.ts';
import { decideEdit, decideVoid } from './changes.ts';
import { isPayment } from './recordKind.ts';
import type { Answered } from './storedAnswer.ts';
import { type Decision, type Known, outcome, type PostedHow, uncertain } from './verdict.ts';

export type { Decision, Known, PostedHow } from './verdict.ts';

export function decide(posting: Posting, known: Known): Decision {
  const { stored } = known;
  if (stored?.kind === 'done') {
    if (isOfAnother(posting, stored))
      return uncertain(posting, 'QuickBooks keeps the answer to another record under the same ID');
    const done = fromDone(posting, stored, 'storedAnswer');
    if (done !== undefined) return done;
  }
  if (stored?.kind === 'refused' && !rereads(posting, stored.reading)) return outcome(refusal(posting, stored));
  switch (posting.kind) {
    case 'BillAdd':
      return decideBillAdd(posting, known);
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return decidePaymentAdd(posting, known);
    case 'StandardTermsAdd':
      return decideTermsAdd(posting, known);
    case 'BillMod':
    case 'VendorMod':
      return decideEdit(posting, known);
    case 'TxnVoid':
      return decideVoid(posting, known);
  }
}

/** An answer that names another GUID is none to this posting, whatever its ID. */
function isOfAnother(posting: Posting, { bill, payment }: Extract<Answered, { kind: 'done' }>): boolean {
  const guid = bill?.guid ?? payment?.guid;
  return (
    (posting.kind === 'BillAdd' || isPayment(posting)) && guid !== undefined && !sameGuid(guid, posting.match.guid)
  );
}

/** What an answer that says "done" makes of a posting; undefined where it does not name the record. */
export function fromDone(
  posting: Posting,
  answered: Extract<Answered, { kind: 'done' }>,
  how: PostedHow,
): Decision | undefined {
  const { messageSetId } = posting;
  const { bill, vendor, terms, payment, id } = answered;
  if (vendor !== undefined) return outcome({ kind: 'posted', messageSetId, how, vendor });
  if (terms !== undefined) return outcome({ kind: 'posted', messageSetId, how, terms });
  // The answer to an Add has its lines; the answer to a Mod may lack links, and a bill without lines is not all of it.
  const lines = bill === undefined ? 0 : bill.expenseLines.length + bill.itemLines.length + bill.groupLines;
  if (bill !== undefined && posting.kind === 'BillAdd' && lines > 0)
    return outcome({ kind: 'posted', messageSetId, how, bill });
  if (payment !== undefined && payment.applications.length > 0)
    return outcome({ kind: 'posted', messageSetId, how, payment });
  const named = id ?? idOfChanged(posting);
  return named === undefined ? undefined : { kind: 'posted', id: named, how };
}

function idOfChanged(posting: Posting): string | undefined {
  switch (posting.kind) {
    case 'BillMod':
    case 'TxnVoid':
      return posting.match.txnId;
    case 'VendorMod':
      return posting.match.listId;
    case 'BillAdd':
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
    case 'StandardTermsAdd':
      return undefined;
  }
}

/** Whether a refusal is judged by what is there now: somebody changed the record, voided it, or entered the terms before. */
export function rereads({ kind }: Posting, { disposition, name }: StatusReading): boolean {
  switch (kind) {
    case 'BillMod':
    case 'VendorMod':
      return disposition === 'reread';
    case 'TxnVoid':
      return disposition === 'reread' || name === 'NOT_FOUND';
    case 'StandardTermsAdd':
      return name === 'NAME_IN_USE';
    case 'BillAdd':
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return false;
  }
}

const CLOSED: ReadonlySet<string> = new Set(['CLOSED_PERIOD', 'MODIFY_IN_CLOSED_PERIOD', 'DELETE_IN_CLOSED_PERIOD']);

/** A refusal by QuickBooks as an outcome. */
export function refusal(
  { messageSetId }: Posting,
  { statusCode, text, reading }: Extract<Answered, { kind: 'refused' }>,
): Outcome {
  return { kind: 'refused', messageSetId, code: codeOf(reading), statusCode, text: text.slice(0, 1_000) };
}

function codeOf({ name, disposition }: StatusReading): RefusalCode {
  if (CLOSED.has(name)) return 'closedPeriod';
  if (name === 'OVERPAID') return 'balanceDiffers';
  return disposition === 'reread' ? 'changedInQuickBooks' : 'refusedByQuickBooks';
}
