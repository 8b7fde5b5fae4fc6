import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerBill } from '../../src/domain/ledger.ts';
import type { Payment } from '../../src/domain/payables.ts';
import {
  describeProblem,
  discountToPost,
  guidOfPayment,
  type LedgerEntry,
  type PaidBill,
  type PaymentContext,
  paymentFromBefore,
  planPayments,
  unknownStatus,
  wantsPaymentPosting,
} from '../../src/sync/index.ts';
import { ACME, bill, invoice, lookupOf, mt, ref, uuid, without } from './acme.ts';
import { applied as appliedInQuickBooks, BANK, CARD, ledgerPayment, link, payment } from './money.ts';

const OTHER_AP = { id: '80000B01-ap', name: 'A/P West' } as const;
const ACCOUNTS: Readonly<Record<string, LedgerEntry>> = {
  [BANK.id]: { ...BANK, active: true, type: 'Bank' },
  [CARD.id]: { ...CARD, active: true, type: 'CreditCard' },
  closed: { id: 'closed', name: 'Old bank', active: false, type: 'Bank' },
  rent: { id: 'rent', name: 'Rent', active: true, type: 'Expense' },
};
/** The bill of acme.ts is open in full; others by invoice ID. */
const context = (
  change: Partial<PaymentContext> = {},
  bills: Readonly<Record<string, PaidBill>> = {},
): PaymentContext => {
  const known: Readonly<Record<string, PaidBill>> = { [invoice().id]: { bill: bill(), openCents: 17500 }, ...bills };
  return {
    lookup: lookupOf(),
    paymentAccount: ({ externalId = '' }) => ACCOUNTS[externalId],
    paidBill: (id) => known[id],
    preferences: {},
    ...change,
  };
};
const plan = (change: Partial<Payment> = {}, ctx = context()) => {
  const planned = planPayments(payment(change), ctx);
  assert.ok('plans' in planned, JSON.stringify(planned));
  return planned;
};
const onePlan = (...args: Parameters<typeof plan>) => {
  const [only, ...others] = plan(...args).plans;
  assert.ok(only !== undefined && others.length === 0);
  return only;
};
const problems = (change: Partial<Payment>, ctx = context()) => {
  const planned = planPayments(payment(change), ctx);
  assert.ok('problems' in planned, 'was planned');
  return planned.problems;
};
const codes = (...args: Parameters<typeof problems>) => problems(...args).map(({ code }) => code);
const sentences = (...args: Parameters<typeof problems>) =>
  problems(...args).map(({ code, params }) => describeProblem(code, params).sentence);
const second = (change: Partial<LedgerBill> = {}): LedgerBill =>
  bill({ id: 'B-2', refNumber: 'A-101', amountDueCents: 2500, ...change });
const applied = (invoiceId: string, appliedCents: number): Payment['applied'][number] => ({
  invoice: { id: invoiceId },
  appliedCents,
});
const INVOICE_2 = uuid('invoice', 2);

