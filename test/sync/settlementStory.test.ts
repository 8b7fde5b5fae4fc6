/**
 * One bill in two books, and the decisions between them: people apply credits and take them back, pay and void in QuickBooks,
 * pay in MineralTree, in any order, with cycles in between. The books here are sums and nothing else.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerBill, LedgerLink, LedgerPayment } from '../../src/domain/ledger.ts';
import type { Invoice, Payment } from '../../src/domain/payables.ts';
import {
  balanceChanges,
  type CarriedSettlement,
  planPayments,
  type SettlementStep,
  settlementOf,
  settlementSteps,
} from '../../src/sync/index.ts';
import { bill, invoice, lookupOf, uuid } from './acme.ts';
import { applied, BANK, ledgerPayment, link, payment } from './money.ts';

const AMOUNT = 17500;
const total = (amounts: Iterable<number>): number => [...amounts].reduce((sum, cents) => sum + cents, 0);

interface LedgerPaid {
  readonly cash: number;
  readonly discount: number;
}

/** QuickBooks: what was set against the bill. */
class Ledger {
  readonly credits = new Map<string, number>();
  readonly payments = new Map<string, LedgerPaid>();
  readonly linkIncludesDiscount: boolean;
  constructor(linkIncludesDiscount: boolean) {
    this.linkIncludesDiscount = linkIncludesDiscount;
  }
  get open(): number {
    return (
      AMOUNT - total(this.credits.values()) - total([...this.payments.values()].map((one) => one.cash + one.discount))
    );
  }
  bill(): LedgerBill {
    const links: readonly LedgerLink[] = [
      ...[...this.credits].map(([txnId, cents]) => link('VendorCredit', cents, { txnId })),
      ...[...this.payments].map(([txnId, { cash, discount }]) =>
        link('BillPaymentCheck', cash + (this.linkIncludesDiscount ? discount : 0), { txnId }),
      ),
    ];
    return bill({ links, isPaid: this.open === 0 });
  }
  paid(): ReadonlyMap<string, LedgerPayment> {
    return new Map(
      [...this.payments].map(([id, { cash, discount }]) => [
        id,
        ledgerPayment({ id, amountCents: cash, applications: [applied(cash, { discountCents: discount })] }),
      ]),
    );
  }
}

/** MineralTree: refuses what is more than is open, as it does. */
class Payables {
  balance = AMOUNT;
  readonly credits = new Map<string, { readonly credit: string; readonly cents: number }>();
  readonly external = new Map<string, number>();
  readonly made: { payment: Payment; txnId?: string }[] = [];
  invoice(): Invoice {
    return invoice({
      balanceCents: this.balance,
      state: this.balance === 0 ? 'Settled' : 'Open',
      externalId: bill().id,
    });
  }
  get unposted(): number {
    return total(this.made.filter(({ txnId }) => txnId === undefined).map((one) => one.payment.amountCents));
  }
  take(step: SettlementStep): void {
    switch (step.kind) {
      case 'voidBillCredit':
        assert.ok(this.credits.delete(step.billCreditId));
        this.balance = Math.min(AMOUNT, this.balance + step.cents);
        break;
      case 'raiseBalance':
        this.balance = step.cents;
        break;
      case 'makeBillCredit':
        assert.ok(step.cents <= this.balance, 'more credit than is open');
        this.credits.set(`bc-${step.creditTxnId}-${step.cents}`, { credit: step.creditTxnId, cents: step.cents });
        this.balance -= step.cents;
        break;
      case 'recordPayment':
        assert.ok(step.payment.cents <= this.balance, 'more paid than is open');
        this.external.set(step.payment.txnId, step.payment.cents);
        this.balance -= step.payment.cents;
    }
    assert.ok(this.balance >= 0 && this.balance <= AMOUNT);
  }
}

type Move =
  | { readonly kind: 'applyCredit' | 'pay' | 'payInMineralTree'; readonly cents: number; readonly discount: number }
  | { readonly kind: 'takeCreditBack' | 'void' | 'voidPosted'; readonly which: number }
  | { readonly kind: 'cycle' };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('applyCredit' as const, 'pay' as const, 'payInMineralTree' as const),
    cents: fc.integer({ min: 1, max: 9000 }),
    discount: fc.constantFrom(0, 0, 350),
  }),
  fc.record({
    kind: fc.constantFrom('takeCreditBack' as const, 'void' as const, 'voidPosted' as const),
    which: fc.nat(5),
  }),
  fc.constant({ kind: 'cycle' as const }),
);

class Story {
  readonly ledger: Ledger;
  readonly payables = new Payables();
  /** Of the last cycle. */
  problems: ReadonlySet<string> = new Set();
  carried: CarriedSettlement | undefined;
  count = 0;
  constructor(linkIncludesDiscount: boolean) {
    this.ledger = new Ledger(linkIncludesDiscount);
  }

