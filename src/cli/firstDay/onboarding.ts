/**
 * Matching the two sides of a company before anything is written to either: what QuickBooks has, as the store keeps it
 * after the first reading, with what MineralTree has now.
 *
 * 1. Nothing is written to MineralTree or QuickBooks. What is found out is kept, and the push uses it once the company is live.
 * 2. It may be run again at any time before that: what people decided stays, the rest is matched anew.
 * 3. Vendors before bills, accounts before payments: what a record refers to is matched before it.
 */
import type { PayablesConnection } from '../../activities/mineraltree/connection.ts';
import { targetsOf } from '../../activities/mineraltree/records.ts';
import type { LedgerKind } from '../../domain/ledger.ts';
import { everything, type Reading } from '../../mineraltree/index.ts';
import { type CutOver, everyRecord, type FirstDayMatch, matchesOf, type Store } from '../../store/index.ts';
import {
  type DecisionRow,
  type KnownIds,
  ledgerBill,
  ledgerCredit,
  ledgerPayment,
  listEntry,
  type Matchable,
  type Matching,
  matchRecords,
  payablesCredit,
  payablesEntry,
  payablesInvoice,
  payablesPayment,
  rowsOf,
} from '../../sync/index.ts';

/** What was found of one kind of record. */
export interface KindFound {
  /** MineralTree's entity. */
  readonly entity: string;
  /** How people call the kind, in the plural. */
  readonly words: string;
  readonly matching: Matching;
  /** Records of MineralTree that could not be read: they take part in nothing. */
  readonly unreadable: number;
  /** Of those on one side only: older than the cut-over, so they stay where they are. */
  readonly old: { readonly quickBooks: number; readonly mineralTree: number };
}

export interface Onboarding {
  readonly kinds: readonly KindFound[];
  readonly matches: readonly FirstDayMatch[];
  /** One row for each pair that a person must decide about. */
  readonly asked: readonly DecisionRow[];
}

/** Reads both sides and matches them. @throws MineralTreeError when MineralTree cannot be reached */
export async function matchBothSides(
  { db }: Store,
  companyId: string,
  connection: PayablesConnection,
  cutOver: CutOver,
): Promise<Onboarding> {
  const said = (await matchesOf(db, companyId)).filter(({ matchedBy }) => isPerson(matchedBy));
  const kinds: KindFound[] = [];
  const targets = targetsOf(connection);
  const { records } = connection;

  const matchKind = async (
    entity: string,
    words: string,
    ledger: AsyncIterable<Matchable>,
    payables: AsyncIterable<Reading<Matchable>>,
    from = '',
  ): Promise<Matching> => {
    const [ours, theirs] = [await all(ledger), await readable(payables)];
    const saidOfKind = said
      .filter((one) => one.entity === entity)
      .map(({ ledgerId, mtId, same }) => ({ ledgerId, payablesId: mtId, same }));
    const matching = matchRecords(ours, theirs.records, saidOfKind);
    const isOld = ({ date }: Matchable): boolean => date !== undefined && date < from;
    kinds.push({
      entity,
      words,
      matching,
      unreadable: theirs.unreadable,
      old: {
        quickBooks: matching.onlyInQuickBooks.filter(isOld).length,
        mineralTree: matching.onlyInMineralTree.filter(isOld).length,
      },
    });
    return matching;
  };
  const entries = <K extends ListKind>(kind: K): AsyncIterable<Matchable> =>
    mapped(everyRecord(db, companyId, kind), listEntry);
  const accounts = (types: (type: string) => boolean): AsyncIterable<Matchable> =>
    mapped(everyRecord(db, companyId, 'account'), (one) => (types(one.type) ? listEntry(one) : undefined));
  const named = (target: { everything(): AsyncIterable<Reading<Parameters<typeof payablesEntry>[0]>> }) =>
    read(target.everything(), payablesEntry);

  await matchKind('glAccount', 'accounts', entries('account'), named(targets.glAccount));
  const methods = await matchKind(
    'paymentMethod',
    'payment accounts',
    accounts((type) => type === 'Bank' || type === 'CreditCard'),
    named(targets.paymentMethod),
  );
  await matchKind('classification', 'classes', entries('class'), named(targets.classification));
  await matchKind('project', 'customers and jobs', entries('customer'), named(targets.project));
  await matchKind('item', 'items', entries('item'), named(targets.item));
  await matchKind('term', 'terms', entries('terms'), named(targets.term));
  const names = new Map<string, string>();
  const vendors = await matchKind(
    'vendor',
    'vendors',
    entries('vendor'),
    read(targets.vendor.everything(), (vendor) => {
      names.set(vendor.id, vendor.name);
      return payablesEntry(vendor);
    }),
  );
  const [vendorIds, accountIds] = [ledgerIds(vendors), ledgerIds(methods)];
  const known: KnownIds = {
    vendor: (id) => vendorIds.get(id),
    paymentAccount: (id) => accountIds.get(id),
    vendorName: (id) => names.get(id),
  };
  await matchKind(
    'invoice',
    'bills',
    mapped(everyRecord(db, companyId, 'bill'), ledgerBill),
    read(targets.invoice.everything(), (invoice) => payablesInvoice(invoice, known)),
    cutOver.bills,
  );
  await matchKind(
    'credit',
    'credits',
    mapped(everyRecord(db, companyId, 'credit'), ledgerCredit),
    read(records.credits.search(everything), (credit) => payablesCredit(credit, known)),
    cutOver.credits,
  );
  await matchKind(
    'payment',
    'payments',
    mapped(
      chained(everyRecord(db, companyId, 'checkPayment'), everyRecord(db, companyId, 'cardPayment')),
      ledgerPayment,
    ),
    // A credit that was applied is no money, though MineralTree shows it among the payments.
    read(records.payments.search(everything), (payment) =>
      payment.fundMethod === 'CREDIT' ? undefined : payablesPayment(payment, known),
    ),
    cutOver.payments,
  );
  return {
    kinds,
    matches: [...said.filter(({ same }) => !same), ...kinds.flatMap(matchesFound(said))],
    asked: kinds.flatMap(({ entity, matching }) => rowsOf(entity, matching)),
  };
}

