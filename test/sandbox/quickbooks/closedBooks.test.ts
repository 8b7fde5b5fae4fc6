/** The closing date, the accountant's copy and currencies, as an application meets them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type RecordOf, recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, openDesk, type Session } from './desk.ts';
import { applied, cash, checkAdd, payables } from './payableRequests.ts';

describe('QuickBooks sandbox: closed books and currencies by request', () => {
  let desk: Desk;
  let qb: Session;
  let books: ReturnType<typeof payables>;
  before(async () => {
    desk = await openDesk({ clock: () => Date.parse('2026-03-02T15:00:00Z') });
    qb = await desk.session();
    books = payables(desk, qb);
  });
  after(() => desk.stop());

  const preferences = async (): Promise<RecordOf<'PreferencesRet'>> => {
    const [found] = recordsOf(await qb.one('<PreferencesQueryRq/>'), 'PreferencesRet');
    assert.ok(found);
    return found;
  };

  describe('while the books are closed up to 31 January', () => {
    let closedBill: RecordOf<'BillRet'>;
    let closedCredit: RecordOf<'VendorCreditRet'>;
    let closedCheck: RecordOf<'BillPaymentCheckRet'>;
    let openBill: RecordOf<'BillRet'>;
    before(async () => {
      const entered = await books.bill('100.00', { txnDate: '2026-01-31' });
      openBill = await books.whole('BillRet', await books.bill('50.00', { txnDate: '2026-02-01' }));
      closedCheck = await books.check(applied(entered, cash('1.00')), { txnDate: '2026-01-31', refNumber: '1' });
      closedBill = await books.whole('BillRet', entered);
      const credit = await desk.move('enter-credit', {
        vendor: 'Acorn Tools',
        txnDate: '2026-01-15',
        expenseLines: [{ account: 'Rent', amount: '5.00' }],
      });
      closedCredit = await books.whole('VendorCreditRet', String(credit.id));
    });
    after(async () => {
      await desk.move('close-books', { date: null });
    });

    const of = ({ TxnID, EditSequence }: { TxnID?: string; EditSequence?: string }): string =>
      `<TxnID>${TxnID}</TxnID><EditSequence>${EditSequence}</EditSequence>`;
    const bill = (date: string): string =>
      `<BillAddRq><BillAdd><VendorRef><FullName>Acorn Tools</FullName></VendorRef><TxnDate>${date}</TxnDate><ExpenseLineAdd><AccountRef><FullName>Rent</FullName></AccountRef><Amount>1.00</Amount></ExpenseLineAdd></BillAdd></BillAddRq>`;
    const removal = (how: 'Void' | 'Del', type: string, id: string | undefined): string =>
      `<Txn${how}Rq><Txn${how}Type>${type}</Txn${how}Type><TxnID>${id}</TxnID></Txn${how}Rq>`;
    const WRITES: readonly (readonly [what: string, request: () => string, code: number])[] = [
      ['a bill of the closing date', () => bill('2026-01-31'), 3171],
      ['a bill of the day after', () => bill('2026-02-01'), 0],
      ['a credit in the closed period', () => bill('2026-01-31').replaceAll('BillAdd', 'VendorCreditAdd'), 3171],
      [
        'a payment in the closed period',
        () => checkAdd(applied(openBill.TxnID, cash('1.00')), { txnDate: '2026-01-20' }),
        3171,
      ],
      ['a payment today of a bill from the closed period', () => checkAdd(applied(closedBill.TxnID, cash('1.00'))), 0],
      [
        'a changed memo of a closed credit',
        () =>
          `<VendorCreditModRq><VendorCreditMod>${of(closedCredit)}<Memo>x</Memo></VendorCreditMod></VendorCreditModRq>`,
        3171,
      ],
      [
        'a closed payment that is changed',
        () =>
          `<BillPaymentCheckModRq><BillPaymentCheckMod>${of(closedCheck)}<Memo>x</Memo></BillPaymentCheckMod></BillPaymentCheckModRq>`,
        3171,
      ],
      [
        'an open bill moved into the closed period',
        () => `<BillModRq><BillMod>${of(openBill)}<TxnDate>2026-01-31</TxnDate></BillMod></BillModRq>`,
        3171,
      ],
      ['a closed payment that is voided', () => removal('Void', 'BillPaymentCheck', closedCheck.TxnID), 3171],
      ['a closed payment that is deleted', () => removal('Del', 'BillPaymentCheck', closedCheck.TxnID), 3161],
      ['a closed credit that is deleted', () => removal('Del', 'VendorCredit', closedCredit.TxnID), 3161],
    ];

    describe('with a password, an application meets 3171, or 3161 for a deletion', () => {
      before(async () => {
        await desk.move('close-books', { date: '2026-01-31', password: 'secret' });
      });
      for (const [what, request, code] of WRITES)
        it(what, async () => {
          const { status } = await qb.one(request());
          assert.equal(status.code, code, status.message);
          if (code !== 0) assert.match(status.message ?? '', /closing date/);
        });

      it('an Add has the code that the switch says', async () => {
        for (const code of [3180, 3170, 3210, 3171]) {
          await desk.move('set-switch', { name: 'closedPeriodAdd', value: code });
          const { status } = await qb.one(bill('2026-01-31'));
          assert.equal(status.code, code);
          assert.match(status.message ?? '', /closing date/);
        }
      });

      it('preferences tell the date, and not that there is a password', async () => {
        const { AccountingPreferences: told } = await preferences();
        assert.equal(told?.ClosingDate, '2026-01-31');
        assert.doesNotMatch(JSON.stringify(told), /assword/);
      });
    });

    it('without a password nothing is refused', async () => {
      await desk.move('close-books', { date: '2026-01-31' });
      assert.equal((await preferences()).AccountingPreferences?.ClosingDate, '2026-01-31');
      for (const [what, request] of WRITES.filter(([, , code]) => code !== 0).slice(0, 3)) {
        const { status } = await qb.one(request());
        assert.equal(status.code, 0, `${what}: ${status.message}`);
      }
    });
  });

  it('while an accountant has a copy, the company tells the dividing date, and what is before it stays as it is', async () => {
    const company = async (): Promise<unknown> =>
      recordsOf(await qb.one('<CompanyQueryRq/>'), 'CompanyRet')[0]?.AccountantCopy;
    assert.deepEqual(await company(), { AccountantCopyExists: false });
    const bill = await books.bill('10.00', { txnDate: '2025-12-31' });
    await desk.move('accountants-copy', { dividingDate: '2025-12-31' });
    assert.deepEqual(await company(), { AccountantCopyExists: true, DividingDate: '2025-12-31' });
    const { EditSequence } = await books.whole('BillRet', bill);
    const mod = `<BillModRq><BillMod><TxnID>${bill}</TxnID><EditSequence>${EditSequence}</EditSequence><Memo>x</Memo></BillMod></BillModRq>`;
    assert.equal((await qb.one(mod)).status.code, 3180);
    await desk.move('accountants-copy', { dividingDate: null });
    assert.equal((await qb.one(mod)).status.code, 0);
  });

  it('preferences tell where discounts go', async () => {
    assert.equal((await preferences()).PurchasesAndVendorsPreferences?.DefaultDiscountAccountRef, undefined);
    await desk.move('set-discount-account', { account: 'Freight' });
    assert.equal((await preferences()).PurchasesAndVendorsPreferences?.DefaultDiscountAccountRef?.FullName, 'Freight');
  });

  describe('currencies', () => {
    it('of a file of one currency: none are told, and the query is refused', async () => {
      assert.deepEqual((await preferences()).MultiCurrencyPreferences, { IsMultiCurrencyOn: false });
      assert.equal((await qb.one('<CurrencyQueryRq/>')).status.code, 3250);
      const bill = await books.whole('BillRet', await books.bill('1.00'));
      assert.deepEqual([bill.CurrencyRef, bill.ExchangeRate], [undefined, undefined]);
    });

    describe('of a file of several', () => {
      let foreign: RecordOf<'BillRet'>;
      before(async () => {
        await desk.move('set-home-currency', { name: 'US Dollar', code: 'USD' });
        await desk.move('add-currency', { name: 'Canadian Dollar', code: 'CAD', exchangeRate: '0.75' });
        await desk.move('add-account', { name: 'A/P CAD', type: 'AccountsPayable', currency: 'Canadian Dollar' });
        await desk.move('add-vendor', { name: 'Maple Paper', currency: 'Canadian Dollar' });
        foreign = await books.taken(
          'BillRet',
          '<BillAddRq><BillAdd><VendorRef><FullName>Maple Paper</FullName></VendorRef><TxnDate>2026-03-01</TxnDate><ExchangeRate>0.8</ExchangeRate><ExpenseLineAdd><AccountRef><FullName>Rent</FullName></AccountRef><Amount>10.00</Amount></ExpenseLineAdd></BillAdd></BillAddRq>',
        );
      });

      it('preferences and the query of currencies tell them', async () => {
        const { MultiCurrencyPreferences: told } = await preferences();
        assert.deepEqual([told?.IsMultiCurrencyOn, told?.HomeCurrencyRef?.FullName], [true, 'US Dollar']);
        const found = await books.query('CurrencyRet', '<ActiveStatus>All</ActiveStatus>');
        assert.deepEqual(
          found.map(({ Name, CurrencyCode, ExchangeRate }) => [Name, CurrencyCode, ExchangeRate]),
          [
            ['US Dollar', 'USD', '1'],
            ['Canadian Dollar', 'CAD', '0.75'],
          ],
        );
      });

      it('a bill is in the currency of its vendor and A/P account, with its worth at home', async () => {
        assert.deepEqual(
          [foreign.CurrencyRef?.FullName, foreign.ExchangeRate, foreign.APAccountRef?.FullName],
          ['Canadian Dollar', '0.8', 'A/P CAD'],
        );
        assert.deepEqual([foreign.AmountDue, foreign.AmountDueInHomeCurrency, foreign.OpenAmount], [1000, 800, 1000]);
        const home = await books.whole('BillRet', await books.bill('1.00'));
        assert.deepEqual(
          [home.CurrencyRef?.FullName, home.ExchangeRate, home.AmountDueInHomeCurrency],
          ['US Dollar', '1', 100],
        );
      });

      it('its payment too, and what BillToPay has of it', async () => {
        const check = await books.check(applied(foreign.TxnID, cash('4.00')), {
          vendor: 'Maple Paper',
          apAccount: 'A/P CAD',
        });
        assert.deepEqual(
          [check.CurrencyRef?.FullName, check.Amount, check.ExchangeRate, check.AmountInHomeCurrency],
          ['Canadian Dollar', 400, '0.75', 300],
        );
        const [left] = await books.query(
          'BillToPayRet',
          '<PayeeEntityRef><FullName>Maple Paper</FullName></PayeeEntityRef>',
        );
        assert.deepEqual(
          [left?.BillToPay?.AmountDue, left?.BillToPay?.CurrencyRef?.FullName],
          [600, 'Canadian Dollar'],
        );
      });

      it('vendors and accounts tell their currency, and bills are found by it', async () => {
        const [vendor] = await books.query('VendorRet', '<FullName>Maple Paper</FullName>');
        const [account] = await books.query('AccountRet', '<FullName>A/P CAD</FullName>');
        assert.deepEqual(
          [vendor?.CurrencyRef?.FullName, account?.CurrencyRef?.FullName],
          ['Canadian Dollar', 'Canadian Dollar'],
        );
        const filter = '<CurrencyFilter><FullName>canadian dollar</FullName></CurrencyFilter>';
        assert.deepEqual(
          (await books.query('BillRet', filter)).map(({ TxnID }) => TxnID),
          [foreign.TxnID],
        );
        assert.deepEqual(
          (await books.query('VendorRet', filter)).map(({ Name }) => Name),
          ['Maple Paper'],
        );
        assert.deepEqual(
          (await books.query('AccountRet', filter)).map(({ Name }) => Name),
          ['A/P CAD'],
        );
        assert.deepEqual(await books.toPay('Acorn Tools', filter), []);
        assert.equal((await books.toPay('Maple Paper', filter)).length, 1);
      });

      it('an A/P account of another currency is refused', async () => {
        const { status } = await qb.one(
          '<BillAddRq><BillAdd><VendorRef><FullName>Maple Paper</FullName></VendorRef><APAccountRef><FullName>Accounts Payable</FullName></APAccountRef><ExpenseLineAdd><AccountRef><FullName>Rent</FullName></AccountRef><Amount>1.00</Amount></ExpenseLineAdd></BillAdd></BillAddRq>',
        );
        assert.equal(status.code, 3140);
      });
    });
  });
});
