import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { balanceOf, posted, restated, stateOf } from '../../../src/sandbox/mineraltree/billLedger.ts';
import type { StoredBill } from '../../../src/sandbox/mineraltree/record.ts';

type Standing = Parameters<typeof stateOf>[0];
type Written = Parameters<typeof restated>[1];
const NOW = '2026-03-01T00:00:00Z';

/** A posted bill after some writes. */
function owedAfter(amount: number, ...writes: readonly Written[]): Standing {
  let bill: Standing = { stage: 'Posted', values: { amount }, ...posted(amount, NOW, 'person') };
  for (const written of writes) {
    const move = restated(bill, written, NOW, 'api');
    bill = { stage: 'Posted', values: { amount: written.amount }, ...move };
  }
  return bill;
}

describe('what is owed on a bill', () => {
  const stories: readonly [name: string, bill: Standing, balance: number, state: string][] = [
    ['posted: all of it', owedAfter(10000), 10000, 'Open'],
    ['partly paid in the ledger', owedAfter(10000, { amount: 10000, balance: 4000 }), 4000, 'Open'],
    ['paid: the balance says so', owedAfter(10000, { amount: 10000, balance: 0 }), 0, 'Settled'],
    ['paid: the state says so', owedAfter(10000, { amount: 10000, state: 'Settled' }), 0, 'Settled'],
    ['closed by a credit', owedAfter(10000, { amount: 10000, state: 'ClosedByCredit' }), 0, 'ClosedByCredit'],
    ['queued for payment', owedAfter(10000, { amount: 10000, state: 'PendingSettled' }), 10000, 'PendingSettled'],
    [
      'queued, then paid',
      owedAfter(10000, { amount: 10000, state: 'PendingSettled' }, { amount: 10000, balance: 0 }),
      0,
      'Settled',
    ],
    ['the amount corrected, nothing paid', owedAfter(10000, { amount: 12000 }), 12000, 'Open'],
    [
      'the amount corrected, 60.00 paid',
      owedAfter(10000, { amount: 10000, balance: 4000 }, { amount: 12000 }),
      6000,
      'Open',
    ],
    ['voided', owedAfter(10000, { amount: 10000, state: 'Voided' }), 0, 'Voided'],
    ['voided and written again', owedAfter(10000, { amount: 10000, state: 'Voided' }, { amount: 10000 }), 0, 'Voided'],
    [
      'voided by mistake and opened again',
      owedAfter(10000, { amount: 10000, state: 'Voided' }, { amount: 10000, state: 'Open' }),
      10000,
      'Open',
    ],
    [
      'a payment undone in the ledger',
      owedAfter(10000, { amount: 10000, balance: 0 }, { amount: 10000, balance: 10000, state: 'Open' }),
      10000,
      'Open',
    ],
    ['a bill over 0.00', owedAfter(0), 0, 'Settled'],
    ['a bill over 0.00 that is written as Open', owedAfter(0, { amount: 0, state: 'Open' }), 0, 'Settled'],
    ['a negative bill, partly used', owedAfter(-5000, { amount: -5000, balance: -2000 }), -2000, 'Open'],
    [
      'a draft owes nothing and shows its amount',
      { stage: 'Draft', values: { amount: 700 }, entries: [] },
      700,
      'Draft',
    ],
  ];
  for (const [name, bill, balance, state] of stories)
    it(name, () => {
      assert.deepEqual([balanceOf(bill), stateOf(bill)], [balance, state]);
      const sum = bill.entries.reduce((total, { cents }) => total + cents, 0);
      if (bill.stage === 'Posted') assert.equal(sum, balance);
    });

  const contradictions: readonly [name: string, written: Written, words: RegExp][] = [
    ['more owed than the amount', { amount: 10000, balance: 10001 }, /balance: 10001 is not between 0 and/],
    ['less than nothing owed', { amount: 10000, balance: -1 }, /balance: -1 is not between 0 and/],
    [
      'Settled with a balance',
      { amount: 10000, balance: 1, state: 'Settled' },
      /has to be 0 when the state is Settled/,
    ],
    ['Voided with a balance', { amount: 10000, balance: 1, state: 'Voided' }, /has to be 0 of a voided bill/],
    ['Open with nothing left', { amount: 10000, balance: 0, state: 'Open' }, /Open needs a balance/],
  ];
  for (const [name, written, words] of contradictions)
    it(`refuses ${name}`, () => {
      assert.throws(() => owedAfter(10000, written), words);
    });

  it('refuses an amount below what is paid, unless the balance comes with it', () => {
    const paid: Written = { amount: 10000, balance: 2000 };
    assert.throws(() => owedAfter(10000, paid, { amount: 5000 }), /is not between/);
    assert.equal(balanceOf(owedAfter(10000, paid, { amount: 5000, balance: 0 })), 0);
  });

  it('writes an entry for each movement and none for a write that moves nothing', () => {
    const { entries }: Pick<StoredBill, 'entries'> = owedAfter(
      10000,
      { amount: 10000 },
      { amount: 12000, balance: 2000 },
    );
    assert.deepEqual(
      entries.map(({ kind, cents }) => `${kind} ${cents}`),
      ['invoice 10000', 'edit 2000', 'settlement -10000'],
    );
  });
});
