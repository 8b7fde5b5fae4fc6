/** Answers as QuickBooks may write them: what does not matter is forgiven, what matters is told, and one bad record spoils no other. */
import assert from 'node:assert/strict';
import { decodeResponse, type RecordProblem, type ResponseMessage, recordsOf } from '../../src/qbxml/index.ts';

const answer = (content: string, attributes = ''): string =>
  `<?xml version="1.0" ?>\n<QBXML>\n<QBXMLMsgsRs ${attributes}>\n${content}\n</QBXMLMsgsRs>\n</QBXML>\n`;
const bills = (records: string): string =>
  answer(
    `<BillQueryRs requestID="7" statusCode="0" statusSeverity="Info" statusMessage="Status OK">${records}</BillQueryRs>`,
  );
const only = (xml: string): ResponseMessage => {
  const [response] = decodeResponse(xml).responses;
  assert.ok(response);
  return response;
};

const FORGIVEN: readonly (readonly [what: string, record: string, value: unknown])[] = [
  [
    'another order',
    '<AmountDue>12.30</AmountDue><TxnID>A</TxnID><VendorRef><FullName>V</FullName><ListID>8</ListID></VendorRef>',
    { TxnID: 'A', AmountDue: 1230, VendorRef: { ListID: '8', FullName: 'V' } },
  ],
  ['elements that are not declared', '<TxnID>A</TxnID><Novel a="1"><Deep>x</Deep></Novel>', { TxnID: 'A' }],
  [
    'line ends and blanks between elements',
    '\r\n  <TxnID>A</TxnID>\r\n\t<IsPaid>true</IsPaid>\n',
    { TxnID: 'A', IsPaid: true },
  ],
  [
    'blanks around numbers, dates and IDs',
    '<TxnID> A\n</TxnID><AmountDue> 5.00 </AmountDue><TxnDate>\n2026-01-02 </TxnDate>',
    { TxnID: 'A', AmountDue: 500, TxnDate: '2026-01-02' },
  ],
  ['blanks in text are kept', '<TxnID>A</TxnID><Memo> two  words </Memo>', { TxnID: 'A', Memo: ' two  words ' }],
  [
    'CDATA, alone and within text',
    '<TxnID><![CDATA[A]]></TxnID><Memo>a &amp; <![CDATA[<b> &amp;]]> c</Memo>',
    { TxnID: 'A', Memo: 'a & <b> &amp; c' },
  ],
  [
    'references, in decimals and in hexadecimals',
    '<TxnID>A</TxnID><Memo>&#77;&#xFC;ller &quot;&apos;&lt;&gt; &#13;&#10;&#128077;</Memo>',
    { TxnID: 'A', Memo: 'Müller "\'<> \r\n👍' },
  ],
  ['raw characters of any language', '<TxnID>A</TxnID><Memo>Ünïcödé 漢</Memo>', { TxnID: 'A', Memo: 'Ünïcödé 漢' }],
  ['comments', '<TxnID>A<!-- <x> --></TxnID><!-- & --><IsPaid>false</IsPaid>', { TxnID: 'A', IsPaid: false }],
  [
    'empty elements are absent',
    '<TxnID>A</TxnID><Memo></Memo><RefNumber/><DueDate> </DueDate><AmountDue/>',
    { TxnID: 'A' },
  ],
  ['booleans as 1 and 0', '<TxnID>A</TxnID><IsPaid>1</IsPaid>', { TxnID: 'A', IsPaid: true }],
  ['an amount without decimals', '<TxnID>A</TxnID><AmountDue>-12</AmountDue>', { TxnID: 'A', AmountDue: -1200 }],
  [
    'text longer than its limit',
    `<TxnID>A</TxnID><RefNumber>${'9'.repeat(30)}</RefNumber>`,
    { TxnID: 'A', RefNumber: '9'.repeat(30) },
  ],
  [
    'kinds of transactions of later versions',
    '<TxnID>A</TxnID><LinkedTxn><TxnID>B</TxnID><TxnType>Novelty</TxnType><TxnDate>2026-01-02</TxnDate><Amount>-1.00</Amount></LinkedTxn>',
    { TxnID: 'A', LinkedTxn: [{ TxnID: 'B', TxnType: 'Novelty', TxnDate: '2026-01-02', Amount: -100 }] },
  ],
  [
    'lines of two kinds, mixed, in their order',
    '<TxnID>A</TxnID><ItemGroupLineRet><TxnLineID>1</TxnLineID><ItemGroupRef><ListID>8</ListID></ItemGroupRef><TotalAmount>1.00</TotalAmount></ItemGroupLineRet><ItemLineRet><TxnLineID>2</TxnLineID></ItemLineRet>',
    {
      TxnID: 'A',
      ItemLines: [
        { ItemGroupLineRet: { TxnLineID: '1', ItemGroupRef: { ListID: '8' }, TotalAmount: 100 } },
        { ItemLineRet: { TxnLineID: '2' } },
      ],
    },
  ],
  ['only what was asked for', '<TxnID>A</TxnID><EditSequence>17</EditSequence>', { TxnID: 'A', EditSequence: '17' }],
];