describe('a payment made in MineralTree becomes a bill payment', () => {
  it('by ACH from a bank account: like a check, under the last 11 characters of the trace, all of it in the memo', () => {
    const guid = guidOfPayment(payment().id, ACME.payables.id);
    assert.deepEqual(onePlan(), {
      kind: 'BillPaymentCheckAdd',
      guid,
      vendor: ref(ACME.vendor),
      apAccount: ref(ACME.payables),
      account: BANK,
      txnDate: '2026-11-23',
      refNumber: '00000123456',
      memo: 'Paid by MineralTree, ACH 000000000123456',
      amountCents: 17500,
      applications: [{ txnId: bill().id, amountCents: 17500, discountCents: 0 }],
      match: {
        guid,
        vendor: ref(ACME.vendor),
        account: BANK,
        apAccountId: ACME.payables.id,
        refNumber: '00000123456',
        txnDate: '2026-11-23',
        amountCents: 17500,
        applications: [{ txnId: bill().id, amountCents: 17500, discountCents: 0, openCents: 17500 }],
      },
      dates: ['2026-11-23'],
    });
  });

  it('from a credit card: as a card payment', () => {
    const change = { paymentMethod: { id: uuid('pm', 2), externalId: CARD.id }, fundMethod: 'VCARD' as const };
    assert.equal(onePlan(change).kind, 'BillPaymentCreditCardAdd');
    assert.deepEqual(onePlan(change).account, CARD);
  });

  const NUMBERS: readonly [story: string, change: Partial<Payment>, refNumber: string | undefined, memo: string][] = [
    ['a check by its number', { fundMethod: 'CHECK', checkNumber: 1044 }, '1044', 'Paid by MineralTree, check 1044'],
    [
      'a check number before what the channel says',
      { fundMethod: 'CHECK', checkNumber: 7, sequenceText: '99999' },
      '7',
      'Paid by MineralTree, check 7',
    ],
    [
      'a check number of 12 digits by its last 11',
      { fundMethod: 'CHECK', checkNumber: 123456789012 },
      '23456789012',
      'Paid by MineralTree, check 123456789012',
    ],
    [
      'eleven characters as they are',
      { sequenceText: 'ABCDEFGHIJK' },
      'ABCDEFGHIJK',
      'Paid by MineralTree, ACH ABCDEFGHIJK',
    ],
    ['none where there is none', { sequenceText: ' ' }, undefined, 'Paid by MineralTree, ACH'],
  ];
  for (const [story, change, refNumber, memo] of NUMBERS)
    it(`numbered: ${story}`, () => {
      const planned = onePlan(change);
      assert.deepEqual([planned.refNumber, planned.memo], [refNumber, memo]);
      assert.equal(planned.match.refNumber, refNumber);
    });

  it('in part, where only a part was paid: the rest stays open', () => {
    const planned = onePlan({ amountCents: 5000, applied: [applied(invoice().id, 5000)] });
    assert.deepEqual(planned.match.applications, [
      { txnId: bill().id, amountCents: 5000, discountCents: 0, openCents: 17500 },
    ]);
  });

  it('of an invoice that it names twice: once, with the sum', () => {
    const planned = onePlan({ applied: [applied(invoice().id, 10000), applied(invoice().id, 7500)] });
    assert.deepEqual(planned.applications, [{ txnId: bill().id, amountCents: 17500, discountCents: 0 }]);
  });

  it('without what it pays nothing on', () =>
    assert.equal(
      onePlan({ applied: [applied(invoice().id, 17500), applied(uuid('invoice', 9), 0)] }).applications.length,
      1,
    ));

  it('of bills of two A/P accounts: one payment for each, of which the sums are the payment', () => {
    const ctx = context({}, { [INVOICE_2]: { bill: second({ apAccount: OTHER_AP }), openCents: 2500 } });
    const { plans } = plan(
      { amountCents: 20000, applied: [applied(invoice().id, 17500), applied(INVOICE_2, 2500)] },
      ctx,
    );
    assert.deepEqual(
      plans.map(({ apAccount, amountCents, guid }) => [apAccount?.id, amountCents, guid]),
      [
        [ACME.payables.id, 17500, guidOfPayment(payment().id, ACME.payables.id)],
        [OTHER_AP.id, 2500, guidOfPayment(payment().id, OTHER_AP.id)],
      ],
    );
  });

  it('of which one part is in QuickBooks already: the other alone, and the paid bill is not looked at again', () => {
    const ctx = context(
      { posted: new Set([guidOfPayment(payment().id, ACME.payables.id)]) },
      {
        [invoice().id]: { bill: bill({ isPaid: true }), openCents: 0 },
        [INVOICE_2]: { bill: second({ apAccount: OTHER_AP }), openCents: 2500 },
      },
    );
    const { plans } = plan(
      { amountCents: 20000, applied: [applied(invoice().id, 17500), applied(INVOICE_2, 2500)] },
      ctx,
    );
    assert.deepEqual(
      plans.map(({ apAccount }) => apAccount),
      [OTHER_AP],
    );
  });

  it('to a vendor that is inactive: its bills are owed all the same', () => {
    const of = { bill: bill({ vendor: ref(ACME.gone) }), openCents: 17500 };
    assert.deepEqual(onePlan({ vendor: mt(ACME.gone) }, context({}, { [invoice().id]: of })).vendor, ref(ACME.gone));
  });

  it('whose vendor MineralTree does not name: the one of the bills', () => {
    const planned = planPayments(without(payment(), 'vendor'), context());
    assert.ok('plans' in planned);
    assert.deepEqual(planned.plans[0]?.vendor, ref(ACME.vendor));
  });

  it('of a bill of which it is not known what is open: the site looks before it sends', () => {
    const ctx = context({}, { [invoice().id]: { bill: bill() } });
    assert.equal(onePlan({}, ctx).match.applications[0]?.openCents, 17500);
  });
});

