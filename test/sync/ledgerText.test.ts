import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ledgerText, refusedText } from '../../src/sync/ledgerText.ts';

const named = { what: 'The memo', record: 'the invoice A-1 of Acme', part: 'memo' };

describe('a text for QuickBooks', () => {
  const table: readonly (readonly [what: string, text: string | undefined, plain: string | undefined])[] = [
    ['plain', 'Rent for May', 'Rent for May'],
    ['spaces at the ends', '  Rent ', 'Rent'],
    ['nothing', undefined, undefined],
    ['only spaces', ' \t\n ', undefined],
    ['only a zero-width space', '\u200b', undefined],
    ['zero-width and direction characters from a web page', '\u202eRe\u200bnt\ufeff', 'Rent'],
    ['a control character', 'Re\u0007nt', 'Rent'],
    ['an accent in two characters', 'Cafe\u0301', 'Café'],
    ['hyphens and minus signs of other kinds', '1\u20112\u22123', '1-2-3'],
    ['a narrow and a no-break space', '1\u202f000\u00a0EUR', '1 000 EUR'],
    ['line ends are kept', 'a\r\nb\tc', 'a\r\nb\tc'],
    ['typographic quotes are kept', '“Rent” – May’s', '“Rent” – May’s'],
  ];
  for (const [what, text, plain] of table) it(what, () => assert.equal(ledgerText(text), plain));

  it('made fit once stays as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ledgerText(ledgerText(text)) === ledgerText(text)));
  });
});

describe('a text that QuickBooks would not keep', () => {
  it('is named when it is too long, counted in characters', () => {
    assert.deepEqual(refusedText('x'.repeat(20), 20, named), []);
    assert.deepEqual(refusedText('x'.repeat(21), 20, named), [
      {
        code: 'textTooLong',
        part: 'memo',
        params: { what: 'The memo', record: named.record, length: '21 characters', limit: '20' },
      },
    ]);
  });

  it('is named with the characters that do not fit, each once', () =>
    assert.deepEqual(refusedText('日本 日 €', 20, named), [
      {
        code: 'charactersUnknown',
        part: 'memo',
        params: { what: 'The memo', record: named.record, characters: '日 本' },
      },
    ]));

  it('is not one with any letter of Western Europe', () =>
    assert.deepEqual(refusedText('ÀÉÎõü ß ÿ Ÿ Š ž € ™ …', 40, named), []));
});
