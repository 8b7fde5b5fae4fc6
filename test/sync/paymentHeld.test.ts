import assert from 'node:assert/strict';
import type { Payment } from '../../src/domain/payables.ts';
import type { PaidBill, PaymentContext } from '../../src/sync/index.ts';
import { ACME, bill, invoice, mt, uuid, without } from './acme.ts';
import { link } from './money.ts';
import { codes, INVOICE_2, OTHER_AP, payingInvoice, paymentContext, second, sentences } from './payments.ts';

describe('a payment that cannot be posted is held whole', () => {
  const rows: readonly [story: string, change: Partial<Payment>, ctx: PaymentContext, code: string][] = [
    [
      'its invoice is not in QuickBooks',
      { applied: [payingInvoice(uuid('invoice', 9), 17500)] },
      paymentContext(),
      'paymentWaitsForInvoice',
    ],
    [
      'it is to another vendor than the bill',
      { vendor: mt(ACME.otherVendor) },
      paymentContext(),
      'paymentVendorDiffers',
    ],
    [
      'its vendor is not in QuickBooks',
      { vendor: { id: uuid('vendor', 99) } },
      paymentContext(),
      'paymentVendorDiffers',
    ],
    [
      'the bill has no A/P account',
      {},
      paymentContext({}, { [invoice().id]: { bill: without(bill(), 'apAccount'), openCents: 17500 } }),
      'paymentApAccountUnknown',
    ],
    [
      'its account is not in QuickBooks',
      { paymentMethod: { id: uuid('pm', 9) } },
      paymentContext(),
      'paymentAccountUnknown',
    ],
    [
      'its account is neither bank nor card',
      { paymentMethod: { id: uuid('pm', 9), externalId: 'rent' } },
      paymentContext(),
      'paymentAccountOfOtherKind',
    ],
    [
      'its account is inactive',
      { paymentMethod: { id: uuid('pm', 9), externalId: 'closed' } },
      paymentContext(),
      'paymentAccountInactive',
    ],
    [
      'the bill is in another currency',
      {},
      paymentContext({}, { [invoice().id]: { bill: bill({ currency: { id: '1', name: 'Euro' } }), openCents: 17500 } }),
      'paymentInOtherCurrency',
    ],
    [
      'the books are closed on its date',
      { transactionDate: '2026-10-31' },
      paymentContext({ preferences: { closingDate: '2026-10-31' } }),
      'paymentInClosedPeriod',
    ],
    ['what it pays is not its amount', { amountCents: 17600 }, paymentContext(), 'paymentDoesNotSum'],
    ['it pays nothing at all', { applied: [] }, paymentContext(), 'paymentDoesNotSum'],
    [
      'it is over 0.00',
      { amountCents: 0, applied: [payingInvoice(invoice().id, 0)] },
      paymentContext(),
      'paymentNotPositive',
    ],
    [
      'it is negative',
      { amountCents: -500, applied: [payingInvoice(invoice().id, -500)] },
      paymentContext(),
      'paymentNotPositive',
    ],
    [
      'it pays less than nothing on one invoice',
      { applied: [payingInvoice(invoice().id, 18000), payingInvoice(INVOICE_2, -500)] },
      paymentContext({}, { [INVOICE_2]: { bill: second(), openCents: 2500 } }),
      'paymentNotPositive',
    ],
    [
      'its number holds what QuickBooks cannot keep',
      { sequenceText: '12\u4e0034' },
      paymentContext(),
      'charactersUnknown',
    ],
    ['its ID is not one of MineralTree', { id: 'x' }, paymentContext(), 'unreadableInMineralTree'],
  ];
  for (const [story, change, ctx, code] of rows)
    it(story, () => assert.ok(codes(change, ctx).includes(code as never), codes(change, ctx).join()));

  it('with everything that stands in the way at once', () =>
    assert.deepEqual(
      codes(
        { transactionDate: '2026-10-31', paymentMethod: { id: uuid('pm', 9) }, vendor: mt(ACME.otherVendor) },
        paymentContext({ preferences: { closingDate: '2026-10-31' } }),
      ).sort(),
      ['paymentAccountUnknown', 'paymentInClosedPeriod', 'paymentVendorDiffers'],
    ));

  it('though its date lies in a closed period: no other date is put in its place', () =>
    assert.match(
      sentences(
        { transactionDate: '2026-10-30' },
        paymentContext({ preferences: { closingDate: '2026-10-31' } }),
      ).join(),
      /dated 2026-10-30; the books of QuickBooks are closed up to 2026-10-31\. The money has moved/,
    ));
});

describe('money has moved, but the bill is not open', () => {
  const held = (paid: PaidBill) => sentences({}, paymentContext({}, { [invoice().id]: paid }));
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
        { amountCents: 20000, applied: [payingInvoice(invoice().id, 17500), payingInvoice(INVOICE_2, 2500)] },
        paymentContext({}, { [INVOICE_2]: { bill: second({ apAccount: OTHER_AP }), openCents: 0 } }),
      ),
      ['moneyMovedBillNotOpen'],
    ));
});
