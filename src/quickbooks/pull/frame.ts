/**
 * What the first message set of every page asks beside the page itself: which QuickBooks, which file, its preferences,
 * what was deleted, the canaries, and the open balances of the vendors named.
 *
 * 1. The file is judged before a record of the page is used.
 * 2. A canary that is missing is looked for in the whole log of deletions before anyone is told of an older copy.
 */
import type {
  Block,
  Canary,
  Deleted,
  LedgerPreferences,
  PullRequest,
  VendorBalance,
  Watermarks,
} from '../../contract/index.ts';
import { type RequestMessage, type ResponseMessage, recordsOf } from '../../qbxml/index.ts';
import {
  deletedEntries,
  deletedEntriesQuery,
  deletedTransactions,
  deletedTransactionsQuery,
  upTo,
} from '../deletions.ts';
import {
  companyQuery,
  type FoundCanary,
  type FoundFile,
  judgeCanaries,
  judgeFile,
  readCompany,
} from '../fileIdentity.ts';
import { KINDS } from '../kinds.ts';
import { balanceQuery, readBalance } from '../openBalance.ts';
import { checkQuery } from '../queryStatus.ts';
import { present, refOrNone } from '../records/reading.ts';
import type { Answers, Session } from '../session.ts';
import { SiteBlock, SiteTrouble } from '../trouble.ts';
import { changedFrom } from '../wallTime.ts';

/** What the frame found. */
export interface Frame {
  readonly file: FoundFile;
  readonly product?: string;
  readonly preferences: LedgerPreferences;
  readonly deleted: readonly Deleted[];
  readonly balances: readonly VendorBalance[];
  /** Of the logs of deletions that were read. */
  readonly watermarks: Watermarks;
}

const ID = {
  host: 'host',
  company: 'company',
  preferences: 'preferences',
  transactions: 'deleted-transactions',
  entries: 'deleted-entries',
  canaries: 'canary-',
  balance: 'balance-',
} as const;

/** QuickBooks 2014, the first that speaks qbXML 13.0. */
const OLDEST_MAJOR = 24;

/** The requests of the frame. */
export function frameRequests({ watermarks, canaries, creditVendors }: PullRequest): RequestMessage[] {
  const { deletedTransactions: transactions, deletedEntries: entries } = watermarks;
  return [
    { type: 'HostQuery', requestID: ID.host, body: {} },
    companyQuery(ID.company),
    { type: 'PreferencesQuery', requestID: ID.preferences, body: {} },
    ...(transactions === undefined ? [] : [deletedTransactionsQuery(ID.transactions, changedFrom(transactions))]),
    ...(entries === undefined ? [] : [deletedEntriesQuery(ID.entries, changedFrom(entries))]),
    ...canaryKinds(canaries).map((kind) =>
      KINDS[kind].request({ by: 'version', ids: idsOf(canaries, kind) }, { requestID: `${ID.canaries}${kind}` }),
    ),
    ...creditVendors.map((vendorId, index) => balanceQuery(`${ID.balance}${index}`, vendorId)),
  ];
}

/**
 * Reads the frame and judges the file. `clock` is the host's clock at the start, Unix seconds.
 * Throws `SiteBlock` for another file, an older copy, an accountant's copy, or a QuickBooks that is too old.
 */
