/** Which characters of a memo or a name reach QuickBooks, and as what. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSendable, sendable } from '../../src/qbxml/index.ts';

const SENT: readonly (readonly [what: string, text: string, sent: string])[] = [
  ['ASCII', 'Rent & more <2026>', 'Rent & more <2026>'],
  ['Latin letters', 'Müller façade ñ ÿ ß', 'Müller façade ñ ÿ ß'],
  ['what Windows-1252 adds', '€ “quoted” ‘so’ – — … ™ Œ ž', '€ “quoted” ‘so’ – — … ™ Œ ž'],
  ['letters and accents apart become one', 'u\u0308ber cafe\u0301', 'über café'],
  ['hyphens of other kinds', 'A\u2010B\u2011C\u2212D', 'A-B-C-D'],
  ['spaces of other widths', 'a\u2009b\u202fc\u3000d', 'a b c d'],
  ['the non-breaking space stays', 'a\u00a0b', 'a\u00a0b'],
  ['marks without width vanish', 'a\u200bb\ufeffc', 'abc'],
  ['ligatures', 'o\ufb03ce', 'office'],
  ['line ends and tabs stay', 'a\r\nb\tc', 'a\r\nb\tc'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a\nb\nc'],
];

const REFUSED: readonly (readonly [what: string, text: string, named: RegExp])[] = [
  ['Chinese', '漢字', /漢 \(U\+6F22\)/],
  ['Polish letters that are not in it', 'Łódź', /Ł \(U\+0141\)/],
  ['Greek', 'Ω', /Ω \(U\+03A9\)/],
  ['emoji', 'ok 👍', /👍 \(U\+1F44D\)/],
  ['bell', 'a\u0007', /U\+0007/],
  ['null', 'a\u0000', /U\+0000/],
  ['delete', 'a\u007f', /U\+007F/],
  ['a control character of Latin-1', 'a\u0085', /U\+0085/],
  ['not a character', 'a\uffff', /U\+FFFF/],
  ['half a pair', 'a\ud83d', /U\+D83D/],
];

describe('text on its way to QuickBooks', () => {
  for (const [what, text, sent] of SENT) it(what, () => assert.equal(sendable(text), sent));

  for (const [what, text, named] of REFUSED) {
    it(`${what}: refused and named`, () => {
      assert.throws(() => sendable(text), named);
      assert.equal(isSendable(text), false);
    });
  }

  it('what was made sendable is sent as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        if (isSendable(text)) assert.equal(sendable(text), text);
        let made: string | undefined;
        try {
          made = sendable(text);
        } catch (refusal) {
          assert.match(String(refusal), /cannot be kept by QuickBooks/);
        }
        if (made !== undefined) assert.equal(sendable(made), made);
      }),
      { numRuns: 1000 },
    );
  });
});
