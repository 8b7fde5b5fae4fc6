import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MineralTreeError } from '../../src/mineraltree/errors.ts';
import { all, equal, everything, type Fiql, isEmpty, noneOf, notBefore, oneOf } from '../../src/mineraltree/fiql.ts';
import { parseQuery } from '../../src/sandbox/mineraltree/fiql.ts';

const QUERIES: readonly (readonly [string, Fiql, string])[] = [
  ['a text', equal('bill_externalId', '1A-1197766271'), "bill_externalId=='1A-1197766271'"],
  ['a text with an apostrophe', equal('vendor_name', "O'Hara"), `vendor_name=="O'Hara"`],
  ['a text with quotation marks', equal('vendor_name', '5" Pipe'), `vendor_name=='5" Pipe'`],
  ['a text with everything that means something else where', equal('f', 'a;b,(c)==d'), "f=='a;b,(c)==d'"],
  ['a number', equal('billOrCredit_status', 1), 'billOrCredit_status==1'],
  ['an empty field', isEmpty('bill_externalId'), "bill_externalId==''"],
  ['one of several', oneOf('vendor_externalId', ['a', "b'"]), `vendor_externalId=in=('a',"b'")`],
  ['none of several', noneOf('billOrCredit_status', [4, 8]), 'billOrCredit_status=out=(4,8)'],
  ['a time', notBefore('modified', '2026-10-05T15:15:08Z'), 'modified=ge=2026-10-05T15:15:08Z'],
  [
    'invoices that want posting',
    all(oneOf('billOrCredit_status', [1, 2, 3]), isEmpty('bill_externalId')),
    "billOrCredit_status=in=(1,2,3);bill_externalId==''",
  ],
  [
    'everything changed since',
    all(everything, notBefore('modified', '2026-10-05T15:15:08Z')),
    'modified=ge=2026-10-05T15:15:08Z',
  ],
];

const REFUSED: readonly (readonly [string, () => Fiql])[] = [
  ['both kinds of quotes', () => equal('f', `'"`)],
  ['a backslash, which may be an escape', () => equal('f', 'a\\b')],
  ['the wildcard', () => equal('f', 'a*')],
  ['a line break', () => equal('f', 'a\nb')],
  ['NUL', () => equal('f', '\0')],
  ['half a character', () => equal('f', '\ud800')],
  ['a text without end', () => equal('f', 'x'.repeat(1000))],
  ['a number that is not whole', () => equal('f', Number.NaN)],
  ['an empty list', () => oneOf('f', [])],
  ['a time that is none', () => notBefore('modified', "2026-10-05T15:15:08Z;id!=''")],
  ['a field that is none', () => equal('a==1;b', 'x')],
];

describe('search expressions', () => {
  for (const [what, query, expected] of QUERIES)
    it(`asks for ${what}`, () => {
      assert.equal(query.fiql, expected);
    });

  for (const [what, build] of REFUSED)
    it(`refuses ${what}`, () => {
      assert.throws(build, (error) => error instanceof MineralTreeError && error.code === 'unwritable');
    });

  it('means the text itself, whatever the text: it is refused or comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        let query: Fiql;
        try {
          query = equal('field', text);
        } catch (error) {
          return error instanceof MineralTreeError;
        }
        assert.deepEqual(parseQuery(query.fiql), [{ field: 'field', operator: '==', values: [text] }]);
        return true;
      }),
    );
  });
});
