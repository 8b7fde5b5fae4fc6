import assert from 'node:assert/strict';
import fc from 'fast-check';
import { productCents } from '../../src/domain/money.ts';
import type { Invoice, InvoiceExpense, InvoiceItem } from '../../src/domain/payables.ts';
import { describeProblem, type PlanningContext, planBillAdd } from '../../src/sync/index.ts';
import { worthOf } from '../../src/sync/invoiceLines.ts';
import { ACME, context, invoice, lookupOf, mt, ref, uuid, without } from './acme.ts';

const [expense] = invoice().expenses;
const [item] = invoice().items;
assert.ok(expense !== undefined && item !== undefined);
const withExpense = (change: Partial<InvoiceExpense>): Partial<Invoice> => ({ expenses: [{ ...expense, ...change }] });
const withItem = (change: Partial<InvoiceItem>): Partial<Invoice> => ({ items: [{ ...item, ...change }] });

const plan = (change: Partial<Invoice> = {}, more: Partial<PlanningContext> = {}) => {
  const planned = planBillAdd(invoice(change), context(more));
  assert.ok('plan' in planned, JSON.stringify(planned));
  return planned.plan;
};
const problems = (posted: Invoice, more: Partial<PlanningContext> = {}) => {
  const planned = planBillAdd(posted, context(more));
  assert.ok('problems' in planned, 'was planned');
  return planned.problems;
};

describe('an approved invoice becomes a bill', () => {
  it('with both dates, number, terms, memo, every reference by ListID and name, expenses before items', () => {
    assert.deepEqual(plan(), {
      kind: 'BillAdd',
      guid: `{${uuid('invoice', 1)}}`,
      vendor: ref(ACME.vendor),
      txnDate: '2026-11-20',
      dueDate: '2026-12-20',
      refNumber: 'A-100',
      terms: ref(ACME.net30),
      memo: 'November',
      amountCents: 17500,
      expenseLines: [
        {
          lineNumber: 0,
          amountCents: 10000,
          memo: 'rent',
          customer: ref(ACME.job),
          class: ref(ACME.east),
          billable: 'Billable',
          account: ref(ACME.rent),
        },
      ],
      itemLines: [
        {
          lineNumber: 1,
          amountCents: 7500,
          item: ref(ACME.paper),
          worth: { by: 'cost', quantity: { units: 3, scale: 0 }, cost: { units: 2500, scale: 2 }, amountCents: 7500 },
        },
      ],
      match: {
        guid: `{${uuid('invoice', 1)}}`,
        vendor: ref(ACME.vendor),
        refNumber: 'A-100',
        txnDate: '2026-11-20',
        amountCents: 17500,
      },
      dates: ['2026-11-20'],
    });
  });

  it('on the A/P account that the invoice shows; on the one of the company where QuickBooks has no such one', () => {
    const apAccount = { id: '8000000A-1', name: 'A/P' };
    const settings = { apAccount, vendorEdits: true };
    const { payables, rent } = ACME;
    const showing = (payablesId: string) => ({ apAccount: { id: payablesId } });
    assert.deepEqual(plan(showing(payables.payablesId), { settings }).apAccount, {
      id: payables.id,
      name: payables.name,
    });
    for (const other of [uuid('account', 99), rent.payablesId])
      assert.deepEqual(plan(showing(other), { settings }).apAccount, apAccount);
    assert.equal(plan(showing(uuid('account', 99))).apAccount, undefined);
  });

  it('without number, terms and memo where it has none', () => {
    const bare = without(without(without(invoice(), 'invoiceNumber'), 'term'), 'memo');
    const planned = planBillAdd(bare, context());
    assert.ok('plan' in planned);
    for (const field of ['refNumber', 'terms', 'memo']) assert.ok(!Object.hasOwn(planned.plan, field));
    assert.ok(!Object.hasOwn(planned.plan.match, 'refNumber'));
  });

  it('over 0.00 as a bill over 0.00, which QuickBooks counts as paid', () => {
    const zero = { ...expense, amountCents: 0 };
    assert.equal(plan({ amountCents: 0, expenses: [zero], items: [] }).amountCents, 0);
  });

  it('with a negative line among others', () =>
    assert.equal(
      plan({ amountCents: 9000, expenses: [expense, { ...expense, lineNumber: 2, amountCents: -1000 }], items: [] })
        .expenseLines.length,
      2,
    ));

  it('in the order of its line numbers, whatever order MineralTree sends', () => {
    const lines = [2, 0, 1].map((lineNumber) => ({ ...expense, lineNumber, amountCents: 100 }));
    const planned = plan({ amountCents: 300, expenses: lines, items: [] });
    assert.deepEqual(
      planned.expenseLines.map((line) => line.lineNumber),
      [0, 1, 2],
    );
  });

  it('billable only where there is a customer to bill', () => {
    const line = without(expense, 'project');
    assert.equal(plan({ expenses: [line] }).expenseLines[0]?.billable, undefined);
    assert.equal(plan(withExpense({ billable: false })).expenseLines[0]?.billable, 'NotBillable');
  });

  it('with characters from a web page made plain, in the plan and in what it is found by', () => {
    const planned = plan({ invoiceNumber: ' A\u2011100\u200b ' });
    assert.deepEqual([planned.refNumber, planned.match.refNumber], ['A-100', 'A-100']);
  });
});

