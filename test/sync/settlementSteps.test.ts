import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  balanceChanges,
  type CarriedSettlement,
  describeProblem,
  type PaymentStanding,
  type Settlement,
  type SettlementCredit,
  type SettlementInput,
  type SettlementPayment,
  type SettlementStep,
  settlementSteps,
} from '../../src/sync/index.ts';
import { bill, invoice, uuid } from './acme.ts';

const credit = (cents: number, change: Partial<SettlementCredit> = {}): SettlementCredit => ({
  txnId: 'VC-1',
  txnType: 'VendorCredit',
  txnDate: '2026-11-18',
  refNumber: 'CM-7',
  cents,
  ...change,
});
const paid = (cents: number, change: Partial<SettlementPayment> = {}): SettlementPayment => ({
  txnId: 'P-1',
  txnType: 'BillPaymentCheck',
  txnDate: '2026-11-21',
  refNumber: '1044',
  cents,
  discountCents: 0,
  accountId: 'bank',
  ...change,
});
/** The settlement of the bill over 175.00 by these; what is left follows. */
const settlement = (credits: readonly SettlementCredit[], payments: readonly SettlementPayment[] = []): Settlement => ({
  billId: bill().id,
  amountCents: 17500,
  openCents:
    17500 -
    credits.reduce((sum, { cents }) => sum + cents, 0) -
    payments.reduce((sum, { cents, discountCents }) => sum + cents + discountCents, 0),
  credits,
  payments,
});
const carried = (openCents: number, change: Partial<CarriedSettlement> = {}): CarriedSettlement => ({
  openCents,
  credits: [],
  payments: [],
  ...change,
});
const applied = (cents: number, txnId = 'VC-1'): CarriedSettlement['credits'][number] => ({
  txnId,
  mtId: 'bc-1',
  cents,
});
const standing =
  (known: Readonly<Record<string, PaymentStanding>>): SettlementInput['standing'] =>
  (txnId) =>
    known[txnId];

const decide = (change: Partial<SettlementInput> & Pick<SettlementInput, 'settlement'>) =>
  settlementSteps({
    bill: bill(),
    invoice: invoice(),
    creditId: (txnId) => (txnId.startsWith('VC') ? uuid('credit', 1) : undefined),
    standing: () => undefined,
    seenOn: '2026-11-24',
    ...change,
  });
function word(step: SettlementStep): string {
  switch (step.kind) {
    case 'voidBillCredit':
      return `void ${step.billCreditId} ${step.cents}`;
    case 'raiseBalance':
      return `raise ${step.cents}`;
    case 'makeBillCredit':
      return `apply ${step.creditTxnId} ${step.cents}`;
    case 'recordPayment':
      return `record ${step.payment.txnId} ${step.payment.cents}`;
  }
}
const told = (...args: Parameters<typeof decide>) => {
  const { steps, balanceCents, problems } = decide(...args);
  return { steps: steps.map(word), left: balanceCents, problems: problems.map(({ code }) => code) };
};

