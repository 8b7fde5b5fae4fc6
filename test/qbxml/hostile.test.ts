/** Whatever text comes back, reading gives an answer or says where the trouble is. It never does anything else. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  DecodeError,
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  type MessageSetResponse,
  RequestError,
} from '../../src/qbxml/index.ts';
import { messageNames, requestSet, responseSet } from './arbitraries.ts';

const set = (content: string): string =>
  `<?xml version="1.0" ?>\n<QBXML>\n<QBXMLMsgsRs>\n${content}\n</QBXMLMsgsRs>\n</QBXML>`;
const DEEP = 100_000;

const TABLE: readonly (readonly [what: string, xml: string, line: number, column: number, says: RegExp])[] = [
  ['nothing', '', 1, 1, /no element/],
  ['a page of a web server', '<html><body>502 Bad Gateway</body></html>', 1, 1, /root element is <html>/],
  ['words', 'Service Unavailable', 1, 1, /text outside/],
  ['JSON', '{"result": 1}', 1, 1, /text outside/],
  [
    'an answer cut in a record',
    set('<BillQueryRs statusCode="0"><BillRet><TxnID>A</TxnID>').slice(0, 99),
    4,
    29,
    /ends inside of <BillRet>/,
  ],
  ['an answer cut in a tag', '<QBXML><QBXMLMsgsRs', 1, 8, /tag that is not well-formed/],
  ['an answer cut in a closing tag', '<QBXML><QBXMLMsgsRs></QBXMLMsgs', 1, 21, /closing tag that does not end/],
  ['an answer cut in a comment', '<QBXML><!-- ', 1, 12, /a comment does not end/],
  ['an answer cut in CDATA', '<QBXML><![CDATA[ x', 1, 17, /a CDATA section does not end/],
  [
    'tags that cross',
    set('<BillQueryRs>\n  <BillRet></BillQueryRs></BillRet>'),
    5,
    12,
    /<\/BillQueryRs> where <\/BillRet>/,
  ],
  ['a tag too many', '<QBXML></QBXML></QBXML>', 1, 16, /without its opening tag/],
  ['two answers in one', '<QBXML></QBXML>\n<QBXML></QBXML>', 2, 1, /second root element/],
  ['text after the end', '<QBXML></QBXML> tail', 1, 16, /text outside/],
  ['an attribute without quotes', '<QBXML a=1></QBXML>', 1, 1, /not well-formed/],
  ['an attribute without end', '<QBXML a="1></QBXML>', 1, 1, /not well-formed/],
  ['an entity of its own', set('<BillQueryRs>\n&secret;</BillQueryRs>'), 5, 1, /no character reference/],
  ['an ampersand alone', set('<BillQueryRs statusMessage="A & B"/>'), 4, 31, /no character reference/],
  [
    'a billion laughs',
    '<!DOCTYPE QBXML [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><QBXML>&b;</QBXML>',
    1,
    1,
    /document type/,
  ],
  [
    'a file of the machine',
    '<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    2,
    1,
    /document type/,
  ],
  ['a hundred thousand levels', '<a>'.repeat(DEEP) + '</a>'.repeat(DEEP), 1, 97, /nested deeper than 32/],
  [
    'a request in place of an answer',
    encodeRequest({ onError: 'stopOnError', requests: [{ type: 'HostQuery', body: {} }] }),
    1,
    1,
    /no QBXMLMsgsRs/,
  ],
];

describe('texts that are no answer', () => {
  for (const [what, xml, line, column, says] of TABLE) {
    it(what, () => {
      assert.throws(
        () => decodeResponse(xml),
        (error: unknown) => {
          assert.ok(error instanceof DecodeError, String(error));
          assert.match(error.message, says);
          assert.deepEqual({ line: error.line, column: error.column }, { line, column });
          return true;
        },
      );
    });
  }

  it('an answer larger than allowed', () => {
    assert.throws(() => decodeResponse(`<QBXML>${' '.repeat(2000)}</QBXML>`, { maxLength: 1000 }), /1000 are allowed/);
  });

  it('names that mean something to JavaScript change nothing', () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
      const nasty = `<${name} a="x"><polluted>1</polluted></${name}>`;
      for (const xml of [
        set(`<BillQueryRs statusCode="0">${nasty}<BillRet>${nasty}<TxnID>A</TxnID></BillRet></BillQueryRs>`),
        set(`<BillQueryRs ${name}="1" statusCode="0"><BillRet ${name}="1"><TxnID>A</TxnID></BillRet></BillQueryRs>`),
      ]) {
        const records = attempted(xml)?.responses[0]?.records;
        assert.ok(records === undefined || records.length === 1, name);
        if (records !== undefined) assert.deepEqual(records, [{ element: 'BillRet', value: { TxnID: 'A' } }]);
      }
      assert.deepEqual(attempted(set(`<${name}Rs statusCode="0"/>`))?.responses[0]?.records ?? [], []);
    }
    assert.equal('polluted' in {}, false);
  });

  it('a thousand attributes, a thousand records that cannot be read', () => {
    const attributes = Array.from({ length: 1000 }, (_, index) => `a${index}="x"`).join(' ');
    const [response] = decodeResponse(
      set(`<BillQueryRs ${attributes}>${'<BillRet/>'.repeat(1000)}</BillQueryRs>`),
    ).responses;
    assert.equal(response?.problems.length, 1000);
  });

  it('takes time in proportion to its length, also where a tag does not end', () => {
    const timed = (blanks: number): number => {
      const started = process.hrtime.bigint();
      assert.throws(() => decodeResponse(`<QBXML${' a="1"'.repeat(blanks)}${' '.repeat(blanks)}!`), DecodeError);
      return Number(process.hrtime.bigint() - started) / 1e6;
    };
    timed(1000);
    assert.ok(timed(200_000) < 2000);
  });
});

/** The answer, or undefined where the text is refused as one. */
function attempted(xml: string): MessageSetResponse | undefined {
  try {
    return decodeResponse(xml);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** Reads both ways; anything but the errors meant for it fails the test. */
function survives(xml: string): void {
  for (const read of [decodeResponse, decodeRequest]) {
    try {
      read(xml);
    } catch (error) {
      if (!(error instanceof DecodeError || error instanceof RequestError)) throw error;
    }
  }
}

describe('texts that were damaged on the way', () => {
  it('random characters, and random markup', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survives), { numRuns: 500 });
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<?',
      '?>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      ';',
      '"',
      '=',
      ' ',
      'QBXML',
      'QBXMLMsgsRs',
      'BillQueryRs',
      'BillRet',
      'x',
      '&#',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        survives,
      ),
      { numRuns: 1000 },
    );
  });

  it('an answer cut anywhere is never taken for a shorter answer', () => {
    fc.assert(
      fc.property(responseSet(...messageNames), fc.double({ min: 0, max: 1, noNaN: true }), (made, where) => {
        const xml = encodeResponse(made);
        const cut = xml.slice(0, Math.floor(where * (xml.length - 1)));
        assert.throws(() => decodeResponse(cut), DecodeError);
      }),
      { numRuns: 200 },
    );
  });

  it('characters lost, doubled, or swapped', () => {
    const damaged = (xml: string, at: number, kind: number): string => {
      const place = Math.floor(at * xml.length);
      const here = xml.charAt(place);
      return `${xml.slice(0, place)}${['', here + here, '<', '&', '\u0000'][kind]}${xml.slice(place + 1)}`;
    };
    const at = fc.double({ min: 0, max: 1, noNaN: true });
    const kind = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(responseSet(...messageNames), at, kind, (made, a, k) =>
        survives(damaged(encodeResponse(made), a, k)),
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(requestSet(...messageNames), at, kind, (made, a, k) => survives(damaged(encodeRequest(made), a, k))),
      { numRuns: 200 },
    );
  });
});
