import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerBill, LedgerLink, LedgerPayment } from '../../src/domain/ledger.ts';
import { computedOpen, describeProblem, partInWords, type Settled, settlementOf } from '../../src/sync/index.ts';
import { bill } from './acme.ts';
import { applied, BANK, ledgerPayment, link, paymentsById } from './money.ts';

const settle = (
  change: Partial<LedgerBill>,
  openCents?: number | 'notListed',
  payments: readonly LedgerPayment[] = [],
): Settled =>
  settlementOf(bill(change), {
    payments: paymentsById(...payments),
    ...(openCents === undefined ? {} : { openCents }),
  });
const settled = (...args: Parameters<typeof settle>) => {
  const found = settle(...args);
  assert.ok('settlement' in found, JSON.stringify(found));
  return found.settlement;
};
const problems = (...args: Parameters<typeof settle>) => {
  const found = settle(...args);
  assert.ok('problems' in found, JSON.stringify(found));
  return found.problems;
};
const parts = (found: ReturnType<typeof settled>) => ({
  open: found.openCents,
  credits: found.credits.map(({ txnType, cents }) => `${txnType} ${cents}`),
  payments: found.payments.map(({ txnType, cents, discountCents }) => `${txnType} ${cents}+${discountCents}`),
});

describe('what settles a bill of 175.00', () => {
  const rows: readonly [
    story: string,
    change: Partial<LedgerBill>,
    openCents: number | undefined,
    payments: readonly LedgerPayment[],
    expected: ReturnType<typeof parts>,
  ][] = [
    ['nothing: all of it is left', {}, undefined, [], { open: 17500, credits: [], payments: [] }],
    [
      'a check, in full',
      { isPaid: true, links: [link('BillPaymentCheck', 17500)] },
      undefined,
      [ledgerPayment()],
      { open: 0, credits: [], payments: ['BillPaymentCheck 17500+0'] },
    ],
    [
      'a card payment, in part',
      { links: [link('BillPaymentCreditCard', 5000)] },
      12500,
      [ledgerPayment({ id: 'BillPaymentCreditCard-1', method: 'creditCard', applications: [applied(5000)] })],
      { open: 12500, credits: [], payments: ['BillPaymentCreditCard 5000+0'] },
    ],
    [
      'a vendor credit without any payment: it leaves no transaction, only a link',
      { links: [link('VendorCredit', 5000)] },
      12500,
      [],
      { open: 12500, credits: ['VendorCredit 5000'], payments: [] },
    ],
    [
      'a credit larger than the bill: only what was applied counts',
      { isPaid: true, links: [link('VendorCredit', 17500)] },
      undefined,
      [],
      { open: 0, credits: ['VendorCredit 17500'], payments: [] },
    ],
    [
      'a journal entry and a check against A/P, by their links alone',
      { links: [link('JournalEntry', 1000), link('Check', 2000), link('CreditCardCharge', 3000)] },
      11500,
      [],
      { open: 11500, credits: ['JournalEntry 1000'], payments: ['Check 2000+0', 'CreditCardCharge 3000+0'] },
    ],
    [
      'a discount that the link does not show',
      { isPaid: true, links: [link('BillPaymentCheck', 17150)] },
      undefined,
      [ledgerPayment({ amountCents: 17150, applications: [applied(17150, { discountCents: 350 })] })],
      { open: 0, credits: [], payments: ['BillPaymentCheck 17150+350'] },
    ],
    [
      'a discount that the link includes',
      { isPaid: true, links: [link('BillPaymentCheck', 17500)] },
      undefined,
      [ledgerPayment({ amountCents: 17150, applications: [applied(17150, { discountCents: 350 })] })],
      { open: 0, credits: [], payments: ['BillPaymentCheck 17150+350'] },
    ],
    [
      'a payment that took a discount and a credit on the way',
      { isPaid: true, links: [link('BillPaymentCheck', 12150), link('VendorCredit', 5000)] },
      undefined,
      [ledgerPayment({ amountCents: 12150, applications: [applied(12150, { discountCents: 350 })] })],
      { open: 0, credits: ['VendorCredit 5000'], payments: ['BillPaymentCheck 12150+350'] },
    ],
    [
      'nothing but a discount',
      { links: [link('BillPaymentCheck', 0)] },
      17150,
      [ledgerPayment({ amountCents: 0, applications: [applied(0, { discountCents: 350 })] })],
      { open: 17150, credits: [], payments: ['BillPaymentCheck 0+350'] },
    ],
    [
      'an order and a receipt: quantities, no money',
      { links: [link('PurchaseOrder', 17500, { linkType: 'QUANTYPE' }), link('ItemReceipt', 17500)] },
      17500,
      [],
      { open: 17500, credits: [], payments: [] },
    ],
    [
      'a voided payment that is still linked, over 0.00',
      { links: [link('BillPaymentCheck', 0)] },
      17500,
      [ledgerPayment({ amountCents: 0, applications: [] })],
      { open: 17500, credits: [], payments: [] },
    ],
    [
      'a payment of several bills: only its part for this one',
      { isPaid: true, links: [link('BillPaymentCheck', 17500)] },
      undefined,
      [
        ledgerPayment({
          amountCents: 99900,
          applications: [applied(17500), applied(82400, { txnId: 'other', discountCents: 900 })],
        }),
      ],
      { open: 0, credits: [], payments: ['BillPaymentCheck 17500+0'] },
    ],
    [
      'a link whose amount QuickBooks gives without a sign',
      { links: [link('VendorCredit', 5000, { amountCents: 5000 })] },
      12500,
      [],
      { open: 12500, credits: ['VendorCredit 5000'], payments: [] },
    ],
  ];
  for (const [story, change, openCents, payments, expected] of rows)
    it(story, () => assert.deepEqual(parts(settled(change, openCents, payments)), expected));

  it('a bill over 0.00 is settled from the start', () =>
    assert.equal(settled({ amountDueCents: 0, memo: 'free sample' }, undefined).openCents, 0));

  it('says from which account, on which date and by which number it was paid', () =>
    assert.deepEqual(
      settled({ isPaid: true, links: [link('BillPaymentCheck', 17500)] }, 0, [ledgerPayment()]).payments,
      [
        {
          txnId: 'BillPaymentCheck-1',
          txnType: 'BillPaymentCheck',
          txnDate: '2026-11-21',
          refNumber: '1044',
          cents: 17500,
          discountCents: 0,
          accountId: BANK.id,
        },
      ],
    ));
});

