/** Random months of a company: what people do on both sides, as data, and how it is done. Cycles come as they come. */
import fc from 'fast-check';
import { formatCents } from '../../src/domain/money.ts';
import { CARD, CHECKING, VENDORS } from './furnishing.ts';
import type { People } from './people.ts';

const cents = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1_000, 2_500, 5_000, 10_000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
);
const which = fc.nat(20);
const vendor = fc.constantFrom(...VENDORS);
const day = fc.constantFrom('2026-01-15', '2026-02-15', '2026-03-10');
const closing = fc.constantFrom('2026-01-31', '2026-02-28', null);
const part = fc.record({ which, cents: fc.option(cents, { nil: undefined }) });
const parts = fc.array(part, { minLength: 1, maxLength: 3 });

type Arbitraries<R> = { [K in keyof R]: fc.Arbitrary<R[K]> };
const is = <D extends string, R extends object>(
  weight: number,
  what: D,
  rest: Arbitraries<R>,
): { weight: number; arbitrary: fc.Arbitrary<{ readonly do: D } & R> } => ({
  weight,
  arbitrary: fc.tuple(fc.constant(what), fc.record<R>(rest)).map(([name, given]) => ({ do: name, ...given })),
});

const move = fc.oneof(
  is(12, 'cycle', {}),
  is(5, 'enter bill', { vendor, cents, day, retail: fc.boolean(), item: fc.boolean() }),
  is(2, 'edit bill', { which, cents, memo: fc.boolean() }),
  is(1, 'void bill', { which }),
  is(1, 'delete bill', { which }),
  is(4, 'enter credit', { vendor, cents, retail: fc.boolean() }),
  is(4, 'set credit', { which, credit: which, cents }),
  is(2, 'un-apply', { which, cents: fc.option(cents, { nil: undefined }) }),
  is(1, 'edit credit', { which, cents }),
  is(1, 'void credit', { which }),
  is(4, 'pay bills', {
    parts,
    card: fc.boolean(),
    day,
    discount: fc.constantFrom(0, 0, 0, 150),
    credit: fc.option(fc.record({ which, cents }), { nil: undefined }),
  }),
  is(2, 'void payment', { which, deleted: fc.boolean() }),
  is(1, 'edit payment', { which, parts }),
  is(1, 'set discount', { which, cents: fc.integer({ min: 0, max: 900 }) }),
  is(1, 'journal', { vendor, cents, which }),
  is(1, 'check', { vendor, cents, which }),
  is(1, 'close books', { closing }),
  is(1, 'edit vendor', { vendor, phone: fc.constantFrom('555-0101', '555-0102', '') }),
  is(4, 'enter invoice', { vendor, cents, day }),
  is(2, 'edit invoice', { which, cents, memo: fc.boolean() }),
  is(1, 'delete invoice', { which }),
  is(5, 'pay invoices', {
    parts,
    day,
    how: fc.constantFrom('check', 'ACH', 'card', 'manual check', 'manual card', 'biller portal'),
    until: fc.constantFrom('queued', 'approved', 'paid', 'paid', 'paid'),
  }),
  is(3, 'go on with a payment', {
    which,
    move: fc.constantFrom('approve-payment', 'process', 'mark-as-paid', 'release'),
  }),
  is(2, 'give a payment up', { which, move: fc.constantFrom('hold', 'recall', 'reject', 'fail') }),
  is(2, 'take a payment back', { which, move: fc.constantFrom('void-payment', 'cancel-check', 'ach-return') }),
  is(1, 'edit vendor of MineralTree', { vendor, phone: fc.constantFrom('555-0101', '555-0103') }),
  is(1, 'add term', { days: fc.constantFrom(20, 45), theirs: fc.boolean() }),
);
export type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

const switches = fc.record({
  linkIncludesDiscount: fc.boolean(),
  creditBumpsTimeModified: fc.boolean(),
  creditBumpsCredit: fc.boolean(),
  paymentFreesCredits: fc.boolean(),
  openAmount: fc.constantFrom('correct', 'missing', 'vendorTotal'),
  recovery: fc.constantFrom('full', 'errorRecoveryOnly', 'absent'),
});

/** Switches of QuickBooks, whether voids are allowed, whether discounts have an account, and what people do. */
export const month = [
  switches,
  fc.boolean(),
  fc.boolean(),
  fc.array(move, { minLength: 8, maxLength: 30, size: 'max' }),
] as const;

const at = <T>(records: readonly T[], index: number): T | undefined =>
  records.length === 0 ? undefined : records[index % records.length];

