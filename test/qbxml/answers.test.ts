/** One record of each kind that an answer may carry: as QuickBooks writes it, and as it is read. */
import assert from 'node:assert/strict';
import { decodeResponse, encodeResponse, messages } from '../../src/qbxml/index.ts';
import { LIST_RECORDS } from './listRecords.ts';
import { TXN_RECORDS } from './txnRecords.ts';

const TABLE = [...LIST_RECORDS, ...TXN_RECORDS];

describe('answers as QuickBooks writes them', () => {
  const status = { code: 0, severity: 'Info', message: 'Status OK' } as const;

  for (const [message, record, xml] of TABLE) {
    const content = messages[message].inline ? xml : `<${record.element}>${xml}</${record.element}>`;
    const document = `<?xml version="1.0"?><QBXML><QBXMLMsgsRs><${message}Rs statusCode="0" statusSeverity="Info" statusMessage="Status OK">${content}</${message}Rs></QBXMLMsgsRs></QBXML>`;

    it(`${record.element} is read`, () => {
      const responses = [{ type: message, status, records: [record], problems: [] }];
      assert.deepEqual(decodeResponse(document), { responses });
      assert.deepEqual(decodeResponse(document.replaceAll('><', '>\r\n<')), { responses });
    });

    it(`${record.element} is written by the sandbox`, () => {
      assert.equal(encodeResponse({ responses: [{ type: message, status, records: [record] }] }), document);
    });
  }

  it('every kind of record has a row here', () => {
    const declared = new Set(Object.values(messages).flatMap(({ records }) => Object.keys(records)));
    assert.deepEqual(new Set(TABLE.map(([, { element }]) => element)), declared);
  });

  it('a record that the message does not have is refused', () => {
    const record = { element: 'VendorRet', value: { ListID: '1' } } as const;
    assert.throws(
      () => encodeResponse({ responses: [{ type: 'BillQuery', status, records: [record] }] }),
      /BillQueryRs/,
    );
  });

  it('IsPending belongs to 16.0', () => {
    const record = { element: 'BillRet', value: { TxnID: 'A', IsPending: true } } as const;
    const set = { responses: [{ type: 'BillQuery', status, records: [record] }] };
    assert.throws(() => encodeResponse(set), /needs qbXML 16.0/);
    assert.deepEqual(decodeResponse(encodeResponse(set, '16.0')).responses[0]?.records, [record]);
  });
});