describe('what must be read before a bill is settled', () => {
  const links = [link('BillPaymentCheck', 100), link('BillPaymentCreditCard', 200), link('BillPaymentCheck', 300)];
  it('its bill payments, each once, for the discounts stand there', () =>
    assert.deepEqual(settle({ links }, 17000), {
      needs: { payments: ['BillPaymentCheck-1', 'BillPaymentCreditCard-1'] },
    }));
  it('what is left, where money was set against it and nobody asked', () =>
    assert.deepEqual(settle({ links: [link('VendorCredit', 100)] }), { needs: { payments: [], balance: true } }));
});

describe('a bill of which is not known what is left', () => {
  const rows: readonly [
    story: string,
    change: Partial<LedgerBill>,
    open: number | 'notListed' | undefined,
    code: string,
  ][] = [
    [
      'QuickBooks has more left than its links leave',
      { links: [link('VendorCredit', 5000)] },
      17500,
      'balancesDisagree',
    ],
    ['QuickBooks has less left than its links leave', {}, 12500, 'balancesDisagree'],
    ['paid, it says, but nothing pays it', { isPaid: true }, undefined, 'balancesDisagree'],
    [
      'paid, it says, and lists it among the bills to pay',
      { isPaid: true, links: [link('VendorCredit', 17500)] },
      100,
      'balancesDisagree',
    ],
    ['unpaid, but not among the bills to pay', { links: [link('VendorCredit', 5000)] }, 'notListed', 'billNotListed'],
    ['settled by something unknown', { links: [link('Deposit', 5000)] }, 12500, 'linkNotUnderstood'],
    ['voided', { amountDueCents: 0, memo: 'VOID: wrong vendor' }, undefined, 'voidedInQuickBooks'],
    ['over less than nothing', { amountDueCents: -500 }, undefined, 'negativeBill'],
    ['in another currency', { currency: { id: '1', name: 'Euro' } }, 17500, 'billInOtherCurrency'],
  ];
  for (const [story, change, open, code] of rows)
    it(story, () =>
      assert.deepEqual(
        problems(change, open).map((one) => one.code),
        [code],
      ),
    );

  it('a discount that fits neither reading is named with all amounts', () => {
    const short = ledgerPayment({ applications: [applied(17000, { discountCents: 350 })] });
    const [found] = problems({ links: [link('BillPaymentCheck', 17000)] }, 200, [short]);
    assert.ok(found !== undefined);
    assert.equal(
      describeProblem(found.code, found.params).sentence,
      'QuickBooks says that 2.00 is left of the bill A-100 of Acme Paper over 175.00. But payments of 170.00, discounts of 3.50 and credits of 0.00 would leave 1.50. MineralTree was told nothing new about what is left of it.',
    );
  });

  it('each unknown link is a problem of its own', () =>
    assert.deepEqual(
      problems({ links: [link('Deposit', 1), link('Transfer', 2)] }, 1).map(({ part }) => part),
      ['Deposit-1', 'Transfer-1'],
    ));
});

