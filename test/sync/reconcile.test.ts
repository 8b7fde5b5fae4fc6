import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OpenBill, OpenCredit, OtherPayable } from '../../src/contract/ledgers.ts';
import type { Invoice } from '../../src/domain/payables.ts';
import {
  type CreditInPayables,
  compareLedgers,
  type LedgersInput,
  ledgersCsv,
  type PaymentOnItsWay,
  renderLedgers,
} from '../../src/sync/index.ts';
import { ACME, invoice, uuid, without } from './acme.ts';

const PAYABLE = { id: 'AP', name: 'Accounts Payable' };
const open = (number: number, change: Partial<OpenBill> = {}): OpenBill => ({
  txnId: `T${number}`,
  editSequence: '1',
  vendor: { id: ACME.vendor.id, name: 'Acme Paper' },
  apAccount: PAYABLE,
  refNumber: `A-${number}`,
  txnDate: '2026-11-20',
  amountCents: 10000,
  openCents: 10000,
  ...change,
});
const inMineralTree = (number: number, change: Partial<Invoice> = {}): Invoice =>
  invoice({
    id: uuid('invoice', number),
    externalId: `T${number}`,
    invoiceNumber: `A-${number}`,
    amountCents: 10000,
    balanceCents: 10000,
    ...change,
  });
const credit = (number: number, change: Partial<OpenCredit> = {}): OpenCredit => ({
  txnId: `C${number}`,
  vendor: { id: ACME.vendor.id, name: 'Acme Paper' },
  apAccount: PAYABLE,
  refNumber: `C-${number}`,
  txnDate: '2026-11-02',
  amountCents: 4000,
  openCents: 4000,
  ...change,
});
const theirCredit = (number: number, change: Partial<CreditInPayables> = {}): CreditInPayables => ({
  id: uuid('credit', number),
  externalId: `C${number}`,
  vendorId: ACME.vendor.payablesId,
  number: `C-${number}`,
  date: '2026-11-02',
  openCents: 4000,
  ...change,
});
/** Pays 100.00 of the invoice of that number, or what is said. */
const payment = (invoiceNumber: number, change: Partial<PaymentOnItsWay> = {}): PaymentOnItsWay => ({
  paymentId: uuid('payment', invoiceNumber),
  vendor: 'Acme Paper',
  number: `100${invoiceNumber}`,
  date: '2026-11-23',
  amountCents: 10000,
  bills: [{ invoiceId: uuid('invoice', invoiceNumber), cents: 10000 }],
  status: 'paid',
  ...change,
});
const waiting = (number: number): Invoice => without(inMineralTree(number), 'externalId');
const compare = (change: Partial<LedgersInput>) =>
  compareLedgers({
    companyName: 'Acme',
    readAt: { quickBooks: '2026-11-24T09:00:00Z', mineralTree: '2026-11-24T09:00:05Z' },
    quickBooks: [],
    mineralTree: [],
    links: [],
    inFlight: [],
    problems: [],
    vendorName: (id) => (id === ACME.vendor.payablesId ? 'Acme Paper' : undefined),
    ...change,
  });

describe('the ledgers agree', () => {
  it('when nothing is open', () => assert.equal(compare({}).agree, true));

  it('when each open bill has the same amount and balance on both sides', () => {
    const report = compare({
      quickBooks: [open(1), open(2, { openCents: 2500 })],
      mineralTree: [inMineralTree(1), inMineralTree(2, { balanceCents: 2500 })],
    });
    assert.equal(report.agree, true);
    assert.deepEqual(report.total, { quickBooksCents: 12500, mineralTreeCents: 12500, bills: 2 });
    assert.deepEqual(
      report.lines.map((line) => [line.number, line.verdict, line.explanation]),
      [
        ['A-1', 'agrees', ''],
        ['A-2', 'agrees', ''],
      ],
    );
  });

  it('when a link names the invoice, whose externalId MineralTree does not show yet', () => {
    const links = [{ ledgerId: 'T1', payablesId: uuid('invoice', 1) }];
    assert.equal(compare({ quickBooks: [open(1)], mineralTree: [waiting(1)], links }).agree, true);
  });

  it('drafts, paid and voided invoices of MineralTree are not open', () => {
    const closed = [
      inMineralTree(1, { state: 'Draft' }),
      inMineralTree(2, { state: 'Settled', balanceCents: 0 }),
      inMineralTree(3, { state: 'Voided' }),
      inMineralTree(4, { state: 'AwaitingApproval' }),
      inMineralTree(5, { balanceCents: 0 }),
    ];
    const report = compare({ mineralTree: closed });
    assert.deepEqual([report.agree, report.lines.length], [true, 0]);
  });

  it('a payment queued in MineralTree leaves its bill open', () =>
    assert.equal(
      compare({ quickBooks: [open(1)], mineralTree: [inMineralTree(1, { state: 'PendingSettled' })] }).agree,
      true,
    ));
});

