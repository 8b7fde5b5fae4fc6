/** What a connector sends, and what it refuses whoever asks: a table. */
import assert from 'node:assert/strict';
import type { Posting } from '../../../src/contract/index.ts';
import { whyNotAllowed } from '../../../src/quickbooks/posting/allowList.ts';

const GUID = '{11111111-2222-3333-4444-555555555555}';
const document = (requests: string, ids = 'newMessageSetID="A1"'): string =>
  `<?xml version="1.0" encoding="utf-8"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="stopOnError" ${ids}>${requests}</QBXMLMsgsRq></QBXML>`;
const BILL = `<BillAddRq><BillAdd><VendorRef><ListID>80-1</ListID></VendorRef><ExternalGUID>${GUID}</ExternalGUID></BillAdd></BillAddRq>`;
const DELETE = '<TxnDelRq><TxnDelType>Bill</TxnDelType><TxnID>1-1</TxnID></TxnDelRq>';
const VOID = '<TxnVoidRq><TxnVoidType>Bill</TxnVoidType><TxnID>1-1</TxnID></TxnVoidRq>';
const QUERY = '<HostQueryRq></HostQueryRq>';
const VENDOR = '<VendorModRq><VendorMod><ListID>80-1</ListID><EditSequence>1</EditSequence></VendorMod></VendorModRq>';
const MOD = '<BillModRq><BillMod><TxnID>1-1</TxnID><EditSequence>1</EditSequence></BillMod></BillModRq>';

const add = (xml: string): Posting => ({
  kind: 'BillAdd',
  messageSetId: 'A1',
  xml,
  dates: [],
  match: { guid: GUID, vendor: { id: '80-1', name: 'A' }, txnDate: '2026-01-01', amountCents: 0 },
});
const billMod = (txnId: string): Posting => ({
  kind: 'BillMod',
  messageSetId: 'A1',
  xml: document(MOD),
  dates: [],
  match: { txnId, editSequence: '1', target: { amountCents: 0 } },
});
const vendorMod = (listId: string): Posting => ({
  kind: 'VendorMod',
  messageSetId: 'A1',
  xml: document(VENDOR),
  dates: [],
  match: { listId, editSequence: '1', target: {} },
});

const CHECK = `<BillPaymentCheckAddRq><BillPaymentCheckAdd><PayeeEntityRef><ListID>80-1</ListID></PayeeEntityRef><TxnDate>2026-01-01</TxnDate><BankAccountRef><ListID>20-1</ListID></BankAccountRef><RefNumber>7</RefNumber><ExternalGUID>${GUID}</ExternalGUID><AppliedToTxnAdd><TxnID>1-1</TxnID><PaymentAmount>98.00</PaymentAmount><DiscountAmount>2.00</DiscountAmount></AppliedToTxnAdd></BillPaymentCheckAdd></BillPaymentCheckAddRq>`;
const CREDIT = '<SetCredit><CreditTxnID>4-1</CreditTxnID><AppliedAmount>1.00</AppliedAmount></SetCredit>';
const TERMS =
  '<StandardTermsAddRq><StandardTermsAdd><Name>Net 37</Name><StdDueDays>37</StdDueDays></StandardTermsAdd></StandardTermsAddRq>';
const check = (body: string): Posting => ({
  kind: 'BillPaymentCheckAdd',
  messageSetId: 'A1',
  xml: document(body),
  dates: [],
  match: {
    guid: GUID,
    vendor: { id: '80-1', name: 'A' },
    account: { id: '20-1', name: 'Checking' },
    txnDate: '2026-01-01',
    amountCents: 9_800,
    applications: [{ txnId: '1-1', amountCents: 9_800, discountCents: 200, openCents: 10_000 }],
  },
});
const terms = (name: string): Posting => ({
  kind: 'StandardTermsAdd',
  messageSetId: 'A1',
  xml: document(TERMS),
  dates: [],
  match: { name, dueDays: 37 },
});
const voidOf = (body: string, txnId = '1-1'): Posting => ({
  kind: 'TxnVoid',
  messageSetId: 'A1',
  xml: document(body),
  dates: [],
  match: { txnType: 'BillPaymentCheck', txnId, amountCents: 9_800 },
});
const VOID_CHECK = VOID.replace('>Bill<', '>BillPaymentCheck<');