export async function readFrame(
  session: Session,
  request: PullRequest,
  answers: Answers,
  fileName: string,
  clock: number,
): Promise<Frame> {
  const { watermarks, canaries, creditVendors } = request;
  const product = readHost(answers.to(ID.host));
  const file = readCompany(answers.to(ID.company));
  refuse(judgeFile(request.file, file, fileName));
  const transactions = watermarks.deletedTransactions === undefined ? undefined : answers.to(ID.transactions);
  const entries = watermarks.deletedEntries === undefined ? undefined : answers.to(ID.entries);
  const ofTransactions = upTo(transactions === undefined ? [] : deletedTransactions(transactions), clock);
  const ofEntries = upTo(entries === undefined ? [] : deletedEntries(entries), clock);
  const deleted = [...ofTransactions.kept, ...ofEntries.kept];
  const found = canaries.map((canary) => findCanary(canary, answers, deleted));
  refuse(judgeCanaries(await withWholeLogs(session, found)));
  return {
    file,
    ...(product === undefined ? {} : { product }),
    preferences: readPreferences(answers.to(ID.preferences), file),
    deleted,
    balances: creditVendors.flatMap((vendorId, index) => {
      const balance = readBalance(answers.to(`${ID.balance}${index}`), vendorId);
      return balance === undefined ? [] : [balance];
    }),
    watermarks: {
      ...(transactions === undefined ? {} : { deletedTransactions: ofTransactions.at }),
      ...(entries === undefined ? {} : { deletedEntries: ofEntries.at }),
    },
  };
}

function refuse(block: Block | undefined): void {
  if (block !== undefined) throw new SiteBlock(block.code, block.detail);
}

const canaryKinds = (canaries: readonly Canary[]): readonly Canary['kind'][] => [
  ...new Set(canaries.map(({ kind }) => kind)),
];
const idsOf = (canaries: readonly Canary[], kind: Canary['kind']): string[] =>
  canaries.filter((canary) => canary.kind === kind).map(({ id }) => id);

function findCanary(canary: Canary, answers: Answers, deleted: readonly Deleted[]): FoundCanary {
  const { records } = KINDS[canary.kind].keys(answers.to(`${ID.canaries}${canary.kind}`));
  const editSequence = records.find(({ key: [id] }) => id === canary.id)?.key[1];
  return {
    canary,
    ...(editSequence === undefined ? {} : { editSequence }),
    deleted: deleted.some(({ kind, id }) => kind === canary.kind && id === canary.id),
  };
}

/** Looks for missing canaries in the whole of the logs, in a set of its own, when there are any. */
async function withWholeLogs(session: Session, found: readonly FoundCanary[]): Promise<readonly FoundCanary[]> {
  if (found.every(({ editSequence, deleted }) => editSequence !== undefined || deleted)) return found;
  const answers = await session.ask([deletedTransactionsQuery(ID.transactions), deletedEntriesQuery(ID.entries)]);
  const all = [...deletedTransactions(answers.to(ID.transactions)), ...deletedEntries(answers.to(ID.entries))];
  return found.map((canary) => ({
    ...canary,
    deleted: canary.deleted || all.some(({ kind, id }) => kind === canary.canary.kind && id === canary.canary.id),
  }));
}

/** Product and version for people. */
function readHost(response: ResponseMessage): string | undefined {
  const [host] = recordsOf(response, 'HostRet');
  if (host === undefined) return undefined;
  const major = Number.parseInt(host.MajorVersion ?? '', 10);
  const product = `${host.ProductName ?? 'QuickBooks'} (version ${host.MajorVersion ?? '?'}.${host.MinorVersion ?? '?'})`;
  if (major < OLDEST_MAJOR) throw new SiteBlock('unsupportedQuickBooks', { product, oldest: 'QuickBooks 2014' });
  return product;
}

function readPreferences(response: ResponseMessage, { dividingDate }: FoundFile): LedgerPreferences {
  checkQuery(response);
  const [preferences] = recordsOf(response, 'PreferencesRet');
  if (preferences === undefined) throw new SiteTrouble('retry', 'QuickBooks gives no preferences');
  const accounting = preferences.AccountingPreferences;
  const currencies = preferences.MultiCurrencyPreferences;
  return {
    classTracking: accounting?.IsUsingClassTracking ?? false,
    multiCurrency: currencies?.IsMultiCurrencyOn ?? false,
    ...present({
      closingDate: [accounting?.ClosingDate, dividingDate]
        .filter((date) => date !== undefined)
        .sort()
        .at(-1),
      dividingDate,
      homeCurrency: refOrNone(currencies?.HomeCurrencyRef),
      discountAccount: refOrNone(preferences.PurchasesAndVendorsPreferences?.DefaultDiscountAccountRef),
    }),
  };
}
