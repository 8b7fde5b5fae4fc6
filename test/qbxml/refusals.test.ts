/** What QuickBooks would refuse, or answer with an error that names nothing, is refused here with its place and its limit. */
import assert from 'node:assert/strict';
import {
  EncodeError,
  encodeRequest,
  type Json,
  type MessageSetRequest,
  requestFromJson,
} from '../../src/qbxml/index.ts';

const bill = (fields: Readonly<Record<string, Json>>): Json => ({
  onError: 'stopOnError',
  requests: [{ type: 'BillAdd', body: { BillAdd: { VendorRef: { ListID: '8000-1' }, ...fields } } }],
});
const request = (type: string, body: Json, attributes: Readonly<Record<string, Json>> = {}): Json => ({
  onError: 'stopOnError',
  requests: [{ type, ...attributes, body }],
});
const memoLine = (memo: string): Json => bill({ ExpenseLineAdd: [{ Amount: 1 }, { Memo: memo }] });

const TABLE: readonly (readonly [why: string, json: Json, path: string, limit: string | undefined, says: RegExp])[] = [
  [
    'a number of 21 characters',
    bill({ RefNumber: '1'.repeat(21) }),
    'BillAddRq/BillAdd/RefNumber',
    '20',
    /21 characters, 20 are allowed/,
  ],
  [
    'a memo of 4,096 characters',
    memoLine('x'.repeat(4096)),
    'BillAddRq/BillAdd/ExpenseLineAdd[2]/Memo',
    '4095',
    /4096 characters/,
  ],
  [
    'a character that QuickBooks cannot hold',
    memoLine('naïve 漢'),
    'BillAddRq/BillAdd/ExpenseLineAdd[2]/Memo',
    'Windows-1252',
    /漢 \(U\+6F22\)/,
  ],
  ['an emoji', memoLine('paid 👍'), 'BillAddRq/BillAdd/ExpenseLineAdd[2]/Memo', 'Windows-1252', /U\+1F44D/],
  [
    'a control character',
    memoLine('a\u0007b'),
    'BillAddRq/BillAdd/ExpenseLineAdd[2]/Memo',
    'Windows-1252',
    /the character U\+0007/,
  ],
  ['half a surrogate pair', memoLine('a\ud800'), 'BillAddRq/BillAdd/ExpenseLineAdd[2]/Memo', 'Windows-1252', /U\+D800/],
  [
    'a fraction of a cent',
    bill({ ExpenseLineAdd: [{ Amount: 12.345 }] }),
    'BillAddRq/BillAdd/ExpenseLineAdd[1]/Amount',
    'AMTTYPE',
    /12.345 is not an amount/,
  ],
  [
    'an amount that is no number',
    bill({ ExpenseLineAdd: [{ Amount: '12.3' }] }),
    'BillAddRq/BillAdd/ExpenseLineAdd[1]/Amount',
    'AMTTYPE',
    /"12.3"/,
  ],
  [
    'an amount of 16 digits',
    bill({ ExpenseLineAdd: [{ Amount: 1e15 }] }),
    'BillAddRq/BillAdd/ExpenseLineAdd[1]/Amount',
    'AMTTYPE',
    /15 digits/,
  ],
  ['an American date', bill({ TxnDate: '01/31/2026' }), 'BillAddRq/BillAdd/TxnDate', 'YYYY-MM-DD', /"01\/31\/2026"/],
  [
    'a day that does not exist',
    bill({ DueDate: '2026-02-30' }),
    'BillAddRq/BillAdd/DueDate',
    'YYYY-MM-DD',
    /2026-02-30/,
  ],
  [
    'a quantity with six decimals',
    bill({ ItemLines: [{ ItemLineAdd: { Quantity: { units: 1, scale: 6 } } }] }),
    'BillAddRq/BillAdd/ItemLines[1]/ItemLineAdd/Quantity',
    'QUANTYPE',
    /five decimals/,
  ],
  [
    'a line of two kinds',
    bill({ ItemLines: [{ ItemLineAdd: {}, ItemGroupLineAdd: {} }] }),
    'BillAddRq/BillAdd/ItemLines[1]',
    undefined,
    /exactly one of ItemLineAdd, ItemGroupLineAdd/,
  ],
  ['a line of no kind', bill({ ItemLines: [{}] }), 'BillAddRq/BillAdd/ItemLines[1]', undefined, /exactly one of/],
  [
    'a serial and a lot number',
    bill({ ItemLines: [{ ItemLineAdd: { SerialNumber: 'S', LotNumber: 'L' } }] }),
    'BillAddRq/BillAdd/ItemLines[1]/ItemLineAdd/LotNumber',
    'one of a choice',
    /exclude each other/,
  ],
  ['a field that does not exist', bill({ Colour: 'red' }), 'BillAddRq/BillAdd/Colour', undefined, /no such field/],
  [
    'a field of a later version',
    bill({ ItemLines: [{ ItemLineAdd: { ExpirationDateForSerialLotNumber: 'x' } }] }),
    'BillAddRq/BillAdd/ItemLines[1]/ItemLineAdd/ExpirationDateForSerialLotNumber',
    'since 16.0',
    /needs qbXML 16.0/,
  ],
  ['no vendor', request('BillAdd', { BillAdd: {} }), 'BillAddRq/BillAdd/VendorRef', 'required', /is required/],
  ['no body', request('BillAdd', 'x'), 'BillAddRq', undefined, /a string where an object/],
  [
    'one line where lines are wanted',
    bill({ ExpenseLineAdd: { Amount: 1 } }),
    'BillAddRq/BillAdd/ExpenseLineAdd',
    undefined,
    /where a list is wanted/,
  ],
  [
    'a name with a colon',
    request('VendorAdd', { VendorAdd: { Name: 'A:B' } }),
    'VendorAddRq/VendorAdd/Name',
    'no colon',
    /colon/,
  ],
  [
    'a blank name',
    request('VendorAdd', { VendorAdd: { Name: ' ' } }),
    'VendorAddRq/VendorAdd/Name',
    'not blank',
    /blank/,
  ],
  [
    'nine further contacts',
    request('VendorAdd', {
      VendorAdd: {
        Name: 'A',
        AdditionalContactRef: Array.from({ length: 9 }, () => ({ ContactName: 'a', ContactValue: 'b' })),
      },
    }),
    'VendorAddRq/VendorAdd/AdditionalContactRef',
    '8',
    /9 times, 8 are allowed/,
  ],
  [
    'an ID and a number',
    request('BillQuery', { TxnID: ['A'], RefNumber: ['7'] }),
    'BillQueryRq/RefNumber',
    'one of a choice',
    /TxnID and RefNumber exclude/,
  ],
  [
    'a number and a filter by vendor',
    request('BillQuery', { RefNumber: ['7'], EntityFilter: { ListID: ['8'] } }),
    'BillQueryRq/EntityFilter',
    'one of a choice',
    /exclude each other/,
  ],
  [
    'two filters by date',
    request('BillQuery', { ModifiedDateRangeFilter: {}, TxnDateRangeFilter: {} }),
    'BillQueryRq/TxnDateRangeFilter',
    'one of a choice',
    /exclude each other/,
  ],
  [
    'a status that does not exist',
    request('BillQuery', { PaidStatus: 'Paid' }),
    'BillQueryRq/PaidStatus',
    'All, PaidOnly, NotPaidOnly',
    /"Paid" is not one of/,
  ],
  [
    'at most none',
    request('BillQuery', { MaxReturned: 0 }),
    'BillQueryRq/MaxReturned',
    'whole number from 1',
    /0 is not a whole number from 1/,
  ],
  [
    'a check without number or printing',
    request('BillPaymentCheckAdd', {
      BillPaymentCheckAdd: { PayeeEntityRef: {}, BankAccountRef: {}, AppliedToTxnAdd: [{ TxnID: 'A' }] },
    }),
    'BillPaymentCheckAddRq/BillPaymentCheckAdd',
    'one of a choice',
    /needs one of IsToBePrinted, RefNumber/,
  ],
  [
    'a payment of nothing',
    request('BillPaymentCheckAdd', {
      BillPaymentCheckAdd: { PayeeEntityRef: {}, BankAccountRef: {}, RefNumber: '1', AppliedToTxnAdd: [] },
    }),
    'BillPaymentCheckAddRq/BillPaymentCheckAdd/AppliedToTxnAdd',
    'required',
    /is required/,
  ],
  [
    'a GUID without braces',
    request('CompanyQuery', { OwnerID: ['7b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55'] }),
    'CompanyQueryRq/OwnerID[1]',
    'GUID in braces, or 0',
    /GUID/,
  ],
  [
    'true in words',
    request('BillQuery', { IncludeLineItems: 'yes' }),
    'BillQueryRq/IncludeLineItems',
    'true or false',
    /neither true nor false/,
  ],
  ['a message that is not declared', request('InvoiceAdd', {}), 'QBXMLMsgsRq[1]', undefined, /no message InvoiceAdd/],
  [
    'an iterator over accounts',
    request('AccountQuery', { MaxReturned: 1 }, { iterator: 'Start' }),
    'AccountQueryRq/@iterator',
    undefined,
    /cannot be read by an iterator/,
  ],
  [
    'an iterator without a page size',
    request('BillQuery', {}, { iterator: 'Start' }),
    'BillQueryRq/MaxReturned',
    'required',
    /required with an iterator/,
  ],
  [
    'going on without an iterator ID',
    request('BillQuery', { MaxReturned: 1 }, { iterator: 'Continue' }),
    'BillQueryRq/@iteratorID',
    undefined,
    /Continue or Stop/,
  ],
  [
    'metaData of the company',
    request('CompanyQuery', {}, { metaData: 'MetaDataOnly' }),
    'CompanyQueryRq/@metaData',
    undefined,
    /has no metaData/,
  ],
  [
    'a requestID of 51 characters',
    request('HostQuery', {}, { requestID: 'x'.repeat(51) }),
    'HostQueryRq/@requestID',
    '1 to 50 printable ASCII characters without blanks',
    /is not 1 to 50/,
  ],
  [
    'a message-set ID of 21 characters',
    { onError: 'stopOnError', newMessageSetID: 'x'.repeat(21), requests: [] },
    'QBXMLMsgsRq/@newMessageSetID',
    '1 to 20 printable ASCII characters without blanks',
    /is not 1 to 20/,
  ],
  [
    'forgetting every stored answer',
    { onError: 'stopOnError', oldMessageSetID: 'ClearAllMessageSets', requests: [] },
    'QBXMLMsgsRq/@oldMessageSetID',
    'allowed: it would forget every posting',
    /forget every posting/,
  ],
  ['an empty set', { onError: 'stopOnError', requests: [] }, 'QBXMLMsgsRq', 'at least one request', /without requests/],
  ['no onError', { requests: [{ type: 'HostQuery', body: {} }] }, 'QBXMLMsgsRq/@onError', 'required', /is required/],
];

describe('requests that QuickBooks would refuse', () => {
  for (const [why, json, path, limit, says] of TABLE) {
    it(why, () => {
      assert.throws(
        () => encodeRequest(requestFromJson(json)),
        (error: unknown) => {
          assert.ok(error instanceof EncodeError, String(error));
          assert.deepEqual({ path: error.path, limit: error.limit }, { path, limit });
          assert.match(error.message, says);
          assert.ok(error.message.startsWith(path));
          return true;
        },
      );
    });
  }

  it('things that are no request at all', () => {
    for (const json of [null, 7, 'x', [], {}, { onError: 'stopOnError', requests: [null, 3, []] }] as Json[])
      assert.throws(() => encodeRequest(requestFromJson(json)), EncodeError, JSON.stringify(json));
  });

  it('rollbackOnError is valid by the schema; the request processor is the one that refuses it', () => {
    const set: MessageSetRequest = { onError: 'rollbackOnError', requests: [{ type: 'HostQuery', body: {} }] };
    assert.match(encodeRequest(set), /onError="rollbackOnError"/);
  });
});
