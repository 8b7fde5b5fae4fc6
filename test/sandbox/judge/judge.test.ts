import assert from 'node:assert/strict';
import { type Exceptions, judge } from '../../../src/sandbox/judge/index.ts';
import { AGREEING, spoiled } from './books.ts';

type Change = Parameters<typeof spoiled>[0];

const said = (change: Change, exceptions?: Exceptions): readonly string[] => {
  const { quickBooks, mineralTree } = spoiled(change);
  return judge(quickBooks, mineralTree, exceptions).differences;
};

/** What is wrong, and the one sentence, or more, in which the judge says so. */
const ROWS: readonly (readonly [name: string, change: Change, sentences: readonly RegExp[]])[] = [
  [
    'a journal entry that does not balance, and so an A/P account that is not what is open',
    { 'journal Q-1': { entries: [{ accountId: 'A-1', cents: -10_000 }] } },
    [/^QuickBooks transaction Q-1 is out of balance by -100\.00$/],
  ],
  [
    'a balance of A/P that is not what is open',
    { 'journal P-2': { entries: [] } },
    [
      /^QuickBooks owes 59\.00 by its account Accounts Payable, but 29\.00 by what is open$/,
      /^QuickBooks shows 29\.00 on Accounts Payable; its journal says 59\.00$/,
    ],
  ],
  [
    'a bill with less open than its settlements leave',
    { 'bills Q-1': { openCents: 3_800 } },
    [
      /^bill 77 of Harwood in QuickBooks has 38\.00 open; its settlements leave 39\.00$/,
      /by what is open$/,
      /open balance is "38\.00" in QuickBooks, "39\.00" in MineralTree$/,
    ],
  ],
  [
    'lines that do not make their bill',
    { 'bills Q-1': { expenseLines: [{ account: 'Rent', amountCents: 9_900 }] } },
    [/^bill 77 of Harwood in QuickBooks is 100\.00, its lines 99\.00$/, /expense lines is "99\.00 Rent"/],
  ],
  [
    'a balance of an invoice that its payments and credits do not leave',
    { 'bills m-1': { balanceCents: 4_000 } },
    [/owes 40\.00; its entries leave 39\.00$/, /open balance is "39\.00" in QuickBooks, "40\.00" in MineralTree$/],
  ],
  [
    'an invoice that is settled and owes something',
    { 'bills m-1': { state: 'Settled' } },
    [/^invoice 77 in MineralTree is Settled and owes 39\.00$/],
  ],
  [
    'a remittance that is not its payment',
    { 'remittances pay-2': { lines: [{ kind: 'invoice', bill: 'm-1', cents: 4_000 }], totalCents: 4_000 } },
    [
      /^the remittance of the payment 1001 to Harwood is 40\.00, its lines 40\.00, the payment 30\.00$/,
      /says 40\.00 of invoice 77; 30\.00 is paid of it$/,
      /^credit CM-1 on invoice 77 stands on no remittance$/,
    ],
  ],
  [
    'a vendor that MineralTree does not have',
    { 'vendors v-1': null },
    [/^vendor Harwood of QuickBooks is not in MineralTree$/, /vendor is "V-1"/, /vendor is "V-1"/],
  ],
  [
    'a phone and an address that say something else',
    { 'vendors v-1': { phone: '555-0101', address: { lines: ['2 Main St'], town: 'Dayton' } } },
    [
      /phone is "5550100" in QuickBooks, "5550101"/,
      /address is "1 main st, dayton" in QuickBooks, "2 main st, dayton"/,
    ],
  ],
  [
    'terms with other days',
    { 'terms t-1': { dueDays: 31 } },
    [/^terms Net 30: days until due is "30" in QuickBooks, "31"/],
  ],
  [
    'books that are closed and not closed',
    { 'accountingPeriods p-1': { closed: false } },
    [/^the books of QuickBooks are closed up to 2026-01-31; MineralTree does not know$/],
  ],
  [
    'books closed up to another day',
    { 'accountingPeriods p-1': { ended: '2025-12-31' } },
    [
      /closed up to 2026-01-31; MineralTree does not know$/,
      /closed up to 2025-12-31; in QuickBooks they are closed up to/,
    ],
  ],
  [
    'a credit with something else left',
    { 'credits c-1': { remainingCents: 900 } },
    [/has 9\.00 left; its entries leave 10\.00$/, /what is left is "10\.00" in QuickBooks, "9\.00" in MineralTree$/],
  ],
  [
    'an application that QuickBooks does not have any more',
    { 'applications C-1': null },
    [
      /^bill 77 of Harwood in QuickBooks has 39\.00 open; its settlements leave 49\.00$/,
      /^credit CM-1 of Harwood in QuickBooks has 10\.00 open; its settlements leave 20\.00$/,
      /credit CM-1 applied is "0\.00" in QuickBooks, "10\.00" in MineralTree$/,
      /credits applied is "" in QuickBooks, "10\.00" in MineralTree$/,
    ],
  ],
  [
    'a payment of QuickBooks on another account and with another date',
    { 'payments P-1': { accountId: 'B-2', txnDate: '2026-03-11' } },
    [/^payment 5001 to Harwood: account is "B-2" in QuickBooks, "B-1"/, /date is "2026-03-11" in QuickBooks/],
  ],
  [
    'a payment of QuickBooks that MineralTree knows under no name',
    { 'payments pay-1': { externalId: undefined } },
    [/^payment 5001 to Harwood of QuickBooks is not in MineralTree$/, /names a payment that QuickBooks does not have$/],
  ],
  [
    'a posted payment with another number',
    { 'payments P-2': { refNumber: '1002' } },
    [/^payment 1001 to Harwood: number is "1002" in QuickBooks, "1001" in MineralTree$/],
  ],
  [
    'a payment that waits to be posted, and one in QuickBooks that nobody made',
    { 'payments pay-2': { externalId: undefined, checkNumber: 9 } },
    [
      /^payment 9 to Harwood over 30\.00 waits in MineralTree to be posted to QuickBooks$/,
      /^payment 1001 to Harwood was posted to QuickBooks, and no payment of MineralTree stands behind it$/,
    ],
  ],
  [
    'a payment that was taken back and stands in QuickBooks',
    { 'payments pay-2': { effect: 'none', words: 'Voided' } },
    [
      /has payments of 50\.00, but they make 20\.00$/,
      /owes 39\.00; its entries leave 69\.00$/,
      /^payment 1001 to Harwood is Voided in MineralTree, and stands in QuickBooks over 30\.00$/,
    ],
  ],
];

