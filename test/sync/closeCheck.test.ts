import assert from 'node:assert/strict';
import {
  type CloseInput,
  type CloseLine,
  closeCheck,
  closeCsv,
  type InvoiceToClose,
  lastDayOf,
  type PostingToClose,
  type ProblemToClose,
  renderClose,
} from '../../src/sync/index.ts';
import { without } from './acme.ts';

const AGREED = {
  agree: true,
  unexplained: 0,
  readAt: { quickBooks: '2026-11-02T09:00:00Z', mineralTree: '2026-11-02T09:00:05Z' },
  credits: [],
};
const NOTHING: CloseInput = {
  companyName: 'Acme',
  month: '2026-10',
  checkedAt: '2026-11-02T10:00:00Z',
  invoices: [],
  payments: [],
  postings: [],
  problems: [],
  ledgers: AGREED,
};
const check = (change: Partial<CloseInput>) => closeCheck({ ...NOTHING, ...change });

const invoice = (date: string, change: Partial<InvoiceToClose> = {}): InvoiceToClose => ({
  id: 'I1',
  vendor: 'Acorn',
  number: 'A-1',
  date,
  amountCents: 12_345,
  approved: true,
  ...change,
});
const payment = (date: string): CloseInput['payments'][number] => ({
  paymentId: 'P1',
  vendor: 'Acorn',
  number: '1206',
  date,
  amountCents: 5_000,
  bills: [{ invoiceId: 'I9', cents: 5_000 }],
  status: 'printed as a check',
});
const posting = (state: PostingToClose['state'], change: Partial<PostingToClose> = {}): PostingToClose => ({
  recordId: 'I1',
  kind: 'BillAdd',
  state,
  vendor: 'Acorn',
  number: 'A-1',
  date: '2026-10-30',
  amountCents: 12_345,
  ...change,
});
const problem = (change: Partial<ProblemToClose> = {}): ProblemToClose => ({
  recordId: 'I1',
  severity: 'error',
  sentence: 'The vendor is inactive.',
  whatToDo: 'Make it active.',
  date: '2026-10-30',
  company: false,
  name: 'A-1',
  ...change,
});
type Credit = NonNullable<NonNullable<CloseInput['ledgers']>['credits']>[number];
const credit = (change: Partial<Credit> = {}): Credit => ({
  vendor: 'Acorn',
  number: 'C-1',
  date: '2026-10-02',
  what: 'vendor credit',
  ledgerId: 'C1',
  quickBooksCents: 4_000,
  verdict: 'unexplained',
  explanation: 'not in MineralTree',
  ...change,
});
const short = ({ kind, number, amountCents }: CloseLine): unknown[] => [kind, number, amountCents];

describe('a month', () => {
  const table: readonly (readonly [string, string])[] = [
    ['2026-10', '2026-10-31'],
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['2026-12', '2026-12-31'],
  ];
  for (const [month, day] of table) it(`${month} ends on ${day}`, () => assert.equal(lastDayOf(month), day));
});

describe('a month may be closed', () => {
  it('when nothing is open', () => assert.deepEqual(check({}).lines, []));

  const table: readonly (readonly [what: string, input: Partial<CloseInput>])[] = [
    ['whatever is open of the next month', { invoices: [invoice('2026-11-01')], payments: [payment('2026-11-01')] }],
    [
      'although something was refused that nobody waits for any more',
      { postings: [posting('refused'), posting('refused', { recordId: 'V', kind: 'VendorMod' })] },
    ],
    [
      'with a journal entry that only QuickBooks has until it is applied',
      {
        ledgers: {
          ...AGREED,
          credits: [credit({ what: 'journal entry', verdict: 'explained', explanation: 'in QuickBooks only' })],
        },
      },
    ],
    [
      'with a credit that is the same on both sides',
      { ledgers: { ...AGREED, credits: [credit({ verdict: 'agrees' })] } },
    ],
    ['with what is good to know', { problems: [problem({ severity: 'info' })] }],
    ['with a problem of a record of the next month', { problems: [problem({ date: '2026-11-01' })] }],
    ['although a vendor has a problem', { problems: [without(problem({ recordId: 'V' }), 'date')] }],
    ['with a report that is younger than everything that moved', { movedAt: '2026-11-02T08:59:59Z' }],
  ];
  for (const [what, input] of table) it(what, () => assert.deepEqual(check(input).lines, []));
});

