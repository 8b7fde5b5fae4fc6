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
];

describe('what a connector sends', () => {
  for (const [what, posting, why] of ROWS)
    it(`${what}: ${why === undefined ? 'sent' : 'refused'}`, () => {
      const found = whyNotAllowed(posting, { allowVoids: false });
      if (why === undefined) assert.equal(found, undefined);
      else assert.match(found ?? 'sent', why);
    });
});