describe('a settlement, whatever people did', () => {
  const cents = fc.integer({ min: 0, max: 1_000_000 });
  it('sums to the amount of the bill to the cent, in both readings of the link', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ cash: cents, discount: cents }), { maxLength: 6 }),
        fc.array(cents, { maxLength: 6 }),
        cents,
        fc.boolean(),
        (payments, credits, open, linkIncludesDiscount) => {
          const records = payments.map(({ cash, discount }, index) =>
            ledgerPayment({ id: `pay-${index}`, applications: [applied(cash, { discountCents: discount })] }),
          );
          const links: LedgerLink[] = [
            ...payments.map(({ cash, discount }, index) =>
              link('BillPaymentCheck', cash + (linkIncludesDiscount ? discount : 0), { txnId: `pay-${index}` }),
            ),
            ...credits.map((credit, index) => link('VendorCredit', credit, { txnId: `credit-${index}` })),
          ];
          const amount =
            open +
            payments.reduce((sum, { cash, discount }) => sum + cash + discount, 0) +
            credits.reduce((sum, credit) => sum + credit, 0);
          const found = settlementOf(bill({ amountDueCents: amount, links, isPaid: open === 0, memo: 'x' }), {
            payments: paymentsById(...records),
            openCents: open,
          });
          assert.ok('settlement' in found, JSON.stringify(found));
          assert.equal(computedOpen(found.settlement), open);
          assert.deepEqual(
            found.settlement.payments.map((one) => [one.cents, one.discountCents]),
            payments.filter(({ cash, discount }) => cash + discount > 0).map(({ cash, discount }) => [cash, discount]),
          );
        },
      ),
    ));

  it('is never given when a cent is missing', () =>
    fc.assert(
      fc.property(
        cents,
        cents,
        fc.integer({ min: -500, max: 500 }).filter((off) => off !== 0),
        (credit, open, off) => {
          fc.pre(open + off >= 0);
          const found = settle({ amountDueCents: credit + open, links: [link('VendorCredit', credit)] }, open + off);
          assert.ok(credit + open === 0 || 'problems' in found);
        },
      ),
    ));
});

describe('a payment or credit in a sentence', () => {
  it('has its kind, number, date and amount', () => {
    assert.equal(
      partInWords({ ...link('VendorCredit', 0), cents: 5000 }),
      'vendor credit 1044 of 2026-11-21 over 50.00',
    );
    const { refNumber: _none, ...bare } = link('Check', 0);
    assert.equal(partInWords({ ...bare, cents: 100 }), 'check of 2026-11-21 over 1.00');
  });
});
