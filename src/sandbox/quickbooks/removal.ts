/** What a void and a deletion leave of any transaction, and for how long the logs of deletions remember. */
import type { CompanyFile } from './companyFile.ts';
import type { DeletedTransaction, Stamped, TxnType } from './records.ts';

/** The memo of a voided transaction. */
export const voidMemo = (memo: string | undefined): string => (memo === undefined ? 'VOID:' : `VOID: ${memo}`);

/** Notes a deletion in the log, which keeps ID, type and number. */
export function logDeletion(
  company: CompanyFile,
  type: TxnType,
  { id, createdAt, refNumber }: Stamped & { readonly refNumber?: string },
): DeletedTransaction {
  const log: DeletedTransaction = {
    id,
    createdAt,
    modifiedAt: company.clock.now(),
    type,
    ...(refNumber === undefined ? {} : { refNumber }),
  };
  company.put('deletedTransaction', log);
  return log;
}

const LOG_SECONDS = 90 * 86_400;

/** Whether the log still has a deletion of that moment, as the switch `deletionLog` says. */
export const isRemembered = (company: CompanyFile, { modifiedAt }: Stamped): boolean =>
  company.switches().deletionLog === 'whole' || modifiedAt >= company.clock.now() - LOG_SECONDS;
