import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerCredit } from '../../src/domain/ledger.ts';
import {
  creditDeleted,
  creditOpenByLinks,
  describeProblem,
  externalPayment,
  isVoidedCredit,
  isVoidedPayment,
  mapCredit,
  type Paid,
  paymentUndone,
} from '../../src/sync/index.ts';
import { ACME, bill, type Entry, invoice, lookupOf, uuid } from './acme.ts';
import { applied, ledgerCredit, ledgerPayment, link } from './money.ts';

/** The bill of acme.ts is in MineralTree. */
const BILL: Entry = { kind: 'bill', payablesId: invoice().id, id: bill().id, name: 'A-100', active: true };
const lookup = lookupOf([...Object.values(ACME), BILL]);
const onBill = (cents: number, txnId = bill().id) => link('Bill', cents, { txnId, amountCents: cents });
const draft = (change: Partial<LedgerCredit> = {}, openCents?: number) => {
  const mapped = mapCredit(ledgerCredit(change), { lookup, ...(openCents === undefined ? {} : { openCents }) });
  assert.ok('draft' in mapped, JSON.stringify(mapped));
  return mapped.draft;
};
const problems = (change: Partial<LedgerCredit>, known = lookup) => {
  const mapped = mapCredit(ledgerCredit(change), { lookup: known });
  assert.ok('problems' in mapped);
  return mapped.problems;
};

describe('a credit of a vendor in MineralTree', () => {
  it('has number, date, amount, memo, vendor', () =>
    assert.deepEqual(draft(), {
      externalId: 'VendorCredit-1',
      vendor: { id: ACME.vendor.payablesId, externalId: ACME.vendor.id },
      creditNumber: 'CM-7',
      transactionDate: '2026-11-18',
      amountCents: 5000,
      memo: 'returned paper',
      status: 'Open',
    }));

  const rows: readonly [
    story: string,
    change: Partial<LedgerCredit>,
    open: number | undefined,
    amount: number,
    status: string,
  ][] = [
    ['applied in part to a bill that MineralTree has: over all of it', { links: [onBill(2000)] }, 3000, 5000, 'Open'],
    ['applied in full there: over all of it', { links: [onBill(5000)] }, 0, 5000, 'Open'],
    [
      'applied in part to a bill that MineralTree does not have: over the rest',
      { links: [onBill(2000, 'old')] },
      3000,
      3000,
      'Open',
    ],
    ['refunded in part by the vendor: over the rest', { links: [link('Deposit', 2000)] }, undefined, 3000, 'Open'],
    ['used up elsewhere: settled', { links: [onBill(5000, 'old')] }, 0, 5000, 'Settled'],
    ['what QuickBooks has left counts before the links', { links: [onBill(2000, 'old')] }, 1000, 1000, 'Open'],
  ];
  for (const [story, change, open, amount, status] of rows)
    it(story, () => {
      const found = draft(change, open);
      assert.deepEqual([found.amountCents, found.status], [amount, status]);
    });

  it('has left in MineralTree what is left in QuickBooks, whatever it was applied to', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ cents: fc.integer({ min: 1, max: 900 }), known: fc.boolean() }), { maxLength: 5 }),
        (uses) => {
          const links = uses.map(({ cents, known }, index) => onBill(cents, known ? bill().id : `old-${index}`));
          const credit = ledgerCredit({ links });
          const left = creditOpenByLinks(credit);
          const found = draft({ links }, left);
          const seen = uses.reduce((sum, { cents, known }) => (known ? sum + cents : sum), 0);
          if (found.status === 'Open') assert.equal(found.amountCents - seen, left);
          else assert.equal(left, 0);
        },
      ),
    ));

  it('waits for its vendor', () => {
    const [found] = problems({}, lookupOf([]));
    assert.equal(
      describeProblem(found?.code ?? '', found?.params ?? {}).sentence,
      'The credit CM-7 over 50.00 belongs to the vendor "Acme Paper", which is not in MineralTree.',
    );
    assert.deepEqual(found?.waitsFor, { kind: 'vendor', id: ACME.vendor.id, name: 'Acme Paper' });
  });
  it('in another currency is listed, not moved', () =>
    assert.deepEqual(
      problems({ currency: { id: '1', name: 'Euro' } }).map(({ code }) => code),
      ['creditInOtherCurrency'],
    ));
  it('that was voided is named', () =>
    assert.deepEqual(
      problems({ creditAmountCents: 0, memo: 'VOID: twice' }).map(({ code }) => code),
      ['creditVoidedInQuickBooks'],
    ));
  it('over 0.00 is none, and no problem', () => assert.deepEqual(problems({ creditAmountCents: 0 }), []));
});

