import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { type Desk, type Json, only, openDesk, rows, rowWith } from './desk.ts';

describe('QuickBooks sandbox: people and what is owed', () => {
  let desk: Desk;
  let count = 0;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.stop());
  beforeEach(() => {
    count += 1;
  });

  const VENDOR = 'Acorn Tools';
  const lines = (amount: string) => ({ expenseLines: [{ account: 'Freight', amount }] });
  const bill = async (amount: string, more: object = {}): Promise<string> => {
    const entered = await desk.move('enter-bill', { vendor: VENDOR, txnDate: '2026-03-01', ...lines(amount), ...more });
    return String(entered.id);
  };
  const credit = async (amount: string, more: object = {}): Promise<string> => {
    const entered = await desk.move('enter-credit', {
      vendor: VENDOR,
      txnDate: '2026-03-02',
      ...lines(amount),
      ...more,
    });
    return String(entered.id);
  };
  const pay = (bills: readonly object[], more: object = {}): Promise<Json> =>
    desk.move('pay-bills', {
      bills,
      account: 'Checking',
      method: 'check',
      date: '2026-03-05',
      refNumber: `${count}`,
      ...more,
    });
  const onlyPayment = (answer: Json): Json => {
    assert.equal(rows(answer.payments).length, 1);
    return rows(answer.payments)[0] as Json;
  };
  const refused = async (move: string, body: object, statusCode: number, words: RegExp): Promise<void> => {
    const books = JSON.stringify({ ...(await desk.books()), clock: 0 });
    const { status, json } = await desk.page('POST', `/people/${move}`, { file: 'C:\\Books\\Sample.qbw', ...body });
    assert.deepEqual([status, json.statusCode], [422, statusCode], JSON.stringify(json));
    assert.match(String(json.error), words);
    assert.equal(JSON.stringify({ ...(await desk.books()), clock: 0 }), books, 'the refusal changed the books');
  };
  const left = async (id: string): Promise<number> => {
    const { bills, credits, otherTransactions } = await desk.books();
    return Number(rowWith([...rows(bills), ...rows(credits), ...rows(otherTransactions)], { id }).openCents);
  };
  const entries = async (txnId: unknown): Promise<readonly (readonly [string, number])[]> => {
    const { journal, accounts } = await desk.books();
    return rows(rowWith(journal, { txnId }).entries).map(({ accountId, cents }) => [
      String(rowWith(accounts, { id: accountId }).fullName),
      Number(cents),
    ]);
  };
  const payable = async (account = 'Accounts Payable'): Promise<Json> =>
    only(
      rowWith((await desk.books()).payables, { account }),
      'balanceCents',
      'owedCents',
      'creditsCents',
      'unbilledCents',
    );

  describe('a credit from the vendor', () => {
    it('lowers what is owed, and gives back to the accounts of its lines', async () => {
      const before = await payable();
      const id = await credit('30.00', { refNumber: 'CR-1', memo: 'returned' });
      assert.deepEqual(await entries(id), [
        ['Accounts Payable', 3000],
        ['Freight', -3000],
      ]);
      const now = await payable();
      assert.equal(Number(now.creditsCents) - Number(before.creditsCents), 3000);
      assert.equal(Number(now.balanceCents) - Number(before.balanceCents), -3000);
      const shown = rowWith((await desk.books()).credits, { id });
      assert.deepEqual(only(shown, 'vendor', 'refNumber', 'memo', 'amountCents', 'openCents', 'createdBy'), {
        vendor: VENDOR,
        refNumber: 'CR-1',
        memo: 'returned',
        amountCents: 3000,
        openCents: 3000,
        createdBy: 'person',
      });
    });

    it('is set against a bill without moving a cent in the journal, and taken off again', async () => {
      const [owed, given] = [await bill('20.00'), await credit('30.00')];
      const { journal } = await desk.books();
      const answer = await desk.move('set-credits', { bill: owed, credits: [{ txnId: given, amount: '12.50' }] });
      assert.deepEqual(
        rows(answer.applications).map((row) =>
          only(row, 'creditTxnId', 'creditType', 'billTxnId', 'billType', 'amountCents', 'payments'),
        ),
        [
          {
            creditTxnId: given,
            creditType: 'VendorCredit',
            billTxnId: owed,
            billType: 'Bill',
            amountCents: 1250,
            payments: [],
          },
        ],
      );
      assert.deepEqual([await left(owed), await left(given)], [750, 1750]);
      assert.deepEqual((await desk.books()).journal, journal);
      await desk.move('un-apply', { bill: owed, credit: given, amount: '2.50' });
      assert.deepEqual([await left(owed), await left(given)], [1000, 2000]);
      await desk.move('un-apply', { bill: owed, credit: given });
      assert.deepEqual([await left(owed), await left(given)], [2000, 3000]);
    });

    it('set twice against the same bill is one row', async () => {
      const [owed, given] = [await bill('20.00'), await credit('30.00')];
      for (const amount of ['5.00', '6.00'])
        await desk.move('set-credits', { bill: owed, credits: [{ txnId: given, amount }] });
      const { applications } = await desk.books();
      assert.equal(rowWith(applications, { billTxnId: owed }).amountCents, 1100);
    });

    it('edited after it was used keeps at least what was used; voided or deleted it leaves the bills open', async () => {
      const [owed, given] = [await bill('20.00'), await credit('30.00')];
      await desk.move('set-credits', { bill: owed, credits: [{ txnId: given, amount: '20.00' }] });
      await refused('edit-credit', { txnId: given, ...lines('19.99') }, 3180, /less than what was applied/);
      await desk.move('edit-credit', { txnId: given, ...lines('20.00') });
      assert.deepEqual([await left(owed), await left(given)], [0, 0]);
      const shown = await desk.move('void-credit', { txnId: given });
      assert.deepEqual(only(shown, 'memo', 'amountCents', 'voided'), { memo: 'VOID:', amountCents: 0, voided: true });
      assert.equal(await left(owed), 2000);
      const second = await credit('5.00', { refNumber: 'CR-9' });
      await desk.move('set-credits', { bill: owed, credits: [{ txnId: second, amount: '5.00' }] });
      assert.deepEqual(only(await desk.move('delete-credit', { txnId: second }), 'type', 'id', 'refNumber'), {
        type: 'VendorCredit',
        id: second,
        refNumber: 'CR-9',
      });
      assert.equal(await left(owed), 2000);
    });

    it('cannot be more than is left of it, more than the bill, or of another vendor or A/P account', async () => {
      const [owed, given] = [await bill('20.00'), await credit('10.00')];
      const others = await credit('10.00', { vendor: 'Acorn Print' });
      await desk.move('add-account', { name: `Payables ${count}`, type: 'AccountsPayable' });
      const elsewhere = await credit('10.00', { apAccount: `Payables ${count}` });
      const set = (txnId: string, amount: string) => ({ bill: owed, credits: [{ txnId, amount }] });
      await refused('set-credits', set(given, '10.01'), 3210, /more than what is left of the credit/);
      await refused('set-credits', set(given, '0.00'), 3210, /more than zero/);
      await refused('set-credits', set(await credit('25.00'), '20.01'), 3210, /more than the amount due/);
      await refused('set-credits', set(others, '1.00'), 3120, /cannot be found/);
      await refused('set-credits', set(elsewhere, '1.00'), 3140, /not the same/);
      await refused('set-credits', set(owed, '1.00'), 3120, /cannot be found/);
    });
  });

  describe('paying bills', () => {
    it('a check pays what is open when no amount is said; bank and A/P move, the bill is paid', async () => {
      const owed = await bill('80.00');
      const payment = onlyPayment(await pay([{ txnId: owed }], { memo: 'thanks' }));
      assert.deepEqual(only(payment, 'method', 'account', 'amountCents', 'refNumber', 'memo', 'voided'), {
        method: 'check',
        account: 'Checking',
        amountCents: 8000,
        refNumber: `${count}`,
        memo: 'thanks',
        voided: false,
      });
      assert.deepEqual(await entries(payment.id), [
        ['Accounts Payable', 8000],
        ['Checking', -8000],
      ]);
      assert.equal(rowWith((await desk.books()).bills, { id: owed }).isPaid, true);
    });

    it('cash, discount and credit together; the discount goes to its account, the credit moves nothing', async () => {
      const [owed, given] = [await bill('100.00'), await credit('30.00')];
      const payment = onlyPayment(
        await pay([
          { txnId: owed, discount: '2.00', discountAccount: 'Sales', credits: [{ txnId: given, amount: '30.00' }] },
        ]),
      );
      assert.deepEqual(
        rows(payment.bills).map((row) => only(row, 'billId', 'amountCents', 'discountCents', 'discountAccount')),
        [{ billId: owed, amountCents: 6800, discountCents: 200, discountAccount: 'Sales' }],
      );
      assert.deepEqual(await entries(payment.id), [
        ['Accounts Payable', 7000],
        ['Checking', -6800],
        ['Sales', -200],
      ]);
      assert.deepEqual([await left(owed), await left(given)], [0, 0]);
    });

    it('bills of two vendors and two A/P accounts make a payment for each, and all of them or none', async () => {
      await desk.move('add-account', { name: 'Retail Payables', type: 'AccountsPayable' });
      const ids = [
        await bill('10.00'),
        await bill('11.00', { vendor: 'Acorn Print' }),
        await bill('12.00', { apAccount: 'Retail Payables' }),
        await bill('13.00'),
      ];
      await refused(
        'pay-bills',
        { account: 'Checking', method: 'check', bills: [{ txnId: ids[0] }, { txnId: ids[1], amount: '11.01' }] },
        3210,
        /more than the amount due/,
      );
      const { payments } = await pay(ids.map((txnId) => ({ txnId })));
      assert.deepEqual(
        rows(payments).map((row) => [row.vendor, row.apAccount, row.amountCents]),
        [
          [VENDOR, 'Accounts Payable', 2300],
          ['Acorn Print', 'Accounts Payable', 1100],
          [VENDOR, 'Retail Payables', 1200],
        ],
      );
    });

    it('only with credits there is no payment', async () => {
      const [owed, given] = [await bill('10.00'), await credit('10.00')];
      const answer = await pay([{ txnId: owed, credits: [{ txnId: given, amount: '10.00' }] }]);
      assert.deepEqual(answer.payments, []);
      assert.equal(rows(answer.applications).length, 1);
      assert.equal(await left(owed), 0);
    });

    it('is refused for what is not owed, from the wrong account, with a discount that goes nowhere', async () => {
      const owed = await bill('10.00');
      const from = { account: 'Checking', method: 'check' };
      await refused(
        'pay-bills',
        { ...from, bills: [{ txnId: owed, amount: '10.01' }] },
        3210,
        /"AppliedToTxnAdd payment amount" field has an invalid value "10.01"/,
      );
      await refused(
        'pay-bills',
        { ...from, bills: [{ txnId: owed, amount: '9.00', discount: '1.01', discountAccount: 'Sales' }] },
        3210,
        /discount amount/,
      );
      await refused('pay-bills', { ...from, bills: [{ txnId: owed, amount: '-1.00' }] }, 3210, /negative/);
      await refused('pay-bills', { ...from, bills: [{ txnId: owed, amount: '0.00' }] }, 3180, /empty/);
      await refused('pay-bills', { ...from, bills: [{ txnId: owed, discount: '1.00' }] }, 3150, /DiscountAccountRef/);
      await refused('pay-bills', { ...from, account: 'Rent', bills: [{ txnId: owed }] }, 3140, /not a bank account/);
      await refused(
        'pay-bills',
        { account: 'Checking', method: 'creditCard', bills: [{ txnId: owed }] },
        3140,
        /not a credit-card account/,
      );
      await refused('pay-bills', { ...from, bills: [{ txnId: await credit('5.00') }] }, 3120, /cannot be found/);
      await pay([{ txnId: owed }]);
      await refused('pay-bills', { ...from, bills: [{ txnId: owed }] }, 3120, /cannot be found/);
    });

    it('once the file has an account for discounts, none need be named', async () => {
      await desk.move('add-account', { name: 'Discounts Taken', type: 'Income' });
      await desk.move('set-discount-account', { account: 'Discounts Taken' });
      const owed = await bill('10.00');
      const payment = onlyPayment(await pay([{ txnId: owed, discount: '1.00' }]));
      assert.deepEqual(await entries(payment.id), [
        ['Accounts Payable', 1000],
        ['Checking', -900],
        ['Discounts Taken', -100],
      ]);
    });

    it('a discount changed afterwards, and what is paid listed anew', async () => {
      const [first, second] = [await bill('10.00'), await bill('20.00')];
      const { id } = onlyPayment(await pay([{ txnId: first, amount: '8.00' }, { txnId: second }]));
      await desk.move('set-discount', { payment: id, bill: first, discount: '2.00', discountAccount: 'Sales' });
      assert.deepEqual([await left(first), await left(second)], [0, 0]);
      await refused(
        'set-discount',
        { payment: id, bill: first, discount: '2.01', discountAccount: 'Sales' },
        3210,
        /discount amount/,
      );
      const changed = await desk.move('edit-payment', {
        txnId: id,
        date: '2026-03-09',
        refNumber: '77',
        memo: 'again',
        account: 'Savings',
        bills: [{ txnId: second, amount: '15.00' }],
      });
      assert.deepEqual(only(changed, 'txnDate', 'refNumber', 'memo', 'account', 'amountCents'), {
        txnDate: '2026-03-09',
        refNumber: '77',
        memo: 'again',
        account: 'Savings',
        amountCents: 1500,
      });
      assert.deepEqual([await left(first), await left(second)], [1000, 500]);
      assert.deepEqual(await entries(id), [
        ['Accounts Payable', 1500],
        ['Savings', -1500],
      ]);
    });

    for (const end of ['void-payment', 'delete-payment'] as const)
      for (const [frees, words] of [
        [true, 'its credits are free'],
        [false, 'its credits stay where they are'],
      ] as const)
        it(`${end === 'void-payment' ? 'voided' : 'deleted'}: the bills are open again, and ${words}`, async () => {
          await desk.move('set-switch', { name: 'paymentFreesCredits', value: frees });
          const [owed, given] = [await bill('100.00'), await credit('30.00')];
          await desk.move('set-credits', { bill: owed, credits: [{ txnId: given, amount: '5.00' }] });
          const { id } = onlyPayment(await pay([{ txnId: owed, credits: [{ txnId: given, amount: '20.00' }] }]));
          assert.equal(await left(owed), 0);
          const answer = await desk.move(end, { txnId: id });
          assert.deepEqual([await left(owed), await left(given)], frees ? [9500, 2500] : [7500, 500]);
          const { payments, journal, deletedTransactions } = await desk.books();
          if (end === 'void-payment') {
            assert.deepEqual(only(answer, 'amountCents', 'memo', 'voided', 'bills'), {
              amountCents: 0,
              memo: 'VOID:',
              voided: true,
              bills: [],
            });
            assert.ok((await entries(id)).every(([, cents]) => cents === 0));
          } else {
            assert.equal(rowWith(deletedTransactions, { id }).type, 'BillPaymentCheck');
            assert.ok(![...rows(payments), ...rows(journal)].some((row) => row.id === id || row.txnId === id));
          }
          await desk.move('set-switch', { name: 'paymentFreesCredits', value: true });
        });

    it('a bill on which something was paid is neither voided nor deleted, nor made smaller than that', async () => {
      const owed = await bill('50.00');
      const { id } = onlyPayment(await pay([{ txnId: owed, amount: '20.00' }]));
      await refused('void-bill', { txnId: owed }, 3185, /applied/);
      await refused('delete-bill', { txnId: owed }, 3160, /applied/);
      await refused('edit-bill', { txnId: owed, ...lines('19.99') }, 3180, /less than what was paid/);
      await refused('edit-bill', { txnId: owed, vendor: 'Acorn Print' }, 3180, /vendor/);
      await desk.move('edit-bill', { txnId: owed, ...lines('20.00') });
      assert.equal(rowWith((await desk.books()).bills, { id: owed }).isPaid, true);
      await desk.move('delete-payment', { txnId: id });
      await desk.move('delete-bill', { txnId: owed });
    });
  });

  describe('what else touches accounts payable', () => {
    const A_P = 'Accounts Payable';
    const table = [
      [
        'a check to the vendor',
        'enter-check',
        { account: 'Checking', vendor: VENDOR, lines: [{ account: A_P, amount: '9.00' }] },
        'credit',
        -900,
      ],
      [
        'a charge on the card',
        'enter-charge',
        { account: 'Company Card', vendor: VENDOR, lines: [{ account: A_P, amount: '9.00' }] },
        'credit',
        -900,
      ],
      [
        'a refund put into the bank',
        'enter-deposit',
        { account: 'Checking', lines: [{ account: A_P, amount: '9.00', vendor: VENDOR }] },
        'owed',
        900,
      ],
      [
        'a refund on the card',
        'enter-card-refund',
        { account: 'Company Card', vendor: VENDOR, lines: [{ account: A_P, amount: '9.00' }] },
        'owed',
        900,
      ],
      [
        'a journal that owes',
        'enter-journal',
        {
          lines: [
            { account: 'Rent', debit: '9.00' },
            { account: A_P, credit: '9.00', vendor: VENDOR },
          ],
        },
        'owed',
        900,
      ],
      [
        'a journal that gives back',
        'enter-journal',
        {
          lines: [
            { account: 'Rent', credit: '9.00' },
            { account: A_P, debit: '9.00', vendor: VENDOR },
          ],
        },
        'credit',
        -900,
      ],
    ] as const;
    for (const [words, move, body, side, moves] of table)
      it(`${words} is ${side === 'owed' ? 'owed like a bill, and paid or credited' : 'a credit, and set against a bill'}; void, it is gone`, async () => {
        const before = Number((await payable()).balanceCents);
        const entered = await desk.move(move, { date: '2026-03-04', ...body });
        const id = String(entered.id);
        assert.deepEqual(only(entered, 'vendor', 'side', 'amountCents', 'openCents'), {
          vendor: VENDOR,
          side,
          amountCents: 900,
          openCents: 900,
        });
        assert.equal(Number((await payable()).balanceCents) - before, moves);
        if (side === 'credit') {
          const owed = await bill('5.00');
          await desk.move('set-credits', { bill: owed, credits: [{ txnId: id, amount: '5.00' }] });
          assert.deepEqual([await left(owed), await left(id)], [0, 400]);
          await desk.move('void-transaction', { txnId: id });
          assert.equal(await left(owed), 500);
        } else {
          await desk.move('set-credits', { bill: id, credits: [{ txnId: await credit('2.00'), amount: '2.00' }] });
          const { id: paymentId } = onlyPayment(await pay([{ txnId: id }]));
          assert.equal(await left(id), 0);
          await refused('void-transaction', { txnId: id }, 3185, /applied/);
          await refused('delete-transaction', { txnId: id }, 3160, /applied/);
          await desk.move('delete-transaction', { txnId: paymentId });
          for (const row of rows((await desk.books()).applications).filter(({ billTxnId }) => billTxnId === id))
            await desk.move('un-apply', { bill: id, credit: row.creditTxnId });
          assert.equal((await desk.move('delete-transaction', { txnId: id })).id, id);
        }
      });

    it('goods that came before their bill stand in A/P, cannot be paid, and are the bill once it is there', async () => {
      const before = await payable();
      const received = await desk.move('enter-item-receipt', {
        vendor: VENDOR,
        date: '2026-03-04',
        refNumber: 'R-1',
        lines: [{ account: 'Inventory Asset', amount: '40.00' }],
      });
      const order = await desk.move('enter-purchase-order', {
        vendor: VENDOR,
        refNumber: 'PO-1',
        lines: [{ account: 'Inventory Asset', amount: '40.00' }],
      });
      const waiting = await payable();
      assert.deepEqual(
        [
          Number(waiting.unbilledCents) - Number(before.unbilledCents),
          Number(waiting.balanceCents) - Number(before.balanceCents),
        ],
        [4000, 4000],
      );
      await refused(
        'pay-bills',
        { account: 'Checking', method: 'check', bills: [{ txnId: received.id }] },
        3120,
        /cannot be found/,
      );
      const owed = await bill('42.00', { orders: [received.id, order.id] });
      const billed = await payable();
      assert.deepEqual(
        [
          Number(billed.unbilledCents) - Number(before.unbilledCents),
          Number(billed.balanceCents) - Number(before.balanceCents),
        ],
        [0, 4200],
      );
      await refused('enter-bill', { vendor: VENDOR, ...lines('1.00'), orders: [received.id] }, 3180, /billed already/);
      await refused('enter-bill', { vendor: VENDOR, ...lines('1.00'), orders: [owed] }, 3120, /cannot be found/);
      await refused('delete-transaction', { txnId: received.id }, 3160, /billed/);
      await desk.move('delete-bill', { txnId: owed });
      assert.deepEqual(await payable(), waiting);
    });

    it('is refused out of balance, without a vendor, on two A/P lines, from the wrong account', async () => {
      await refused(
        'enter-journal',
        {
          lines: [
            { account: 'Rent', debit: '9.00' },
            { account: A_P, credit: '8.00', vendor: VENDOR },
          ],
        },
        3180,
        /not in balance/,
      );
      await refused(
        'enter-journal',
        {
          lines: [
            { account: 'Rent', debit: '9.00' },
            { account: A_P, credit: '9.00' },
          ],
        },
        3180,
        /enter a vendor/,
      );
      await refused(
        'enter-journal',
        {
          lines: [
            { account: A_P, debit: '9.00', vendor: VENDOR },
            { account: A_P, credit: '9.00', vendor: VENDOR },
          ],
        },
        3180,
        /Only one line/,
      );
      await refused(
        'enter-check',
        { account: 'Rent', lines: [{ account: A_P, amount: '1.00', vendor: VENDOR }] },
        3140,
        /not of the type Bank/,
      );
      await refused('void-transaction', { txnId: 'AB-1' }, 3120, /cannot be found/);
    });
  });

  describe('what applying moves besides the balance', () => {
    for (const [bills, credits] of [
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ] as const)
      it(`the bill's time of change ${bills ? 'moves' : 'stays'}, the credit's ${credits ? 'moves' : 'stays'}`, async () => {
        await desk.move('set-switch', { name: 'creditBumpsTimeModified', value: bills });
        await desk.move('set-switch', { name: 'creditBumpsCredit', value: credits });
        const [owed, given] = [await bill('20.00'), await credit('30.00')];
        const times = async () => {
          const books = await desk.books();
          return [rowWith(books.bills, { id: owed }).editSequence, rowWith(books.credits, { id: given }).editSequence];
        };
        const [billAt, creditAt] = await times();
        const moved = async (): Promise<readonly boolean[]> => {
          const [bill, credit] = await times();
          return [bill !== billAt, credit !== creditAt];
        };
        await desk.page('POST', '/people/move-clock', { seconds: 5 });
        await desk.move('set-credits', { bill: owed, credits: [{ txnId: given, amount: '1.00' }] });
        assert.deepEqual(await moved(), [bills, credits]);
        await desk.move('un-apply', { bill: owed, credit: given });
        assert.deepEqual(await moved(), [bills, credits]);
        const second = await bill('20.00');
        const { editSequence } = rowWith((await desk.books()).bills, { id: second });
        await desk.page('POST', '/people/move-clock', { seconds: 5 });
        const { id } = onlyPayment(await pay([{ txnId: second, amount: '1.00' }]));
        assert.equal(rowWith((await desk.books()).bills, { id: second }).editSequence !== editSequence, bills);
        await desk.page('POST', '/people/move-clock', { seconds: 5 });
        await desk.move('void-payment', { txnId: id });
        assert.equal(rowWith((await desk.books()).bills, { id: second }).editSequence !== editSequence, bills);
        for (const name of ['creditBumpsTimeModified', 'creditBumpsCredit'])
          await desk.move('set-switch', { name, value: true });
      });
  });
});