describe('a discount that MineralTree took with a payment', () => {
  const bills = { [invoice().id]: { bill: bill(), openCents: 17500, discountCents: 350 } };
  const change = { amountCents: 17150, applied: [applied(invoice().id, 17150)] };
  const discountAccount = { id: '80000C01-disc', name: 'Discounts taken' };

  it('is posted to the discount account of the company', () => {
    const planned = onePlan(change, context({ discountAccount }, bills));
    assert.deepEqual(planned.applications, [
      { txnId: bill().id, amountCents: 17150, discountCents: 350, discountAccount },
    ]);
    assert.equal(planned.amountCents, 17150);
    assert.deepEqual(plan(change, context({ discountAccount }, bills)).warnings, []);
  });

  it('is not posted where the company has none: the cash alone, and somebody is told', () => {
    const { plans, warnings } = plan(change, context({}, bills));
    assert.deepEqual(plans[0]?.applications, [{ txnId: bill().id, amountCents: 17150, discountCents: 0 }]);
    assert.deepEqual(
      warnings.map(({ code, params }) => describeProblem(code, params).sentence),
      [
        'MineralTree took a discount of 3.50 on the invoice A-100 of Acme Paper with the payment ACH 000000000123456. This company posts no discounts: QuickBooks has the cash alone, and 3.50 stays open there.',
      ],
    );
  });

  it('is what MineralTree took in all, without what went with its payments before', () => {
    const before = ledgerPayment({
      applications: [
        appliedInQuickBooks(100, { discountCents: 150 }),
        appliedInQuickBooks(1, { txnId: 'other', discountCents: 9 }),
      ],
    });
    assert.equal(discountToPost({ appliedDiscountCents: 350 }, bill().id, [before]), 200);
    assert.equal(discountToPost({ appliedDiscountCents: 100 }, bill().id, [before]), 0);
    assert.equal(discountToPost({}, bill().id, []), 0);
  });

  it('must be open on the bill as well', () =>
    assert.deepEqual(
      codes(
        change,
        context({ discountAccount }, { [invoice().id]: { bill: bill(), openCents: 17150, discountCents: 350 } }),
      ),
      ['moneyMovedBillNotOpen'],
    ));
});

