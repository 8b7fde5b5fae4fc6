/** Vendor credits by request, over the real wire. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { RecordOf } from '../../../src/qbxml/index.ts';
import { type Desk, openDesk, rows, rowWith, type Session } from './desk.ts';
import { applied, cash, checkAdd, LINKED, payables, setCredit, WHOLE } from './payableRequests.ts';

describe('QuickBooks sandbox: vendor credits by request', () => {
  let nowMs = Date.parse('2026-03-02T15:00:00Z');
  let desk: Desk;
  let qb: Session;
  let books: ReturnType<typeof payables>;
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
    qb = await desk.session();
    books = payables(desk, qb);
  });
  after(() => desk.stop());

  const mod = (of: RecordOf<'VendorCreditRet'>, rest: string, sequence = of.EditSequence): string =>
    `<VendorCreditModRq><VendorCreditMod><TxnID>${of.TxnID}</TxnID><EditSequence>${sequence}</EditSequence>${rest}</VendorCreditMod></VendorCreditModRq>`;
  const expense = (lineId: string | undefined, amount: string): string =>
    `<ExpenseLineMod><TxnLineID>${lineId}</TxnLineID><AccountRef><FullName>Rent</FullName></AccountRef><Amount>${amount}</Amount></ExpenseLineMod>`;

  it('an added credit has its IDs and lines unasked, and credits its accounts', async () => {
    const rent = async (): Promise<unknown> =>
      rowWith((await desk.books()).accounts, { fullName: 'Rent' }).balanceCents;
    const before = Number(await rent());
    const credit = await books.credit(
      '12.50',
      '<RefNumber>CR-1</RefNumber><Memo>returned</Memo><ExternalGUID>{00000000-0000-0000-0000-0000000000c1}</ExternalGUID>',
    );
    assert.match(credit.TxnID, /^[0-9A-F]+-\d+$/);
    assert.deepEqual(
      [credit.CreditAmount, credit.OpenAmount, credit.RefNumber, credit.Memo, credit.TxnDate],
      [1250, 1250, 'CR-1', 'returned', '2026-02-20'],
    );
    assert.deepEqual(
      [credit.APAccountRef?.FullName, credit.ExternalGUID, credit.LinkedTxn],
      ['Accounts Payable', '{00000000-0000-0000-0000-0000000000c1}', undefined],
    );
    assert.deepEqual(
      credit.ExpenseLineRet?.map(({ AccountRef, Amount }) => [AccountRef?.FullName, Amount]),
      [['Rent', 1250]],
    );
    assert.equal(Number(await rent()), before - 1250);
  });

  it('a query shows lines and links when asked, and only then', async () => {
    const [bill, credit] = [await books.bill('20.00'), await books.credit('5.00')];
    await qb.one(checkAdd(applied(bill, setCredit(credit.TxnID, '2.00'))));
    const [plain] = await books.query('VendorCreditRet', `<TxnID>${credit.TxnID}</TxnID>`);
    assert.deepEqual([plain?.ExpenseLineRet, plain?.LinkedTxn, plain?.OpenAmount], [undefined, undefined, 300]);
    const [whole] = await books.query('VendorCreditRet', `<TxnID>${credit.TxnID}</TxnID>${WHOLE}${LINKED}`);
    assert.equal(whole?.ExpenseLineRet?.length, 1);
    assert.deepEqual(
      whole?.LinkedTxn?.map(({ TxnID, TxnType, TxnDate, LinkType, Amount }) => [
        TxnID,
        TxnType,
        TxnDate,
        LinkType,
        Amount,
      ]),
      [[bill, 'Bill', '2026-03-01', 'AMTTYPE', -200]],
    );
  });

  it('OpenAmount is left out where the switch says so', async () => {
    const credit = await books.credit('5.00');
    await desk.move('set-switch', { name: 'openAmount', value: 'missing' });
    assert.equal((await books.whole('VendorCreditRet', credit.TxnID)).OpenAmount, undefined);
    await desk.move('set-switch', { name: 'openAmount', value: 'correct' });
    assert.equal((await books.whole('VendorCreditRet', credit.TxnID)).OpenAmount, 500);
  });

  it('a credit is taken by several bills, in parts, and twice by one bill as one link', async () => {
    const [first, second] = [await books.bill('20.00'), await books.bill('20.00')];
    const credit = await books.credit('9.00');
    for (const [bill, amount] of [
      [first, '1.00'],
      [second, '3.00'],
      [first, '2.50'],
    ] as const)
      await qb.one(checkAdd(applied(bill, setCredit(credit.TxnID, amount))));
    const { LinkedTxn, OpenAmount } = await books.whole('VendorCreditRet', credit.TxnID);
    assert.equal(OpenAmount, 250);
    assert.deepEqual(
      new Map(LinkedTxn?.map(({ TxnID, Amount }) => [TxnID, Amount])),
      new Map([
        [first, -350],
        [second, -300],
      ]),
    );
  });

  describe('a changed credit', () => {
    it('keeps what is not mentioned, and loses a field by an empty element', async () => {
      const credit = await books.credit('5.00', '<RefNumber>CR-2</RefNumber><Memo>m</Memo>');
      nowMs += 5000;
      const changed = await books.taken('VendorCreditRet', mod(credit, '<Memo></Memo>'));
      assert.deepEqual(
        [changed.RefNumber, changed.Memo, changed.CreditAmount, changed.EditSequence],
        ['CR-2', undefined, 500, String(nowMs / 1000)],
      );
      const line = changed.ExpenseLineRet?.[0]?.TxnLineID;
      assert.equal(line, credit.ExpenseLineRet?.[0]?.TxnLineID);
      const more = await books.taken('VendorCreditRet', mod(changed, expense(line, '6.00') + expense('-1', '1.00')));
      assert.deepEqual(
        [more.CreditAmount, more.ExpenseLineRet?.[0]?.TxnLineID, more.ExpenseLineRet?.length],
        [700, line, 2],
      );
    });

    it('is refused when it was changed since, is gone, or would be less than what was used of it', async () => {
      const [bill, credit] = [await books.bill('20.00'), await books.credit('5.00')];
      await qb.one(checkAdd(applied(bill, setCredit(credit.TxnID, '4.00'))));
      const now = await books.whole('VendorCreditRet', credit.TxnID);
      const line = now.ExpenseLineRet?.[0]?.TxnLineID;
      assert.equal((await qb.one(mod(now, '<Memo>x</Memo>', '1'))).status.code, 3200);
      assert.equal((await qb.one(mod({ ...now, TxnID: 'AB-1' }, '<Memo>x</Memo>'))).status.code, 3120);
      assert.equal((await qb.one(mod(now, expense(line, '3.99')))).status.code, 3180);
      assert.equal((await qb.one(mod(now, expense(line, '4.00')))).status.code, 0);
    });
  });

  it('a voided credit is at 0.00, and the bill that it was set against is open again', async () => {
    const [bill, credit] = [await books.bill('20.00'), await books.credit('5.00')];
    await qb.one(checkAdd(applied(bill, setCredit(credit.TxnID, '5.00'))));
    const voided = await qb.one(
      `<TxnVoidRq><TxnVoidType>VendorCredit</TxnVoidType><TxnID>${credit.TxnID}</TxnID></TxnVoidRq>`,
    );
    assert.equal(voided.status.code, 0);
    const now = await books.whole('VendorCreditRet', credit.TxnID);
    assert.deepEqual([now.CreditAmount, now.OpenAmount, now.Memo, now.LinkedTxn], [0, 0, 'VOID:', undefined]);
    const open = await books.whole('BillRet', bill);
    assert.deepEqual([open.OpenAmount, open.LinkedTxn], [2000, undefined]);
  });

  it('a journal entry against A/P is a credit like any other, by its own type', async () => {
    const bill = await books.bill('20.00');
    const journal = await desk.move('enter-journal', {
      date: '2026-02-01',
      refNumber: 'J-7',
      lines: [
        { account: 'Accounts Payable', debit: '8.00', vendor: 'Acorn Tools' },
        { account: 'Rent', credit: '8.00' },
      ],
    });
    const id = String(journal.id);
    await books.check(applied(bill, cash('1.00'), setCredit(id, '3.00')), { refNumber: '55' });
    assert.deepEqual(
      (await books.whole('BillRet', bill)).LinkedTxn?.map(({ TxnType, TxnDate, RefNumber, Amount }) => [
        TxnType,
        TxnDate,
        RefNumber,
        Amount,
      ]),
      [
        ['BillPaymentCheck', '2026-03-02', '55', -100],
        ['JournalEntry', '2026-02-01', 'J-7', -300],
      ],
    );
    assert.equal(await books.open(id), -500);
  });

  it('credits are found by number, vendor, account and time of change, oldest first, page by page', async () => {
    nowMs += 60_000;
    await desk.move('add-vendor', { name: 'Credit Giver' });
    for (const [refNumber, txnDate] of [
      ['G-2', '2026-05-02'],
      ['G-1', '2026-05-01'],
    ] as const)
      await desk.move('enter-credit', {
        vendor: 'Credit Giver',
        refNumber,
        txnDate,
        expenseLines: [{ account: 'Freight', amount: '1.00' }],
      });
    const from = new Date(nowMs - 5 * 3_600_000).toISOString().slice(0, 19);
    const numbers = async (filter: string): Promise<unknown[]> =>
      (await books.query('VendorCreditRet', filter)).map(({ RefNumber }) => RefNumber);
    for (const [filter, found] of [
      ['<RefNumber>g-1</RefNumber>', ['G-1']],
      ['<EntityFilter><FullName>Credit Giver</FullName></EntityFilter>', ['G-1', 'G-2']],
      ['<MaxReturned>1</MaxReturned><EntityFilter><FullName>Credit Giver</FullName></EntityFilter>', ['G-1']],
      [
        `<ModifiedDateRangeFilter><FromModifiedDate>${from}</FromModifiedDate></ModifiedDateRangeFilter>`,
        ['G-1', 'G-2'],
      ],
      [
        '<TxnDateRangeFilter><FromTxnDate>2026-05-02</FromTxnDate></TxnDateRangeFilter><AccountFilter><FullName>Freight</FullName></AccountFilter>',
        ['G-2'],
      ],
      ['<AccountFilter><FullName>Savings</FullName></AccountFilter>', []],
    ] as const)
      assert.deepEqual(await numbers(filter), found, filter);
    const page = await qb.one(
      '<VendorCreditQueryRq iterator="Start"><MaxReturned>1</MaxReturned><EntityFilter><FullName>Credit Giver</FullName></EntityFilter></VendorCreditQueryRq>',
    );
    assert.equal(page.iteratorRemainingCount, 1);
    const all = rows((await desk.books()).credits).length;
    const counted = await qb.one('<VendorCreditQueryRq metaData="MetaDataOnly"></VendorCreditQueryRq>');
    assert.equal(counted.retCount, all);
  });
});