  play(one: Move): void {
    const { ledger, payables } = this;
    this.count += 1;
    switch (one.kind) {
      case 'applyCredit':
        if (one.cents <= ledger.open) ledger.credits.set(`VC-${this.count}`, one.cents);
        break;
      case 'pay':
        if (one.cents + one.discount <= ledger.open)
          ledger.payments.set(`P-${this.count}`, { cash: one.cents, discount: one.discount });
        break;
      case 'payInMineralTree':
        if (one.cents <= payables.balance) {
          payables.made.push({
            payment: payment({
              id: uuid('payment', this.count),
              amountCents: one.cents,
              applied: [{ invoice: { id: invoice().id }, appliedCents: one.cents }],
            }),
          });
          payables.balance -= one.cents;
        }
        break;
      case 'takeCreditBack':
        ledger.credits.delete([...ledger.credits.keys()][one.which] ?? '');
        break;
      case 'void':
      case 'voidPosted': {
        const prefix = one.kind === 'void' ? 'P-' : 'T-';
        const found = [...ledger.payments.keys()].filter((id) => id.startsWith(prefix));
        ledger.payments.delete(found[one.which] ?? '');
        break;
      }
      case 'cycle':
        this.cycle();
    }
  }

  /** What a cycle does, and how many steps that took. */
  cycle(): number {
    const { ledger, payables } = this;
    const settled = settlementOf(ledger.bill(), { payments: ledger.paid(), openCents: ledger.open });
    assert.ok('settlement' in settled, JSON.stringify(settled));
    const { steps, balanceCents, payments, problems } = settlementSteps({
      settlement: settled.settlement,
      bill: ledger.bill(),
      invoice: payables.invoice(),
      ...(this.carried === undefined ? {} : { carried: this.carried }),
      creditId: (txnId) => uuid('credit', Number(txnId.slice(3))),
      standing: (txnId) => {
        const recorded = payables.external.get(txnId);
        if (recorded !== undefined) return { kind: 'recorded', cents: recorded };
        const made = payables.made.find((one) => one.txnId === txnId)?.payment.amountCents;
        return made === undefined ? undefined : { kind: 'posted', cents: made };
      },
      postedSince: payables.made.flatMap(({ txnId }) => txnId ?? []),
      unpostedCents: payables.unposted,
      seenOn: '2026-11-24',
    });
    this.problems = new Set(problems.map(({ code }) => code));
    for (const step of steps) payables.take(step);
    payables.balance = balanceChanges(payables.invoice(), balanceCents)?.balanceCents ?? payables.balance;
    this.carried = {
      openCents: settled.settlement.openCents,
      credits: [...payables.credits].map(([mtId, { credit, cents }]) => ({ txnId: credit, mtId, cents })),
      payments,
    };
    const held = this.post();
    return steps.length + held;
  }

  /** Posts what MineralTree has paid; returns how many payments went. */
  post(): number {
    let posted = 0;
    for (const one of this.payables.made.filter(({ txnId }) => txnId === undefined)) {
      const planned = planPayments(one.payment, {
        lookup: lookupOf(),
        paymentAccount: () => ({ ...BANK, active: true, type: 'Bank' }),
        paidBill: () => ({ bill: this.ledger.bill(), openCents: this.ledger.open }),
        preferences: {},
      });
      if ('problems' in planned) {
        assert.deepEqual(
          planned.problems.map(({ code }) => code),
          ['moneyMovedBillNotOpen'],
        );
        continue;
      }
      one.txnId = `T-${one.payment.id}`;
      this.ledger.payments.set(one.txnId, { cash: total(planned.plans.map((plan) => plan.amountCents)), discount: 0 });
      posted += 1;
    }
    return posted;
  }
}

describe('one bill in two books', () => {
  it('whatever people do on both sides, and in whatever order: no cent is lost or made', () =>
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), fc.boolean(), (moves, linkIncludesDiscount) => {
        const story = new Story(linkIncludesDiscount);
        for (const one of moves) story.play(one);
        let rounds = 0;
        while (story.cycle() > 0) {
          rounds += 1;
          assert.ok(rounds < 5, 'does not come to rest');
        }
        const { ledger, payables } = story;
        // What is left is the same, but for what MineralTree paid and QuickBooks cannot take or has voided: each is a problem,
        // and nobody pays it again.
        const lost = payables.made.filter(({ txnId }) => txnId !== undefined && !ledger.payments.has(txnId));
        const lostCents = total(lost.map((one) => one.payment.amountCents));
        assert.equal(payables.balance, Math.max(0, ledger.open - payables.unposted - lostCents));
        assert.equal(story.problems.has('postedPaymentChanged'), lost.length > 0);
        assert.ok(ledger.open >= 0);
        // Credits are applied alike, to the cent.
        const isEven = payables.unposted + lostCents === 0;
        const credits = new Map([...payables.credits.values()].map(({ credit, cents }) => [credit, cents]));
        if (payables.unposted === 0)
          assert.deepEqual(new Map([...credits].sort()), new Map([...ledger.credits].sort()));
        // Every payment stands on both sides once.
        const posted = new Set(payables.made.flatMap(({ txnId }) => txnId ?? []));
        for (const [txnId, { cash }] of ledger.payments) {
          assert.ok(!(posted.has(txnId) && payables.external.has(txnId)));
          if (isEven) assert.equal(posted.has(txnId) ? cash : payables.external.get(txnId), cash);
        }
        // A payment that was voided in QuickBooks is named.
        if ([...payables.external.keys()].some((txnId) => !ledger.payments.has(txnId)))
          assert.ok(story.problems.has('paymentTakenBack'));
      }),
      { numRuns: 500 },
    ));
});
