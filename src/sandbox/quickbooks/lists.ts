/**
 * List entries: adding, changing, making inactive, deleting; for applications and people alike.
 *
 * 1. Names do not differ by letter case and hold no colon; vendors and customers share one name space.
 * 2. An entry in use is never deleted.
 * 3. A check fails before anything is put.
 */
import { type CompanyFile, nameKey } from './companyFile.ts';
import type { DeletedEntry, ListEntry, ListName, TableRecords, Vendor } from './records.ts';
import { byName, entryNamed, resolve } from './references.ts';
import { nameInUse, notDeletable, notStored, outOfDate, tooLong } from './refusal.ts';
import { isUsed } from './usage.ts';

const NAME_LIMITS: Readonly<Record<ListName, number>> = {
  account: 31,
  vendor: 41,
  class: 31,
  customer: 41,
  item: 31,
  terms: 31,
};

/**
 * Adds an entry, below `parent` (a full name) when given; `complete` adds what is particular to the list.
 * Throws `Refused`: 3070 name too long, 3090 colon or blank, 3100 name taken, 3140 no such parent.
 */
export function addEntry<N extends ListName>(
  company: CompanyFile,
  list: N,
  name: string,
  complete: (entry: ListEntry) => TableRecords[N],
  parent?: string,
): TableRecords[N] {
  checkName(list, name);
  const above = parent === undefined ? undefined : resolve(company, list, byName(parent), 'Parent');
  const fullName = above === undefined ? name : `${above.fullName}:${name}`;
  checkFree(company, list, fullName);
  const now = company.clock.now();
  const record = complete({
    id: company.nextListId(),
    createdAt: now,
    modifiedAt: now,
    name,
    fullName,
    active: true,
    sublevel: above === undefined ? 0 : above.sublevel + 1,
    ...(above === undefined ? {} : { parentId: above.id }),
  });
  company.put(list, record);
  return record;
}

/**
 * Replaces a vendor's fields; `change` holds what becomes different, undefined where a field is emptied.
 * Throws `Refused`: 3200 when `editSequence` is given and not the present one, and as `addEntry` for a new name.
 */
export function modifyVendor(
  company: CompanyFile,
  vendor: Vendor,
  change: { readonly [F in keyof Vendor]?: Vendor[F] | undefined },
  editSequence?: string,
): Vendor {
  if (editSequence !== undefined) checkSequence(vendor, editSequence);
  const { name } = change;
  if (name !== undefined && name !== vendor.name) {
    checkName('vendor', name);
    if (nameKey(name) !== nameKey(vendor.name)) checkFree(company, 'vendor', name);
  }
  const merged = { ...vendor, ...change, name: name ?? vendor.name, fullName: name ?? vendor.fullName };
  const record = { ...withoutUndefined(merged), modifiedAt: company.clock.now() } as Vendor;
  company.put('vendor', record);
  return record;
}

/** Makes an entry active or inactive. */
export function setActive<N extends ListName>(
  company: CompanyFile,
  list: N,
  entry: TableRecords[N],
  active: boolean,
): TableRecords[N] {
  const record = { ...entry, active, modifiedAt: company.clock.now() };
  company.put(list, record);
  return record;
}

/** Deletes a vendor and notes it in the log of deletions. Throws `Refused` 3160 when a transaction names it. */
export function deleteVendor(company: CompanyFile, vendor: Vendor): DeletedEntry {
  if (isUsed(company, vendor.id)) throw notDeletable(vendor.id);
  return deleteEntry(company, 'vendor', vendor, 'Vendor');
}

/** Deletes any other entry that no transaction, vendor or lower entry uses. Throws `Refused` 3160. */
export function deleteUnused<N extends ListName>(company: CompanyFile, list: N, entry: TableRecords[N]): DeletedEntry {
  if (isUsed(company, entry.id)) throw notDeletable(entry.id);
  return deleteEntry(company, list, entry, deletedType(list, entry));
}

/** Throws `Refused` 3200 unless the edit sequence is the record's present one. */
export function checkSequence(record: { readonly modifiedAt: number }, editSequence: string): void {
  if (editSequence !== String(record.modifiedAt)) throw outOfDate(editSequence);
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The record without the fields that are undefined. */
export function withoutUndefined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function deleteEntry(company: CompanyFile, list: ListName, entry: ListEntry, type: string): DeletedEntry {
  const now = company.clock.now();
  const log: DeletedEntry = {
    id: entry.id,
    createdAt: entry.createdAt,
    modifiedAt: now,
    type,
    fullName: entry.fullName,
  };
  company.remove(list, entry.id);
  company.put('deletedEntry', log);
  return log;
}

/** qbXML's ListDelType of an entry. */
export function deletedType(list: ListName, entry: object): string {
  if (list === 'item') return `Item${'type' in entry ? entry.type : ''}`;
  if (list === 'terms') return 'kind' in entry && entry.kind === 'dateDriven' ? 'DateDrivenTerms' : 'StandardTerms';
  return `${list.slice(0, 1).toUpperCase()}${list.slice(1)}`;
}

function checkName(list: ListName, name: string): void {
  if (name.includes(':')) throw notStored(name, 'Name', 'Names in this list cannot contain a colon.');
  if (name.trim() === '') throw notStored(name, 'Name', 'The name cannot be blank.');
  if (name.length > NAME_LIMITS[list]) throw tooLong('Name', NAME_LIMITS[list]);
}

function checkFree(company: CompanyFile, list: ListName, fullName: string): void {
  const lists: readonly ListName[] = list === 'vendor' || list === 'customer' ? ['vendor', 'customer'] : [list];
  if (lists.some((each) => entryNamed(company, each, fullName) !== undefined)) throw nameInUse(fullName);
}