describe('what an item line says of its worth', () => {
  const table: readonly (readonly [what: string, line: Parameters<typeof worthOf>[0], by: string])[] = [
    [
      '3 at 25.00 is 75.00: quantity and cost',
      { quantity: { units: 3, scale: 0 }, cost: { units: 2500, scale: 2 }, amountCents: 7500 },
      'cost',
    ],
    [
      '3 at 33.33333 is 100.00: quantity and cost',
      { quantity: { units: 3, scale: 0 }, cost: { units: 3333333, scale: 5 }, amountCents: 10000 },
      'cost',
    ],
    [
      '3 at 33.33 is not 100.00: quantity and amount',
      { quantity: { units: 3, scale: 0 }, cost: { units: 3333, scale: 2 }, amountCents: 10000 },
      'quantity',
    ],
    [
      'a quantity without cost: quantity and amount',
      { quantity: { units: 3, scale: 0 }, amountCents: 7500 },
      'quantity',
    ],
    ['a cost without quantity: the amount', { cost: { units: 7500, scale: 2 }, amountCents: 7500 }, 'amount'],
    [
      'a quantity of nothing: the amount',
      { quantity: { units: 0, scale: 2 }, cost: { units: 1, scale: 0 }, amountCents: 0 },
      'amount',
    ],
    [
      '-1 at 5.00 is -5.00: quantity and cost',
      { quantity: { units: -1, scale: 0 }, cost: { units: 500, scale: 2 }, amountCents: -500 },
      'cost',
    ],
  ];
  for (const [what, line, by] of table) it(what, () => assert.equal(worthOf(line).by, by));

  it('never makes another amount than the line has', () => {
    const decimal = fc.record({
      units: fc.integer({ min: -100_000, max: 100_000 }),
      scale: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(
        decimal,
        decimal,
        fc.integer({ min: -10_000, max: 10_000 }),
        fc.boolean(),
        (quantity, cost, other, exact) => {
          const amountCents = exact ? (productCents(quantity, cost) ?? other) : other;
          const worth = worthOf({ quantity, cost, amountCents });
          assert.equal(worth.amountCents, amountCents);
          if (worth.by === 'cost') assert.equal(productCents(worth.quantity, worth.cost), amountCents);
        },
      ),
    );
  });
});

describe('an invoice that QuickBooks would refuse is named before it is sent', () => {
  const unknown = { id: uuid('unknown', 9) };
  const obstacles: readonly (readonly [
    what: string,
    change: Partial<Invoice>,
    codes: readonly string[],
    says: RegExp,
  ])[] = [
    ['a negative amount', { amountCents: -17500 }, ['negativeInvoice'], /over -175\.00/],
    ['no lines', { expenses: [], items: [] }, ['invoiceWithoutLines'], /no expense or item line/],
    [
      'lines that make one cent more',
      withExpense({ amountCents: 10001 }),
      ['linesDoNotSum'],
      /make 175\.01, but its amount is 175\.00/,
    ],
    [
      'a vendor that QuickBooks does not have',
      { vendor: unknown },
      ['notInQuickBooks'],
      /names the vendor, which is not/,
    ],
    [
      'an inactive vendor',
      { vendor: mt(ACME.gone) },
      ['inactiveInQuickBooks'],
      /names the vendor "Closed Corp", which is inactive/,
    ],
    [
      'an account that QuickBooks does not have',
      withExpense({ glAccount: unknown }),
      ['notInQuickBooks'],
      /the account on line 1/,
    ],
    [
      'an inactive account',
      withExpense({ glAccount: mt(ACME.oldAccount) }),
      ['inactiveInQuickBooks'],
      /"Old account" on line 1/,
    ],
    [
      'a non-posting account',
      withExpense({ glAccount: mt(ACME.estimates) }),
      ['accountTakesNoBills'],
      /Line 1 .* "Estimates"/,
    ],
    [
      'an inactive class',
      withExpense({ classification: mt(ACME.oldClass) }),
      ['inactiveInQuickBooks'],
      /the class "West" on line 1/,
    ],
    [
      'a class that QuickBooks does not have',
      withExpense({ classification: unknown }),
      ['notInQuickBooks'],
      /the class on line 1/,
    ],
    ['an inactive job', withExpense({ project: mt(ACME.oldJob) }), ['inactiveInQuickBooks'], /"Jones:Bath"/],
    [
      'a job that QuickBooks does not have',
      withExpense({ project: unknown }),
      ['notInQuickBooks'],
      /the customer or job/,
    ],
    ['an inactive item', withItem({ item: mt(ACME.oldItem) }), ['inactiveInQuickBooks'], /"Typewriter" on line 2/],
    ['an item that QuickBooks does not have', withItem({ item: unknown }), ['notInQuickBooks'], /the item on line 2/],
    ['an item group', withItem({ item: mt(ACME.kit) }), ['itemTakesNoBills'], /"Starter kit", a Group/],
    ['terms that QuickBooks does not have', { term: unknown }, ['notInQuickBooks'], /names the terms, which/],
    ['inactive terms', { term: mt(ACME.oldTerms) }, ['inactiveInQuickBooks'], /"Net 7"/],
    [
      'a number of 21 characters',
      { invoiceNumber: 'A'.repeat(21) },
      ['textTooLong'],
      /^The number of .* has 21 characters; QuickBooks takes 20/,
    ],
    ['a description of 4,096 characters', { memo: 'm'.repeat(4096) }, ['textTooLong'], /^The description of/],
    [
      'a line memo of 4,096 characters',
      withExpense({ memo: 'm'.repeat(4096) }),
      ['textTooLong'],
      /^The memo of line 1 of/,
    ],
    ['an emoji in the description', { memo: 'Rent 🏠' }, ['charactersUnknown'], /cannot keep: 🏠/],
    ['an ID that is none', { id: 'forty-two' }, ['unreadableInMineralTree'], /its ID is not a UUID/],
  ];
  for (const [what, change, codes, says] of obstacles)
    it(what, () => {
      const found = problems(invoice(change));
      assert.deepEqual(
        found.map((one) => one.code),
        codes,
      );
      const [first] = found;
      assert.match(describeProblem(first?.code ?? '', first?.params ?? {}).sentence, says);
    });

  it('an expense line without account, an item line without item', () => {
    const found = problems(invoice({ expenses: [without(expense, 'glAccount')], items: [without(item, 'item')] }));
    assert.deepEqual(
      found.map(({ code, params }) => [code, params.line]),
      [
        ['lineWithoutAccount', '1'],
        ['lineWithoutItem', '2'],
      ],
    );
  });

  it('no due date', () =>
    assert.deepEqual(
      problems(without(invoice(), 'dueDate')).map((one) => one.code),
      ['dueDateMissing'],
    ));

  it('what MineralTree calls a record that has no link is in the words', () => {
    const [found] = problems(invoice({ term: unknown }), { lookup: lookupOf(undefined, { [unknown.id]: 'Net 45' }) });
    assert.equal(found?.params.name, 'Net 45');
  });

  it('everything at once, each apart from the others', () => {
    const found = problems(
      invoice({
        vendor: mt(ACME.gone),
        invoiceNumber: 'A'.repeat(21),
        expenses: [
          { ...expense, glAccount: mt(ACME.oldAccount) },
          { ...expense, lineNumber: 2, glAccount: mt(ACME.estimates), amountCents: 0 },
        ],
      }),
    );
    assert.deepEqual(
      found.map((one) => one.code),
      ['inactiveInQuickBooks', 'textTooLong', 'inactiveInQuickBooks', 'accountTakesNoBills'],
    );
    assert.equal(new Set(found.map(({ code, part }) => `${code} ${part}`)).size, found.length);
  });
});

describe('the closing date', () => {
  const table: readonly (readonly [closingDate: string | undefined, posted: boolean])[] = [
    [undefined, true],
    ['2026-11-19', true],
    ['2026-11-20', false],
    ['2026-12-31', false],
  ];
  for (const [closingDate, posted] of table)
    it(`${closingDate ?? 'none'}: an invoice of 2026-11-20 is ${posted ? 'posted' : 'not posted'}`, () => {
      const preferences = {
        classTracking: true,
        multiCurrency: false,
        ...(closingDate === undefined ? {} : { closingDate }),
      };
      if (posted) assert.equal(plan({}, { preferences }).kind, 'BillAdd');
      else
        assert.deepEqual(problems(invoice(), { preferences })[0]?.params, {
          number: 'A-100',
          vendor: 'Acme Paper',
          date: '2026-11-20',
          closingDate,
        });
    });
});

describe('planning', () => {
  it('never makes a bill whose lines are not its amount, and never drops a line', () => {
    const amounts = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 5 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: -1, max: 1 }), (forExpenses, forItems, off) => {
        const sum = [...forExpenses, ...forItems].reduce((total, amount) => total + amount, 0);
        const planned = planBillAdd(
          invoice({
            amountCents: sum + off,
            expenses: forExpenses.map((amountCents, lineNumber) => ({ ...expense, lineNumber, amountCents })),
            items: forItems.map((amountCents, index) => ({
              ...item,
              lineNumber: forExpenses.length + index,
              amountCents,
            })),
          }),
          context(),
        );
        if ('problems' in planned) {
          assert.ok(off !== 0 || sum < 0 || forExpenses.length + forItems.length === 0);
          return;
        }
        const lines = [...planned.plan.expenseLines, ...planned.plan.itemLines];
        assert.equal(lines.length, forExpenses.length + forItems.length);
        assert.equal(
          lines.reduce((total, line) => total + line.amountCents, 0),
          planned.plan.amountCents,
        );
        for (const line of planned.plan.itemLines) assert.equal(line.worth.amountCents, line.amountCents);
      }),
    );
  });
});
