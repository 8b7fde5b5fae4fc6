/** What a void and a deletion leave of any transaction. */
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
