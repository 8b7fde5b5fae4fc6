/** TxnDeletedQuery and ListDeletedQuery, TxnVoid and TxnDel. Only bills can be voided or deleted here. */
import { answered, onlyElements } from '../answer.ts';
import { deleteBill, voidBill } from '../bills.ts';
import type { CompanyFile } from '../companyFile.ts';
import { answerPage } from '../paging.ts';
import type { Bill, Stamped } from '../records.ts';
import { notFound } from '../refusal.ts';
import { modifiedRange } from '../selection.ts';
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
  return { found: table.changed(from, to).filter(wanted), missing: [] };
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

export const txnVoid: Handler<'TxnVoid'> = ({ company }, { body }) => {
  const bill = voidBill(company, billOf(company, body.TxnVoidType, body.TxnID));
  const { TimeCreated, TimeModified } = times(company, bill);
  const value = {
    TxnVoidType: 'Bill',
    TxnID: bill.id,
    TimeCreated,
    TimeModified,
    ...given('RefNumber', bill.refNumber),
  };
  return answered(record('TxnVoidRs', value), { TxnID: bill.id, EditSequence: String(bill.modifiedAt) });
};

export const txnDel: Handler<'TxnDel'> = ({ company }, { body }) => {
  const deleted = deleteBill(company, billOf(company, body.TxnDelType, body.TxnID));
  const { TimeDeleted } = stamps(company, deleted);
  const value = { TxnDelType: 'Bill', TxnID: deleted.id, TimeDeleted, ...given('RefNumber', deleted.refNumber) };
  return answered(record('TxnDelRs', value), { TxnID: deleted.id });
};

function billOf(company: CompanyFile, type: string, id: string): Bill {
  const bill = type === 'Bill' ? company.tables.bill.get(id) : undefined;
  if (bill === undefined) throw notFound(id);
  return bill;
}