describe('a month may not be closed', () => {
  const table: readonly (readonly [
    what: string,
    input: Partial<CloseInput>,
    lines: readonly (readonly [kind: string, number: string, amountCents: number | undefined])[],
    open: RegExp,
    toDo: RegExp,
  ])[] = [
    [
      'with an invoice that is not posted',
      { invoices: [invoice('2026-10-31')] },
      [['unposted', 'A-1', 12_345]],
      /not in QuickBooks yet/,
      /sync-now/,
    ],
    [
      'with one of an earlier month',
      { invoices: [invoice('2026-08-31')] },
      [['unposted', 'A-1', 12_345]],
      /not in QuickBooks yet/,
      /sync-now/,
    ],
    [
      'with one that a problem holds: the problem is told, once',
      { invoices: [invoice('2026-10-31')], problems: [problem()] },
      [['unposted', 'A-1', 12_345]],
      /^The vendor is inactive\.$/,
      /^Make it active\.$/,
    ],
    [
      'with one that waits for approval',
      { invoices: [invoice('2026-10-31', { approved: false })] },
      [['notApproved', 'A-1', 12_345]],
      /approval/,
      /approve it/,
    ],
    [
      'with a payment that has left',
      { payments: [payment('2026-10-31')] },
      [['payment', '1206', 5_000]],
      /money has moved \(printed as a check in MineralTree\)/,
      /sync-now/,
    ],
    [
      'with a bill of which it is not certain whether QuickBooks has it: it stands once',
      { invoices: [invoice('2026-10-30')], postings: [posting('uncertain', { reason: 'no answer' })] },
      [['uncertain', 'A-1', 12_345]],
      /not certain: no answer\.$/,
      /never sends it a second time/,
    ],
    [
      'with a bill that QuickBooks refused',
      { invoices: [invoice('2026-10-30')], postings: [posting('refused', { reason: '3140 no such vendor' })] },
      [['refused', 'A-1', 12_345]],
      /3140 no such vendor\.$/,
      /sent again/,
    ],
    [
      'with a change that was refused, known by its problem',
      {
        postings: [posting('refused', { recordId: 'I7', ledgerId: 'T7', kind: 'BillMod' })],
        problems: [problem({ recordId: 'T7', sentence: 'Edited on both sides.' })],
      },
      [['refused', 'A-1', 12_345]],
      /^Edited on both sides\.$/,
      /^Make it active\.$/,
    ],
    [
      'with a change that is on its way',
      { postings: [posting('onItsWay', { recordId: 'I7', kind: 'BillMod' })] },
      [['onItsWay', 'A-1', 12_345]],
      /the changes to the bill/,
      /Wait/,
    ],
    [
      'with a credit on one side only',
      { ledgers: { ...AGREED, credits: [credit()] } },
      [['credit', 'C-1', 4_000]],
      /\(40\.00 left in QuickBooks\): not in MineralTree\.$/,
      /Correct it/,
    ],
    [
      'with a problem of a record of the month',
      { problems: [problem({ recordId: 'T3', name: 'B-3' })] },
      [['problem', 'B-3', undefined]],
      /inactive/,
      /Make it active/,
    ],
    [
      'while the company is blocked',
      { problems: [without(problem({ company: true, sentence: 'Another file is open.' }), 'date')] },
      [['problem', '', undefined]],
      /Another file/,
      /Make it active/,
    ],
    [
      'while the ledgers do not agree',
      { ledgers: { ...AGREED, agree: false, unexplained: 2 } },
      [['ledgers', '', undefined]],
      /do not agree: 2 lines/,
      /correct what is wrong/,
    ],
    [
      'when something has moved since they agreed',
      { movedAt: '2026-11-02T09:00:01Z' },
      [['ledgers', '', undefined]],
      /agreed at 2026-11-02T09:00:00Z, and something has moved since/,
      /Compare them again/,
    ],
  ];
  for (const [what, input, lines, open, toDo] of table)
    it(what, () => {
      const found = check(input);
      assert.equal(found.ready, false);
      assert.deepEqual(found.lines.map(short), lines);
      assert.match(found.lines[0]?.open ?? '', open);
      assert.match(found.lines[0]?.whatToDo ?? '', toDo);
    });

  it('while the ledgers were never compared', () =>
    assert.deepEqual(
      closeCheck(without(NOTHING, 'ledgers')).lines.map(({ kind, open }) => [kind, open]),
      [['ledgers', 'The two ledgers were never compared.']],
    ));

  it('with two problems of one record: both are told', () =>
    assert.deepEqual(
      check({
        invoices: [invoice('2026-10-31')],
        problems: [problem(), problem({ sentence: 'The account is inactive.' })],
      }).lines.map(({ kind, open }) => [kind, open]),
      [
        ['unposted', 'The vendor is inactive.'],
        ['problem', 'The account is inactive.'],
      ],
    ));
});

describe('the close check', () => {
  const found = check({
    invoices: [invoice('2026-10-31', { id: 'I2', number: '=A2', vendor: 'Birch' }), invoice('2026-10-30')],
    payments: [payment('2026-10-29')],
  });

  it('reads by kind, each line with what to do', () =>
    assert.equal(
      renderClose(found),
      [
        'Close check of Acme for 2026-10: everything dated up to 2026-10-31',
        'Checked 2026-11-02T10:00:00Z',
        '',
        'Not ready: 3 lines open.',
        '',
        'Invoices that are not in QuickBooks: 2',
        '  2026-10-30  Acorn  A-1  123.45',
        '    Approved in MineralTree and not in QuickBooks yet.',
        '    - It is posted by the next cycle: "tandem company sync-now". Then check again.',
        '  2026-10-31  Birch  =A2  123.45',
        '    Approved in MineralTree and not in QuickBooks yet.',
        '    - It is posted by the next cycle: "tandem company sync-now". Then check again.',
        '',
        'Payments that are not in QuickBooks: 1',
        '  2026-10-29  Acorn  1206  50.00',
        '    The money has moved (printed as a check in MineralTree), and QuickBooks does not have the payment yet.',
        '    - It is posted by the next cycle: "tandem company sync-now". Then check again.',
        '',
      ].join('\n'),
    ));

  it('reads as CSV, and no text is taken for a formula', () => {
    const [head, , birch, paid, end] = closeCsv(found).split('\r\n');
    assert.equal(head, 'Month,Kind,Vendor,Number,Date,Amount,What is open,What to do');
    assert.match(birch ?? '', /^2026-10,Invoices that are not in QuickBooks,Birch,'=A2,2026-10-31,123\.45,Approved/);
    assert.match(paid ?? '', /^2026-10,Payments that are not in QuickBooks,Acorn,1206,2026-10-29,50\.00,/);
    assert.equal(end, '');
  });

  it('says so when the month may be closed', () =>
    assert.match(renderClose(check({})), /\nNothing is open: the month may be closed\.\n/));
});
