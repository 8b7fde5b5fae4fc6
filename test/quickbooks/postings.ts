/** Postings as the cloud would make them, for tests: encoded once, sent byte for byte. */
import type { BillModMatch, PaymentAddKind, Posting, TermsAddMatch } from '../../src/contract/index.ts';
import { type BodyOf, encodeRequest, type RequestMessage } from '../../src/qbxml/index.ts';
import type { Books } from './stage.ts';

const guidOf = (name: string): string => {
  const hex = Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32);
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}}`;
};

export interface BillWish {
  readonly id: string;
  readonly refNumber?: string;
  readonly amountCents?: number;
  readonly txnDate?: string;
  readonly account?: string;
  readonly oldMessageSetID?: string;
  /** Of which record in MineralTree; the message-set ID unless told. */
  readonly record?: string;
}

/** A new bill of Acorn Tools. */
export function billAdd(books: Books, wish: BillWish): Extract<Posting, { kind: 'BillAdd' }> {
  const vendor = named(books.vendors, 'Acorn Tools');
  const { id, refNumber, amountCents = 10_000, txnDate = '2026-11-03', record = id } = wish;
  const guid = guidOf(record);
  const body: BodyOf<'BillAdd'> = {
    BillAdd: {
      VendorRef: { ListID: vendor.id },
      TxnDate: txnDate,
      DueDate: '2026-12-03',
      ...(refNumber === undefined ? {} : { RefNumber: refNumber }),
      ExternalGUID: guid,
      ExpenseLineAdd: [{ AccountRef: { FullName: wish.account ?? 'Rent' }, Amount: amountCents, Memo: 'of Acorn' }],
    },
  };
  return {
    kind: 'BillAdd',
    messageSetId: id,
    xml: encodeRequest({
      onError: 'stopOnError',
      newMessageSetID: id,
      ...(wish.oldMessageSetID === undefined ? {} : { oldMessageSetID: wish.oldMessageSetID }),
      requests: [{ type: 'BillAdd', body }],
    }),
    dates: [txnDate],
    match: {
      guid,
      vendor: { id: vendor.id, name: vendor.name },
      ...(refNumber === undefined ? {} : { refNumber }),
      txnDate,
      amountCents,
    },
  };
}

/** Another memo for a bill that is there. */
export function memoMod(bill: Books['bills'][number], id: string, memo: string): Extract<Posting, { kind: 'BillMod' }> {
  const target: BillModMatch['target'] = { memo, amountCents: bill.amountCents, txnDate: bill.txnDate };
  return {
    kind: 'BillMod',
    messageSetId: id,
    xml: encodeRequest({
      onError: 'stopOnError',
      newMessageSetID: id,
      requests: [
        { type: 'BillMod', body: { BillMod: { TxnID: bill.id, EditSequence: bill.editSequence, Memo: memo } } },
      ],
    }),
    dates: [bill.txnDate],
    match: { txnId: bill.id, editSequence: bill.editSequence, target },
  };
}

/** Another phone number for a vendor. */
export function phoneMod(
  vendor: Books['vendors'][number],
  id: string,
  phone: string,
): Extract<Posting, { kind: 'VendorMod' }> {
  return {
    kind: 'VendorMod',
    messageSetId: id,
    xml: encodeRequest({
      onError: 'stopOnError',
      newMessageSetID: id,
      requests: [
        {
          type: 'VendorMod',
          body: { VendorMod: { ListID: vendor.id, EditSequence: vendor.editSequence, Phone: phone } },
        },
      ],
    }),
    dates: [],
    match: { listId: vendor.id, editSequence: vendor.editSequence, target: { phone } },
  };
}

export function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`nothing is named ${name}`);
  return found;
}

export interface PaymentWish {
  readonly id: string;
  readonly bills: readonly {
    readonly txnId: string;
    readonly amountCents: number;
    readonly discountCents?: number;
  }[];
  readonly refNumber?: string;
  readonly txnDate?: string;
  /** Name of the account that it is paid from. */
  readonly account?: string;
  /** Of which record in MineralTree; the message-set ID unless told. */
  readonly record?: string;
}

type PaymentPosting = Extract<Posting, { kind: PaymentAddKind }>;

/** A check to Acorn Tools, from Checking. */
export const checkAdd = (books: Books, wish: PaymentWish): PaymentPosting =>
  paymentAdd(books, 'BillPaymentCheckAdd', { account: 'Checking', ...wish });
/** A payment to Acorn Tools by the company's card. */
export const cardAdd = (books: Books, wish: PaymentWish): PaymentPosting =>
  paymentAdd(books, 'BillPaymentCreditCardAdd', { account: 'Company Card', ...wish });

function paymentAdd(
  books: Books,
  kind: PaymentAddKind,
  wish: PaymentWish & { readonly account: string },
): PaymentPosting {
  const { id, refNumber, txnDate = '2026-11-05', record = id } = wish;
  const vendor = named(books.vendors, 'Acorn Tools');
  const account = called(books.accounts, wish.account);
  const apAccount = called(books.accounts, 'Accounts Payable');
  const guid = guidOf(record);
  const ofAll = {
    PayeeEntityRef: { ListID: vendor.id },
    APAccountRef: { ListID: apAccount.id },
    TxnDate: txnDate,
    ExternalGUID: guid,
    AppliedToTxnAdd: wish.bills.map(({ txnId, amountCents, discountCents = 0 }) => ({
      TxnID: txnId,
      PaymentAmount: amountCents,
      ...(discountCents === 0
        ? {}
        : { DiscountAmount: discountCents, DiscountAccountRef: { FullName: 'Discounts Taken' } }),
    })),
  };
  const number = refNumber === undefined ? {} : { RefNumber: refNumber };
  const request: RequestMessage =
    kind === 'BillPaymentCheckAdd'
      ? {
          type: kind,
          body: {
            BillPaymentCheckAdd: {
              ...ofAll,
              BankAccountRef: { ListID: account.id },
              ...(refNumber === undefined ? { IsToBePrinted: true } : { RefNumber: refNumber }),
            },
          },
        }
      : {
          type: kind,
          body: { BillPaymentCreditCardAdd: { ...ofAll, CreditCardAccountRef: { ListID: account.id }, ...number } },
        };
  return {
    kind,
    messageSetId: id,
    xml: encodeRequest({ onError: 'stopOnError', newMessageSetID: id, requests: [request] }),
    dates: [txnDate],
    match: {
      guid,
      vendor: { id: vendor.id, name: vendor.name },
      account: { id: account.id, name: account.fullName },
      apAccountId: apAccount.id,
      ...(refNumber === undefined ? {} : { refNumber }),
      txnDate,
      amountCents: wish.bills.reduce((sum, { amountCents }) => sum + amountCents, 0),
      applications: wish.bills.map(({ txnId, amountCents, discountCents = 0 }) => ({
        txnId,
        amountCents,
        discountCents,
        openCents: amountCents + discountCents,
      })),
    },
  };
}

/** New terms. */
export function termsAdd(id: string, match: TermsAddMatch): Extract<Posting, { kind: 'StandardTermsAdd' }> {
  const { name, dueDays, discountDays, discountPercent } = match;
  const body: BodyOf<'StandardTermsAdd'> = {
    StandardTermsAdd: {
      Name: name,
      StdDueDays: dueDays,
      ...(discountDays === undefined ? {} : { StdDiscountDays: discountDays }),
      ...(discountPercent === undefined ? {} : { DiscountPct: discountPercent }),
    },
  };
  return {
    kind: 'StandardTermsAdd',
    messageSetId: id,
    xml: encodeRequest({
      onError: 'stopOnError',
      newMessageSetID: id,
      requests: [{ type: 'StandardTermsAdd', body }],
    }),
    dates: [],
    match,
  };
}

/** The void of a payment that is there. */
export function paymentVoid(
  id: string,
  { txnId, txnDate, amountCents }: { readonly txnId: string; readonly txnDate: string; readonly amountCents: number },
): Extract<Posting, { kind: 'TxnVoid' }> {
  const txnType = 'BillPaymentCheck';
  return {
    kind: 'TxnVoid',
    messageSetId: id,
    xml: encodeRequest({
      onError: 'stopOnError',
      newMessageSetID: id,
      requests: [{ type: 'TxnVoid', body: { TxnVoidType: txnType, TxnID: txnId } }],
    }),
    dates: [txnDate],
    match: { txnType, txnId, amountCents },
  };
}

function called<T extends { readonly fullName: string }>(list: readonly T[], fullName: string): T {
  const found = list.find((one) => one.fullName === fullName);
  if (found === undefined) throw new Error(`nothing is called ${fullName}`);
  return found;
}