describe('a payment that cannot be posted is held whole', () => {
  const rows: readonly [story: string, change: Partial<Payment>, ctx: PaymentContext, code: string][] = [
    [
      'its invoice is not in QuickBooks',
      { applied: [applied(uuid('invoice', 9), 17500)] },
      context(),
      'paymentWaitsForInvoice',
    ],
    ['it is to another vendor than the bill', { vendor: mt(ACME.otherVendor) }, context(), 'paymentVendorDiffers'],
    ['its vendor is not in QuickBooks', { vendor: { id: uuid('vendor', 99) } }, context(), 'paymentVendorDiffers'],
    [
      'the bill has no A/P account',
      {},
      context({}, { [invoice().id]: { bill: without(bill(), 'apAccount'), openCents: 17500 } }),
      'paymentApAccountUnknown',
    ],
    ['its account is not in QuickBooks', { paymentMethod: { id: uuid('pm', 9) } }, context(), 'paymentAccountUnknown'],
    [
      'its account is neither bank nor card',
      { paymentMethod: { id: uuid('pm', 9), externalId: 'rent' } },
      context(),
      'paymentAccountOfOtherKind',
    ],
    [
      'its account is inactive',
      { paymentMethod: { id: uuid('pm', 9), externalId: 'closed' } },
      context(),
      'paymentAccountInactive',
    ],
    [
      'the bill is in another currency',
      {},
      context({}, { [invoice().id]: { bill: bill({ currency: { id: '1', name: 'Euro' } }), openCents: 17500 } }),
      'paymentInOtherCurrency',
    ],
    [
      'the books are closed on its date',
      { transactionDate: '2026-10-31' },
      context({ preferences: { closingDate: '2026-10-31' } }),
      'paymentInClosedPeriod',
    ],
    ['what it pays is not its amount', { amountCents: 17600 }, context(), 'paymentDoesNotSum'],
    ['it pays nothing at all', { applied: [] }, context(), 'paymentDoesNotSum'],
    ['it is over 0.00', { amountCents: 0, applied: [applied(invoice().id, 0)] }, context(), 'paymentNotPositive'],
    ['it is negative', { amountCents: -500, applied: [applied(invoice().id, -500)] }, context(), 'paymentNotPositive'],
    [
      'it pays less than nothing on one invoice',
      { applied: [applied(invoice().id, 18000), applied(INVOICE_2, -500)] },
      context({}, { [INVOICE_2]: { bill: second(), openCents: 2500 } }),
      'paymentNotPositive',
    ],
    ['its number holds what QuickBooks cannot keep', { sequenceText: '12\u4e0034' }, context(), 'charactersUnknown'],
    ['its ID is not one of MineralTree', { id: 'x' }, context(), 'unreadableInMineralTree'],
  ];
  for (const [story, change, ctx, code] of rows)
    it(story, () => assert.ok(codes(change, ctx).includes(code as never), codes(change, ctx).join()));

  it('with everything that stands in the way at once', () =>
    assert.deepEqual(
      codes(
        { transactionDate: '2026-10-31', paymentMethod: { id: uuid('pm', 9) }, vendor: mt(ACME.otherVendor) },
        context({ preferences: { closingDate: '2026-10-31' } }),
      ).sort(),
      ['paymentAccountUnknown', 'paymentInClosedPeriod', 'paymentVendorDiffers'],
    ));

  it('though its date lies in a closed period: no other date is put in its place', () =>
    assert.match(
      sentences({ transactionDate: '2026-10-30' }, context({ preferences: { closingDate: '2026-10-31' } })).join(),
      /dated 2026-10-30; the books of QuickBooks are closed up to 2026-10-31\. The money has moved/,
    ));
});

