/**
 * Random moves of the ledger and of people over the real wire. After each the books are added up anew, from their payments
 * and credits: no cent is lost or made, nothing is owed below zero or above the amount, what is refused changes nothing.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { PAYMENT_STATUSES } from '../../../src/sandbox/mineraltree/paymentStatus.ts';
import {
  type Answer,
  cents,
  type Json,
  type Payables,
  type Running,
  rows,
  startSandbox,
  withPayables,
} from './sandbox.ts';

const RUNS = 40;
const MOVES_A_RUN = 30;

interface Chance {
  readonly which: number;
  readonly other: number;
  readonly cents: number;
}
type Step = (mt: Running, payables: Payables, books: Json, chance: Chance) => Promise<Answer | undefined>;

const chosen = (list: Json | undefined, number: number): Json | undefined => {
  const listed = rows(list);
  return listed[number % Math.max(1, listed.length)];
};
const dollars = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
const moveOf =
  (move: string, members: (chance: Chance) => object = () => ({})): Step =>
  async (mt, _, { payments }, chance) => {
    const payment = chosen(payments, chance.which);
    return (
      payment && mt.request('POST', `/people/${move}`, { company: mt.company, payment: payment.id, ...members(chance) })
    );
  };
const putBill =
  (members: (chance: Chance, bill: Json) => object): Step =>
  async (mt, _, { bills }, chance) => {
    const bill = chosen(bills, chance.which);
    return bill && mt.api('PUT', '/bill', { bill: { id: bill.id, ...members(chance, bill) } });
  };
const queue =
  (part: boolean): Step =>
  async (mt, _, { bills }, { which, other, cents: amount }) => {
    const [first, second] = [chosen(bills, which), chosen(bills, other)];
    if (first === undefined || second === undefined) return undefined;
    const both = first === second ? [first] : [first, second];
    return mt.request('POST', '/people/queue-payment', {
      company: mt.company,
      bills: both.map(({ id }) => ({ bill: id, ...(part && { amount: dollars(amount) }) })),
      paymentMethod: 'Checking',
      fundMethod: amount % 2 === 0 ? 'CHECK' : 'ACH',
      date: '2026-03-05',
    });
  };

const STEPS: Readonly<Record<string, Step>> = {
  'a bill': async (_, { bill }, __, chance) => {
    await bill(chance.cents);
    return undefined;
  },
  'a credit': async (_, { credit }, __, chance) => {
    await credit(chance.cents);
    return undefined;
  },
  'an external payment': async (mt, _, { bills }, { which, cents: amount }) => {
    const bill = chosen(bills, which);
    return (
      bill &&
      mt.api('POST', `/payment/${mt.company}`, {
        payment: { transactionDate: '2026-03-05', bills: [{ id: bill.id, appliedPaymentAmount: cents(amount) }] },
      })
    );
  },
  'a payment corrected': async (mt, _, { payments, bills }, { which, other, cents: amount }) => {
    const [payment, bill] = [chosen(payments, which), chosen(bills, other)];
    const corrected = { amount: cents(amount), bills: [{ id: bill?.id, appliedPaymentAmount: cents(amount) }] };
    return payment && mt.api('PUT', '/payment', { payment: { id: payment.id, ...corrected } });
  },
  'a credit applied': async (mt, _, { bills, credits }, { which, other, cents: amount }) => {
    const [bill, credit] = [chosen(bills, which), chosen(credits, other)];
    if (bill === undefined || credit === undefined) return undefined;
    const billCredit = {
      transactionDate: '2026-03-05',
      bill: { id: bill.id },
      credit: { id: credit.id },
      amountApplied: cents(amount),
    };
    return mt.api('POST', `/billcredit/${mt.company}`, { billCredit });
  },
  'a credit taken back': async (mt, _, { billCredits }, { which }) => {
    const record = chosen(billCredits, which);
    return record && mt.api('GET', `/billcredit/void/${record.id}`);
  },
  'a credit written': async (mt, _, { credits }, { which, other, cents: amount }) => {
    const credit = chosen(credits, which);
    const status = ['Open', 'Settled', 'Voided'][other % 3];
    return (
      credit &&
      mt.api('PUT', '/credit', { credit: { id: credit.id, status, ...(other % 2 && { amount: cents(amount) }) } })
    );
  },
  'the balance written': putBill(({ cents: amount }) => ({ balance: cents(amount) })),
  'the balance repeated': putBill((_, bill) => ({ balance: cents(Number(bill.balanceCents)) })),
  'the amount edited': putBill(({ cents: amount }) => ({ amount: cents(amount) })),
  'a state written': putBill(({ other }) => ({
    state: ['Open', 'Settled', 'ClosedByCredit', 'Voided'][other % 4],
  })),
  'invoices queued': queue(false),
  'parts of invoices queued': queue(true),
  approved: moveOf('approve-payment'),
  made: moveOf('process'),
  held: moveOf('hold'),
  released: moveOf('release'),
  recalled: moveOf('recall'),
  failed: moveOf('fail'),
  voided: moveOf('void-payment'),
  cancelled: moveOf('cancel-check'),
  returned: moveOf('ach-return'),
  'made a manual check': moveOf('manual-check', ({ cents: amount }) => ({ checkNumber: amount })),
  'marked as paid': moveOf('mark-as-paid'),
  'given a status': moveOf('set-status', ({ other }) => ({
    status: [...PAYMENT_STATUSES.keys()][other % PAYMENT_STATUSES.size],
  })),
};

const sum = (list: readonly Json[], member: string): number =>
  list.reduce((total, entry) => total + Number(entry[member] ?? 0), 0);

/** Adds everything up from the payments and bill credits, and compares. */
function assertRight(books: Json, after: string): void {
  const [bills, payments] = [rows(books.bills), rows(books.payments)];
  const standing = rows(books.billCredits).filter(({ voided }) => !voided);
  for (const bill of bills) {
    const at = `${bill.invoiceNumber} after ${after}`;
    const [amount, balance] = [Number(bill.amountCents), Number(bill.balanceCents)];
    const applied = payments
      .filter(({ origin }) => String(origin) !== 'credit')
      .flatMap((payment) =>
        rows(payment.applied)
          .filter(({ invoice }) => invoice?.id === bill.id)
          .map((line) => ({ line, effect: String(payment.effect) })),
      );
    const made = applied.filter(({ effect }) => effect === 'applied').map(({ line }) => line);
    const credited = standing.filter(({ invoice }) => invoice?.id === bill.id);
    assert.equal(Number(bill.paymentsCents ?? 0), sum(made, 'appliedCents'), `payments of ${at}`);
    assert.equal(Number(bill.discountsCents ?? 0), sum(made, 'discountCents'), `discounts of ${at}`);
    assert.equal(Number(bill.creditsCents ?? 0), sum(credited, 'appliedCents'), `credits of ${at}`);
    assert.ok(balance >= 0 && balance <= amount, `balance ${balance} of ${at}`);
    if (String(bill.state) === 'Voided') assert.equal(balance, 0, at);
    else {
      const owed =
        amount -
        sum(made, 'appliedCents') -
        sum(made, 'discountCents') -
        sum(credited, 'appliedCents') +
        Number(bill.adjustmentCents ?? 0);
      assert.equal(balance - Number(bill.overpaidCents ?? 0), owed, `what is owed on ${at}`);
      const waits = applied.some(({ effect }) => effect === 'pending');
      if (balance > 0) assert.equal(String(bill.state), waits ? 'PendingSettled' : 'Open', at);
      if (balance === 0) assert.match(String(bill.state), /^(?:Settled|ClosedByCredit)$/, at);
    }
  }
  for (const credit of rows(books.credits)) {
    const used = standing.filter(({ credit: of }) => of?.id === credit.id);
    const [left, amount] = [Number(credit.remainingCents), Number(credit.amountCents)];
    assert.equal(
      Number(credit.appliedCents),
      sum(used, 'appliedCents'),
      `applied of ${credit.creditNumber} after ${after}`,
    );
    assert.ok(
      left >= 0 && left + Number(credit.appliedCents) <= amount,
      `left of ${credit.creditNumber} after ${after}`,
    );
  }
  for (const record of rows(books.billCredits)) {
    const payment = payments.find(({ id }) => id === record.payment);
    assert.deepEqual(
      [payment?.amountCents, payment?.status],
      [record.appliedCents, record.voided ? 2000 : 1010],
      after,
    );
  }
  for (const sheet of rows(books.remittances)) {
    const payment = payments.find(({ id }) => id === sheet.payment);
    assert.equal(sum(rows(sheet.lines), 'cents'), Number(payment?.amountCents), `remittance after ${after}`);
  }
}

