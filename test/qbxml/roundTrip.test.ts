/** What the types admit is written and read back to itself, for requests and for answers of every message. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from '../../src/qbxml/index.ts';
import { messageNames, requestSet, responseSet } from './arbitraries.ts';

const RUNS = { numRuns: 40 };

describe('what the types admit comes back as it was sent', () => {
  for (const name of messageNames) {
    it(`requests of ${name}`, () => {
      fc.assert(
        fc.property(requestSet(name), (set) => {
          const xml = encodeRequest(set);
          assert.match(xml, /^[\x20-\x7e]*$/);
          assert.equal(encodeRequest(set), xml);
          assert.deepEqual(decodeRequest(xml), { version: '13.0', set });
        }),
        RUNS,
      );
    });

    it(`answers of ${name}`, () => {
      fc.assert(
        fc.property(responseSet(name), (set) => {
          const xml = encodeResponse(set);
          const responses = set.responses.map((response) => ({ ...response, problems: [] }));
          assert.deepEqual(decodeResponse(xml), { ...set, responses });
        }),
        RUNS,
      );
    });
  }

  it('several messages in one set keep their order', () => {
    fc.assert(
      fc.property(requestSet(...messageNames), (set) => {
        assert.deepEqual(decodeRequest(encodeRequest(set)).set, set);
      }),
      RUNS,
    );
  });
});