describe('the judge', () => {
  it('finds nothing in books that agree', () => {
    const { quickBooks, mineralTree } = AGREEING;
    const verdict = judge(quickBooks, mineralTree);
    assert.deepEqual(verdict.differences, []);
    assert.deepEqual([verdict.openInQuickBooksCents, verdict.openInMineralTreeCents], [3_900, 3_900]);
  });

  for (const [name, change, sentences] of ROWS)
    it(`says it of ${name}`, () => {
      const differences = said(change);
      assert.deepEqual(
        sentences.filter((sentence) => !differences.some((difference) => sentence.test(difference))),
        [],
        differences.join('\n'),
      );
      assert.equal(differences.length, sentences.length, differences.join('\n'));
    });

  it('excuses by name what may differ, and what follows from it on the other side', () => {
    assert.deepEqual(said({ 'payments P-1': { accountId: 'B-2' } }, { payments: ['P-1'] }), []);
    assert.deepEqual(said({ 'payments P-2': { refNumber: '1002' } }, { paymentsOfMineralTree: ['pay-2'] }), []);
    assert.deepEqual(said({ 'terms t-1': { dueDays: 31 } }, { terms: ['Net 30'] }), []);
    assert.deepEqual(said({ 'vendors v-1': { phone: '1' } }, { vendors: ['V-1'] }), []);
    assert.deepEqual(said({ 'bills m-1': { memo: 'otherwise' } }, { bills: ['Q-1'] }), []);
  });

  it('never excuses what is wrong within one book', () => {
    const everything: Exceptions = { bills: ['Q-1'], invoices: ['m-1'], credits: ['C-1'], payments: ['P-1', 'P-2'] };
    assert.equal(said({ 'bills m-1': { balanceCents: 4_000 } }, everything).length, 1);
    assert.equal(said({ 'journal P-2': { entries: [] } }, everything).length, 2);
  });
});
