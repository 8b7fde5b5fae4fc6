/** Checks, deposits, journals, card charges and refunds, item receipts: what queries tell of those that touch A/P. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { RecordName } from '../../../src/qbxml/index.ts';
import { type Desk, type Json, openDesk, type Session } from './desk.ts';
import { LINKED, payables, WHOLE } from './payableRequests.ts';

const AP = 'Accounts Payable';
const VENDOR = 'Acorn Tools';

describe('QuickBooks sandbox: other transactions by request', () => {
  let desk: Desk;
  let qb: Session;
  let books: ReturnType<typeof payables>;
  before(async () => {
    desk = await openDesk({ clock: () => Date.parse('2026-03-02T15:00:00Z') });
    qb = await desk.session();
    books = payables(desk, qb);
  });
  after(() => desk.stop());

  interface Kind {
    readonly element: Extract<
      RecordName,
      'CheckRet' | 'DepositRet' | 'JournalEntryRet' | 'CreditCardChargeRet' | 'CreditCardCreditRet' | 'ItemReceiptRet'
    >;
    readonly move: string;
    readonly given: Json;
    /** What the record holds beside its identity; references by name. */
    readonly told: Json;
    /** What BillToPay has of it: cents, credits negative. */
    readonly toPay?: number;
  }
  const line = { account: AP, amount: '25.00', vendor: VENDOR, memo: 'on account' };
  const apLine = (element: string, amount: number): Json => ({
    AccountRef: AP,
    Amount: amount,
    Memo: 'on account',
    [element]: VENDOR,
  });

  const TABLE: readonly Kind[] = [
    {
      element: 'CheckRet',
      move: 'enter-check',
      given: { account: 'Checking', refNumber: '900', memo: 'advance', vendor: VENDOR, lines: [line] },
      told: {
        AccountRef: 'Checking',
        PayeeEntityRef: VENDOR,
        RefNumber: '900',
        Amount: 2500,
        Memo: 'advance',
        IsToBePrinted: false,
        ExpenseLineRet: [apLine('CustomerRef', 2500)],
      },
      toPay: -2500,
    },
    {
      element: 'DepositRet',
      move: 'enter-deposit',
      given: { account: 'Checking', memo: 'refund', lines: [line] },
      told: {
        DepositToAccountRef: 'Checking',
        Memo: 'refund',
        DepositTotal: 2500,
        DepositLineRet: [apLine('EntityRef', 2500)],
      },
      toPay: 2500,
    },
    {
      element: 'JournalEntryRet',
      move: 'enter-journal',
      given: {
        refNumber: 'J-1',
        lines: [
          { account: 'Rent', debit: '25.00' },
          { account: AP, credit: '25.00', vendor: VENDOR, memo: 'on account' },
        ],
      },
      told: {
        RefNumber: 'J-1',
        IsAdjustment: false,
        JournalLines: [
          { JournalDebitLine: { AccountRef: 'Rent', Amount: 2500 } },
          { JournalCreditLine: apLine('EntityRef', 2500) },
        ],
      },
      toPay: 2500,
    },
    {
      element: 'CreditCardChargeRet',
      move: 'enter-charge',
      given: { account: 'Company Card', refNumber: '77', vendor: VENDOR, lines: [line] },
      told: {
        AccountRef: 'Company Card',
        PayeeEntityRef: VENDOR,
        RefNumber: '77',
        Amount: 2500,
        ExpenseLineRet: [apLine('CustomerRef', 2500)],
      },
      toPay: -2500,
    },
    {
      element: 'CreditCardCreditRet',
      move: 'enter-card-refund',
      given: { account: 'Company Card', vendor: VENDOR, lines: [line] },
      told: {
        AccountRef: 'Company Card',
        PayeeEntityRef: VENDOR,
        Amount: 2500,
        ExpenseLineRet: [apLine('CustomerRef', 2500)],
      },
      toPay: 2500,
    },
    {
      element: 'ItemReceiptRet',
      move: 'enter-item-receipt',
      given: { vendor: VENDOR, refNumber: 'R-1', lines: [{ account: 'Office Supplies', amount: '25.00' }] },
      told: {
        VendorRef: VENDOR,
        APAccountRef: AP,
        RefNumber: 'R-1',
        TotalAmount: 2500,
        ExpenseLineRet: [{ AccountRef: 'Office Supplies', Amount: 2500 }],
      },
    },
  ];
  /** References by their names; what identifies a record left out. */
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const { FullName } = value as Json;
    if (FullName !== undefined) return FullName;
    const identity = ['TxnID', 'TimeCreated', 'TimeModified', 'EditSequence', 'TxnNumber', 'TxnLineID', 'TxnDate'];
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !identity.includes(name))
        .map(([name, one]) => [name, plain(one)]),
    );
  };

  for (const { element, move, given, told, toPay } of TABLE)
    describe(element.replace('Ret', 'Query'), () => {
      let id = '';
      before(async () => {
        id = String((await desk.move(move, { date: '2026-02-10', ...given })).id);
      });

      it('tells it whole, and what BillToPay has of it', async () => {
        const [found] = await books.query(element, `<TxnID>${id}</TxnID>${WHOLE}`);
        assert.deepEqual([found?.TxnID, found?.TxnDate], [id, '2026-02-10']);
        assert.deepEqual(plain(found), told);
        assert.equal(await books.open(id), toPay);
      });

      it('leaves the lines out unless they are asked for', async () => {
        const [found] = await books.query(element, `<TxnID>${id}</TxnID>`);
        assert.deepEqual(
          Object.keys(found ?? {}).filter((name) => /Line/.test(name)),
          [],
        );
      });

      it('finds it by the A/P account and its dates, and not by another account or day', async () => {
        const ids = async (from: string, account: string): Promise<string[]> =>
          (
            await books.query(
              element,
              `<TxnDateRangeFilter><FromTxnDate>${from}</FromTxnDate></TxnDateRangeFilter><AccountFilter><FullName>${account}</FullName></AccountFilter>`,
            )
          ).map(({ TxnID }) => TxnID);
        assert.deepEqual(await ids('2026-02-10', AP), [id]);
        assert.deepEqual(await ids('2026-02-11', AP), []);
        assert.deepEqual(await ids('2026-02-10', 'Savings'), []);
      });

      it('finds it by its vendor, and page by page', async () => {
        const name = element.replace('Ret', 'Query');
        const page = await qb.one(
          `<${name}Rq iterator="Start"><MaxReturned>5</MaxReturned><EntityFilter><FullName>${VENDOR}</FullName></EntityFilter><IncludeRetElement>TxnDate</IncludeRetElement></${name}Rq>`,
        );
        assert.equal(page.iteratorRemainingCount, 0);
        assert.deepEqual(
          page.records.map(({ value }) => value),
          [{ TxnID: id, TxnDate: '2026-02-10' }],
        );
      });

      it('by an ID of another kind of transaction nothing comes', async () => {
        const other = TABLE.find((kind) => kind.element !== element)?.element.replace('Ret', 'Query');
        assert.equal((await qb.one(`<${other}Rq><TxnID>${id}</TxnID></${other}Rq>`)).status.code, 500);
      });

      it('voided, it is at zero and nothing is open of it', async () => {
        const type = element.replace('Ret', '');
        const voided = await qb.one(`<TxnVoidRq><TxnVoidType>${type}</TxnVoidType><TxnID>${id}</TxnID></TxnVoidRq>`);
        assert.equal(voided.status.code, 0, voided.status.message);
        const [found] = await books.query(element, `<TxnID>${id}</TxnID>`);
        assert.match(found?.Memo ?? '', /^VOID:/);
        assert.equal(await books.open(id), undefined);
      });
    });

  describe('beside bills and payments', () => {
    it('a check that was set against a bill is linked to it, and the bill to the check', async () => {
      const bill = await books.bill('40.00');
      const check = await desk.move('enter-check', { account: 'Checking', refNumber: '901', lines: [line] });
      await desk.move('set-credits', { bill, credits: [{ txnId: check.id, amount: '15.00' }] });
      const [found] = await books.query('CheckRet', `<TxnID>${check.id}</TxnID>${LINKED}`);
      assert.deepEqual(
        found?.LinkedTxn?.map(({ TxnID, TxnType, Amount }) => [TxnID, TxnType, Amount]),
        [[bill, 'Bill', -1500]],
      );
      assert.deepEqual(
        (await books.whole('BillRet', bill)).LinkedTxn?.map(({ TxnID, TxnType, Amount }) => [TxnID, TxnType, Amount]),
        [[check.id, 'Check', -1500]],
      );
      assert.equal(await books.open(String(check.id)), -1000);
    });

    it('a receipt that a bill takes over is linked by quantity: no money of the bill', async () => {
      const receipt = await desk.move('enter-item-receipt', {
        vendor: VENDOR,
        lines: [{ account: 'Office Supplies', amount: '9.00' }],
      });
      const bill = await books.taken(
        'BillRet',
        `<BillAddRq><BillAdd><VendorRef><FullName>${VENDOR}</FullName></VendorRef><TxnDate>2026-03-01</TxnDate><LinkToTxnID>${receipt.id}</LinkToTxnID><ExpenseLineAdd><AccountRef><FullName>Office Supplies</FullName></AccountRef><Amount>9.00</Amount></ExpenseLineAdd></BillAdd></BillAddRq>`,
      );
      const { LinkedTxn, OpenAmount } = await books.whole('BillRet', bill.TxnID);
      assert.deepEqual(
        [LinkedTxn?.map(({ TxnID, TxnType, LinkType }) => [TxnID, TxnType, LinkType]), OpenAmount],
        [[[receipt.id, 'ItemReceipt', 'QUANTYPE']], 900],
      );
      const [billed] = await books.query('ItemReceiptRet', `<TxnID>${receipt.id}</TxnID>${LINKED}`);
      assert.deepEqual(
        billed?.LinkedTxn?.map(({ TxnID, LinkType }) => [TxnID, LinkType]),
        [[bill.TxnID, 'QUANTYPE']],
      );
    });

    it('a deposit that owes a vendor is paid like a bill, and the payment tells so', async () => {
      const deposit = await desk.move('enter-deposit', { account: 'Checking', lines: [line] });
      const check = await books.check(
        `<AppliedToTxnAdd><TxnID>${deposit.id}</TxnID><PaymentAmount>25.00</PaymentAmount></AppliedToTxnAdd>`,
      );
      assert.deepEqual(
        check.AppliedToTxnRet?.map(({ TxnType, Amount, BalanceRemaining }) => [TxnType, Amount, BalanceRemaining]),
        [['Deposit', 2500, 0]],
      );
    });

    it('of a journal only the lines come when only they are asked for', async () => {
      const journal = await desk.move('enter-journal', {
        memo: 'month end',
        lines: [
          { account: 'Rent', debit: '1.00' },
          { account: 'Freight', credit: '1.00' },
        ],
      });
      const [found] = await books.query(
        'JournalEntryRet',
        `<TxnID>${journal.id}</TxnID>${WHOLE}<IncludeRetElement>JournalDebitLine</IncludeRetElement><IncludeRetElement>JournalCreditLine</IncludeRetElement>`,
      );
      assert.deepEqual(plain(found), {
        JournalLines: [
          { JournalDebitLine: { AccountRef: 'Rent', Amount: 100 } },
          { JournalCreditLine: { AccountRef: 'Freight', Amount: 100 } },
        ],
      });
    });

    it('dates are given as such: a date macro is refused, except for all', async () => {
      const ask = async (macro: string): Promise<number> =>
        (
          await qb.one(
            `<CheckQueryRq><TxnDateRangeFilter><DateMacro>${macro}</DateMacro></TxnDateRangeFilter></CheckQueryRq>`,
          )
        ).status.code;
      assert.deepEqual([await ask('All'), await ask('ThisMonth')], [0, 1030]);
    });

    it('a purchase order is in no query: the sandbox answers none of those', async () => {
      const order = await desk.move('enter-purchase-order', {
        vendor: VENDOR,
        lines: [{ account: 'Office Supplies', amount: '9.00' }],
      });
      for (const { element } of TABLE)
        assert.deepEqual(
          (await books.query(element, '')).filter(({ TxnID }) => TxnID === order.id),
          [],
        );
    });
  });
});
