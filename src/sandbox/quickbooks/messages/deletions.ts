/**
 * TxnDeletedQuery and ListDeletedQuery, TxnVoid and TxnDel, of every type of transaction that the sandbox keeps.
 *
 * Nothing tells a voided transaction apart but its zero amounts and its memo.
 */
import { answered, onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import { answerPage } from '../paging.ts';
import type { Stamped } from '../records.ts';
import { isRemembered } from '../removal.ts';
import { checkId, modifiedRange } from '../selection.ts';
import { deleteTransaction, voidTransaction } from '../transactions.ts';
import { given, type Handler, record, times } from './context.ts';

interface Dates {
  readonly DeletedDateRangeFilter?: { readonly FromDeletedDate?: string; readonly ToDeletedDate?: string };
}

/** Deletions in a range of time, oldest first. */
function deletedIn<T extends Stamped>(
  company: CompanyFile,
  table: { changed(from: number | undefined, to: number | undefined): T[] },
  { DeletedDateRangeFilter: range }: Dates,
  wanted: (entry: T) => boolean,
) {
  const { from, to } = modifiedRange(company, range?.FromDeletedDate, range?.ToDeletedDate);
  return {
    found: table.changed(from, to).filter((entry) => isRemembered(company, entry) && wanted(entry)),
    missing: [],
  };
}

const stamps = (company: CompanyFile, entry: Stamped) => {
  const { TimeCreated, TimeModified } = times(company, entry);
  return { TimeCreated, TimeDeleted: TimeModified };
};

export const txnDeletedQuery: Handler<'TxnDeletedQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const types: readonly string[] = body.TxnDelType;
  return answerPage({
    query: 'TxnDeletedQuery',
    attributes,
    maxReturned: undefined,
    iterators,
    select: () => deletedIn(company, company.tables.deletedTransaction, body, ({ type }) => types.includes(type)),
    get: (id) => company.tables.deletedTransaction.get(id),
    write: (entry) => {
      const value = {
        TxnDelType: entry.type,
        TxnID: entry.id,
        ...stamps(company, entry),
        ...given('RefNumber', entry.refNumber),
      };
      return record('TxnDeletedRet', onlyElements(value, body.IncludeRetElement));
    },
  });
};

export const listDeletedQuery: Handler<'ListDeletedQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const types: readonly string[] = body.ListDelType;
  return answerPage({
    query: 'ListDeletedQuery',
    attributes,
    maxReturned: undefined,
    iterators,
    select: () => deletedIn(company, company.tables.deletedEntry, body, ({ type }) => types.includes(type)),
    get: (id) => company.tables.deletedEntry.get(id),
    write: (entry) => {
      const value = { ListDelType: entry.type, ListID: entry.id, ...stamps(company, entry), FullName: entry.fullName };
      return record('ListDeletedRet', onlyElements(value, body.IncludeRetElement));
    },
  });
};

export const txnVoid: Handler<'TxnVoid'> = ({ company }, { body: { TxnVoidType, TxnID } }) => {
  checkId(TxnID, 'TxnID');
  const { record: voided } = voidTransaction(company, TxnVoidType, TxnID);
  const { TimeCreated, TimeModified } = times(company, voided);
  const value = { TxnVoidType, TxnID, TimeCreated, TimeModified, ...given('RefNumber', voided.refNumber) };
  return answered(record('TxnVoidRs', value), { TxnID, EditSequence: String(voided.modifiedAt) });
};

export const txnDel: Handler<'TxnDel'> = ({ company }, { body: { TxnDelType, TxnID } }) => {
  checkId(TxnID, 'TxnID');
  const deleted = deleteTransaction(company, TxnDelType, TxnID);
  const { TimeDeleted } = stamps(company, deleted);
  return answered(record('TxnDelRs', { TxnDelType, TxnID, TimeDeleted, ...given('RefNumber', deleted.refNumber) }), {
    TxnID,
  });
};
