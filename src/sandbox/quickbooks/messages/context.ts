/** What a request may look at and change: the company file, and the session that it came through. */
import type { RecordName, RecordOf, RequestMessage, RequestName } from '../../../qbxml/index.ts';
import type { Answer } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import type { Iterators } from '../paging.ts';
import type { ListEntry, ListName, Stamped } from '../records.ts';

export interface RequestContext {
  readonly company: CompanyFile;
  readonly iterators: Iterators;
  readonly singleUser: boolean;
  /** Private fields (owner and name) that existed before this message set began. */
  readonly fieldsBefore: ReadonlySet<string>;
}

/** Answers one request. Throws `Refused` for what QuickBooks refuses. */
export type Handler<N extends RequestName> = (context: RequestContext, request: RequestMessage<N>) => Answer;

/** The identity that every record of a list carries. */
export function listIdentity(company: CompanyFile, entry: Stamped) {
  return { ListID: entry.id, ...times(company, entry) };
}

/** TimeCreated, TimeModified and EditSequence of a record. */
export function times(company: CompanyFile, record: Stamped) {
  const { timeModifiedDefect } = company.switches();
  return {
    TimeCreated: company.clock.written(record.createdAt, timeModifiedDefect),
    TimeModified: company.clock.written(record.modifiedAt, timeModifiedDefect),
    EditSequence: String(record.modifiedAt),
  };
}

/** Names of an entry on a list with levels. */
export function levels(company: CompanyFile, list: ListName, entry: ListEntry) {
  return {
    Name: entry.name,
    FullName: entry.fullName,
    IsActive: entry.active,
    ...optionalRef('ParentRef', company, list, entry.parentId),
    Sublevel: entry.sublevel,
  };
}

export interface WrittenRef {
  readonly ListID: string;
  readonly FullName: string;
}

/** A reference as an answer carries it; an entry that is gone keeps its ID. */
export function ref(company: CompanyFile, list: ListName, id: string): WrittenRef {
  return { ListID: id, FullName: company.list(list).get(id)?.fullName ?? '' };
}

export function optionalRef<K extends string>(
  key: K,
  company: CompanyFile,
  list: ListName,
  id: string | undefined,
): { readonly [P in K]?: WrittenRef } {
  return id === undefined ? {} : given(key, ref(company, list, id));
}

/** A field that is there only when it has a value. */
export function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const none: { readonly [P in K]?: V } = {};
  return value === undefined ? none : { ...none, [key]: value };
}

/** A record with the name of its element. */
export const record = <E extends RecordName>(element: E, value: RecordOf<E>): { element: E; value: RecordOf<E> } => ({
  element,
  value,
});
