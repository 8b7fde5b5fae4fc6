import assert from 'node:assert/strict';
import type { Invoice } from '../../src/domain/payables.ts';
import { waitedBeforeFirstDay, waitingSinceBefore, wantsPosting } from '../../src/sync/index.ts';
import { invoice, lookupOf } from './acme.ts';

describe('what MineralTree wants posted', () => {
  const table: readonly (readonly [state: Invoice['state'], externalId: string | undefined, wanted: boolean])[] = [
    ['Open', undefined, true],
    ['Open', '1A2-1', false],
    ['Draft', undefined, false],
    ['AwaitingApproval', undefined, false],
    ['PendingSettled', undefined, false],
    ['Settled', undefined, false],
    ['ClosedByCredit', undefined, false],
    ['Voided', undefined, false],
  ];
  for (const [state, externalId, wanted] of table)
    it(`${state}${externalId === undefined ? '' : ' and in the ledger'}: ${wanted ? 'yes' : 'no'}`, () =>
      assert.equal(
        wantsPosting({ state, amountCents: 100, ...(externalId === undefined ? {} : { externalId }) }),
        wanted,
      ));
  it('Settled by MineralTree because it is over nothing: yes', () =>
    assert.ok(wantsPosting({ state: 'Settled', amountCents: 0 })));

  const addedAt = Date.parse('2026-11-24T09:00:00.500Z');
  const firstDay: readonly (readonly [what: string, modified: string, held: boolean, waited: boolean])[] = [
    ['saved the day before', '2026-11-23T17:00:00Z', false, true],
    ['saved in the same second', '2026-11-24T09:00:00Z', false, true],
    ['saved a second later', '2026-11-24T09:00:01Z', false, false],
    ['held once, and saved again later', '2026-11-24T10:00:00Z', true, true],
    ['with a time that cannot be read', 'yesterday', false, true],
  ];
  for (const [what, modified, alreadyHeld, waited] of firstDay)
    it(`an invoice ${what}: ${waited ? 'held, never posted' : 'posted'}`, () =>
      assert.equal(waitedBeforeFirstDay({ modified }, { addedAt, alreadyHeld }), waited));

  it('an invoice saved at the very instant of adding is held', () =>
    assert.ok(
      waitedBeforeFirstDay({ modified: '2026-11-24T09:00:00Z' }, { addedAt: Date.parse('2026-11-24T09:00:00Z') }),
    ));

  it('one that is held is named', () =>
    assert.deepEqual(waitingSinceBefore(invoice(), lookupOf()), {
      code: 'waitingSinceBeforeFirstDay',
      params: { number: 'A-100', vendor: 'Acme Paper', amount: '175.00' },
    }));
});