const UNREADABLE: readonly (readonly [what: string, record: string, problem: Omit<RecordProblem, 'element'>])[] = [
  [
    'an amount of letters',
    '<TxnID>B</TxnID><AmountDue>1,200.00</AmountDue>',
    { id: 'B', path: 'BillRet/AmountDue', raw: '1,200.00', reason: 'is not of the form AMTTYPE' },
  ],
  [
    'an amount in a line',
    '<TxnID>B</TxnID><ExpenseLineRet><TxnLineID>1</TxnLineID></ExpenseLineRet><ExpenseLineRet><TxnLineID>2</TxnLineID><Amount>x</Amount></ExpenseLineRet>',
    { id: 'B', path: 'BillRet/ExpenseLineRet[2]/Amount', raw: 'x', reason: 'is not of the form AMTTYPE' },
  ],
  ['no TxnID', '<AmountDue>1.00</AmountDue>', { path: 'BillRet/TxnID', raw: '', reason: 'is missing' }],
  [
    'a date that does not exist',
    '<TxnID>B</TxnID><TxnDate>2026-02-30</TxnDate>',
    { id: 'B', path: 'BillRet/TxnDate', raw: '2026-02-30', reason: 'is not of the form date YYYY-MM-DD' },
  ],
  [
    'a link without amount',
    '<TxnID>B</TxnID><LinkedTxn><TxnID>C</TxnID><TxnType>Bill</TxnType><TxnDate>2026-01-02</TxnDate></LinkedTxn>',
    { id: 'B', path: 'BillRet/LinkedTxn[1]/Amount', raw: '', reason: 'is missing' },
  ],
  [
    'a field twice',
    '<TxnID>B</TxnID><AmountDue>1.00</AmountDue><AmountDue>2.00</AmountDue>',
    { id: 'B', path: 'BillRet/AmountDue', raw: '2.00', reason: 'occurs more than once' },
  ],
  [
    'loose text',
    '<TxnID>B</TxnID>hello',
    { id: 'B', path: 'BillRet', raw: 'hello', reason: 'text where elements are wanted' },
  ],
  [
    'text in place of a reference',
    '<TxnID>B</TxnID><VendorRef>Acme</VendorRef>',
    { id: 'B', path: 'BillRet/VendorRef', raw: 'Acme', reason: 'text where elements are wanted' },
  ],
  [
    'a serial and a lot number',
    '<TxnID>B</TxnID><ItemLineRet><TxnLineID>1</TxnLineID><SerialNumber>S</SerialNumber><LotNumber>L</LotNumber></ItemLineRet>',
    {
      id: 'B',
      path: 'BillRet/ItemLineRet[1]/LotNumber',
      raw: '',
      reason: 'SerialNumber and LotNumber exclude each other',
    },
  ],
  [
    'a number too large',
    '<TxnID>B</TxnID><TxnNumber>99999999999999999</TxnNumber>',
    { id: 'B', path: 'BillRet/TxnNumber', raw: '99999999999999999', reason: 'is not of the form whole number' },
  ],
  [
    'a very long wrong text is cut',
    `<TxnID>B</TxnID><IsPaid>${'y'.repeat(500)}</IsPaid>`,
    { id: 'B', path: 'BillRet/IsPaid', raw: 'y'.repeat(200), reason: 'is not of the form true or false' },
  ],
];

describe('what an answer may look like', () => {
  for (const [what, record, value] of FORGIVEN) {
    it(what, () => {
      const response = only(bills(`<BillRet>${record}</BillRet>`));
      assert.deepEqual(response.problems, []);
      assert.deepEqual(recordsOf(response, 'BillRet'), [value]);
    });
  }
});

describe('a record that cannot be read spoils no other', () => {
  for (const [what, record, problem] of UNREADABLE) {
    it(what, () => {
      const sound = ['<BillRet><TxnID>A</TxnID></BillRet>', '<BillRet><TxnID>Z</TxnID></BillRet>'];
      const response = only(bills(`${sound[0]}<BillRet>${record}</BillRet>${sound[1]}`));
      assert.deepEqual(recordsOf(response, 'BillRet'), [{ TxnID: 'A' }, { TxnID: 'Z' }]);
      assert.deepEqual(response.problems, [{ element: 'BillRet', ...problem }]);
    });
  }
});

