import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseQuery } from '../../../src/sandbox/mineraltree/fiql.ts';

describe('the query language of search', () => {
  const understood: readonly [query: string, meaning: string][] = [
    ['', '[]'],
    ['  ', '[]'],
    ['bill_externalId==80000001-1234', '["bill_externalId","==",["80000001-1234"]]'],
    ["bill_externalId==''", '["bill_externalId","==",[""]]'],
    ['bill_invoiceNumber=="a;b,(c)"', '["bill_invoiceNumber","==",["a;b,(c)"]]'],
    [`bill_invoiceNumber=="O'Brien"`, `["bill_invoiceNumber","==",["O'Brien"]]`],
    [`bill_invoiceNumber=='O\\'Brien'`, `["bill_invoiceNumber","==",["O'Brien"]]`],
    ['bill_invoiceNumber!=INV*', '["bill_invoiceNumber","!=",["INV*"]]'],
    ['modified>2018-10-05T15:15:08Z', '["modified",">",["2018-10-05T15:15:08Z"]]'],
    ['modified=gt=2018-10-05T15:15:08Z', '["modified",">",["2018-10-05T15:15:08Z"]]'],
    ['modified=ge=2018-10-05', '["modified",">=",["2018-10-05"]]'],
    ['modified>=2018-10-05', '["modified",">=",["2018-10-05"]]'],
    ['modified=lt=2018-10-05', '["modified","<",["2018-10-05"]]'],
    ['modified<2018-10-05', '["modified","<",["2018-10-05"]]'],
    ['modified=le=2018-10-05', '["modified","<=",["2018-10-05"]]'],
    ['modified<=2018-10-05', '["modified","<=",["2018-10-05"]]'],
    ['billOrCredit_status=in=(1,2, 3)', '["billOrCredit_status","in",["1","2","3"]]'],
    ["billOrCredit_status=out=('4')", '["billOrCredit_status","out",["4"]]'],
    ['dimension_externalId == 7', '["dimension_externalId","==",["7"]]'],
    ['a==1;b==2 ; c==3', '["a","==",["1"]],["b","==",["2"]],["c","==",["3"]]'],
  ];
  for (const [query, meaning] of understood)
    it(`reads ${query || 'an empty query'}`, () => {
      const read = parseQuery(query).map(({ field, operator, values }) => [field, operator, values]);
      assert.equal(JSON.stringify(read), meaning === '[]' ? '[]' : `[${meaning}]`);
    });

  const refused: readonly [query: string, words: RegExp][] = [
    ['bill_externalId', /an operator at character 16/],
    ['==1', /the name of a field at character 1/],
    ['a==', /a value at character 4/],
    ["a=='x", /a closing ' at character 4/],
    ['a==1,b==2', /";" or the end at character 5/],
    ['(a==1)', /the name of a field at character 1/],
    ['a===in=(1)', /a value|";" or the end/],
    ['a=in=1', /"\("/],
    ['a=in=(1,2', /"," or "\)"/],
    ['a==1;', /the name of a field at character 6/],
    ["a=='x'y", /";" or the end at character 7/],
    ['a~1', /an operator/],
  ];
  for (const [query, words] of refused)
    it(`refuses ${query} and says where`, () => {
      assert.throws(() => parseQuery(query), words);
    });
});
