/**
 * The records of MineralTree that QuickBooks' records become, each behind the same few questions, so that creating,
 * finding again and changing are written once (`writing.ts`).
 */
import type { PaymentMethod } from '../../domain/payables.ts';
import { everything, oneOf, type Reading } from '../../mineraltree/index.ts';
import type { Changes, PayablesDraft, PayablesKind } from '../../sync/index.ts';
import type { PayablesConnection } from './connection.ts';

/** A record of MineralTree: a draft with what MineralTree gave it. */
export type Recorded<D> = D & { readonly id: string; readonly modified: string };
export type Readings<D> = AsyncIterable<Reading<Recorded<D>>>;

export interface Target<D> {
  readonly entity: PayablesKind;
  /** Whether a write may be missing from what is found for as long as the index lags. */
  readonly lags: boolean;
  create(draft: D): Promise<Recorded<D>>;
  update(id: string, changes: Changes<D>): Promise<Recorded<D>>;
  get(id: string): Promise<Recorded<D>>;
  byExternalId(externalIds: readonly string[]): Readings<D>;
  /** All there are: when a first load begins. */
  everything(): Readings<D>;
}

export type Targets = { readonly [K in PayablesKind]: Target<PayablesDraft<K>> };

export function targetsOf({ records, paymentMethods }: PayablesConnection): Targets {
  const { glAccounts, classifications, projects, items, terms, vendors, bills } = records;
  return {
    glAccount: { entity: 'glAccount', lags: true, ...glAccounts, everything: () => glAccounts.search(everything) },
    classification: {
      entity: 'classification',
      lags: true,
      ...classifications,
      everything: () => classifications.search(everything),
    },
    project: { entity: 'project', lags: true, ...projects, everything: () => projects.search(everything) },
    item: { entity: 'item', lags: true, ...items, everything: () => items.search(everything) },
    term: { entity: 'term', lags: true, ...terms, everything: () => terms.search(everything) },
    vendor: {
      entity: 'vendor',
      lags: true,
      ...vendors,
      // Phone and fax are one list in MineralTree, written whole.
      create: (draft) => vendors.create({ ...draft, phone: draft.phone ?? '', fax: draft.fax ?? '' }),
      everything: () => vendors.search(everything),
    },
    invoice: { entity: 'invoice', lags: true, ...bills, everything: () => bills.search(everything) },
    paymentMethod: {
      entity: 'paymentMethod',
      lags: false,
      ...records.paymentMethods,
      everything: () => each(paymentMethods()),
      byExternalId: (externalIds) => each(paymentMethods().then((found) => found.filter(isOneOf(externalIds)))),
    },
  };
}

/** Invoices with one of these numbers, whoever the vendor is: to see whether a new bill is there already. */
export const invoicesByNumber = (
  { records }: PayablesConnection,
  numbers: readonly string[],
): Readings<PayablesDraft<'invoice'>> => {
  const askable = numbers.filter((number) => ASKABLE.test(number));
  return askable.length === 0 ? each(Promise.resolve([])) : records.bills.search(oneOf('bill_invoiceNumber', askable));
};

/** A text that the search language can carry (it has no escapes). */
const ASKABLE = /^[^\p{Cc}\p{Surrogate}\\*'"]{1,100}$/u;

/** What is written of a record: without what MineralTree gives it. */
export function draftOf<T extends { readonly id: string; readonly modified: string }>(
  record: T,
): Omit<T, 'id' | 'modified'> {
  const { id: _id, modified: _modified, ...draft } = record;
  return draft;
}

async function* each<T>(readings: Promise<readonly T[]>): AsyncGenerator<T> {
  yield* await readings;
}

const isOneOf =
  (externalIds: readonly string[]) =>
  (reading: Reading<PaymentMethod>): boolean =>
    !('record' in reading) || externalIds.includes(reading.record.externalId ?? '');