/** Does one thing, or finds that there is nothing to do it to. Throws when a sandbox refuses it. */
export async function take(company: People, move: Move): Promise<void> {
  const { do: what } = move;
  switch (what) {
    case 'cycle':
      await company.cycle();
      return;
    case 'enter bill':
      await company.bill({
        vendor: move.vendor,
        amount: formatCents(move.cents),
        txnDate: move.day,
        ...(move.retail && { apAccount: 'Retail Payables' }),
        ...(move.item && { itemLines: [{ item: 'Paper', quantity: '3', amount: formatCents(move.cents) }] }),
      });
      return;
    case 'enter credit':
      await company.credit({
        vendor: move.vendor,
        amount: formatCents(move.cents),
        ...(move.retail && { apAccount: 'Retail Payables' }),
      });
      return;
    case 'enter invoice':
      await company.invoice({ vendor: move.vendor, amount: formatCents(move.cents), transactionDate: move.day });
      return;
    case 'close books':
      await company.quickBooks('close-books', { date: move.closing });
      return;
    case 'edit vendor':
      await company.quickBooks('edit-vendor', { vendor: move.vendor, phone: move.phone });
      return;
    case 'edit vendor of MineralTree':
      await company.mineralTree('edit-vendor', { vendor: move.vendor, phone: move.phone });
      return;
    case 'add term': {
      const terms = { name: `Net ${move.days}`, dueDays: move.days };
      await (move.theirs ? company.mineralTree('add-term', terms) : company.quickBooks('add-terms', terms));
      return;
    }
    case 'edit invoice':
    case 'delete invoice':
    case 'pay invoices':
    case 'go on with a payment':
    case 'give a payment up':
    case 'take a payment back':
      return inMineralTree(company, move);
    default:
      return inQuickBooks(company, move);
  }
}

type ByMineralTree = Extract<
  Move,
  {
    do:
      | 'edit invoice'
      | 'delete invoice'
      | 'pay invoices'
      | 'go on with a payment'
      | 'give a payment up'
      | 'take a payment back';
  }
>;

async function inMineralTree(company: People, move: ByMineralTree): Promise<void> {
  const { bills, payments } = await company.payables();
  const own = payments.filter(({ origin }) => origin === 'person');
  switch (move.do) {
    case 'edit invoice': {
      const invoice = at(bills, move.which);
      if (invoice === undefined) return;
      const amount = formatCents(move.cents);
      await company.mineralTree('edit-invoice', {
        bill: invoice.id,
        apAccount: 'Accounts Payable',
        ...(move.memo
          ? { memo: `edited, ${amount}` }
          : { amount, expenses: [{ glAccount: 'Freight', amount }], items: [] }),
      });
      return;
    }
    case 'delete invoice': {
      const invoice = at(bills, move.which);
      if (invoice !== undefined) await company.mineralTree('delete-invoice', { bill: invoice.id });
      return;
    }
    case 'pay invoices': {
      const first = at(
        bills.filter(({ externalId, balanceCents, state }) => externalId && balanceCents > 0 && state !== 'Voided'),
        move.parts[0]?.which ?? 0,
      );
      if (first === undefined) return;
      const ofVendor = bills.filter(
        ({ vendor: { id }, externalId, balanceCents }) => id === first.vendor.id && externalId && balanceCents > 0,
      );
      const paid = new Map(
        move.parts.flatMap(({ which: index, cents: some }) => {
          const invoice = at(ofVendor, index);
          const amount = some !== undefined && some < (invoice?.balanceCents ?? 0) ? formatCents(some) : undefined;
          return invoice === undefined ? [] : [[invoice.id, { bill: invoice.id, ...(amount && { amount }) }] as const];
        }),
      );
      const { how } = move;
      const account = how === 'card' || how === 'manual card' ? CARD : CHECKING;
      const fundMethod = how === 'ACH' ? 'ACH' : account === CARD ? 'CREDITCARD' : 'CHECK';
      const { payments: queued } = await company.mineralTree<{ payments: readonly { id: string }[] }>('queue-payment', {
        bills: [...paid.values()],
        paymentMethod: account,
        fundMethod,
        date: move.day,
      });
      const payment = queued[0]?.id ?? '';
      const manual = { 'manual check': 'manual-check', 'manual card': 'manual-card', 'biller portal': 'biller-portal' };
      const made = Object.entries(manual).find(([name]) => name === how)?.[1];
      if (made !== undefined)
        await company.mineralTree(made, {
          payment,
          ...(made === 'manual-check' && { checkNumber: 4_000 + own.length }),
        });
      if (move.until === 'queued') return;
      await company.mineralTree('approve-payment', { payment });
      if (move.until === 'approved') return;
      await company.mineralTree(made === undefined ? 'process' : 'mark-as-paid', { payment });
      return;
    }
    case 'go on with a payment':
    case 'give a payment up':
    case 'take a payment back': {
      const wanted = move.do === 'take a payment back' ? 'applied' : 'pending';
      const payment = at(
        own.filter(({ effect }) => effect === wanted),
        move.which,
      );
      if (payment !== undefined) await company.mineralTree(move.move, { payment: payment.id });
      return;
    }
  }
}

type ByQuickBooks = Exclude<
  Move,
  | ByMineralTree
  | {
      do:
        | 'cycle'
        | 'enter bill'
        | 'enter credit'
        | 'enter invoice'
        | 'close books'
        | 'edit vendor'
        | 'edit vendor of MineralTree'
        | 'add term';
    }
>;

