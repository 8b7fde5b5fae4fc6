/**
 * Transactions that are neither bills, credits nor bill payments and have a line on an A/P account: what each kind does to
 * it. Positive where more is owed by it.
 */
import type { OtherPayable } from '../contract/index.ts';
import type { ListRef } from '../domain/ledger.ts';
import type { Cents } from '../domain/money.ts';
import { type RequestMessage, type ResponseMessage, recordsOf } from '../qbxml/index.ts';
import { checkQuery } from './queryStatus.ts';
import { present, refOrNone, textOrNone } from './records/reading.ts';
import { type Asking, attributes } from './selection.ts';
import { SiteTrouble } from './trouble.ts';

export const OTHER_TYPES = [
  'JournalEntry',
  'Check',
  'Deposit',
  'CreditCardCharge',
  'CreditCardCredit',
  'ItemReceipt',
] as const;
export type OtherType = (typeof OTHER_TYPES)[number];

/** Those with a line on one of the accounts. */
export function othersQuery(type: OtherType, apIds: ReadonlySet<string>, asking: Asking): RequestMessage {
  const { maxReturned } = asking;
  return {
    type: `${type}Query`,
    ...attributes(asking),
    body: {
      ...(maxReturned === undefined ? {} : { MaxReturned: maxReturned }),
      AccountFilter: { ListID: [...apIds] },
      IncludeLineItems: true,
    },
  };
}

interface Ref {
  readonly ListID?: string;
  readonly FullName?: string;
}
/** A line as far as it concerns an account. */
interface Line {
  readonly account: Ref | undefined;
  readonly vendor: Ref | undefined;
  readonly cents: Cents | undefined;
}
interface Transaction {
  readonly TxnID: string;
  readonly TxnDate?: string;
  readonly RefNumber?: string;
}

/** Reads one answer. Throws `SiteTrouble` where a transaction cannot be read: the sums would be wrong without it. */
export function readOthers(
  type: OtherType,
  response: ResponseMessage,
  apIds: ReadonlySet<string>,
): readonly OtherPayable[] {
  checkQuery(response);
  const [problem] = response.problems;
  if (problem !== undefined)
    throw new SiteTrouble('retry', `a transaction of accounts payable cannot be read: ${problem.path}`);
  const entries = (transaction: Transaction, lines: readonly Line[]): readonly OtherPayable[] =>
    summed(type, transaction, lines, apIds);
  switch (type) {
    case 'JournalEntry':
      return recordsOf(response, 'JournalEntryRet').flatMap((ret) =>
        entries(
          ret,
          (ret.JournalLines ?? []).map((line) => {
            const [side, sign] =
              'JournalCreditLine' in line ? [line.JournalCreditLine, 1] : [line.JournalDebitLine, -1];
            return { account: side.AccountRef, vendor: side.EntityRef, cents: signed(side.Amount, sign) };
          }),
        ),
      );
    case 'Check':
      return recordsOf(response, 'CheckRet').flatMap((ret) => entries(ret, expenses(ret, -1)));
    case 'CreditCardCharge':
      return recordsOf(response, 'CreditCardChargeRet').flatMap((ret) => entries(ret, expenses(ret, -1)));
    case 'CreditCardCredit':
      return recordsOf(response, 'CreditCardCreditRet').flatMap((ret) => entries(ret, expenses(ret, 1)));
    case 'Deposit':
      return recordsOf(response, 'DepositRet').flatMap((ret) =>
        entries(
          ret,
          (ret.DepositLineRet ?? []).map((line) => ({
            account: line.AccountRef,
            vendor: line.EntityRef,
            cents: line.Amount,
          })),
        ),
      );
    case 'ItemReceipt':
      return recordsOf(response, 'ItemReceiptRet').flatMap((ret) =>
        entries(ret, [
          { account: ret.APAccountRef ?? ret.LiabilityAccountRef, vendor: ret.VendorRef, cents: ret.TotalAmount },
        ]),
      );
  }
}

const signed = (cents: Cents | undefined, sign: number): Cents | undefined =>
  cents === undefined ? undefined : cents * sign;

/** Checks and cards name the vendor once, as the payee. */
const expenses = (
  ret: {
    readonly PayeeEntityRef?: Ref;
    readonly ExpenseLineRet?: readonly { readonly AccountRef?: Ref; readonly Amount?: Cents }[];
  },
  sign: number,
): readonly Line[] =>
  (ret.ExpenseLineRet ?? []).map(({ AccountRef, Amount }) => ({
    account: AccountRef,
    vendor: ret.PayeeEntityRef,
    cents: signed(Amount, sign),
  }));

/** One entry for each vendor and A/P account; none where nothing is left of it, as after a void. */
function summed(
  txnType: OtherType,
  { TxnID: txnId, TxnDate, RefNumber }: Transaction,
  lines: readonly Line[],
  apIds: ReadonlySet<string>,
): readonly OtherPayable[] {
  const entries = new Map<string, OtherPayable>();
  for (const { account, vendor: entity, cents = 0 } of lines) {
    const apAccount: ListRef | undefined = refOrNone(account);
    if (apAccount === undefined || !apIds.has(apAccount.id)) continue;
    const vendor = refOrNone(entity);
    const key = `${apAccount.id} ${vendor?.id ?? ''}`;
    entries.set(key, {
      txnId,
      txnType,
      apAccount,
      txnDate: TxnDate ?? '',
      ...present({ vendor, refNumber: textOrNone(RefNumber) }),
      amountCents: (entries.get(key)?.amountCents ?? 0) + cents,
    });
  }
  return [...entries.values()].filter(({ amountCents }) => amountCents !== 0);
}
