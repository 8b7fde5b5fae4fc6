/** Requests as the sandbox reads them: as strictly as QuickBooks' schema does, and telling what QuickBooks would only refuse. */
import assert from 'node:assert/strict';
import { decodeRequest, RequestError } from '../../src/qbxml/index.ts';

const document = (
  content: string,
  { instruction = '<?qbxml version="13.0"?>', attributes = 'onError="stopOnError"' } = {},
): string =>
  `<?xml version="1.0" encoding="utf-8"?>${instruction}<QBXML><QBXMLMsgsRq ${attributes}>${content}</QBXMLMsgsRq></QBXML>`;
const bill = (content: string): string => document(`<BillAddRq><BillAdd>${content}</BillAdd></BillAddRq>`);
const VENDOR = '<VendorRef><ListID>8</ListID></VendorRef>';

const REFUSED: readonly (readonly [why: string, xml: string, path: string, says: RegExp])[] = [
  ['order', bill(`<TxnDate>2026-01-02</TxnDate>${VENDOR}`), 'BillAddRq/BillAdd/VendorRef', /is required here/],
  [
    'order of optional elements',
    bill(`${VENDOR}<DueDate>2026-01-02</DueDate><TxnDate>2026-01-02</TxnDate>`),
    'BillAddRq/BillAdd/TxnDate',
    /wrong place/,
  ],
  [
    'item lines before expense lines',
    bill(`${VENDOR}<ItemLineAdd/><ExpenseLineAdd/>`),
    'BillAddRq/BillAdd/ExpenseLineAdd',
    /wrong place/,
  ],
  ['a required element left out', document('<BillAddRq/>'), 'BillAddRq/BillAdd', /is required here/],
  ['an unknown element', bill(`${VENDOR}<Colour>red</Colour>`), 'BillAddRq/BillAdd/Colour', /not known here/],
  ['an element twice', bill(`${VENDOR}${VENDOR}`), 'BillAddRq/BillAdd/VendorRef', /too often/],
  [
    'a number of 21 characters',
    bill(`${VENDOR}<RefNumber>${'1'.repeat(21)}</RefNumber>`),
    'BillAddRq/BillAdd/RefNumber',
    /21 characters, 20 are allowed/,
  ],
  [
    'an amount with one decimal',
    bill(`${VENDOR}<ExpenseLineAdd><Amount>12.3</Amount></ExpenseLineAdd>`),
    'BillAddRq/BillAdd/ExpenseLineAdd[1]/Amount',
    /"12.3"/,
  ],
  [
    'an amount with three decimals',
    bill(`${VENDOR}<ExpenseLineAdd><Amount>12.345</Amount></ExpenseLineAdd>`),
    'BillAddRq/BillAdd/ExpenseLineAdd[1]/Amount',
    /"12.345"/,
  ],
  [
    'blanks around an amount',
    bill(`${VENDOR}<ExpenseLineAdd><Amount> 12 </Amount></ExpenseLineAdd>`),
    'BillAddRq/BillAdd/ExpenseLineAdd[1]/Amount',
    /" 12 "/,
  ],
  ['an American date', bill(`${VENDOR}<TxnDate>01/31/2026</TxnDate>`), 'BillAddRq/BillAdd/TxnDate', /01\/31\/2026/],
  [
    'a boolean in words',
    document('<BillQueryRq><IncludeLineItems>yes</IncludeLineItems></BillQueryRq>'),
    'BillQueryRq/IncludeLineItems',
    /neither true nor false/,
  ],
  [
    'an ID and a filter',
    document('<BillQueryRq><TxnID>1</TxnID><MaxReturned>1</MaxReturned></BillQueryRq>'),
    'BillQueryRq/MaxReturned',
    /excludes/,
  ],
  [
    'a field of a later version',
    bill(`${VENDOR}<ItemLineAdd><ExpirationDateForSerialLotNumber>x</ExpirationDateForSerialLotNumber></ItemLineAdd>`),
    'BillAddRq/BillAdd/ItemLines[1]/ItemLineAdd/ExpirationDateForSerialLotNumber',
    /needs qbXML 16.0/,
  ],
  [
    'a field of 9.0 in a document of 8.0',
    bill(`${VENDOR}<ExternalGUID>0</ExternalGUID>`).replace('13.0', '8.0'),
    'BillAddRq/BillAdd/ExternalGUID',
    /needs qbXML 9.0/,
  ],
  ['elements within a value', bill(`${VENDOR}<Memo>a<b/></Memo>`), 'BillAddRq/BillAdd/Memo', /elements where a value/],
  ['text within an element', bill(`${VENDOR}hello`), 'BillAddRq/BillAdd', /text where elements/],
  [
    'an attribute of an element',
    bill('<VendorRef id="1"><ListID>8</ListID></VendorRef>'),
    'BillAddRq/BillAdd/VendorRef/@id',
    /no such attribute/,
  ],
  [
    'an attribute of a request',
    document('<HostQueryRq iterator="Start"/>'),
    'HostQueryRq/@iterator',
    /no such attribute/,
  ],
  ['no onError', document('<HostQueryRq/>', { attributes: '' }), 'QBXMLMsgsRq/@onError', /is required/],
  ['another onError', document('<HostQueryRq/>', { attributes: 'onError="never"' }), 'QBXMLMsgsRq/@onError', /"never"/],
  ['an unknown request', document('<InvoiceAddRq/>'), 'InvoiceAddRq', /no such request/],
  ['an answer', document('').replaceAll('QBXMLMsgsRq', 'QBXMLMsgsRs'), 'QBXML', /exactly one QBXMLMsgsRq/],
];