async function inQuickBooks(company: People, move: ByQuickBooks): Promise<void> {
  const ledger = await company.ledger();
  const open = ledger.bills.filter(({ openCents }) => openCents > 0);
  const standing = ledger.payments.filter(({ voided }) => !voided);
  const paidBy = (chosen: readonly { readonly which: number; readonly cents?: number | undefined }[]) => [
    ...new Map(
      chosen.flatMap(({ which: index, cents: some }) => {
        const bill = at(open, index);
        const amount = some !== undefined && some < (bill?.openCents ?? 0) ? formatCents(some) : undefined;
        return bill === undefined ? [] : [[bill.id, { txnId: bill.id, ...(amount && { amount }) }] as const];
      }),
    ).values(),
  ];
  switch (move.do) {
    case 'edit bill': {
      const bill = at(ledger.bills, move.which);
      if (bill === undefined) return;
      const amount = formatCents(move.cents);
      await company.quickBooks('edit-bill', {
        txnId: bill.id,
        ...(move.memo ? { memo: `now ${amount}` } : { expenseLines: [{ account: 'Freight', amount }], itemLines: [] }),
      });
      return;
    }
    case 'void bill':
    case 'delete bill': {
      const bill = at(ledger.bills, move.which);
      if (bill !== undefined) await company.quickBooks(move.do.replace(' ', '-'), { txnId: bill.id });
      return;
    }
    case 'set credit': {
      const credit = at(
        ledger.credits.filter(({ openCents }) => openCents > 0),
        move.credit,
      );
      const bill = at(
        open.filter(
          ({ vendorId, apAccountId }) => vendorId === credit?.vendorId && apAccountId === credit?.apAccountId,
        ),
        move.which,
      );
      if (credit === undefined || bill === undefined) return;
      const most = Math.min(move.cents, credit.openCents, bill.openCents);
      const credits = [{ txnId: credit.id, amount: formatCents(most) }];
      await company.quickBooks('set-credits', { bill: bill.id, credits });
      return;
    }
    case 'un-apply': {
      const row = at(ledger.applications, move.which);
      if (row === undefined) return;
      const less = move.cents !== undefined && move.cents < row.amountCents;
      await company.quickBooks('un-apply', {
        bill: row.billTxnId,
        credit: row.creditTxnId,
        ...(less && { amount: formatCents(move.cents ?? 0) }),
      });
      return;
    }
    case 'edit credit':
    case 'void credit': {
      const credit = at(ledger.credits, move.which);
      if (credit === undefined) return;
      if (move.do === 'void credit') await company.quickBooks('void-credit', { txnId: credit.id });
      else
        await company.quickBooks('edit-credit', {
          txnId: credit.id,
          expenseLines: [{ account: 'Freight', amount: formatCents(move.cents) }],
        });
      return;
    }
    case 'pay bills': {
      const bills = paidBy(move.parts);
      const [first] = bills;
      const credit = at(
        ledger.credits.filter(({ openCents }) => openCents > 0),
        move.credit?.which ?? 0,
      );
      if (first === undefined) return;
      const discounted = {
        ...first,
        ...(move.discount > 0 && { discount: formatCents(move.discount) }),
        ...(move.credit !== undefined &&
          credit !== undefined && { credits: [{ txnId: credit.id, amount: formatCents(move.credit.cents) }] }),
      };
      const [, ...others] = bills;
      await company.payInQuickBooks([discounted, ...others], { account: move.card ? CARD : CHECKING, date: move.day });
      return;
    }
    case 'void payment': {
      const payment = at(standing, move.which);
      if (payment !== undefined)
        await company.quickBooks(move.deleted ? 'delete-payment' : 'void-payment', { txnId: payment.id });
      return;
    }
    case 'edit payment': {
      const payment = at(standing, move.which);
      if (payment !== undefined)
        await company.quickBooks('edit-payment', { txnId: payment.id, bills: paidBy(move.parts) });
      return;
    }
    case 'set discount': {
      const payment = at(standing, move.which);
      const bill = payment?.bills[0]?.billId;
      if (payment === undefined || bill === undefined) return;
      await company.quickBooks('set-discount', { payment: payment.id, bill, discount: formatCents(move.cents) });
      company.discounted.add(payment.id);
      return;
    }
    case 'journal':
    case 'check': {
      const amount = formatCents(move.cents);
      const { id } =
        move.do === 'check'
          ? await company.quickBooks<{ id: string }>('enter-check', {
              account: CHECKING,
              vendor: move.vendor,
              date: '2026-03-15',
              lines: [{ account: 'Accounts Payable', amount }],
            })
          : await company.quickBooks<{ id: string }>('enter-journal', {
              date: '2026-03-15',
              lines: [
                { account: 'Accounts Payable', debit: amount, vendor: move.vendor },
                { account: 'Rent', credit: amount },
              ],
            });
      const bill = at(
        open.filter(({ vendor: name, openCents }) => name === move.vendor && openCents >= move.cents),
        move.which,
      );
      if (bill !== undefined)
        await company.quickBooks('set-credits', { bill: bill.id, credits: [{ txnId: id, amount }] });
      return;
    }
  }
}