describe('balances under random moves', () => {
  it(`are right after each of ${MOVES_A_RUN} moves, whatever they are`, async function () {
    this.timeout(180_000);
    const step = fc.record({
      name: fc.constantFrom(...Object.keys(STEPS)),
      which: fc.nat(40),
      other: fc.nat(40),
      // Round amounts meet what is open more often.
      cents: fc.constantFrom(1, 50, 100, 100, 150, 200, 300),
    });
    const tried = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: MOVES_A_RUN, maxLength: MOVES_A_RUN }),
        fc.boolean(),
        async (steps, discounts) => {
          const mt = await startSandbox();
          try {
            const payables = await withPayables(mt);
            const term = { externalId: 'T-D', name: 'Half off', dueDays: 30, discountDays: 10, discountPercent: 37.5 };
            const { json } = await mt.api('POST', `/term/${mt.company}`, { term });
            await mt.person('company-settings', { automaticDiscounts: discounts });
            for (const amount of [150, 300]) await payables.bill(amount, { term: { id: json.id } });
            await payables.credit(200);
            let books = await mt.books();
            for (const { name, ...chance } of steps) {
              const answer = await STEPS[name]?.(mt, payables, books, chance);
              const after = await mt.books();
              if (answer !== undefined) {
                assert.ok(answer.status < 500, `${name}: ${answer.text}`);
                if (answer.status !== 200) assert.deepEqual(after, books, `${name} was refused and changed something`);
                else tried.set(name, (tried.get(name) ?? 0) + 1);
                const written = name === 'the balance written' && answer.status === 200;
                if (written)
                  assert.equal(Number(answer.json.balance?.amount), chance.cents, 'the balance is what was written');
              }
              assertRight(after, name);
              books = after;
            }
            await mt.restart();
            assert.deepEqual(await mt.books(), books);
          } finally {
            await mt.stop();
          }
        },
      ),
      { numRuns: RUNS },
    );
    assert.ok(tried.size >= 15, `moves that went through: ${[...tried.keys()].join(', ')}`);
  });
});
