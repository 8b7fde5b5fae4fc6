import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { ENTITIES } from '../../../src/sandbox/mineraltree/entities.ts';
import { MOVES } from '../../../src/sandbox/mineraltree/moves.ts';
import { type Running, startSandbox, withLists } from './sandbox.ts';

describe('whatever is sent to the MineralTree sandbox', () => {
  let mt: Running;
  let ids: Awaited<ReturnType<typeof withLists>>;
  before(async () => {
    mt = await startSandbox();
    ids = await withLists(mt);
  });
  after(() => mt.stop());

  /** Values that are nearly right, and anything at all. */
  const value = (): fc.Arbitrary<unknown> =>
    fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        '',
        'Northwind',
        'Rent',
        '2026-03-01',
        '2026-02-30',
        'Open',
        'Voided',
        '1.00',
        'USD',
        '__proto__',
      ),
      fc.record({ amount: fc.oneof(fc.integer(), fc.double()), precision: fc.integer({ min: -1, max: 9 }) }),
      fc.record({ value: fc.integer(), precision: fc.integer({ min: -1, max: 9 }) }),
      fc.constantFrom('vendor', 'rent', 'net30', 'bolt', 'east').map((name) => ({ id: ids[name as 'vendor'] })),
      fc.array(
        fc.dictionary(fc.constantFrom('amountDue', 'glAccount', 'quantity', 'number', 'lineNumber'), fc.jsonValue()),
      ),
    );
  const body = (names: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
    fc.dictionary(fc.constantFrom('id', 'externalId', ...names), value(), { maxKeys: 12 });

  const refusedOrDone = (status: number, text: string): void =>
    assert.ok([200, 400, 403, 404, 405, 422].includes(status), `${status} ${text}`);

  for (const { path, wrapper, fields } of Object.values(ENTITIES))
    it(`${path}: is done or refused, never an error of the sandbox`, async () => {
      const names = [...Object.keys(fields), 'balance', 'state'];
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('POST', 'PUT'), body(names), async (method, written) => {
          const at = method === 'POST' ? `/${path}/${mt.company}` : `/${path}`;
          const { status, text } = await mt.api(method, at, { [wrapper]: written });
          refusedOrDone(status, text);
        }),
        { numRuns: 100 },
      );
    });

  it('search: is done or refused', async () => {
    const part = fc.constantFrom(
      'bill_externalId',
      'modified',
      '==',
      '=in=',
      '(',
      ')',
      ';',
      ',',
      "'",
      '*',
      '1',
      ' ',
      '\\',
      '2026-03-01',
    );
    const query = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(query, value(), value(), async (asked, page, sortField) => {
        const whole = await mt.api('POST', `/search/${mt.company}/objects`, { view: 'BILL', query: asked });
        refusedOrDone(whole.status, whole.text);
        const odd = await mt.api('POST', `/search/${mt.company}/objects`, {
          view: 'BILL',
          query: asked,
          page,
          sortField,
        });
        refusedOrDone(odd.status, odd.text);
      }),
      { numRuns: 150 },
    );
  });

  for (const [move, schema] of Object.entries(MOVES))
    it(`${move}: is done or refused`, async () => {
      await fc.assert(
        fc.asyncProperty(body(Object.keys(schema.shape)), async (typed) => {
          const { status, text } = await mt.request('POST', `/people/${move}`, { company: mt.company, ...typed });
          refusedOrDone(status, text);
        }),
        { numRuns: 40 },
      );
    });

  it('afterwards the books can still be read, also by the next start', async () => {
    const before = await mt.books();
    await mt.restart();
    assert.deepEqual(await mt.books(), before);
  });
});
