import assert from 'node:assert/strict';
import { billAnswer } from '../../bench/answer.ts';
import { decodeResponse } from '../../src/qbxml/index.ts';

describe('the answer that the bench decodes', () => {
  for (const compact of [false, true])
    it(`is as long as asked for and readable to its last bill, ${compact ? 'without' : 'with'} line ends`, () => {
      const { xml, bills } = billAnswer(200_000, { compact });
      assert.ok(xml.length >= 200_000 && xml.length < 210_000, `${xml.length} characters`);
      assert.equal(xml.includes('>\n<'), !compact);
      const [response] = decodeResponse(xml).responses;
      assert.deepEqual(response?.problems, []);
      assert.equal(response?.records.length, bills);
    });

  it('is the same each time', () => assert.equal(billAnswer(50_000).xml, billAnswer(50_000).xml));
});
