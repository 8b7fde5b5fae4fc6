/** Posted records whose answer did not have them whole: read by ID, all of a batch in one message set. */
import type { Outcome, Posting } from '../../contract/index.ts';
import { KINDS } from '../kinds.ts';
import { AnswerTooLarge } from '../processor.ts';
import { checkQuery, stumbledOverId } from '../queryStatus.ts';
import type { Answers, Session } from '../session.ts';
import { isVoided } from './changes.ts';
import { type PostedRecordKind, recordKindOf } from './recordKind.ts';
import { type PostedHow, type PostedOutcome, uncertain } from './verdict.ts';

/** A posting that is in QuickBooks under this ID. */
export interface Incomplete {
  readonly posting: Posting;
  readonly id: string;
  readonly how: PostedHow;
}

type PostedRecord = Pick<PostedOutcome, 'bill' | 'vendor' | 'terms' | 'payment'>;

/**
 * The outcomes, with the record where it is still there and can be read. A void that QuickBooks says is done, of a
 * payment that reads as before, is uncertain.
 */
export async function complete(session: Session, incomplete: readonly Incomplete[]): Promise<readonly Outcome[]> {
  if (incomplete.length === 0) return [];
  const ids = new Map<PostedRecordKind, Set<string>>();
  for (const { posting, id } of incomplete) {
    const kind = recordKindOf(posting);
    ids.set(kind, (ids.get(kind) ?? new Set()).add(id));
  }
  const answers = await askIfItFits(
    session,
    [...ids].map(([kind, some]) => KINDS[kind].request({ by: 'id', ids: [...some] }, { requestID: kind })),
  );
  return incomplete.map(({ posting, id, how }) => {
    const { messageSetId } = posting;
    const record = answers === undefined ? {} : recordOf(answers, recordKindOf(posting), id);
    const { payment } = record;
    if (posting.kind === 'TxnVoid' && payment !== undefined && !isVoided(payment, posting))
      return uncertain(posting, 'QuickBooks says that it was voided, and it reads as before').outcome;
    return { kind: 'posted', messageSetId, how, ...record };
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

function recordOf(answers: Answers, kind: PostedRecordKind, id: string): PostedRecord {
  const response = answers.to(kind);
  if (!stumbledOverId(response)) checkQuery(response);
  switch (kind) {
    case 'bill': {
      const bill = KINDS.bill.read(response).records.find((one) => one.id === id);
      return bill === undefined ? {} : { bill };
    }
    case 'vendor': {
      const vendor = KINDS.vendor.read(response).records.find((one) => one.id === id);
      return vendor === undefined ? {} : { vendor };
    }
    case 'terms': {
      const terms = KINDS.terms.read(response).records.find((one) => one.id === id);
      return terms === undefined ? {} : { terms };
    }
    case 'checkPayment':
    case 'cardPayment': {
      const payment = KINDS[kind].read(response).records.find((one) => one.id === id);
      return payment === undefined ? {} : { payment };
    }
  }
}