describe('money has moved, but the bill is not open', () => {
  const held = (paid: PaidBill) => sentences({}, context({}, { [invoice().id]: paid }));
  it('it was paid in QuickBooks too: what paid it is named', () =>
    assert.deepEqual(held({ bill: bill({ isPaid: true, links: [link('BillPaymentCheck', 17500)] }), openCents: 0 }), [
      'MineralTree has paid 175.00 on the bill A-100 of Acme Paper (payment ACH 000000000123456 over 175.00), but in QuickBooks 0.00 of it is open: check 1044 of 2026-11-21 over 175.00. Nothing of this payment was posted.',
    ]));
  it('a credit was applied to it meanwhile', () =>
    assert.match(
      held({ bill: bill({ links: [link('VendorCredit', 5000)] }), openCents: 12500 }).join(),
      /in QuickBooks 125\.00 of it is open: vendor credit 1044 of 2026-11-21 over 50\.00\. /,
    ));
  it('it was deleted', () =>
    assert.match(
      held({ bill: bill(), openCents: 17500, gone: true }).join(),
      /0\.00 of it is open: the bill was deleted there/,
    ));
  it('it was voided', () =>
    assert.match(held({ bill: bill({ amountDueCents: 0, memo: 'VOID:' }) }).join(), /the bill was voided there/));
  it('its amount was lowered: what is open is one cent short', () =>
    assert.match(held({ bill: bill(), openCents: 17499 }).join(), /in QuickBooks 174\.99 of it is open\. Nothing/));
  it('of several bills one is not open: nothing of the payment is posted', () =>
    assert.deepEqual(
      codes(
        { amountCents: 20000, applied: [applied(invoice().id, 17500), applied(INVOICE_2, 2500)] },
        context({}, { [INVOICE_2]: { bill: second({ apAccount: OTHER_AP }), openCents: 0 } }),
      ),
      ['moneyMovedBillNotOpen'],
    ));
});

describe('which payments are to be posted', () => {
  const rows: readonly [story: string, change: Partial<Payment>, wanted: boolean][] = [
    ['a paid one', {}, true],
    ['one that QuickBooks has', { externalId: 'T-1' }, false],
    ['a credit that was applied', { fundMethod: 'CREDIT' }, false],
    ['a scheduled one', { status: 1000 }, false],
    ['a voided one', { status: 2000 }, false],
    ['one in an unknown state', { status: 7777 }, false],
  ];
  for (const [story, change, wanted] of rows)
    it(`${wanted ? 'yes' : 'no'}: ${story}`, () => assert.equal(wantsPaymentPosting(payment(change)), wanted));

  it('an unknown state is shown to a person', () => {
    assert.equal(unknownStatus(payment(), lookupOf()), undefined);
    const found = unknownStatus(payment({ status: 7777 }), lookupOf());
    assert.match(
      describeProblem(found?.code ?? '', found?.params ?? {}).sentence,
      /to Acme Paper over 175\.00 in the state 7777/,
    );
  });

  it('one that waited since before the company was added is held', () =>
    assert.equal(paymentFromBefore(payment(), lookupOf()).code, 'paymentFromBeforeFirstDay'));
});

describe('a planned payment, whatever it pays', () => {
  it('sums to the cent, over its parts and over its bills, and opens no bill below zero', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            cents: fc.integer({ min: 1, max: 9_999_999 }),
            spare: fc.integer({ min: 0, max: 1000 }),
            ap: fc.constantFrom('ap-1', 'ap-2', 'ap-3'),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        (paid) => {
          const bills = Object.fromEntries(
            paid.map(({ cents, spare, ap }, index): [string, PaidBill] => [
              uuid('invoice', 100 + index),
              { bill: bill({ id: `bill-${index}`, apAccount: { id: ap, name: ap } }), openCents: cents + spare },
            ]),
          );
          const amountCents = paid.reduce((sum, { cents }) => sum + cents, 0);
          const { plans } = plan(
            { amountCents, applied: paid.map(({ cents }, index) => applied(uuid('invoice', 100 + index), cents)) },
            context({}, bills),
          );
          assert.equal(
            plans.reduce((sum, one) => sum + one.amountCents, 0),
            amountCents,
          );
          assert.equal(new Set(plans.map(({ guid }) => guid)).size, new Set(paid.map(({ ap }) => ap)).size);
          for (const one of plans) {
            assert.equal(
              one.amountCents,
              one.applications.reduce((sum, { amountCents: cents }) => sum + cents, 0),
            );
            for (const each of one.match.applications)
              assert.ok(each.openCents >= each.amountCents + each.discountCents);
          }
          assert.equal(plans.flatMap(({ applications }) => applications).length, paid.length);
        },
      ),
    ));
});
