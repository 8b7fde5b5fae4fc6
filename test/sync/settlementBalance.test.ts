import assert from 'node:assert/strict';
import fc from 'fast-check';
import { balanceChanges, describeProblem } from '../../src/sync/index.ts';
import { bill, invoice, uuid } from './acme.ts';
import { carried, credit, decide, paid, settlement, standing } from './settlements.ts';

describe('an application of a credit', () => {
  const only = (input: Parameters<typeof decide>[0]) => {
    const [step] = decide(input).steps;
    assert.ok(step?.kind === 'makeBillCredit');
    return step;
  };
  it('is known by credit and bill, and dated by the later of the two', () =>
    assert.deepEqual(only({ settlement: settlement([credit(5000)]) }), {
      kind: 'makeBillCredit',
      creditTxnId: 'VC-1',
      key: `VC-1/${bill().id}`,
      credit: { id: uuid('credit', 1) },
      transactionDate: '2026-11-20',
      cents: 5000,
    }));
  it('of an older period is dated on the day it was seen, for the books are closed before', () =>
    assert.equal(
      only({ settlement: settlement([credit(5000)]), closingDate: '2026-11-20' }).transactionDate,
      '2026-11-24',
    ));
  it('of a journal entry makes a credit over just that', () =>
    assert.deepEqual(
      only({ settlement: settlement([credit(5000, { txnId: 'JE-1', txnType: 'JournalEntry' })]) }).credit,
      {
        make: {
          externalId: `JE-1/${bill().id}`,
          vendor: invoice().vendor,
          creditNumber: 'CM-7',
          transactionDate: '2026-11-18',
          amountCents: 5000,
          memo: 'QuickBooks: journal entry CM-7 of 2026-11-18 over 50.00',
          status: 'Open',
        },
      },
    ));
});

describe('what a person reads', () => {
  const sentence = (input: Parameters<typeof decide>[0]) => {
    const [found] = decide(input).problems;
    return describeProblem(found?.code ?? '', found?.params ?? {}).sentence;
  };
  it('of a bill that may be paid twice: by what, and over how much', () =>
    assert.equal(
      sentence({ settlement: settlement([credit(5000)]), invoice: invoice({ state: 'PendingSettled' }) }),
      'MineralTree has the bill A-100 of Acme Paper over 175.00 on its way to be paid. Meanwhile it was settled in QuickBooks: vendor credit CM-7 of 2026-11-18 over 50.00. What is left is 125.00; MineralTree had 175.00.',
    ));
  it('of a payment that was taken back', () =>
    assert.equal(
      sentence({
        settlement: settlement([]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'recorded', cents: 17500 } }),
        invoice: invoice({ balanceCents: 0 }),
      }),
      'A payment of the bill A-100 of Acme Paper that was made in QuickBooks was changed there, taken back, or put against other bills. MineralTree still shows it as it was, over 175.00. What is left of the bill is 175.00 of 175.00.',
    ));
});

describe('the balance, as read back', () => {
  const rows: readonly [
    story: string,
    state: Parameters<typeof balanceChanges>[0]['state'],
    had: number,
    left: number,
    expected: object | undefined,
  ][] = [
    ['right already', 'Open', 12500, 12500, undefined],
    ['closed by the credit itself', 'ClosedByCredit', 0, 0, undefined],
    ['settled already', 'Settled', 0, 0, undefined],
    ['lower', 'Open', 17500, 12500, { balanceCents: 12500, state: 'Open' }],
    ['nothing left', 'Open', 17500, 0, { balanceCents: 0, state: 'Settled' }],
    ['open again', 'Settled', 0, 17500, { balanceCents: 17500, state: 'Open' }],
    ['queued: its state is left alone', 'PendingSettled', 17500, 12500, { balanceCents: 12500 }],
    ['voided: nothing is written', 'Voided', 0, 17500, undefined],
  ];
  for (const [story, state, had, left, expected] of rows)
    it(story, () => assert.deepEqual(balanceChanges({ state, balanceCents: had }, left), expected));
});

describe('whatever is applied, recorded and taken back', () => {
  const amount = fc.integer({ min: 1, max: 4000 });
  it('MineralTree ends with what QuickBooks has left; no step goes below zero; a second look does nothing', () =>
    fc.assert(
      fc.property(
        fc.array(amount, { maxLength: 3 }),
        fc.array(amount, { maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(4), amount), { maxLength: 2 }),
        (credits, payments, before) => {
          const now = settlement(
            credits.map((cents, index) => credit(cents, { txnId: `VC-${index}` })),
            payments.map((cents, index) => paid(cents, { txnId: `P-${index}` })),
          );
          fc.pre(now.openCents >= 0);
          const had = [...new Map(before)].map(([index, cents]) => ({
            txnId: `VC-${index}`,
            mtId: `bc-${index}`,
            cents,
          }));
          const hadCents = had.reduce((sum, { cents }) => sum + cents, 0);
          const input = {
            settlement: now,
            carried: carried(17500 - hadCents, { credits: had }),
            invoice: invoice({ balanceCents: 17500 - hadCents }),
          };
          const { steps, balanceCents } = decide(input);
          assert.equal(balanceCents, now.openCents);
          let balance = input.invoice.balanceCents;
          for (const step of steps) {
            if (step.kind === 'voidBillCredit') balance += step.cents;
            else if (step.kind === 'raiseBalance') balance = step.cents;
            else balance -= step.kind === 'makeBillCredit' ? step.cents : step.payment.cents;
            assert.ok(balance >= 0 && balance <= 17500, `${step.kind} leaves ${balance}`);
          }
          const again = decide({
            settlement: now,
            carried: carried(now.openCents, {
              credits: now.credits.map(({ txnId, cents }) => ({ txnId, mtId: txnId, cents })),
              payments: now.payments.map(({ txnId }) => txnId),
            }),
            invoice: invoice({ balanceCents: now.openCents }),
            standing: () => ({ kind: 'recorded' }),
          });
          assert.deepEqual(
            { ...again, payments: [] },
            { steps: [], balanceCents: now.openCents, payments: [], problems: [] },
          );
        },
      ),
    ));

  it('a bill that MineralTree has paid is never opened again by what MineralTree paid', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 17500 }), fc.integer({ min: 0, max: 17500 }), (made, now) => {
        const { balanceCents } = decide({
          settlement: settlement([], now === 0 ? [] : [paid(now)]),
          carried: carried(17500 - made, { payments: ['P-1'] }),
          standing: standing({ 'P-1': { kind: 'posted', cents: made } }),
          invoice: invoice({ balanceCents: 17500 - made }),
        });
        assert.ok(balanceCents <= 17500 - made);
      }),
    ));
});
