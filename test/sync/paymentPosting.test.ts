import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Payment } from '../../src/domain/payables.ts';
import {
  describeProblem,
  discountToPost,
  guidOfPayment,
  type PaidBill,
  paymentFromBefore,
  planPayments,
  unknownStatus,
  wantsPaymentPosting,
} from '../../src/sync/index.ts';
import { ACME, bill, invoice, lookupOf, mt, ref, uuid, without } from './acme.ts';
import { applied, BANK, CARD, ledgerPayment, payment } from './money.ts';
import { codes, INVOICE_2, OTHER_AP, onePlan, payingInvoice, paymentContext, plan, second } from './payments.ts';

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
    const planned = onePlan({ amountCents: 5000, applied: [payingInvoice(invoice().id, 5000)] });
    assert.deepEqual(planned.match.applications, [
      { txnId: bill().id, amountCents: 5000, discountCents: 0, openCents: 17500 },
    ]);
  });

  it('of an invoice that it names twice: once, with the sum', () => {
    const planned = onePlan({ applied: [payingInvoice(invoice().id, 10000), payingInvoice(invoice().id, 7500)] });
    assert.deepEqual(planned.applications, [{ txnId: bill().id, amountCents: 17500, discountCents: 0 }]);
  });

  it('without what it pays nothing on', () =>
    assert.equal(
      onePlan({ applied: [payingInvoice(invoice().id, 17500), payingInvoice(uuid('invoice', 9), 0)] }).applications
        .length,
      1,
    ));

  it('of bills of two A/P accounts: one payment for each, of which the sums are the payment', () => {
    const ctx = paymentContext({}, { [INVOICE_2]: { bill: second({ apAccount: OTHER_AP }), openCents: 2500 } });
    const { plans } = plan(
      { amountCents: 20000, applied: [payingInvoice(invoice().id, 17500), payingInvoice(INVOICE_2, 2500)] },
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
    const ctx = paymentContext(
      { posted: new Set([guidOfPayment(payment().id, ACME.payables.id)]) },
      {
        [invoice().id]: { bill: bill({ isPaid: true }), openCents: 0 },
        [INVOICE_2]: { bill: second({ apAccount: OTHER_AP }), openCents: 2500 },
      },
    );
    const { plans } = plan(
      { amountCents: 20000, applied: [payingInvoice(invoice().id, 17500), payingInvoice(INVOICE_2, 2500)] },
      ctx,
    );
    assert.deepEqual(
      plans.map(({ apAccount }) => apAccount),
      [OTHER_AP],
    );
  });

  it('to a vendor that is inactive: its bills are owed all the same', () => {
    const of = { bill: bill({ vendor: ref(ACME.gone) }), openCents: 17500 };
    assert.deepEqual(
      onePlan({ vendor: mt(ACME.gone) }, paymentContext({}, { [invoice().id]: of })).vendor,
      ref(ACME.gone),
    );
  });

  it('whose vendor MineralTree does not name: the one of the bills', () => {
    const planned = planPayments(without(payment(), 'vendor'), paymentContext());
    assert.ok('plans' in planned);
    assert.deepEqual(planned.plans[0]?.vendor, ref(ACME.vendor));
  });

  it('of a bill of which it is not known what is open: the site looks before it sends', () => {
    const ctx = paymentContext({}, { [invoice().id]: { bill: bill() } });
    assert.equal(onePlan({}, ctx).match.applications[0]?.openCents, 17500);
  });
});

describe('a discount that MineralTree took with a payment', () => {
  const bills = { [invoice().id]: { bill: bill(), openCents: 17500, discountCents: 350 } };
  const change = { amountCents: 17150, applied: [payingInvoice(invoice().id, 17150)] };
  const discountAccount = { id: '80000C01-disc', name: 'Discounts taken' };

  it('is posted to the discount account of the company', () => {
    const planned = onePlan(change, paymentContext({ discountAccount }, bills));
    assert.deepEqual(planned.applications, [
      { txnId: bill().id, amountCents: 17150, discountCents: 350, discountAccount },
    ]);
    assert.equal(planned.amountCents, 17150);
    assert.deepEqual(plan(change, paymentContext({ discountAccount }, bills)).warnings, []);
  });

  it('is not posted where the company has none: the cash alone, and somebody is told', () => {
    const { plans, warnings } = plan(change, paymentContext({}, bills));
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
      applications: [applied(100, { discountCents: 150 }), applied(1, { txnId: 'other', discountCents: 9 })],
    });
    assert.equal(discountToPost({ appliedDiscountCents: 350 }, bill().id, [before]), 200);
    assert.equal(discountToPost({ appliedDiscountCents: 100 }, bill().id, [before]), 0);
    assert.equal(discountToPost({}, bill().id, []), 0);
  });

  it('must be open on the bill as well', () =>
    assert.deepEqual(
      codes(
        change,
        paymentContext({ discountAccount }, { [invoice().id]: { bill: bill(), openCents: 17150, discountCents: 350 } }),
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
            {
              amountCents,
              applied: paid.map(({ cents }, index) => payingInvoice(uuid('invoice', 100 + index), cents)),
            },
            paymentContext({}, bills),
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
