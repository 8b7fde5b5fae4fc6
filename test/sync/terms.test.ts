import assert from 'node:assert/strict';
import type { LedgerTerms } from '../../src/domain/ledger.ts';
import type { Term } from '../../src/domain/payables.ts';
import { daysInWords, decideTerms, describeProblem, mapTerms, wantsTermsPosting } from '../../src/sync/index.ts';
import { uuid } from './acme.ts';

const pct = (units: number, scale = 0) => ({ units, scale });
const term = (change: Partial<Term> = {}): Term => ({
  id: uuid('term', 1),
  modified: '2026-11-24T09:00:00Z',
  name: '2% 10 Net 30',
  active: true,
  dueDays: 30,
  discountDays: 10,
  discountPercent: pct(2),
  ...change,
});
const standard = (
  change: Partial<LedgerTerms> = {},
  form: Partial<Extract<LedgerTerms['form'], { kind: 'standard' }>> = {},
): LedgerTerms => ({
  id: 'terms-1',
  editSequence: '1',
  active: true,
  name: '2% 10 Net 30',
  form: { kind: 'standard', dueDays: 30, discountDays: 10, discountPercent: pct(20000, 4), ...form },
  ...change,
});
const decide = (change: Partial<Term>, known: readonly LedgerTerms[] = [], linked?: string) =>
  decideTerms(term(change), { known, linkedTo: () => linked });
const codes = (...args: Parameters<typeof decide>) => {
  const found = decide(...args);
  return found.kind === 'held' ? found.problems.map(({ code }) => code) : [found.kind];
};

describe('terms entered in MineralTree', () => {
  it('go to QuickBooks where it has none of this name', () => {
    const days = { dueDays: 30, discountDays: 10, discountPercent: pct(2) };
    assert.deepEqual(decide({}, [standard({ name: 'Net 30' })]), {
      kind: 'add',
      plan: {
        kind: 'StandardTermsAdd',
        name: '2% 10 Net 30',
        ...days,
        match: { name: '2% 10 Net 30', ...days },
        dates: [],
      },
    });
  });
  it('without discount: days alone, also where a discount of 0 % has days', () => {
    const found = decide({ name: 'Net 45', dueDays: 45, discountPercent: pct(0, 2) });
    assert.ok(found.kind === 'add');
    assert.deepEqual(found.plan.match, { name: 'Net 45', dueDays: 45 });
  });

  const rows: readonly [story: string, change: Partial<Term>, known: readonly LedgerTerms[], outcome: string][] = [
    ['the same there, 2 % written as 2.0000: they are one', {}, [standard()], 'adopt'],
    ['the same there, in other letters', { name: '2% 10 NET 30' }, [standard()], 'adopt'],
    ['other days there', {}, [standard({}, { dueDays: 45 })], 'termsDiffer'],
    ['another percentage there', {}, [standard({}, { discountPercent: pct(25, 1) })], 'termsDiffer'],
    ['the discount within other days there', {}, [standard({}, { discountDays: 15 })], 'termsDiffer'],
    [
      'counted from a day of the month there',
      {},
      [standard({ form: { kind: 'dateDriven', dayOfMonthDue: 30 } })],
      'termsDiffer',
    ],
    ['the same there, inactive', {}, [standard({ active: false })], 'termsInactive'],
    ['a name of 32 letters', { name: 'x'.repeat(32) }, [], 'textTooLong'],
    ['a name of 31 letters', { name: 'x'.repeat(31) }, [], 'add'],
    ['no name', { name: ' ' }, [], 'termsImpossible'],
    ['days below zero', { dueDays: -1 }, [], 'termsImpossible'],
    ['a discount over 100 %', { discountPercent: pct(1001, 1) }, [], 'termsImpossible'],
  ];
  for (const [story, change, known, outcome] of rows)
    it(`${outcome}: ${story}`, () => assert.deepEqual(codes(change, known), [outcome]));

  it('held when those of QuickBooks are in MineralTree already', () => {
    assert.deepEqual(codes({}, [standard()], uuid('term', 2)), ['termsTwice']);
    assert.deepEqual(codes({}, [standard()], term().id), ['adopt']);
  });
  it('both versions are shown', () => {
    const found = decide({}, [standard({}, { dueDays: 45 })]);
    assert.ok(found.kind === 'held');
    const [problem] = found.problems;
    assert.equal(
      describeProblem(problem?.code ?? '', problem?.params ?? {}).sentence,
      'MineralTree has new terms "2% 10 Net 30" (due after 30 days, 2 % within 10 days). QuickBooks has other terms of this name: due after 45 days, 2 % within 10 days. Neither was changed, and invoices with the new terms are not posted.',
    );
  });
  it('go only while they are in use and not there yet', () => {
    assert.ok(wantsTermsPosting(term()));
    assert.ok(!wantsTermsPosting(term({ active: false })));
    assert.ok(!wantsTermsPosting(term({ externalId: 'terms-1' })));
  });
  it('in words', () => assert.equal(daysInWords({ dueDays: 15 }), 'due after 15 days'));
});

describe('terms of QuickBooks', () => {
  it('counted from a day of the month are reported, never approximated', () => {
    const mapped = mapTerms(standard({ form: { kind: 'dateDriven', dayOfMonthDue: 15 } }));
    assert.ok('problems' in mapped);
    assert.deepEqual(
      mapped.problems.map(({ code }) => code),
      ['dateDrivenTerms'],
    );
  });
  it('that MineralTree was given are adopted when they come back: days and percent are the same', () => {
    const mapped = mapTerms(standard());
    assert.ok('draft' in mapped);
    assert.equal(
      decideTerms({ ...term(), ...mapped.draft }, { known: [standard()], linkedTo: () => undefined }).kind,
      'adopt',
    );
  });
});
