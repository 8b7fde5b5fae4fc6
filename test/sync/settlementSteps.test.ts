import assert from 'node:assert/strict';
import { invoice } from './acme.ts';
import { applied, carried, credit, decide, paid, settlement, standing, word } from './settlements.ts';

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
      'it waits in a payment and says no more that it does, since nothing is left of it: still said',
      {
        settlement: settlement([], [paid(17500)]),
        carried: carried(0, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'recorded', cents: 17500 } }),
        queuedCents: 17500,
        invoice: invoice({ state: 'Settled', balanceCents: 0 }),
      },
      { steps: [], left: 0, problems: ['mayBePaidTwice'] },
    ],
    [
      'the payment that was gone from QuickBooks, and so stayed paid, is void in MineralTree too: it is open again',
      {
        settlement: settlement([]),
        carried: carried(17500, { payments: ['P-1'] }),
        standing: standing({ 'P-1': { kind: 'undone' } }),
        invoice: invoice({ balanceCents: 0, state: 'Settled' }),
      },
      { steps: [], left: 17500 },
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