describe('the ledgers do not agree', () => {
  const table: readonly (readonly [what: string, input: Partial<LedgersInput>, explanation: string])[] = [
    ['a bill that MineralTree does not have', { quickBooks: [open(1)] }, 'not in MineralTree'],
    [
      'a bill that MineralTree counts as paid',
      { quickBooks: [open(1)], mineralTree: [inMineralTree(1, { state: 'Settled', balanceCents: 0 })] },
      'not open in MineralTree',
    ],
    ['an invoice whose bill is paid in QuickBooks', { mineralTree: [inMineralTree(1)] }, 'not open in QuickBooks'],
    [
      'another balance',
      { quickBooks: [open(1, { openCents: 7500 })], mineralTree: [inMineralTree(1)] },
      'open balances differ by -25.00',
    ],
    [
      'another amount',
      { quickBooks: [open(1, { amountCents: 12000 })], mineralTree: [inMineralTree(1)] },
      'amounts differ by 20.00',
    ],
    [
      'a bill that BillToPay leaves out, with another balance',
      { quickBooks: [without(open(1), 'openCents')], mineralTree: [inMineralTree(1, { balanceCents: 1 })] },
      'QuickBooks does not list it among the bills to pay',
    ],
  ];
  for (const [what, input, explanation] of table)
    it(`${what}: not explained`, () => {
      const report = compare(input);
      assert.deepEqual([report.agree, report.unexplained], [false, 1]);
      assert.deepEqual(
        report.lines.map((line) => [line.verdict, line.explanation]),
        [['unexplained', explanation]],
      );
    });

  it('by one cent is enough', () =>
    assert.equal(
      compare({ quickBooks: [open(1)], mineralTree: [inMineralTree(1, { balanceCents: 9999 })] }).agree,
      false,
    ));
});

describe('a difference that is known', () => {
  it('is explained by the open problem of the bill or of the invoice', () => {
    for (const recordId of ['T1', uuid('invoice', 1)]) {
      const report = compare({
        quickBooks: [open(1)],
        links: [{ ledgerId: 'T1', payablesId: uuid('invoice', 1) }],
        problems: [{ recordId, code: 'refusedByMineralTree', text: 'MineralTree refuses it' }],
      });
      assert.equal(report.agree, true);
      assert.equal(report.lines[0]?.explanation, 'not open in MineralTree: MineralTree refuses it');
      assert.equal(report.total.quickBooksCents, 10000);
    }
  });

  it('does not make a bill that agrees a difference', () =>
    assert.equal(
      compare({
        quickBooks: [open(1)],
        mineralTree: [inMineralTree(1)],
        problems: [{ recordId: 'T1', code: 'editedInBoth', text: 'x' }],
      }).lines[0]?.verdict,
      'agrees',
    ));

  it('on its way stands apart and is in no total', () => {
    const report = compare({
      quickBooks: [open(1)],
      mineralTree: [inMineralTree(1), waiting(2), waiting(3)],
      inFlight: [{ recordId: uuid('invoice', 2), text: 'being posted' }],
    });
    assert.equal(report.agree, true);
    assert.equal(report.total.mineralTreeCents, 10000);
    assert.deepEqual(
      report.inFlight.map((line) => line.explanation),
      ['not in QuickBooks: being posted', 'approved in MineralTree, not posted yet'],
    );
  });
});

