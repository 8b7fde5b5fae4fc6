import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerBill, LedgerLink } from '../../src/domain/ledger.ts';
import {
  billDigest,
  type Finding,
  isVoided,
  mapBill,
  referencesOfBill,
  referencesOfInvoice,
} from '../../src/sync/index.ts';
import { ACME, bill, invoice, lookupOf, mt, without } from './acme.ts';

const mapped = (ledgerBill: LedgerBill, openCents?: number) => {
  const result = mapBill(ledgerBill, { lookup: lookupOf(), ...(openCents === undefined ? {} : { openCents }) });
  assert.ok('draft' in result, JSON.stringify(result));
  return result.draft;
};
const refused = (ledgerBill: LedgerBill, lookup = lookupOf()): readonly Finding[] => {
  const result = mapBill(ledgerBill, { lookup });
  assert.ok('problems' in result);
  return result.problems;
};
const paidBy = (txnType: string, amountCents: number, linkType?: LedgerLink['linkType']): LedgerLink => ({
  txnId: '9-9',
  txnType,
  txnDate: '2026-11-21',
  amountCents,
  ...(linkType === undefined ? {} : { linkType }),
});

describe('a bill of QuickBooks in MineralTree', () => {
  it('arrives with header, expense lines, then item lines, every reference by both IDs', () => {
    assert.deepEqual(mapped(bill()), {
      externalId: '1A2-1700000000',
      vendor: { id: ACME.vendor.payablesId, externalId: ACME.vendor.id },
      term: { id: ACME.net30.payablesId, externalId: ACME.net30.id },
      apAccount: { id: ACME.payables.payablesId, externalId: ACME.payables.id },
      transactionDate: '2026-11-20',
      dueDate: '2026-12-20',
      invoiceNumber: 'A-100',
      amountCents: 17500,
      balanceCents: 17500,
      memo: 'November',
      state: 'Open',
      expenses: [
        {
          lineNumber: 0,
          amountCents: 10000,
          classification: { id: ACME.east.payablesId, externalId: ACME.east.id },
          project: { id: ACME.job.payablesId, externalId: ACME.job.id },
          memo: 'rent',
          billable: true,
          glAccount: { id: ACME.rent.payablesId, externalId: ACME.rent.id },
        },
      ],
      items: [
        {
          lineNumber: 1,
          amountCents: 7500,
          item: { id: ACME.paper.payablesId, externalId: ACME.paper.id },
          quantity: { units: 3, scale: 0 },
          cost: { units: 2500, scale: 2 },
        },
      ],
    });
  });

  it('has an explicit due date even where QuickBooks has none', () =>
    assert.equal(mapped(without(bill(), 'dueDate')).dueDate, '2026-11-20'));

  it('does without terms that MineralTree does not have', () => {
    const draft = mapped(bill({ terms: { id: '80000009-terms', name: '15th' } }));
    assert.equal(draft.term, undefined);
    assert.equal(draft.dueDate, '2026-12-20');
  });

  const balances: readonly (readonly [
    what: string,
    bill: LedgerBill,
    open: number | undefined,
    balance: number,
    state: string,
  ])[] = [
    ['nothing paid', bill(), undefined, 17500, 'Open'],
    ['paid, as QuickBooks says', bill({ isPaid: true }), 500, 0, 'Settled'],
    ['BillToPay says what is left', bill(), 2500, 2500, 'Open'],
    ['BillToPay says nothing is left', bill(), 0, 0, 'Settled'],
    [
      'a payment, by its link',
      bill({ links: [paidBy('BillPaymentCheck', -5000, 'AMTTYPE')] }),
      undefined,
      12500,
      'Open',
    ],
    ['a credit, by its link', bill({ links: [paidBy('VendorCredit', -17500)] }), undefined, 0, 'Settled'],
    [
      'a purchase order is no payment',
      bill({ links: [paidBy('PurchaseOrder', -5000, 'QUANTYPE')] }),
      undefined,
      17500,
      'Open',
    ],
    ['a link of another kind is no payment', bill({ links: [paidBy('Deposit', -5000)] }), undefined, 17500, 'Open'],
  ];
  for (const [what, ledgerBill, open, balanceCents, state] of balances)
    it(`open balance: ${what}`, () => {
      const draft = mapped(ledgerBill, open);
      assert.deepEqual([draft.balanceCents, draft.state], [balanceCents, state]);
    });

  const billables = [
    ['Billable', true],
    ['NotBillable', false],
    ['HasBeenBilled', true],
  ] as const;
  for (const [billable, expected] of billables)
    it(`a line that is ${billable} is ${expected ? '' : 'not '}billable`, () => {
      const [line] = bill().expenseLines;
      assert.ok(line !== undefined);
      assert.equal(mapped(bill({ expenseLines: [{ ...line, billable }] })).expenses[0]?.billable, expected);
    });

  const obstacles: readonly (readonly [what: string, change: Partial<LedgerBill>, code: string])[] = [
    ['with item groups', { groupLines: 1 }, 'billWithGroupLines'],
    ['in another currency', { currency: { id: '1', name: 'Euro' } }, 'billInOtherCurrency'],
    ['whose lines are not its amount', { amountDueCents: 17499 }, 'billLinesDoNotSum'],
    [
      'that was voided',
      { amountDueCents: 0, memo: 'VOID: November', expenseLines: [], itemLines: [] },
      'voidedInQuickBooks',
    ],
  ];
  for (const [what, change, code] of obstacles)
    it(`one ${what} is listed, not moved`, () =>
      assert.deepEqual(
        refused(bill(change)).map((finding) => finding.code),
        [code],
      ));

  it('in US dollars, where QuickBooks keeps several currencies, is moved', () =>
    assert.equal(mapped(bill({ currency: { id: '1', name: 'US Dollar' } })).amountCents, 17500));

  it('numbers its lines from 0, through both kinds', () => {
    const [expense, item] = [bill().expenseLines[0], bill().itemLines[0]];
    assert.ok(expense !== undefined && item !== undefined);
    const draft = mapped(bill({ amountDueCents: 35000, expenseLines: [expense, expense], itemLines: [item, item] }));
    assert.deepEqual(
      [...draft.expenses, ...draft.items].map(({ lineNumber }) => lineNumber),
      [0, 1, 2, 3],
    );
  });

  it('waits for a class alone as well', () => {
    const some = Object.values(ACME).filter((one) => one !== ACME.east);
    assert.deepEqual(
      refused(bill(), lookupOf(some)).map(({ params }) => params.name),
      ['Stores:East'],
    );
  });

  it('waits, once for each, for what MineralTree does not have yet, and names it', () => {
    const some = Object.values(ACME).filter((one) => one !== ACME.vendor && one !== ACME.east);
    const [line] = bill().expenseLines;
    assert.ok(line !== undefined);
    const twice = bill({ amountDueCents: 27500, expenseLines: [line, { ...line, lineId: 'x' }] });
    assert.deepEqual(
      refused(twice, lookupOf(some)).map(({ code, params, waitsFor }) => [code, params.what, waitsFor]),
      [
        ['waitsFor', 'the vendor', { kind: 'vendor', id: ACME.vendor.id, name: 'Acme Paper' }],
        ['waitsFor', 'the class', { kind: 'class', id: ACME.east.id, name: 'Stores:East' }],
      ],
    );
  });

  it('is never moved with lines that make another amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.integer({ min: -100_000, max: 100_000 }),
        (amount, line) => {
          const one = { lineId: '1', amountCents: line, account: { id: ACME.rent.id, name: 'Rent' } };
          const result = mapBill(bill({ amountDueCents: amount, expenseLines: [one], itemLines: [] }), {
            lookup: lookupOf(),
          });
          if ('draft' in result)
            assert.equal(
              result.draft.expenses.reduce((sum, { amountCents }) => sum + amountCents, 0),
              result.draft.amountCents,
            );
          else assert.notEqual(amount, line);
        },
      ),
    );
  });
});

