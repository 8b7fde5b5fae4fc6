import assert from 'node:assert/strict';
import type { Payment } from '../../src/domain/payables.ts';
import { decideReversal, describeProblem, type PostedPart } from '../../src/sync/index.ts';
import { lookupOf } from './acme.ts';
import { payment } from './money.ts';

const part = (change: Partial<PostedPart> = {}): PostedPart => ({
  txnId: 'T-1',
  txnType: 'BillPaymentCheck',
  amountCents: 17500,
  now: { txnDate: '2026-11-23', amountCents: 17500, refNumber: '00000123456' },
  ...change,
});
const decide = (
  change: Partial<Payment>,
  more: Partial<Parameters<typeof decideReversal>[1]> = {},
): ReturnType<typeof decideReversal> =>
  decideReversal(payment(change), {
    lookup: lookupOf(),
    posted: [part()],
    unsettled: false,
    voidPayments: false,
    preferences: {},
    ...more,
  });
const told = (found: ReturnType<typeof decideReversal>) =>
  'problems' in found ? found.problems.map(({ code, params }) => describeProblem(code, params).sentence) : [];

describe('a payment that was taken back in MineralTree', () => {
  it('before it was posted: nothing is to be done', () =>
    assert.deepEqual(decide({ status: 2000 }, { posted: [] }), { kind: 'canceled' }));

  it('while nobody knows whether QuickBooks took it: that is settled first', () =>
    assert.deepEqual(decide({ status: 2000 }, { posted: [], unsettled: true }), { kind: 'waits' }));

  it('after it was posted: somebody is told at once, with what stands in QuickBooks', () =>
    assert.deepEqual(told(decide({ status: 2000 })), [
      'In MineralTree the payment ACH 000000000123456 to Acme Paper over 175.00 is void now. QuickBooks has it as paid: check 00000123456 of 2026-11-23 over 175.00.',
    ]));

  it('where the company lets it: it is voided in QuickBooks, each part of it', () =>
    assert.deepEqual(
      decide(
        { status: 2000 },
        {
          voidPayments: true,
          posted: [
            part({ amountCents: 10000, now: { txnDate: '2026-11-23', amountCents: 10000 } }),
            part({ txnId: 'T-2' }),
          ],
        },
      ),
      {
        kind: 'void',
        plans: [
          {
            kind: 'TxnVoid',
            match: { txnType: 'BillPaymentCheck', txnId: 'T-1', amountCents: 10000 },
            dates: ['2026-11-23'],
          },
          {
            kind: 'TxnVoid',
            match: { txnType: 'BillPaymentCheck', txnId: 'T-2', amountCents: 17500 },
            dates: ['2026-11-23'],
          },
        ],
        problems: [],
      },
    ));

  it('returned by the bank: money left and came back, so a person books it, whatever the company lets', () =>
    assert.match(told(decide({ status: 1080 }, { voidPayments: true })).join(), /is returned by the bank now/));

  it('dated in a closed period: never voided there', () =>
    assert.match(
      told(decide({ status: 2000 }, { voidPayments: true, preferences: { closingDate: '2026-11-23' } })).join(),
      /dated 2026-11-23, and the books are closed up to 2026-11-23: it cannot be voided/,
    ));

  it('changed in QuickBooks meanwhile: a person looks at it', () =>
    assert.match(
      told(
        decide(
          { status: 2000 },
          { voidPayments: true, posted: [part({ now: { txnDate: '2026-11-23', amountCents: 9900 } })] },
        ),
      ).join(),
      /over 99\.00 instead of 175\.00/,
    ));

  it('already void or deleted in QuickBooks: both sides say the same', () => {
    assert.deepEqual(decide({ status: 2000 }, { posted: [part({ now: { txnDate: '2026-11-23', amountCents: 0 } })] }), {
      kind: 'undone',
    });
    const { now: _gone, ...deleted } = part();
    assert.deepEqual(decide({ status: 2000 }, { posted: [deleted] }), { kind: 'undone' });
  });

  const rows: readonly [story: string, change: Partial<Payment>, posted: readonly PostedPart[], kind: string][] = [
    ['paid, and posted', {}, [part()], 'stands'],
    ['paid, not posted yet', {}, [], 'stands'],
    ['scheduled, not posted', { status: 1000 }, [], 'stands'],
    ['put back on hold after it was posted', { status: 20 }, [part()], 'told'],
    ['in an unknown state after it was posted', { status: 7777 }, [part()], 'stands'],
    ['a credit, voided', { status: 2000, fundMethod: 'CREDIT' }, [], 'stands'],
  ];
  for (const [story, change, posted, kind] of rows)
    it(`${kind}: ${story}`, () => assert.equal(decide(change, { posted }).kind, kind));
});
