import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OpenBill, OpenCredit, OtherPayable } from '../../src/contract/ledgers.ts';
import {
  type AgingReport,
  ageOf,
  agingCsv,
  agingOf,
  type PayablesInLedger,
  renderAging,
} from '../../src/sync/index.ts';
import { without } from './acme.ts';

const DAY = '2026-11-24';
const TRADE = { id: 'AP1', name: 'Accounts Payable' };
const RETAIL = { id: 'AP2', name: 'Retail Payables' };
const vendor = (name: string) => ({ id: name, name });

const bill = (refNumber: string, dueDate: string, openCents: number, change: Partial<OpenBill> = {}): OpenBill => ({
  txnId: refNumber,
  editSequence: '1',
  vendor: vendor('Acorn'),
  apAccount: TRADE,
  refNumber,
  txnDate: '2026-08-01',
  dueDate,
  amountCents: openCents,
  openCents,
  ...change,
});
const credit = (refNumber: string, txnDate: string, openCents: number): OpenCredit => ({
  txnId: refNumber,
  vendor: vendor('Acorn'),
  apAccount: TRADE,
  refNumber,
  txnDate,
  amountCents: openCents,
  openCents,
});
const other = (txnType: string, amountCents: number, change: Partial<OtherPayable> = {}): OtherPayable => ({
  txnId: txnType,
  txnType,
  apAccount: TRADE,
  txnDate: '2026-10-01',
  amountCents,
  ...change,
});
const aging = (payables: Partial<PayablesInLedger>, balanceCents?: number): AgingReport =>
  agingOf(
    {
      accounts: balanceCents === undefined ? [] : [{ account: TRADE, balanceCents }],
      bills: [],
      credits: [],
      others: [],
      ...payables,
    },
    { companyName: 'Acme', readAt: '2026-11-24T09:00:00Z', day: DAY },
  );

describe('the age of what is open', () => {
  const table: readonly (readonly [dueDate: string, age: string])[] = [
    ['2026-11-25', 'current'],
    ['2026-11-24', 'current'],
    ['2026-11-23', 'upTo30'],
    ['2026-10-25', 'upTo30'],
    ['2026-10-24', 'upTo60'],
    ['2026-09-25', 'upTo60'],
    ['2026-09-24', 'upTo90'],
    ['2026-08-26', 'upTo90'],
    ['2026-08-25', 'over90'],
    ['2019-01-01', 'over90'],
  ];
  for (const [dueDate, age] of table)
    it(`due ${dueDate}, on ${DAY}: ${age}`, () => {
      const [account] = aging({ bills: [bill('A', dueDate, 100)] }).accounts;
      assert.deepEqual(
        account?.lines.map((line) => line.age),
        [age],
      );
    });

  it('is counted by days, across the change of the clocks', () =>
    assert.deepEqual([0, 1, 30, 31, 60, 61, 90, 91].map(ageOf), [
      'current',
      'upTo30',
      'upTo30',
      'upTo60',
      'upTo60',
      'upTo90',
      'upTo90',
      'over90',
    ]));

  it('of a bill without a due date, and of a credit, is by their own date', () => {
    const { dueDate: _none, ...undated } = bill('A', '', 100, { txnDate: '2026-11-01' });
    const [account] = aging({ bills: [undated], credits: [credit('C', '2026-09-01', 40)] }).accounts;
    assert.deepEqual(
      account?.lines.map(({ number, age, openCents }) => [number, age, openCents]),
      [
        ['C', 'upTo90', -40],
        ['A', 'upTo30', 100],
      ],
    );
  });
});