describe('a voided bill', () => {
  const table: readonly (readonly [amount: number, memo: string | undefined, voided: boolean])[] = [
    [0, 'VOID: rent', true],
    [0, 'void', true],
    [0, 'VOID', true],
    [0, 'Avoid late fees', false],
    [0, undefined, false],
    [100, 'VOID: rent', false],
  ];
  for (const [amountDueCents, memo, voided] of table)
    it(`${amountDueCents} cents with memo ${memo ?? '(none)'}: ${voided ? 'voided' : 'not voided'}`, () =>
      assert.equal(
        isVoided({ ...without(bill(), 'memo'), amountDueCents, ...(memo === undefined ? {} : { memo }) }),
        voided,
      ));
});

describe('whether a bill was edited', () => {
  const [line] = bill().itemLines;
  const same: readonly (readonly [what: string, change: Partial<LedgerBill>])[] = [
    ['a payment', { isPaid: true, links: [paidBy('BillPaymentCheck', -17500)], editSequence: '1700000009' }],
    ['a list entry that was renamed', { vendor: { id: ACME.vendor.id, name: 'Acme Paper Co.' } }],
    ['a quantity written 3.00', { itemLines: [{ ...(line ?? assert.fail()), quantity: { units: 300, scale: 2 } }] }],
  ];
  for (const [what, change] of same)
    it(`${what} is no edit`, () => assert.equal(billDigest(bill(change)), billDigest(bill())));

  const edits: readonly (readonly [what: string, change: Partial<LedgerBill>])[] = [
    ['the number', { refNumber: 'A-101' }],
    ['the date', { txnDate: '2026-11-21' }],
    ['the vendor', { vendor: { id: ACME.otherVendor.id, name: 'Birch & Sons' } }],
    ['an amount', { itemLines: [{ ...(line ?? assert.fail()), amountCents: 7501 }] }],
    ['a class on a line', { itemLines: [{ ...(line ?? assert.fail()), class: { id: ACME.east.id, name: 'East' } }] }],
    ['a line that is another', { itemLines: [{ ...(line ?? assert.fail()), lineId: '1A9-1' }] }],
    ['a line that is gone', { itemLines: [] }],
  ];
  for (const [what, change] of edits)
    it(`${what} is an edit`, () => assert.notEqual(billDigest(bill(change)), billDigest(bill())));
});

describe('what a bill refers to', () => {
  it('is everything that will be looked up, each once', () => {
    const kinds = referencesOfBill(bill()).map(({ kind, id }) => `${kind} ${id}`);
    const expected = [ACME.vendor, ACME.payables, ACME.net30, ACME.rent, ACME.paper, ACME.east, ACME.job];
    assert.deepEqual([...kinds].sort(), expected.map(({ kind, id }) => `${kind} ${id}`).sort());
    const asked: string[] = [];
    const lookup = {
      ...lookupOf(),
      payablesId: (kind: string, id: string) => {
        asked.push(`${kind} ${id}`);
        return undefined;
      },
    };
    mapBill(bill(), { lookup });
    assert.deepEqual(
      asked.filter((one) => !kinds.includes(one)),
      [],
    );
  });

  it('and so for an invoice', () => {
    const ids = referencesOfInvoice(invoice({ vendor: mt(ACME.otherVendor) })).map(({ id }) => id);
    const expected = [ACME.otherVendor, ACME.net30, ACME.rent, ACME.paper, ACME.east, ACME.job];
    assert.deepEqual([...ids].sort(), expected.map(({ payablesId }) => payablesId).sort());
  });
});
