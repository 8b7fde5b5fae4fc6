/**
 * Terms that count from the date of the bill stand on both sides, alike in name, days and percentage. Those that a person
 * made in MineralTree carry no key of the ledger, for its API fills none in later: they are the same by name, and wait to be
 * posted as long as QuickBooks has none of that name. The closing date of QuickBooks stands in MineralTree as a closed
 * accounting period up to that day; with the books open, no period that came from there is closed.
 */
import { formatDecimal, parseDecimal, trimDecimal } from '../../domain/money.ts';
import type { BothBooks, MineralTreeTerm, QuickBooksTerms } from './books.ts';
import type { Excused } from './exceptions.ts';
import { unlike } from './naming.ts';

export function termsAgree({ quickBooks, mineralTree }: BothBooks, excused: Excused): readonly string[] {
  const theirs = new Map(mineralTree.terms.map((term) => [term.externalId ?? '', term]));
  const typed = new Map(
    mineralTree.terms.flatMap((term) => (term.externalId ? [] : [[term.name.toLowerCase(), term] as const])),
  );
  const ours = new Set(quickBooks.terms.map(({ id }) => id));
  const names = new Set(quickBooks.terms.flatMap(({ id, name }) => (theirs.has(id) ? [] : [name.toLowerCase()])));
  return [
    ...quickBooks.terms.flatMap((terms): readonly string[] => {
      if (terms.kind === 'dateDriven' || excused.terms.has(terms.name)) return [];
      const found = theirs.get(terms.id) ?? typed.get(terms.name.toLowerCase());
      if (found !== undefined) return differencesOf(terms, found);
      return terms.active ? [`terms ${terms.name} of QuickBooks are not in MineralTree`] : [];
    }),
    ...mineralTree.terms.flatMap(({ name, active, externalId = '' }) => {
      if (!active || excused.terms.has(name) || ours.has(externalId)) return [];
      if (externalId === '' && names.has(name.toLowerCase())) return [];
      return externalId === ''
        ? [`terms ${name} wait in MineralTree to be posted to QuickBooks`]
        : [`terms ${name} of MineralTree name terms that QuickBooks does not have`];
    }),
  ];
}

function differencesOf(terms: QuickBooksTerms, found: MineralTreeTerm): readonly string[] {
  const percent = parseDecimal(terms.discountPercent ?? '0');
  return unlike(`terms ${terms.name}`, [
    ['name', terms.name, found.name],
    ['active', String(terms.active), String(found.active)],
    ['days until due', String(terms.dueDays ?? 0), String(found.dueDays ?? 0)],
    ['days of discount', String(terms.discountDays ?? 0), String(found.discountDays ?? 0)],
    ['discount', percentage(percent), percentage(found.discountPercent)],
  ]);
}

const percentage = (decimal: { readonly units: number; readonly scale: number } | undefined): string =>
  formatDecimal(trimDecimal(decimal ?? { units: 0, scale: 0 }));

export function closingDateAgrees({ quickBooks, mineralTree }: BothBooks): readonly string[] {
  const { closingDate } = quickBooks;
  const fromLedger = mineralTree.accountingPeriods.filter(({ createdBy }) => createdBy === 'api');
  const closed = fromLedger.filter((period) => period.closed === true);
  const wrong = closed.filter(({ ended }) => ended !== closingDate);
  return [
    ...(closingDate === null || closed.some(({ ended }) => ended === closingDate)
      ? []
      : [`the books of QuickBooks are closed up to ${closingDate}; MineralTree does not know`]),
    ...wrong.map(
      ({ ended }) =>
        `MineralTree has the books closed up to ${ended}; in QuickBooks they are ${closingDate === null ? 'open' : `closed up to ${closingDate}`}`,
    ),
  ];
}