const ROWS: readonly (readonly [what: string, posting: Posting, why: RegExp | undefined])[] = [
  ['a bill', add(document(BILL)), undefined],
  ['a bill that clears an earlier answer', add(document(BILL, 'newMessageSetID="A1" oldMessageSetID="A0"')), undefined],
  ['an edit of the bill named', billMod('1-1'), undefined],
  ['an edit of the vendor named', vendorMod('80-1'), undefined],
  ['an edit of another bill', billMod('2-2'), /bill is another/],
  ['an edit of another vendor', vendorMod('81-1'), /vendor is another/],
  ['a deletion', add(document(DELETE)), /TxnDel declared as BillAdd/],
  ['a void', add(document(VOID)), /TxnVoid declared as BillAdd/],
  ['a vendor edit declared as a bill', add(document(VENDOR)), /VendorMod declared/],
  ['a bill with a deletion after it', add(document(BILL + DELETE)), /exactly one/],
  ['a bill with a query before it', add(document(QUERY + BILL)), /exactly one/],
  ['two bills', add(document(BILL + BILL)), /exactly one/],
  ['nothing', add(document('')), /exactly one/],
  ['another message-set ID', add(document(BILL, 'newMessageSetID="A2"')), /message-set ID/],
  ['no message-set ID', add(document(BILL, '')), /message-set ID/],
  ['its own ID to be forgotten', add(document(BILL, 'newMessageSetID="A1" oldMessageSetID="A1"')), /forget this/],
  [
    'everything to be forgotten',
    add(document(BILL, 'newMessageSetID="A1" oldMessageSetID="ClearAllMessageSets"')),
    /forget every/,
  ],
  ['another GUID', add(document(BILL.replace('1111', '2222'))), /GUID/],
  ['a raw letter beyond ASCII', add(document(BILL.replace('<ExternalGUID>', '<Memo>é</Memo><ExternalGUID>'))), /ASCII/],
  ['no XML', add('DROP TABLE'), /no valid request/],
  ['an unknown request', add(document('<FormatDiskRq></FormatDiskRq>')), /no valid request/],
  ['a check as declared', check(CHECK), undefined],
  ['a check of another GUID', check(CHECK.replace('1111', '2222')), /GUID/],
  ['a check to another vendor', check(CHECK.replace('80-1', '81-1')), /vendor/],
  ['a check from another account', check(CHECK.replace('20-1', '22-1')), /account/],
  ['a check of another date', check(CHECK.replace('2026-01-01', '2026-01-02')), /date/],
  ['a check over another amount', check(CHECK.replace('98.00', '99.00')), /bills or amounts/],
  ['a check with another discount', check(CHECK.replace('>2.00', '>3.00')), /bills or amounts/],
  ['a check for another bill', check(CHECK.replace('>1-1', '>2-1')), /bills or amounts/],
  ['a check that sets a credit', check(CHECK.replace('<DiscountAmount>', `${CREDIT}<DiscountAmount>`)), /credits/],
  ['a bill declared as a check', check(BILL), /BillAdd declared/],
  ['terms as declared', terms('Net 37'), undefined],
  ['terms of another name', terms('Net 38'), /terms/],
  ['a void, where the site does not allow any', voidOf(VOID_CHECK), /allowVoids/],
];

describe('where the site allows voids of payments', () => {
  for (const [what, posting, why] of [
    ['a void of the payment declared', voidOf(VOID_CHECK), undefined],
    ['a void of another payment', voidOf(VOID_CHECK, '2-2'), /another/],
    ['a void of a bill', voidOf(VOID), /another/],
    ['a deletion', voidOf(DELETE), /TxnDel declared/],
  ] as const)
    it(`${what}: ${why === undefined ? 'sent' : 'refused'}`, () => {
      const found = whyNotAllowed(posting, { allowVoids: true });
      if (why === undefined) assert.equal(found, undefined);
      else assert.match(found ?? 'sent', why);
    });
});

describe('what a connector sends', () => {
  for (const [what, posting, why] of ROWS)
    it(`${what}: ${why === undefined ? 'sent' : 'refused'}`, () => {
      const found = whyNotAllowed(posting, { allowVoids: false });
      if (why === undefined) assert.equal(found, undefined);
      else assert.match(found ?? 'sent', why);
    });
});
