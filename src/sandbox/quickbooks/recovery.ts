/**
 * QuickBooks' own recovery of lost answers: a set's answer is kept in the company file under its message-set ID, for
 * each application by name.
 *
 * 1. A known ID with the same content is not processed again: the kept answer comes. Other content under it is 9001.
 * 2. `oldMessageSetID` forgets a kept answer; together with the same new ID in an empty set it only asks.
 * 3. The answer is kept in the same commit as what the set did. (Whether QuickBooks can lose one of the two in a crash
 *    is its own affair and unverified.)
 *
 * By Intuit's guide to error recovery; how long records live is unverified, here they live until cleared.
 */
import { createHash } from 'node:crypto';
import type { MessageSetRequest, ResponseDraft } from '../../qbxml/index.ts';
import type { CompanyFile } from './companyFile.ts';
import type { RecoveryRecord } from './records.ts';

/** `messageSetStatusCode`. */
export const RECOVERY_STATUS = {
  done: 0,
  noSuchOldSet: 600,
  otherContent: 9001,
  notKept: 9002,
  idTooLong: 9004,
} as const;

const MAX_ID_LENGTH = 24;
const CLEAR_ALL = 'ClearAllMessageSets';

export interface Recovered {
  readonly messageSetStatusCode: number;
  readonly responses: readonly ResponseDraft[];
}

/** What to do with a set: answer it from what is known, or process it, and keep the answer under the ID. */
export type RecoveryPlan =
  | { readonly kind: 'answered'; readonly answer: Recovered }
  | { readonly kind: 'process'; readonly keepAs?: string; readonly messageSetStatusCode?: number };

/** Looks at a set's message-set IDs, before anything of it is processed; forgets what the set says may be forgotten. */
export function planRecovery(company: CompanyFile, application: string, set: MessageSetRequest): RecoveryPlan {
  const { newMessageSetID: wanted, oldMessageSetID: old } = set;
  if (wanted === undefined && old === undefined) return { kind: 'process' };
  if ([wanted, old].some((id) => id !== undefined && id !== CLEAR_ALL && id.length > MAX_ID_LENGTH))
    return answeredWith(RECOVERY_STATUS.idTooLong);
  const asksOnly = wanted !== undefined && wanted === old && set.requests.length === 0;
  if (old !== undefined && old !== wanted) {
    const found = forget(company, application, old);
    if (wanted === undefined)
      return { kind: 'process', messageSetStatusCode: found ? RECOVERY_STATUS.done : RECOVERY_STATUS.noSuchOldSet };
  }
  if (wanted === undefined) return { kind: 'process' };
  const kept = company.tables.recovery.get(keyOf(application, wanted));
  if (kept === undefined)
    return asksOnly
      ? answeredWith(RECOVERY_STATUS.notKept)
      : { kind: 'process', keepAs: wanted, messageSetStatusCode: RECOVERY_STATUS.done };
  if (!asksOnly && kept.checksum !== checksumOf(set)) return answeredWith(RECOVERY_STATUS.otherContent);
  return answeredWith(RECOVERY_STATUS.done, keptAnswers(company, kept));
}

/** Keeps the answer of a set, unless the switch `recovery` says that nothing is kept. */
export function keepAnswer(
  company: CompanyFile,
  application: string,
  id: string,
  set: MessageSetRequest,
  responses: readonly ResponseDraft[],
): void {
  if (company.switches().recovery === 'absent') return;
  const now = company.clock.now();
  company.put('recovery', {
    id: keyOf(application, id),
    createdAt: now,
    modifiedAt: now,
    application,
    messageSetId: id,
    checksum: checksumOf(set),
    answers: JSON.stringify(responses),
  });
}

/** With the switch `errorRecoveryOnly` a kept answer has the status and the identity of what was made, no records. */
function keptAnswers(company: CompanyFile, kept: RecoveryRecord): readonly ResponseDraft[] {
  const responses = JSON.parse(kept.answers) as readonly ResponseDraft[];
  return company.switches().recovery === 'errorRecoveryOnly'
    ? responses.map((response) => ({ ...response, records: [] }))
    : responses;
}

function forget(company: CompanyFile, application: string, old: string): boolean {
  const ids =
    old === CLEAR_ALL
      ? [...company.tables.recovery.all()].filter((kept) => kept.application === application).map(({ id }) => id)
      : [keyOf(application, old)].filter((id) => company.tables.recovery.get(id) !== undefined);
  for (const id of ids) company.remove('recovery', id);
  return ids.length > 0;
}

const keyOf = (application: string, messageSetId: string): string => JSON.stringify([application, messageSetId]);

/** Of the requests alone: the message-set IDs may differ when a set is sent again. */
const checksumOf = ({ requests, onError }: MessageSetRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([onError, requests]))
    .digest('hex');

const answeredWith = (messageSetStatusCode: number, responses: readonly ResponseDraft[] = []): RecoveryPlan => ({
  kind: 'answered',
  answer: { messageSetStatusCode, responses },
});