describe('a payment that MineralTree made and QuickBooks does not have yet', () => {
  const paid = inMineralTree(1, { state: 'Settled', balanceCents: 0 });
  const links = [{ ledgerId: 'T1', payablesId: uuid('invoice', 1) }];
  const table: readonly (readonly [
    what: string,
    input: Partial<LedgersInput>,
    verdict: string,
    explanation: string,
  ])[] = [
    [
      'of the whole bill: on its way',
      { quickBooks: [open(1)], mineralTree: [paid], payments: [payment(1)] },
      'inFlight',
      'not open in MineralTree: paid in MineralTree (1001), not in QuickBooks yet',
    ],
    [
      'of a part',
      {
        quickBooks: [open(1)],
        mineralTree: [inMineralTree(1, { balanceCents: 7500 })],
        payments: [payment(1, { bills: [{ invoiceId: uuid('invoice', 1), cents: 2500 }] })],
      },
      'inFlight',
      'open balances differ by 25.00: paid in MineralTree (1001), not in QuickBooks yet',
    ],
    [
      'that does not go, and a problem says why',
      { quickBooks: [open(1)], mineralTree: [paid], payments: [payment(1, { problem: 'The bill is closed' })] },
      'explained',
      'not open in MineralTree: The bill is closed',
    ],
    [
      'of one cent more than what differs: that is no explanation',
      {
        quickBooks: [open(1)],
        mineralTree: [paid],
        payments: [payment(1, { bills: [{ invoiceId: uuid('invoice', 1), cents: 10001 }] })],
      },
      'unexplained',
      'not open in MineralTree',
    ],
    [
      'of another bill: neither',
      { quickBooks: [open(1)], mineralTree: [paid], payments: [payment(2)] },
      'unexplained',
      'not open in MineralTree',
    ],
  ];
  for (const [what, input, verdict, explanation] of table)
    it(what, () => {
      const { lines, inFlight } = compare({ links, ...input });
      assert.deepEqual(
        [...lines, ...inFlight].map((line) => [line.verdict, line.explanation]),
        [[verdict, explanation]],
      );
    });
});

describe('open credits', () => {
  const journal: OtherPayable = {
    txnId: 'J1',
    txnType: 'JournalEntry',
    apAccount: PAYABLE,
    vendor: { id: 'v', name: 'Birch & Sons' },
    txnDate: '2026-11-03',
    amountCents: -9000,
    openCents: -6000,
  };
  const table: readonly (readonly [
    what: string,
    credits: Partial<NonNullable<LedgersInput['credits']>>,
    verdict: string,
    explanation: string,
    more?: Partial<LedgersInput>,
  ])[] = [
    ['agree when the same is left', { quickBooks: [credit(1)], mineralTree: [theirCredit(1)] }, 'agrees', ''],
    [
      'agree by the link, while MineralTree shows no externalId',
      {
        quickBooks: [credit(1)],
        mineralTree: [without(theirCredit(1), 'externalId')],
        links: [{ ledgerId: 'C1', payablesId: uuid('credit', 1) }],
      },
      'agrees',
      '',
    ],
    [
      'of which less is left in QuickBooks',
      { quickBooks: [credit(1, { openCents: 1000 })], mineralTree: [theirCredit(1)] },
      'unexplained',
      'what is left differs by -30.00',
    ],
    ['that MineralTree does not have', { quickBooks: [credit(1)] }, 'unexplained', 'not in MineralTree'],
    [
      'that MineralTree counts as used',
      { quickBooks: [credit(1)], mineralTree: [theirCredit(1, { openCents: 0 })] },
      'unexplained',
      'not open in MineralTree',
    ],
    ['that QuickBooks counts as used', { mineralTree: [theirCredit(1)] }, 'unexplained', 'not open in QuickBooks'],
    [
      'that only MineralTree has',
      { mineralTree: [without(theirCredit(1), 'externalId')] },
      'unexplained',
      'not in QuickBooks',
    ],
    [
      'on their way',
      { quickBooks: [credit(1)] },
      'inFlight',
      'not in MineralTree: on its way',
      { inFlight: [{ recordId: 'C1', text: 'on its way' }] },
    ],
    [
      'with an open problem',
      { quickBooks: [credit(1)] },
      'explained',
      'not in MineralTree: it is in euro',
      { problems: [{ recordId: 'C1', code: 'creditInOtherCurrency', text: 'it is in euro' }] },
    ],
    [
      'that are journal entries',
      { others: [journal] },
      'explained',
      'in QuickBooks only until it is applied to a bill',
    ],
  ];
  for (const [what, credits, verdict, explanation, more] of table)
    it(what, () => {
      const none = { quickBooks: [], others: [], mineralTree: [], links: [] };
      const report = compare({ credits: { ...none, ...credits }, ...more });
      assert.deepEqual(
        report.credits?.map((line) => [line.verdict, line.explanation]),
        [[verdict, explanation]],
      );
      assert.equal(report.agree, verdict !== 'unexplained');
    });

  it('that are used up on both sides are no line, nor is a journal entry that is owed', () =>
    assert.deepEqual(
      compare({
        credits: {
          quickBooks: [without(credit(1), 'openCents')],
          others: [
            { ...journal, amountCents: 9000, openCents: 9000 },
            { ...journal, openCents: 0 },
          ],
          mineralTree: [theirCredit(2, { openCents: 0 })],
          links: [],
        },
      }).credits,
      [],
    ));

  it('are said not to have been read by an older connector', () =>
    assert.match(renderLedgers(compare({})), /\nCredits were not read: the connector is older than this release\.\n/));
});