describe('the tie-out of an A/P account', () => {
  const table: readonly (readonly [
    what: string,
    payables: Partial<PayablesInLedger>,
    balanceCents: number,
    unexplainedCents: number,
  ])[] = [
    ['of nothing', {}, 0, 0],
    ['of bills less credits', { bills: [bill('A', DAY, 10_000)], credits: [credit('C', DAY, 2_500)] }, 7_500, 0],
    [
      'with a journal entry that is owed, and one that is a credit',
      {
        bills: [bill('A', DAY, 10_000)],
        others: [
          other('JournalEntry', 6_000, { vendor: vendor('Acorn'), openCents: 5_000 }),
          other('Check', -900, { vendor: vendor('Acorn'), openCents: -400 }),
        ],
      },
      14_600,
      0,
    ],
    ['with an item receipt, which stands whole', { others: [other('ItemReceipt', 3_300)] }, 3_300, 0],
    ['where another transaction is used up', { others: [other('Check', -900, { openCents: 0 })] }, 0, 0],
    ['where one cent is missing', { bills: [bill('A', DAY, 10_000)] }, 10_001, 1],
    [
      'where a bill is not among what is to be paid: it is named, and in no sum',
      { bills: [without(bill('A', DAY, 1), 'openCents')] },
      1,
      1,
    ],
  ];
  for (const [what, payables, balanceCents, unexplainedCents] of table)
    it(what, () => {
      const report = aging(payables, balanceCents);
      assert.deepEqual(
        [report.accounts.map((account) => account.unexplainedCents), report.ties],
        [[unexplainedCents], unexplainedCents === 0],
      );
    });

  it('is one for each account, and what names no account is of the only one', () => {
    const { apAccount: _none, ...unnamed } = bill('A', DAY, 700);
    assert.deepEqual(
      aging({ bills: [unnamed] }, 700).accounts.map(({ account, unexplainedCents }) => [account, unexplainedCents]),
      [['Accounts Payable', 0]],
    );
    const two = aging({ bills: [bill('A', DAY, 700), bill('B', DAY, 50, { apAccount: RETAIL })] }, 700);
    assert.deepEqual(
      two.accounts.map(({ account, totalCents, balanceCents, unexplainedCents }) => [
        account,
        totalCents,
        balanceCents,
        unexplainedCents,
      ]),
      [
        ['Accounts Payable', 700, 700, 0],
        ['Retail Payables', 50, undefined, -50],
      ],
    );
  });

  it('adds up, whatever is open: ages, vendors, others and the remainder make the balance', () => {
    const cents = fc.integer({ min: 1, max: 100_000 });
    const day = fc
      .integer({ min: 0, max: 364 })
      .map((days) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
    const name = fc.constantFrom('Acorn', 'Birch', 'Cedar');
    fc.assert(
      fc.property(
        fc.array(fc.record({ cents, day, name })),
        fc.array(fc.record({ cents, day })),
        fc.array(cents),
        fc.integer(),
        (bills, credits, others, balance) => {
          const [account] = aging(
            {
              bills: bills.map((one, at) => bill(`B${at}`, one.day, one.cents, { vendor: vendor(one.name) })),
              credits: credits.map((one, at) => credit(`C${at}`, one.day, one.cents)),
              others: others.map((one) => other('JournalEntry', one)),
            },
            balance,
          ).accounts;
          assert.ok(account);
          const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
          assert.equal(sum(Object.values(account.aged)), account.totalCents);
          assert.equal(sum(account.vendors.map(({ totalCents }) => totalCents)), account.totalCents);
          assert.equal(account.totalCents + account.othersCents + account.unexplainedCents, balance);
          assert.equal(account.lines.length, bills.length + credits.length);
        },
      ),
    );
  });
});

describe('the aging report', () => {
  const report = aging(
    {
      bills: [bill('A-1', '2026-11-30', 10_000), bill('A-2', '2026-10-31', 5_000, { vendor: vendor('Birch') })],
      credits: [credit('C-1', '2026-08-01', 1_500)],
      others: [other('JournalEntry', 6_000, { refNumber: 'J-1', vendor: vendor('Cedar'), openCents: 6_000 })],
    },
    20_000,
  );

  it('reads as a table that ends with the balance', () =>
    assert.equal(
      renderAging(report),
      [
        'Accounts payable of Acme by age on 2026-11-24',
        'QuickBooks read 2026-11-24T09:00:00Z; open amounts are those of that moment',
        '',
        'Not everything in accounts payable is explained: 5.00 in Accounts Payable.',
        '',
        'Accounts Payable',
        'Vendor                  Current  1 - 30  31 - 60  61 - 90  Over 90   Total',
        'Acorn                    100.00                             -15.00   85.00',
        'Birch                             50.00                              50.00',
        'Open bills and credits   100.00   50.00                     -15.00  135.00',
        '',
        'In the account, and no open bill or credit',
        'What           Vendor  Number  Date        Amount',
        'journal entry  Cedar   J-1     2026-10-01   60.00',
        '',
        'Tie-out                  Total',
        'Open bills and credits  135.00',
        '1 other entry            60.00',
        'Not explained             5.00',
        'Balance in QuickBooks   200.00',
        '',
      ].join('\n'),
    ));

  it('reads as CSV, with the sums of the account at its end', () =>
    assert.deepEqual(agingCsv(report).split('\r\n'), [
      'A/P account,What,Vendor,Number,Date,Due,Age in days,Current,1 - 30,31 - 60,61 - 90,Over 90,Total',
      'Accounts Payable,bill,Acorn,A-1,2026-08-01,2026-11-30,0,100.00,,,,,100.00',
      'Accounts Payable,vendor credit,Acorn,C-1,2026-08-01,,115,,,,,-15.00,-15.00',
      'Accounts Payable,bill,Birch,A-2,2026-08-01,2026-10-31,24,,50.00,,,,50.00',
      'Accounts Payable,journal entry,Cedar,J-1,2026-10-01,,,,,,,,60.00',
      'Accounts Payable,Open bills and credits,,,,,,100.00,50.00,,,-15.00,135.00',
      'Accounts Payable,Other entries,,,,,,,,,,,60.00',
      'Accounts Payable,Not explained,,,,,,,,,,,5.00',
      'Accounts Payable,Balance in QuickBooks,,,,,,,,,,,200.00',
      '',
    ]));

  it('says so when everything is explained', () =>
    assert.match(renderAging(aging({}, 0)), /\nEverything in accounts payable is explained\.\n/));
});