/** A person's word is kept as such; what matching found, by what it was found. */
const MATCHED_BY: ReadonlySet<string> = new Set(['externalId', 'name', 'number', 'date']);
const isPerson = (matchedBy: string): boolean => !MATCHED_BY.has(matchedBy);

const matchesFound =
  (said: readonly FirstDayMatch[]) =>
  ({ entity, matching }: KindFound): FirstDayMatch[] =>
    matching.matches.map(({ ledgerId, payablesId, by }) => {
      const person = said.find(
        (one) => one.entity === entity && one.ledgerId === ledgerId && one.mtId === payablesId && one.same,
      );
      return person ?? { entity, ledgerId, mtId: payablesId, same: true, matchedBy: by };
    });

type ListKind = Exclude<LedgerKind, 'bill' | 'credit' | 'checkPayment' | 'cardPayment'>;

const ledgerIds = ({ matches }: Matching): ReadonlyMap<string, string> =>
  new Map(matches.map(({ ledgerId, payablesId }) => [payablesId, ledgerId]));

async function all<T>(records: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const record of records) found.push(record);
  return found;
}

async function readable(
  readings: AsyncIterable<Reading<Matchable>>,
): Promise<{ readonly records: readonly Matchable[]; readonly unreadable: number }> {
  const records = new Map<string, Matchable>();
  let unreadable = 0;
  for await (const reading of readings)
    if ('record' in reading) records.set(reading.record.id, reading.record);
    else unreadable += 1;
  return { records: [...records.values()], unreadable };
}

/** What a reading becomes; one that takes no part is left out. */
async function* read<T>(
  readings: AsyncIterable<Reading<T>>,
  become: (record: T) => Matchable | undefined,
): AsyncGenerator<Reading<Matchable>> {
  for await (const reading of readings) {
    if (!('record' in reading)) {
      yield reading;
      continue;
    }
    const record = become(reading.record);
    if (record !== undefined) yield { record };
  }
}

async function* mapped<T>(
  records: AsyncIterable<T>,
  become: (record: T) => Matchable | undefined,
): AsyncGenerator<Matchable> {
  for await (const record of records) {
    const one = become(record);
    if (one !== undefined) yield one;
  }
}

async function* chained<T>(...parts: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const part of parts) yield* part;
}