describe('the report', () => {
  const report = compare({
    quickBooks: [open(2, { vendor: { id: 'b', name: 'Birch & Sons' } }), open(1), open(1)],
    mineralTree: [inMineralTree(1), inMineralTree(2, { balanceCents: 9000 }), waiting(3)],
    sweptAt: '2026-11-24T07:00:00Z',
    credits: {
      quickBooks: [credit(1, { openCents: 4000 })],
      others: [],
      mineralTree: [theirCredit(1, { openCents: 2500 })],
      links: [],
    },
    payments: [payment(9)],
  });

  it('lists bills by vendor, date and number, each once, with totals per vendor', () => {
    assert.deepEqual(
      report.lines.map((line) => line.number),
      ['A-1', 'A-2'],
    );
    assert.deepEqual(report.vendors, [
      { vendor: 'Acme Paper', quickBooksCents: 10000, mineralTreeCents: 10000, bills: 1 },
      { vendor: 'Birch & Sons', quickBooksCents: 10000, mineralTreeCents: 9000, bills: 1 },
    ]);
  });

  it('puts the bills of a vendor in order of date, then number, and names both records', () => {
    const found = compare({
      quickBooks: [
        open(3, { txnDate: '2026-11-21' }),
        open(2, { txnDate: '2026-11-22' }),
        open(4, { txnDate: '2026-11-21' }),
      ],
      mineralTree: [inMineralTree(1, { transactionDate: '2026-11-01' })],
    });
    assert.deepEqual(
      found.lines.map(({ number }) => number),
      ['A-1', 'A-3', 'A-4', 'A-2'],
    );
    assert.deepEqual(
      found.lines.map(({ ledgerId, payablesId }) => [ledgerId, payablesId]),
      [
        ['T1', uuid('invoice', 1)],
        ['T3', undefined],
        ['T4', undefined],
        ['T2', undefined],
      ],
    );
    assert.deepEqual(
      found.accounts.map(({ account, bills }) => [account, bills]),
      [
        ['(not in QuickBooks)', 1],
        ['Accounts Payable', 3],
      ],
    );
    assert.ok(!Object.hasOwn(compare({ mineralTree: [waiting(1)] }).inFlight[0] ?? {}, 'ledgerId'));
  });

  it('reads as a table', () => {
    assert.equal(
      renderLedgers(report),
      [
        'Open payables of Acme',
        'QuickBooks read 2026-11-24T09:00:00Z, MineralTree read 2026-11-24T09:00:05Z',
        'Last complete sweep of QuickBooks 2026-11-24T07:00:00Z: nothing older is open to doubt.',
        '',
        'The two ledgers do not agree: 1 bill and 1 credit differ without a known reason.',
        '',
        'Vendor        Number  Date        Amount  Open in QuickBooks  Open in MineralTree  Remark',
        'Acme Paper    A-1     2026-11-20  100.00              100.00               100.00',
        'Birch & Sons  A-2     2026-11-20  100.00              100.00                90.00  open balances differ by 10.00',
        '',
        'By vendor',
        'Vendor        Bills    Open in QuickBooks  Open in MineralTree',
        'Acme Paper    1 bill               100.00               100.00',
        'Birch & Sons  1 bill               100.00                90.00',
        'Total         2 bills              200.00               190.00',
        '',
        'By A/P account',
        'A/P account       Bills    Open in QuickBooks  Open in MineralTree',
        'Accounts Payable  2 bills              200.00               190.00',
        'Total             2 bills              200.00               190.00',
        '',
        'Open credits',
        'Vendor      Number  Date        What           Left in QuickBooks  Left in MineralTree  Remark',
        'Acme Paper  C-1     2026-11-02  vendor credit               40.00                25.00  what is left differs by 15.00',
        '',
        'On the way, in no total',
        'Vendor      Number  Date        Amount  Open in QuickBooks  Open in MineralTree  Remark',
        'Acme Paper  A-3     2026-11-20  100.00                                   100.00  approved in MineralTree, not posted yet',
        '',
        'Payments of MineralTree that QuickBooks does not have yet',
        'Vendor      Number  Date        Amount  Remark',
        'Acme Paper  1009    2026-11-23  100.00  paid in MineralTree',
        '',
      ].join('\n'),
    );
  });

  it('reads as CSV, quoted where it must be, and no text is taken for a formula', () => {
    const hostile = compare({
      quickBooks: [open(1, { vendor: { id: 'x', name: '=HYPERLINK("http://x")' }, refNumber: 'A,1\r\n' })],
    });
    const [head, row, end] = ledgersCsv(hostile).split('\r\n');
    assert.equal(
      head,
      'What,Vendor,A/P account,Number,Date,Amount,Open in QuickBooks,Open in MineralTree,Verdict,Remark',
    );
    assert.equal(
      row,
      `bill,"'=HYPERLINK(""http://x"")",Accounts Payable,"A,1",2026-11-20,100.00,100.00,,unexplained,not in MineralTree`,
    );
    assert.equal(end, '');
    const [, , , , creditRow, paymentRow, last] = ledgersCsv(report).split('\r\n');
    assert.equal(
      creditRow,
      'vendor credit,Acme Paper,,C-1,2026-11-02,,40.00,25.00,unexplained,what is left differs by 15.00',
    );
    assert.equal(paymentRow, 'payment,Acme Paper,,1009,2026-11-23,100.00,,,inFlight,paid in MineralTree');
    assert.equal(last, '');
  });

  it('says so when they agree', () => assert.match(renderLedgers(compare({})), /\nThe two ledgers agree\.\n/));

  it('leaves no open bill out, and its totals are those of its lines', () => {
    const bills = fc.uniqueArray(
      fc.record({ number: fc.integer({ min: 1, max: 9 }), cents: fc.integer({ min: 1, max: 3 }) }),
      { selector: (one) => one.number },
    );
    fc.assert(
      fc.property(bills, bills, (ledger, payables) => {
        const found = compare({
          quickBooks: ledger.map(({ number, cents }) => open(number, { openCents: cents })),
          mineralTree: payables.map(({ number, cents }) => inMineralTree(number, { balanceCents: cents })),
        });
        const sum = (side: typeof ledger): number => side.reduce((total, { cents }) => total + cents, 0);
        assert.deepEqual(found.total, {
          quickBooksCents: sum(ledger),
          mineralTreeCents: sum(payables),
          bills: new Set([...ledger, ...payables].map(({ number }) => number)).size,
        });
        const same = (a: typeof ledger, b: typeof ledger): boolean =>
          a.every((one) => b.some(({ number, cents }) => number === one.number && cents === one.cents));
        assert.equal(found.agree, same(ledger, payables) && same(payables, ledger));
      }),
    );
  });
});
