/**
 * Merging two entries of a list: everything of one becomes the other's, and the one is gone.
 *
 * 1. Both are of one list; accounts and items also of one type and currency, vendors of one currency; neither is below
 *    the other, nor has entries below it.
 * 2. Whether the entry that is gone stands in the log of deletions is the switch `mergeLogged`.
 */
import type { CompanyFile } from './companyFile.ts';
import { deletedType } from './lists.ts';
import type { ListEntry, ListName } from './records.ts';
import { byName, LIST_WORDS, resolve } from './references.ts';
import { notMergeable } from './refusal.ts';
import { referTo } from './usage.ts';

/** Merges `from` into `into`, by full name; the ID that stays. Throws `Refused`: 3140 no such entry, 3170 not mergeable. */
export function mergeEntries(company: CompanyFile, list: ListName, from: string, into: string): string {
  const gone = resolve(company, list, byName(from), 'list');
  const kept = resolve(company, list, byName(into), 'list');
  const below = [...company.list(list).all()].some(({ parentId }) => parentId === gone.id);
  if (gone.id === kept.id || kindOf(gone) !== kindOf(kept) || below || kept.parentId === gone.id)
    throw notMergeable(LIST_WORDS[list]);
  referTo(company, gone.id, kept.id);
  company.remove(list, gone.id);
  if (company.switches().mergeLogged)
    company.put('deletedEntry', {
      id: gone.id,
      createdAt: gone.createdAt,
      modifiedAt: company.clock.now(),
      type: deletedType(list, gone),
      fullName: gone.fullName,
    });
  company.put(list, { ...kept, modifiedAt: company.clock.now() });
  return kept.id;
}

const kindOf = (entry: ListEntry & { readonly type?: string; readonly kind?: string; readonly currencyId?: string }) =>
  JSON.stringify([entry.type, entry.kind, entry.currencyId]);