describe('what is voided', () => {
  it('is over 0.00 and says so', () => {
    assert.ok(isVoidedCredit(ledgerCredit({ creditAmountCents: 0, memo: ' void: x' })));
    assert.ok(!isVoidedCredit(ledgerCredit({ memo: 'VOID' })));
    assert.ok(isVoidedPayment(ledgerPayment({ amountCents: 0, memo: 'VOID:' })));
    assert.ok(!isVoidedPayment(ledgerPayment({ amountCents: 0, memo: 'avoid' })));
  });
});

describe('a payment made in QuickBooks, as MineralTree records it', () => {
  const part = (cents: number, change: Partial<Paid['part']> = {}, billId = bill().id): Paid => ({
    invoice: { id: invoice().id },
    billId,
    part: {
      txnId: 'BillPaymentCheck-1',
      txnType: 'BillPaymentCheck',
      txnDate: '2026-11-21',
      refNumber: '1044',
      cents,
      discountCents: 0,
      ...change,
    },
  });

  it('is a check from its account, with number and date', () =>
    assert.deepEqual(externalPayment([part(17500)], { payment: ledgerPayment(), methodId: uuid('pm', 1) }), {
      draft: {
        externalId: 'BillPaymentCheck-1',
        paymentMethod: { id: uuid('pm', 1) },
        fundMethod: 'CHECK',
        applied: [{ invoice: { id: invoice().id }, appliedCents: 17500 }],
        amountCents: 17500,
        transactionDate: '2026-11-21',
        checkNumber: 1044,
        sequenceText: '1044',
      },
      findings: [],
    }));

  it('by card, without a number of digits, from an account that is not known', () => {
    const { draft: found } = externalPayment([part(100, { txnType: 'BillPaymentCreditCard', refNumber: 'VISA 12' })], {
      payment: ledgerPayment({ amountCents: 100 }),
    });
    assert.deepEqual(
      [found.fundMethod, found.checkNumber, found.sequenceText, found.paymentMethod],
      ['CREDITCARD', undefined, 'VISA 12', undefined],
    );
  });

  it('of bills that MineralTree does not have: over the others, and somebody can see why', () => {
    const { draft: found, findings } = externalPayment([part(5000)], {
      payment: ledgerPayment({ applications: [applied(5000), applied(12500, { txnId: 'old' })] }),
    });
    assert.equal(found.amountCents, 5000);
    assert.deepEqual(
      findings.map(({ code, params }) => describeProblem(code, params).sentence),
      [
        'The check 1044 of 2026-11-21 over 175.00 to Acme Paper in QuickBooks pays bills that MineralTree does not have: 125.00 of it. MineralTree was told of the other 50.00.',
      ],
    );
  });

  it('that only a link tells of (a check against A/P): one record for each bill', () => {
    const { draft: found, findings } = externalPayment([part(2000, { txnId: 'CHK-9', txnType: 'Check' })], {});
    assert.deepEqual([found.externalId, found.fundMethod, found.amountCents], [`CHK-9/${bill().id}`, 'CHECK', 2000]);
    assert.deepEqual(findings, []);
  });

  it('sums to what it pays', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 6 }), (cents) => {
        const [first, ...rest] = cents.map((one) => part(one));
        assert.ok(first !== undefined);
        const total = cents.reduce((sum, one) => sum + one, 0);
        const { draft: found } = externalPayment([first, ...rest], { payment: ledgerPayment({ amountCents: total }) });
        assert.equal(found.amountCents, total);
        assert.equal(
          found.applied.reduce((sum, one) => sum + one.appliedCents, 0),
          total,
        );
      }),
    ));
});

describe('what is gone from QuickBooks', () => {
  const sentence = ({ code, params }: ReturnType<typeof creditDeleted>) => describeProblem(code, params).sentence;
  it('a credit, with what is known of it', () => {
    assert.equal(
      sentence(creditDeleted(ledgerCredit())),
      'The credit CM-7 of Acme Paper over 50.00 was deleted in QuickBooks. MineralTree still has it.',
    );
    assert.match(sentence(creditDeleted({})), /^The credit without number was deleted/);
  });
  it('a payment, deleted or voided, with what it was over', () => {
    assert.match(
      sentence(paymentUndone('deleted', ledgerPayment())),
      /^The payment by check 1044 to Acme Paper over 175\.00 was deleted/,
    );
    const { amountCents: _not, ...voided } = ledgerPayment({ method: 'creditCard' });
    assert.match(sentence(paymentUndone('voided', voided)), /^The payment by card 1044 to Acme Paper was voided/);
  });
});
