/** Postings as the cloud would make them, for tests: encoded once, sent byte for byte. */
import type { BillModMatch, Posting } from '../../src/contract/index.ts';
import { type BodyOf, encodeRequest } from '../../src/qbxml/index.ts';
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