describe('statuses and attributes of an answer', () => {
  it('status, iterator and counts', () => {
    const attributes =
      'statusCode="0" statusSeverity="Info" statusMessage="Status &quot;OK&quot;" retCount="12" iteratorRemainingCount="3" iteratorID="{x}"';
    assert.deepEqual(only(answer(`<VendorQueryRs requestID="a" ${attributes}/>`)), {
      type: 'VendorQuery',
      requestID: 'a',
      status: { code: 0, severity: 'Info', message: 'Status "OK"' },
      retCount: 12,
      iteratorRemainingCount: 3,
      iteratorID: '{x}',
      records: [],
      problems: [],
    });
  });

  it('message-set ID and status of a set', () => {
    const found = decodeResponse(answer('', 'newMessageSetID="p1" messageSetStatusCode="9001"'));
    assert.deepEqual(found, { newMessageSetID: 'p1', messageSetStatusCode: 9001, responses: [] });
  });

  it('a status that cannot be read is told apart from every code', () => {
    assert.deepEqual(only(answer('<BillAddRs statusCode="zero"/>')).status, { code: -1, severity: '', message: '' });
    assert.equal(decodeResponse(answer('', 'messageSetStatusCode="?"')).messageSetStatusCode, -1);
  });

  it('what a write made, when only that was kept', () => {
    const kept =
      '<ErrorRecovery><TxnID>A-1</TxnID><TxnNumber>7</TxnNumber><EditSequence>17</EditSequence></ErrorRecovery>';
    const response = only(answer(`<BillAddRs statusCode="0" statusSeverity="Info">${kept}</BillAddRs>`));
    assert.deepEqual(response.errorRecovery, { TxnID: 'A-1', TxnNumber: 7, EditSequence: '17' });
    assert.deepEqual(response.records, []);
  });

  it('a payment that only applied credits has a record without ID', () => {
    const response = only(
      answer(
        '<BillPaymentCheckAddRs statusCode="0" statusSeverity="Info"><BillPaymentCheckRet/></BillPaymentCheckAddRs>',
      ),
    );
    assert.deepEqual(recordsOf(response, 'BillPaymentCheckRet'), [{}]);
  });

  it('a void is answered without a record of its own', () => {
    const response = only(
      answer(
        '<TxnVoidRs statusCode="0" statusSeverity="Info"><TxnVoidType>Bill</TxnVoidType><TxnID>A</TxnID></TxnVoidRs>',
      ),
    );
    assert.deepEqual(recordsOf(response, 'TxnVoidRs'), [{ TxnVoidType: 'Bill', TxnID: 'A' }]);
    assert.deepEqual(only(answer('<TxnVoidRs statusCode="3120" statusSeverity="Error"/>')).records, []);
  });

  it('messages that are not declared keep their status and have no records', () => {
    const response = only(
      answer('<InvoiceQueryRs statusCode="1" statusSeverity="Info"><InvoiceRet/></InvoiceQueryRs>'),
    );
    assert.deepEqual(
      [response.type, response.status.code, response.records, response.problems],
      ['InvoiceQuery', 1, [], []],
    );
  });

  it('items of all kinds and terms of both, in the order of the answer', () => {
    const items = only(
      answer(
        '<ItemQueryRs statusCode="0" statusSeverity="Info"><ItemGroupRet><ListID>1</ListID></ItemGroupRet><ItemServiceRet><ListID>2</ListID></ItemServiceRet></ItemQueryRs>',
      ),
    );
    assert.deepEqual(
      items.records.map(({ element }) => element),
      ['ItemGroupRet', 'ItemServiceRet'],
    );
    const terms = only(
      answer(
        '<TermsQueryRs statusCode="0" statusSeverity="Info"><DateDrivenTermsRet><ListID>1</ListID></DateDrivenTermsRet><StandardTermsRet><ListID>2</ListID></StandardTermsRet></TermsQueryRs>',
      ),
    );
    assert.deepEqual(
      terms.records.map(({ element }) => element),
      ['DateDrivenTermsRet', 'StandardTermsRet'],
    );
  });

  it('preferences that lack fields which the schema demands are read all the same', () => {
    const response = only(
      answer(
        '<PreferencesQueryRs statusCode="0" statusSeverity="Info"><PreferencesRet><AccountingPreferences><ClosingDate>2025-12-31</ClosingDate></AccountingPreferences></PreferencesRet></PreferencesQueryRs>',
      ),
    );
    assert.deepEqual(recordsOf(response, 'PreferencesRet'), [{ AccountingPreferences: { ClosingDate: '2025-12-31' } }]);
  });

  it('a byte order mark, and a declared encoding that the text does not have', () => {
    const xml = `\ufeff${bills('<BillRet><TxnID>A</TxnID></BillRet>').replace('version="1.0"', 'version="1.0" encoding="windows-1252"')}`;
    assert.deepEqual(recordsOf(only(xml), 'BillRet'), [{ TxnID: 'A' }]);
  });
});
