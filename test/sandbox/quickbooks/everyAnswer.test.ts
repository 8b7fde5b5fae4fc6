import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { decodeRequest, decodeResponse, messages } from '../../../src/qbxml/index.ts';
import { type Exchange, everyAnswer } from './everyAnswer.ts';

describe('QuickBooks sandbox: every request that is declared', () => {
  let exchanges: ReadonlyMap<string, Exchange>;
  before(async () => {
    exchanges = await everyAnswer();
  });

  it('is answered, and every answer can be read', () => {
    const answered = new Set<string>();
    for (const [name, { request, answer }] of exchanges) {
      const { responses } = decodeResponse(answer);
      const asked = decodeRequest(request).set.requests.map(({ type }) => type);
      if (name !== 'stored')
        assert.deepEqual(
          responses.map(({ type }) => type),
          asked,
        );
      for (const { type, problems, status } of responses) {
        answered.add(type);
        assert.deepEqual(problems, [], `${name} ${type}`);
        assert.ok([0, 1, 500, 3000, 3250].includes(status.code), `${name} ${type} ${status.code}`);
      }
    }
    assert.deepEqual([...answered].sort(), Object.keys(messages).sort());
  });

  it('a text of letters beyond ASCII comes back whole', () => {
    const { responses } = decodeResponse(exchanges.get('bills')?.answer ?? '');
    assert.match(JSON.stringify(responses), /Café & <Co>/);
  });
});
