/** Bill payments and the credits set with them, by request, over the real wire. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type RecordOf, recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, only, openDesk, rows, rowWith, type Session } from './desk.ts';
import {
  applied,
  appliedMod,
  cardAdd,
  cash,
  checkAdd,
  discount,
  payables,
  setCredit,
  VENDOR,
  WHOLE,
} from './payableRequests.ts';

describe('QuickBooks sandbox: bill payments by request', () => {
  let nowMs = Date.parse('2026-03-02T15:00:00Z');
  let desk: Desk;
  let qb: Session;
  let books: ReturnType<typeof payables>;
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
    qb = await desk.session();
    books = payables(desk, qb);
    await desk.move('add-account', { name: 'Discounts Taken', type: 'Income' });
    await desk.move('add-account', { name: 'A/P Branch', type: 'AccountsPayable' });
    await desk.move('set-discount-account', { account: 'Discounts Taken' });
  });
  after(() => desk.stop());

  const later = (): void => {
    nowMs += 5000;
  };
  const withSwitch = async (name: string, value: unknown, story: () => Promise<void>): Promise<void> => {
    const standing = (await desk.page('GET', '/people/switches')).json[name];
    await desk.move('set-switch', { name, value });
    try {
      await story();
    } finally {
      await desk.move('set-switch', { name, value: standing });
    }
  };
  const links = (record: Pick<RecordOf<'BillRet'>, 'LinkedTxn'>) =>
    (record.LinkedTxn ?? []).map(({ TxnID, TxnType, LinkType, Amount }) => [TxnID, TxnType, LinkType, Amount]);

  it('a check pays a bill with cash, a credit and a discount, each of which can be found again', async () => {
    const [bill, credit] = [await books.bill('100.00', { refNumber: 'B-1' }), await books.credit('30.00')];
    later();
    const check = await books.check(applied(bill, cash('60.00'), setCredit(credit.TxnID, '30.00'), discount('2.00')), {
      refNumber: '1001',
      memo: 'March',
      guid: '{00000000-0000-0000-0000-0000000000b1}',
    });
    assert.deepEqual(
      [check.Amount, check.RefNumber, check.Memo, check.IsToBePrinted, check.BankAccountRef?.FullName],
      [6000, '1001', 'March', false, 'Checking'],
    );
    assert.deepEqual(
      [check.PayeeEntityRef?.FullName, check.APAccountRef?.FullName, check.ExternalGUID],
      [VENDOR, 'Accounts Payable', '{00000000-0000-0000-0000-0000000000b1}'],
    );
    const [paid] = check.AppliedToTxnRet ?? [];
    assert.deepEqual(
      [paid?.TxnID, paid?.TxnType, paid?.RefNumber, paid?.TxnDate, paid?.Amount, paid?.BalanceRemaining],
      [bill, 'Bill', 'B-1', '2026-03-01', 6000, 800],
    );
    assert.deepEqual([paid?.DiscountAmount, paid?.DiscountAccountRef?.FullName], [200, 'Discounts Taken']);
    assert.deepEqual(links(paid ?? {}), [[credit.TxnID, 'VendorCredit', 'AMTTYPE', -3000]]);

    const after = await books.whole('BillRet', bill);
    assert.deepEqual([after.AmountDue, after.OpenAmount, after.IsPaid], [10_000, 800, false]);
    assert.deepEqual(links(after), [
      [check.TxnID, 'BillPaymentCheck', 'AMTTYPE', -6000],
      [credit.TxnID, 'VendorCredit', 'AMTTYPE', -3000],
    ]);
    assert.deepEqual(
      after.LinkedTxn?.map(({ TxnDate, RefNumber }) => [TxnDate, RefNumber]),
      [
        ['2026-03-02', '1001'],
        ['2026-02-20', undefined],
      ],
    );
    const used = await books.whole('VendorCreditRet', credit.TxnID);
    assert.deepEqual([used.CreditAmount, used.OpenAmount], [3000, 0]);
    assert.deepEqual(links(used), [[bill, 'Bill', 'AMTTYPE', -3000]]);
    assert.equal(await books.open(bill), 800);
    assert.equal(await books.open(credit.TxnID), undefined);
    const journal = rowWith((await desk.books()).journal, { txnId: check.TxnID });
    assert.equal(
      rows(journal.entries).reduce((sum, { cents }) => sum + Number(cents), 0),
      0,
    );
  });

  it('a bill without IncludeLinkedTxns shows no links, a payment without IncludeLineItems not what it pays', async () => {
    const bill = await books.bill('10.00');
    const { TxnID } = await books.check(applied(bill, cash('10.00')));
    const [plain] = await books.query('BillRet', `<TxnID>${bill}</TxnID>${WHOLE}`);
    assert.deepEqual([plain?.LinkedTxn, plain?.IsPaid, plain?.OpenAmount], [undefined, true, 0]);
    const [head] = await books.query('BillPaymentCheckRet', `<TxnID>${TxnID}</TxnID>`);
    assert.deepEqual([head?.Amount, head?.IsToBePrinted, head?.AppliedToTxnRet], [1000, true, undefined]);
  });

  it('the link carries the discount too where the switch says so; what the payment itself tells does not change', () =>
    withSwitch('linkIncludesDiscount', true, async () => {
      const bill = await books.bill('50.00');
      const check = await books.check(applied(bill, cash('40.00'), discount('10.00', 'Rent')));
      assert.deepEqual(links(await books.whole('BillRet', bill)), [
        [check.TxnID, 'BillPaymentCheck', 'AMTTYPE', -5000],
      ]);
      assert.deepEqual(
        check.AppliedToTxnRet?.map(({ Amount, DiscountAmount, DiscountAccountRef }) => [
          Amount,
          DiscountAmount,
          DiscountAccountRef?.FullName,
        ]),
        [[4000, 1000, 'Rent']],
      );
    }));

  it('a bill settled by discount alone has a payment of nothing', async () => {
    const bill = await books.bill('3.00');
    const check = await books.check(applied(bill, discount('3.00')));
    assert.equal(check.Amount, 0);
    assert.deepEqual(links(await books.whole('BillRet', bill)), [[check.TxnID, 'BillPaymentCheck', 'AMTTYPE', 0]]);
    assert.equal((await books.whole('BillRet', bill)).IsPaid, true);
  });

  describe('a credit set without cash', () => {
    it('makes no transaction: the answer has no TxnID, and only the links of both remain', async () => {
      const [bill, credit] = [await books.bill('20.00'), await books.credit('25.00')];
      const paymentsBefore = (await books.query('BillPaymentCheckRet', '')).length;
      later();
      const answer = await qb.one(
        checkAdd(applied(bill, setCredit(credit.TxnID, '20.00'))),
        'newMessageSetID="thin-1"',
      );
      assert.deepEqual([answer.status.code, answer.errorRecovery], [0, undefined]);
      assert.deepEqual(recordsOf(answer, 'BillPaymentCheckRet'), [{}]);
      assert.equal((await books.query('BillPaymentCheckRet', '')).length, paymentsBefore);
      const settled = await books.whole('BillRet', bill);
      assert.deepEqual([settled.IsPaid, links(settled)], [true, [[credit.TxnID, 'VendorCredit', 'AMTTYPE', -2000]]]);
      assert.equal(settled.EditSequence, String(nowMs / 1000));
      assert.equal(await books.open(credit.TxnID), -500);
    });

    it('is kept under its message set like any other answer, and not done twice', async () => {
      const [bill, credit] = [await books.bill('20.00'), await books.credit('9.00')];
      const request = cardAdd(applied(bill, setCredit(credit.TxnID, '4.00')));
      for (const _ of [1, 2]) {
        const answer = await qb.one(request, 'newMessageSetID="thin-2"');
        assert.deepEqual(recordsOf(answer, 'BillPaymentCreditCardRet'), [{}]);
      }
      assert.equal(await books.open(bill), 1600);
      assert.equal(await books.open(credit.TxnID), -500);
    });

    it('leaves the times of bill and credit as they were where the switches say so', () =>
      withSwitch('creditBumpsTimeModified', false, () =>
        withSwitch('creditBumpsCredit', false, async () => {
          const [bill, credit] = [await books.bill('20.00'), await books.credit('9.00')];
          const before = [(await books.whole('BillRet', bill)).EditSequence, credit.EditSequence];
          later();
          await qb.one(checkAdd(applied(bill, setCredit(credit.TxnID, '4.00'))));
          assert.deepEqual(
            [
              (await books.whole('BillRet', bill)).EditSequence,
              (await books.whole('VendorCreditRet', credit.TxnID)).EditSequence,
            ],
            before,
          );
        }),
      ));
  });

  it('a card pays several bills at once; it is a payment by card and no check', async () => {
    const [first, second] = [await books.bill('10.00'), await books.bill('20.00')];
    const card = await books.card(applied(first, cash('10.00')) + applied(second, cash('5.00')), { refNumber: 'C-9' });
    assert.deepEqual([card.Amount, card.CreditCardAccountRef?.FullName], [1500, 'Company Card']);
    assert.deepEqual(
      card.AppliedToTxnRet?.map(({ TxnID, BalanceRemaining }) => [TxnID, BalanceRemaining]),
      [
        [first, 0],
        [second, 1500],
      ],
    );
    assert.deepEqual(await books.query('BillPaymentCheckRet', '<RefNumber>C-9</RefNumber>'), []);
    const found = await books.query('BillPaymentCreditCardRet', '<RefNumber>c-9</RefNumber>');
    assert.deepEqual(
      found.map(({ TxnID }) => TxnID),
      [card.TxnID],
    );
    const answer = await qb.one(`<BillPaymentCheckQueryRq><TxnID>${card.TxnID}</TxnID></BillPaymentCheckQueryRq>`);
    assert.equal(answer.status.code, 500);
  });

  describe('a check that is changed', () => {
    const mod = (of: { TxnID?: string; EditSequence?: string }, rest: string): string =>
      `<BillPaymentCheckModRq><BillPaymentCheckMod><TxnID>${of.TxnID}</TxnID><EditSequence>${of.EditSequence}</EditSequence>${rest}</BillPaymentCheckMod></BillPaymentCheckModRq>`;

    it('pays what it lists and no more; credits set before stay', async () => {
      const [first, second] = [await books.bill('10.00'), await books.bill('20.00')];
      const credit = await books.credit('4.00');
      const check = await books.check(applied(first, cash('6.00'), setCredit(credit.TxnID, '4.00')), {
        refNumber: '7',
      });
      later();
      const changed = await books.taken(
        'BillPaymentCheckRet',
        mod(check, `<Amount>20.00</Amount><RefNumber>8</RefNumber>${appliedMod(second, cash('20.00'))}`),
      );
      assert.deepEqual([changed.TxnID, changed.RefNumber, changed.Amount], [check.TxnID, '8', 2000]);
      assert.notEqual(changed.EditSequence, check.EditSequence);
      assert.equal(await books.open(first), 600);
      assert.equal(await books.open(second), undefined);
      assert.equal(await books.open(credit.TxnID), undefined);
    });

    it('keeps what it pays when it lists nothing', async () => {
      const bill = await books.bill('10.00');
      const check = await books.check(applied(bill, cash('6.00')), { refNumber: '9' });
      later();
      const changed = await books.taken(
        'BillPaymentCheckRet',
        mod(check, '<TxnDate>2026-03-01</TxnDate><Memo>m</Memo>'),
      );
      assert.deepEqual([changed.TxnDate, changed.Memo, changed.Amount], ['2026-03-01', 'm', 600]);
    });

    it('is refused when it was changed since, when it is no check, and when its amount is not the sum', async () => {
      const bill = await books.bill('10.00');
      const check = await books.check(applied(bill, cash('6.00')));
      const card = await books.card(applied(bill, cash('1.00')));
      const stale = await qb.one(mod({ TxnID: check.TxnID ?? '', EditSequence: '1' }, '<Memo>x</Memo>'));
      assert.equal(stale.status.code, 3200);
      assert.equal((await qb.one(mod(card, '<Memo>x</Memo>'))).status.code, 3120);
      const amount = await qb.one(mod(check, `<Amount>7.00</Amount>${appliedMod(bill, cash('6.00'))}`));
      assert.equal(amount.status.code, 3210);
    });
  });

  describe('a payment that is voided or deleted', () => {
    for (const [freed, left] of [
      [true, -300],
      [false, undefined],
    ] as const)
      it(`leaves its bill open and its record at 0.00; its credits are ${freed ? 'free again' : 'kept on the bill'}`, () =>
        withSwitch('paymentFreesCredits', freed, async () => {
          const [bill, credit] = [await books.bill('10.00'), await books.credit('3.00')];
          const check = await books.check(applied(bill, cash('7.00'), setCredit(credit.TxnID, '3.00')), {
            refNumber: '20',
            memo: 'gone',
          });
          later();
          const voided = await qb.one(
            `<TxnVoidRq><TxnVoidType>BillPaymentCheck</TxnVoidType><TxnID>${check.TxnID}</TxnID></TxnVoidRq>`,
          );
          assert.deepEqual(
            recordsOf(voided, 'TxnVoidRs').map(({ TxnVoidType, TxnID, RefNumber }) => [TxnVoidType, TxnID, RefNumber]),
            [['BillPaymentCheck', check.TxnID, '20']],
          );
          const now = await books.whole('BillPaymentCheckRet', check.TxnID);
          assert.deepEqual([now.Amount, now.Memo, now.AppliedToTxnRet], [0, 'VOID: gone', undefined]);
          assert.equal(await books.open(bill), freed ? 1000 : 700);
          assert.equal(await books.open(credit.TxnID), left);
        }));

    it('a deleted one is in the log of deletions by its type', async () => {
      const bill = await books.bill('10.00');
      const card = await books.card(applied(bill, cash('7.00')), { refNumber: 'D-1' });
      const credit = await books.credit('1.00', '<RefNumber>D-2</RefNumber>');
      const del = (type: string, id: string | undefined): string =>
        `<TxnDelRq><TxnDelType>${type}</TxnDelType><TxnID>${id}</TxnID></TxnDelRq>`;
      assert.equal((await qb.one(del('BillPaymentCheck', card.TxnID))).status.code, 3120);
      for (const [type, id] of [
        ['BillPaymentCreditCard', card.TxnID],
        ['VendorCredit', credit.TxnID],
      ] as const)
        assert.equal((await qb.one(del(type, id))).status.code, 0);
      const logged = async (...types: readonly string[]): Promise<unknown[]> =>
        (await books.query('TxnDeletedRet', types.map((type) => `<TxnDelType>${type}</TxnDelType>`).join(''))).map(
          ({ TxnDelType, RefNumber }) => [TxnDelType, RefNumber],
        );
      assert.deepEqual(await logged('BillPaymentCreditCard', 'VendorCredit'), [
        ['BillPaymentCreditCard', 'D-1'],
        ['VendorCredit', 'D-2'],
      ]);
      assert.deepEqual(await logged('BillPaymentCheck'), []);
      assert.equal(await books.open(bill), 1000);
    });

    it('a bill that is paid cannot be voided before its payment is', async () => {
      const bill = await books.bill('10.00');
      await books.check(applied(bill, cash('1.00')));
      const voided = await qb.one(`<TxnVoidRq><TxnVoidType>Bill</TxnVoidType><TxnID>${bill}</TxnID></TxnVoidRq>`);
      assert.equal(voided.status.code, 3185);
    });
  });

  it('BillToPay tells bills and credits of one A/P account, or of all, and what is due until a date', async () => {
    await desk.move('add-vendor', { name: 'Two Accounts' });
    const of = { vendor: 'Two Accounts' };
    const main = await books.bill('10.00', { ...of, dueDate: '2026-03-20' });
    const branch = await books.bill('20.00', { ...of, apAccount: 'A/P Branch', dueDate: '2026-04-20' });
    const credit = await desk.move('enter-credit', {
      ...of,
      apAccount: 'A/P Branch',
      txnDate: '2026-01-05',
      expenseLines: [{ account: 'Rent', amount: '5.00' }],
    });
    const account = (name: string): string => `<APAccountRef><FullName>${name}</FullName></APAccountRef>`;
    const told = (more?: string) => books.toPay('Two Accounts', more);
    const credited = [String(credit.id), -500];
    assert.deepEqual(await told(), [credited, [main, 1000], [branch, 2000]]);
    assert.deepEqual(await told(account('Accounts Payable')), [[main, 1000]]);
    assert.deepEqual(await told(account('A/P Branch')), [credited, [branch, 2000]]);
    assert.deepEqual(await told('<DueDate>2026-03-31</DueDate>'), [credited, [main, 1000]]);
    const shown = await books.query(
      'BillToPayRet',
      `<PayeeEntityRef><FullName>Two Accounts</FullName></PayeeEntityRef>${account('A/P Branch')}`,
    );
    assert.deepEqual(
      shown.map(({ CreditToApply, BillToPay }) => only({ ...(CreditToApply ?? BillToPay) }, 'TxnType', 'TxnDate')),
      [
        { TxnType: 'VendorCredit', TxnDate: '2026-01-05' },
        { TxnType: 'Bill', TxnDate: '2026-03-01' },
      ],
    );
  });
});
