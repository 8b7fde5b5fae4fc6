/**
 * What is in accounts payable beside bills and their payments: open credits, and journal entries, checks, deposits, charges
 * and credits of cards, item receipts with a line on an A/P account. For the report whether the ledgers agree.
 *
 * 1. In the order of vendor and TxnID, page by page; a cursor names the last one, so any connector can go on.
 * 2. What is left of each is what BillToPay says; nothing is worked out.
 * 3. Of one transaction, the lines of one vendor on one A/P account are one entry.
 */
import { type LedgerResult, MAX_PAGE_BYTES, type OpenCredit, type OtherPayable } from '../contract/index.ts';
import type { ListRef } from '../domain/ledger.ts';
import type { Cents } from '../domain/money.ts';
import type { RequestMessage, ResponseMessage } from '../qbxml/index.ts';
import { companyQuery } from './fileIdentity.ts';
import { type Asking, KINDS } from './kinds.ts';
import { type OpenAmounts, openAmounts } from './openAmounts.ts';
import { OTHER_TYPES, type OtherType, othersQuery, readOthers } from './otherTransactions.ts';
import { inOrder, type Place, readPlace } from './place.ts';
import { drain, starting } from './pull/iteration.ts';
import { lowest } from './pull/lowest.ts';
import { checkQuery } from './queryStatus.ts';
import { present } from './records/reading.ts';
import type { Session } from './session.ts';
import { SiteTrouble } from './trouble.ts';

type Page = Extract<LedgerResult, { readonly kind: 'page' }>;
type Rest = Required<Pick<Page, 'credits' | 'others'>> & Pick<Page, 'accounts' | 'next'>;
type Entry =
  | { readonly kind: 'credit'; readonly of: OpenCredit }
  | { readonly kind: 'other'; readonly of: OtherPayable };

/** The cursor after the last bill. */
export const BEGIN_OF_REST = 'rest';
const PREFIX = `${BEGIN_OF_REST}/`;
export const isInRest = (after: string | undefined): after is string =>
  after === BEGIN_OF_REST || (after?.startsWith(PREFIX) ?? false);

const COMPANY = 'company';
const ACCOUNTS = 'accounts';
const CREDITS = 'credits';
const IN_ANSWER = 200;
const ENTRY_BYTES = 500;
const MAX_ENTRIES = Math.floor(MAX_PAGE_BYTES / ENTRY_BYTES);

/**
 * Reads the page after the cursor. `judge` is given the company record and may throw, `pause` is called between two message
 * sets and may throw.
 */
export async function readRest(
  session: Session,
  cursor: string,
  judge: (company: ResponseMessage) => void,
  pause: () => void,
): Promise<Rest> {
  const after = cursor === BEGIN_OF_REST ? undefined : readPlace(cursor.slice(PREFIX.length));
  const head = await session.ask([
    companyQuery(COMPANY),
    { type: 'AccountQuery', requestID: ACCOUNTS, body: { ActiveStatus: 'All', AccountType: ['AccountsPayable'] } },
  ]);
  judge(head.to(COMPANY));
  const accounts = accountsOf(head.to(ACCOUNTS));
  const kept = lowest<Entry>(MAX_ENTRIES, (a, b) => inOrder(placeOf(a), placeOf(b)));
  const keep = (entry: Entry): void => {
    if (after === undefined || inOrder(placeOf(entry), after) > 0) kept.add(entry);
  };
  const apIds = new Set(accounts.map(({ account }) => account.id));
  pause();
  const types = apIds.size === 0 ? [] : OTHER_TYPES;
  const first = await session.ask([
    creditsQuery(starting(CREDITS, true, IN_ANSWER)),
    ...types.map((type) => othersQuery(type, apIds, starting(type, true, IN_ANSWER))),
  ]);
  const take = (request: (asking: Asking) => RequestMessage, id: string, read: (response: ResponseMessage) => void) =>
    drain(session, first.to(id), IN_ANSWER, request, read, pause);
  await take(creditsQuery, CREDITS, (response) => {
    for (const of of creditsOf(response)) keep({ kind: 'credit', of });
  });
  for (const type of types)
    await take(askingFor(type, apIds), type, (response) => {
      for (const of of readOthers(type, response, apIds)) keep({ kind: 'other', of });
    });
  const page = kept.taken();
  const open = await openAmounts(
    session,
    page.map(({ of }) => of),
    pause,
  );
  const last = kept.cut ? page.at(-1) : undefined;
  return {
    credits: page.flatMap((entry) =>
      entry.kind === 'credit' ? [{ ...entry.of, ...present({ openCents: open.credit(entry.of.txnId) }) }] : [],
    ),
    others: page.flatMap((entry) =>
      entry.kind === 'other' ? [{ ...entry.of, ...present({ openCents: openOf(entry.of, open) }) }] : [],
    ),
    ...(after === undefined ? { accounts } : {}),
    ...(last === undefined ? {} : { next: `${PREFIX}${placeOf(last).join('/')}` }),
  };
}

/** A receipt is nothing to pay, and BillToPay never lists what has no vendor; of the others it lists what is not used up. */
function openOf({ txnId, txnType, vendor, apAccount }: OtherPayable, open: OpenAmounts): Cents | undefined {
  if (vendor === undefined) return undefined;
  const listed = open.other(txnId, vendor.id);
  return listed === undefined && txnType !== 'ItemReceipt' && open.isWhole(vendor.id, apAccount.id) ? 0 : listed;
}

const askingFor =
  (type: OtherType, apIds: ReadonlySet<string>) =>
  (asking: Asking): RequestMessage =>
    othersQuery(type, apIds, asking);

/** One transaction may concern several accounts and vendors: the account tells its entries apart. */
const placeOf = ({ kind, of }: Entry): Place => [
  of.vendor?.id ?? '',
  kind === 'credit' ? of.txnId : `${of.txnId}@${of.apAccount.id}`,
];

function accountsOf(
  response: ResponseMessage,
): readonly { readonly account: ListRef; readonly balanceCents: number }[] {
  checkQuery(response);
  const { records, unreadable } = KINDS.account.read(response);
  const [unread] = unreadable;
  if (unread !== undefined) throw new SiteTrouble('retry', `an A/P account cannot be read: ${unread.reason}`);
  return records.map(({ id, fullName, balanceCents = 0 }) => ({ account: { id, name: fullName }, balanceCents }));
}

const creditsQuery = (asking: Asking): RequestMessage => {
  const { maxReturned, ...attributes } = asking;
  return {
    type: 'VendorCreditQuery',
    ...attributes,
    body: { ...(maxReturned === undefined ? {} : { MaxReturned: maxReturned }), IncludeLinkedTxns: true },
  };
};

/** Credits whose links do not use them up: only to choose whom to ask, what is left is asked for. */
function creditsOf(response: ResponseMessage): readonly OpenCredit[] {
  checkQuery(response);
  const { records, unreadable } = KINDS.credit.read(response);
  const [unread] = unreadable;
  if (unread !== undefined) throw new SiteTrouble('retry', `a credit cannot be read: ${unread.reason}`);
  return records.flatMap(({ id, vendor, apAccount, refNumber, txnDate, creditAmountCents, links }) => {
    const used = links
      .filter(({ linkType }) => linkType !== 'QUANTYPE')
      .reduce((sum, { amountCents }) => sum + Math.abs(amountCents), 0);
    if (used >= creditAmountCents) return [];
    return [{ txnId: id, vendor, txnDate, amountCents: creditAmountCents, ...present({ apAccount, refNumber }) }];
  });
}