describe('what MineralTree is told of the settlement of a bill over 175.00', () => {
  const rows: readonly [
    story: string,
    input: Parameters<typeof decide>[0],
    expected: { readonly steps: readonly string[]; readonly left: number; readonly problems?: readonly string[] },
  ][] = [
    ['nothing settles it', { settlement: settlement([]) }, { steps: [], left: 17500 }],
    ['a credit was applied', { settlement: settlement([credit(5000)]) }, { steps: ['apply VC-1 5000'], left: 12500 }],
    [
      'two credits and a check',
      { settlement: settlement([credit(5000), credit(2500, { txnId: 'VC-2' })], [paid(10000)]) },
      { steps: ['apply VC-1 5000', 'apply VC-2 2500', 'record P-1 10000'], left: 0 },
    ],
    [
      'told before: nothing again',
      {
        settlement: settlement([credit(5000)], [paid(10000)]),
        carried: carried(2500, { credits: [applied(5000)], payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'recorded', cents: 10000 } }),
        invoice: invoice({ balanceCents: 2500 }),
      },
      { steps: [], left: 2500 },
    ],
    [
      'the credit was taken back',
      {
        settlement: settlement([]),
        carried: carried(12500, { credits: [applied(5000)] }),
        invoice: invoice({ balanceCents: 12500 }),
      },
      { steps: ['void bc-1 5000'], left: 17500 },
    ],
    [
      'less of the credit is applied now',
      {
        settlement: settlement([credit(3000)]),
        carried: carried(12500, { credits: [applied(5000)] }),
        invoice: invoice({ balanceCents: 12500 }),
      },
      { steps: ['void bc-1 5000', 'apply VC-1 3000'], left: 14500 },
    ],
    [
      'one credit was put in place of another',
      {
        settlement: settlement([credit(5000, { txnId: 'VC-2' })]),
        carried: carried(12500, { credits: [applied(5000)] }),
        invoice: invoice({ balanceCents: 12500 }),
      },
      { steps: ['void bc-1 5000', 'apply VC-2 5000'], left: 12500 },
    ],
    [
      'a discount alone: the balance is lower, and that is all',
      { settlement: settlement([], [paid(0, { discountCents: 350 })]) },
      { steps: [], left: 17150 },
    ],
    [
      'a check with a discount: the cash is recorded',
      { settlement: settlement([], [paid(17150, { discountCents: 350 })]) },
      { steps: ['record P-1 17150'], left: 0 },
    ],
    [
      'the payment that Tandem posted comes back: it is not recorded again',
      {
        settlement: settlement([], [paid(17500)]),
        standing: standing({ 'P-1': { kind: 'posted', cents: 17500 } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 0 },
    ],
    [
      'the bill came with its credit applied already: the balance is raised so that the credit fits',
      { settlement: settlement([credit(17000)]), invoice: invoice({ balanceCents: 500 }) },
      { steps: ['raise 17500', 'apply VC-1 17000'], left: 500 },
    ],
    [
      'a credit that MineralTree does not have: the balance is right all the same',
      { settlement: settlement([credit(5000)]), creditId: () => undefined },
      { steps: [], left: 12500, problems: ['creditNotInMineralTree'] },
    ],
    [
      'before the first day: only the balance',
      { settlement: settlement([credit(5000)], [paid(5000)]), recordFrom: '2026-11-20' },
      { steps: ['record P-1 5000'], left: 7500 },
    ],
    [
      'MineralTree has paid a part that is not in QuickBooks yet: it stays off',
      {
        settlement: settlement([credit(5000)]),
        unpostedCents: 10000,
        invoice: invoice({ balanceCents: 7500 }),
      },
      { steps: ['apply VC-1 5000'], left: 2500 },
    ],
    [
      'MineralTree paid with a discount that is not posted; then a credit is taken back: only the credit is owed again',
      {
        settlement: settlement([], [paid(12150)]),
        carried: carried(350, { credits: [applied(5000)], payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'posted', cents: 12150 } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled', appliedDiscountCents: 350 }),
      },
      { steps: ['void bc-1 5000'], left: 5000 },
    ],
    [
      'MineralTree paid with a discount that was posted: it is counted once',
      {
        settlement: settlement([credit(5000)], [paid(9650, { discountCents: 350 })]),
        standing: standing({ 'P-1': { kind: 'posted', cents: 9650 } }),
        invoice: invoice({ balanceCents: 7500, appliedDiscountCents: 350 }),
      },
      { steps: ['apply VC-1 5000'], left: 2500 },
    ],
    [
      'a payment that MineralTree never had was voided in QuickBooks: nobody is troubled',
      {
        settlement: settlement([]),
        carried: carried(0, { payments: ['P-1'] }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 17500 },
    ],
    [
      'MineralTree has paid all of it, and QuickBooks too: nothing is left, never less',
      {
        settlement: settlement([], [paid(17500)]),
        unpostedCents: 17500,
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 0 },
    ],
    [
      'the bill came settled in part, and is queued: its credit is shown later, its balance is right',
      {
        settlement: settlement([credit(17000)]),
        queuedCents: 500,
        invoice: invoice({ balanceCents: 500, state: 'PendingSettled' }),
      },
      { steps: [], left: 500 },
    ],
    [
      'MineralTree has less left than QuickBooks, and nobody in QuickBooks changed anything: it stays',
      { settlement: settlement([]), carried: carried(17500), invoice: invoice({ balanceCents: 17150 }) },
      { steps: [], left: 17150 },
    ],
    [
      'a check of QuickBooks was voided there: the bill is open again, and somebody is told',
      {
        settlement: settlement([]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'recorded', cents: 17500 } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 17500, problems: ['paymentTakenBack'] },
    ],
    [
      'it was voided in MineralTree too: both say the same',
      {
        settlement: settlement([]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'undone' } }),
        invoice: invoice({ balanceCents: 17500 }),
      },
      { steps: [], left: 17500 },
    ],
    [
      'a part payment stands, another was voided',
      {
        settlement: settlement([], [paid(5000)]),
        carried: carried(2500, { payments: ['P-1', 'P-2'] }),
        standing: standing({ 'P-1': { kind: 'recorded', cents: 5000 }, 'P-2': { kind: 'recorded', cents: 10000 } }),
        invoice: invoice({ balanceCents: 2500 }),
      },
      { steps: [], left: 12500, problems: ['paymentTakenBack'] },
    ],
    [
      'a check of QuickBooks was lowered there',
      {
        settlement: settlement([], [paid(5000)]),
        carried: carried(7500, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'recorded', cents: 10000 } }),
        invoice: invoice({ balanceCents: 7500 }),
      },
      { steps: [], left: 12500, problems: ['paymentTakenBack'] },
    ],
    [
      'the payment that MineralTree made was voided in QuickBooks: MineralTree keeps the bill as paid',
      {
        settlement: settlement([]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'posted', cents: 17500 } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 0, problems: ['postedPaymentChanged'] },
    ],
    [
      'the same, where nobody knows its amount',
      {
        settlement: settlement([]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'posted' } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 0, problems: ['postedPaymentChanged'] },
    ],
    [
      'the payment that MineralTree made was lowered in QuickBooks: what it paid stays paid',
      {
        settlement: settlement([], [paid(10000)]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'posted', cents: 17500 } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 0, problems: ['postedPaymentChanged'] },
    ],
    [
      'it is queued in MineralTree, and a credit was applied: written at once, and said',
      { settlement: settlement([credit(5000)]), invoice: invoice({ state: 'PendingSettled' }) },
      { steps: ['apply VC-1 5000'], left: 12500, problems: ['mayBePaidTwice'] },
    ],
    [
      'it is queued, told before, and still queued over too much: still said',
      {
        settlement: settlement([credit(5000)]),
        carried: carried(12500, { credits: [applied(5000)] }),
        queuedCents: 17500,
        invoice: invoice({ state: 'PendingSettled', balanceCents: 12500 }),
      },
      { steps: [], left: 12500, problems: ['mayBePaidTwice'] },
    ],
    [
      'it is queued in part, and what is left covers that: nobody is troubled',
      {
        settlement: settlement([credit(5000)]),
        queuedCents: 10000,
        invoice: invoice({ state: 'PendingSettled' }),
      },
      { steps: ['apply VC-1 5000'], left: 12500 },
    ],
    [
      'MineralTree has voided it: nothing is written',
      { settlement: settlement([credit(5000)]), invoice: invoice({ state: 'Voided', balanceCents: 0 }) },
      { steps: [], left: 0 },
    ],
    [
      'one credit, listed in two parts: one application',
      { settlement: settlement([credit(5000), credit(1000)]) },
      { steps: ['apply VC-1 6000'], left: 11500 },
    ],
  ];
  for (const [story, input, expected] of rows)
    it(story, () => assert.deepEqual(told(input), { problems: [], ...expected }));
});

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
      'A payment of the bill A-100 of Acme Paper that was made in QuickBooks was voided, deleted, changed or put against other bills there. MineralTree still shows it as it was, over 175.00. What is left of the bill is 175.00 of 175.00.',
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
