/**
 * References to list entries, as a request or a person gives them: by ListID or by full name, the ListID first.
 *
 * Inactive entries are refused where a transaction refers to them anew; the switch `inactiveReference` accepts them.
 */
import { type CompanyFile, nameKey } from './companyFile.ts';
import type { ListName, TableRecords } from './records.ts';
import { inactiveReference, invalidReference } from './refusal.ts';

export interface Ref {
  readonly ListID?: string;
  readonly FullName?: string;
}

/** A person's way of naming an entry. */
export const byName = (fullName: string): Ref => ({ FullName: fullName });

/** What QuickBooks calls the entries of each list in its texts. */
export const LIST_WORDS: Readonly<Record<ListName, string>> = {
  account: 'Account',
  vendor: 'Vendor',
  class: 'Class',
  customer: 'Customer',
  item: 'Item',
  terms: 'Terms',
};

/** Whether the reference names nothing: in a Mod, that clears the field. */
export const isEmptyRef = (ref: Ref): boolean => !ref.ListID && !ref.FullName;

/** The entry of that full name, whatever its letter case. */
export function entryNamed<N extends ListName>(
  company: CompanyFile,
  list: N,
  name: string,
): TableRecords[N] | undefined {
  return company.list(list).find('name', nameKey(name))[0];
}

/** The entry that is referred to. Throws `Refused` 3140 when there is none. */
export function resolve<N extends ListName>(company: CompanyFile, list: N, ref: Ref, where: string): TableRecords[N] {
  const table = company.list(list);
  const found = ref.ListID ? table.get(ref.ListID) : entryNamed(company, list, ref.FullName ?? '');
  if (found === undefined) throw invalidReference(LIST_WORDS[list], ref.ListID || ref.FullName || '', where);
  return found;
}

/** The same, and it must be active. Throws `Refused` 3140. */
export function resolveActive<N extends ListName>(
  company: CompanyFile,
  list: N,
  ref: Ref,
  where: string,
): TableRecords[N] {
  const found = resolve(company, list, ref, where);
  if (!found.active && company.switches().inactiveReference === 'refused')
    throw inactiveReference(LIST_WORDS[list], found.fullName, where);
  return found;
}