describe('requests that the schema refuses', () => {
  for (const [why, xml, path, says] of REFUSED) {
    it(why, () => {
      assert.throws(
        () => decodeRequest(xml),
        (error: unknown) => {
          assert.ok(error instanceof RequestError, String(error));
          assert.equal(error.path, path);
          assert.match(error.message, says);
          return true;
        },
      );
    });
  }
});

describe('requests that the schema takes', () => {
  it('no requestID, 1 for true, an amount without decimals', () => {
    const { set } = decodeRequest(
      document(
        `<BillAddRq><BillAdd>${VENDOR}<ExpenseLineAdd><Amount>12</Amount></ExpenseLineAdd></BillAdd></BillAddRq><BillQueryRq><IncludeLineItems>1</IncludeLineItems></BillQueryRq>`,
      ),
    );
    assert.deepEqual(set.requests, [
      { type: 'BillAdd', body: { BillAdd: { VendorRef: { ListID: '8' }, ExpenseLineAdd: [{ Amount: 1200 }] } } },
      { type: 'BillQuery', body: { IncludeLineItems: true } },
    ]);
  });

  it('rollbackOnError, which only the request processor refuses', () => {
    assert.equal(
      decodeRequest(document('<HostQueryRq/>', { attributes: 'onError="rollbackOnError"' })).set.onError,
      'rollbackOnError',
    );
  });

  it('an empty set that asks for a stored answer', () => {
    const attributes = 'onError="stopOnError" oldMessageSetID="p1" newMessageSetID="p1"';
    assert.deepEqual(decodeRequest(document('', { attributes })).set, {
      onError: 'stopOnError',
      oldMessageSetID: 'p1',
      newMessageSetID: 'p1',
      requests: [],
    });
  });

  it('an empty element in a Mod clears the field', () => {
    const { set } = decodeRequest(
      document(
        '<BillModRq><BillMod><TxnID>A</TxnID><EditSequence>1</EditSequence><DueDate></DueDate><Memo/></BillMod></BillModRq>',
      ),
    );
    assert.deepEqual(set.requests[0]?.body, { BillMod: { TxnID: 'A', EditSequence: '1', DueDate: null, Memo: '' } });
  });
});

describe('what is told of a request and not judged', () => {
  it('which version was asked for, or none', () => {
    assert.equal(
      decodeRequest(document('<HostQueryRq/>', { instruction: '<?qbxml version="99.0"?>' })).version,
      '99.0',
    );
    assert.equal('version' in decodeRequest(document('<HostQueryRq/>', { instruction: '' })), false);
  });

  it('raw characters above 127', () => {
    const raw = decodeRequest(document('<VendorAddRq><VendorAdd><Name>Müller</Name></VendorAdd></VendorAddRq>'));
    assert.equal(raw.rawNonAscii, 'ü');
    const referred = decodeRequest(
      document('<VendorAddRq><VendorAdd><Name>M&#252;ller</Name></VendorAdd></VendorAddRq>'),
    );
    assert.equal('rawNonAscii' in referred, false);
    assert.deepEqual(referred.set, raw.set);
  });
});
