import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Desk, openDesk, rows, rowWith, type Session } from './desk.ts';

const CLOSED = '2026-03-31';
const OPEN = '2026-04-01';
const LATER = '2026-04-15';

describe('QuickBooks sandbox: closed books', () => {
  let desk: Desk;
  let qb: Session;
  beforeEach(async () => {
    desk = await openDesk();
    qb = await desk.session();
  });
  afterEach(() => desk.stop());

  const VENDOR = 'Acorn Tools';
  const lines = (amount: string) => ({ expenseLines: [{ account: 'Freight', amount }] });
  const bill = async (txnDate: string, amount = '20.00'): Promise<string> =>
    String((await desk.move('enter-bill', { vendor: VENDOR, txnDate, ...lines(amount) })).id);
  const paid = async (billId: string, date: string): Promise<string> => {
    const answer = await desk.move('pay-bills', {
      account: 'Checking',
      method: 'check',
      date,
      bills: [{ txnId: billId }],
    });
    return String(rows(answer.payments)[0]?.id);
  };
  const ref = (element: string, name: string): string => `<${element}><FullName>${name}</FullName></${element}>`;
  const billAdd = (date: string): string =>
    `<BillAddRq><BillAdd>${ref('VendorRef', VENDOR)}<TxnDate>${date}</TxnDate><ExpenseLineAdd>${ref('AccountRef', 'Rent')}<Amount>1.00</Amount></ExpenseLineAdd></BillAdd></BillAddRq>`;
  const billMod = async (id: string, change: string): Promise<string> => {
    const { editSequence } = rowWith((await desk.books()).bills, { id });
    return `<BillModRq><BillMod><TxnID>${id}</TxnID><EditSequence>${editSequence}</EditSequence>${change}</BillMod></BillModRq>`;
  };
  const checkAdd = (billId: string, date: string): string =>
    `<BillPaymentCheckAddRq><BillPaymentCheckAdd>${ref('PayeeEntityRef', VENDOR)}<TxnDate>${date}</TxnDate>${ref('BankAccountRef', 'Checking')}<RefNumber>1</RefNumber><AppliedToTxnAdd><TxnID>${billId}</TxnID><PaymentAmount>1.00</PaymentAmount></AppliedToTxnAdd></BillPaymentCheckAdd></BillPaymentCheckAddRq>`;
  const txnVoid = (type: string, id: string): string =>
    `<TxnVoidRq><TxnVoidType>${type}</TxnVoidType><TxnID>${id}</TxnID></TxnVoidRq>`;
  const txnDel = (type: string, id: string): string =>
    `<TxnDelRq><TxnDelType>${type}</TxnDelType><TxnID>${id}</TxnID></TxnDelRq>`;
  const status = async (request: string): Promise<readonly [number, string]> => {
    const { status: said } = await qb.one(request);
    return [said.code, said.message ?? ''];
  };

  it('with a password an application can write nothing on or before the closing date, and is told so', async () => {
    const [old, young] = [await bill(CLOSED), await bill(OPEN)];
    const payment = await paid(await bill(CLOSED), CLOSED);
    await desk.move('close-books', { date: CLOSED, password: 'secret' });
    const table: readonly (readonly [string, string, number])[] = [
      ['a bill', billAdd(CLOSED), 3171],
      ['a change of an old bill', await billMod(old, '<Memo>x</Memo>'), 3171],
      ['an old bill moved out of the period', await billMod(old, `<TxnDate>${OPEN}</TxnDate>`), 3171],
      ['a bill moved into the period', await billMod(young, `<TxnDate>${CLOSED}</TxnDate>`), 3171],
      ['a payment', checkAdd(young, CLOSED), 3171],
      ['a payment voided', txnVoid('BillPaymentCheck', payment), 3171],
      ['an old bill voided', txnVoid('Bill', old), 3171],
      ['a payment deleted', txnDel('BillPaymentCheck', payment), 3161],
      ['an old bill deleted', txnDel('Bill', old), 3161],
    ];
    const before = JSON.stringify({ ...(await desk.books()), clock: 0 });
    for (const [what, request, code] of table) {
      const [said, message] = await status(request);
      assert.equal(said, code, `${what}: ${message}`);
      assert.match(message, /closing date/, what);
    }
    assert.equal(JSON.stringify({ ...(await desk.books()), clock: 0 }), before);
    for (const [what, request] of [
      ['a bill of the next day', billAdd(OPEN)],
      ['an old bill paid later', checkAdd(old, LATER)],
      ['a young bill', await billMod(young, '<Memo>x</Memo>')],
    ] as const)
      assert.equal((await status(request))[0], 0, what);
  });

  it('an old bill may be settled later by a credit: that is no transaction', async () => {
    const old = await bill(CLOSED);
    const credit = await desk.move('enter-credit', { vendor: VENDOR, txnDate: CLOSED, ...lines('5.00') });
    await desk.move('close-books', { date: CLOSED, password: 'secret' });
    await desk.move('set-credits', { bill: old, credits: [{ txnId: credit.id, amount: '5.00' }] });
    assert.equal(rowWith((await desk.books()).bills, { id: old }).openCents, 1500);
  });

  it('an Add may be refused by another code, as the switch says', async () => {
    await desk.move('close-books', { date: CLOSED, password: 'secret' });
    for (const value of [3180, 3170, 3210, 3171]) {
      await desk.move('set-switch', { name: 'closedPeriodAdd', value });
      const [code, message] = await status(billAdd(CLOSED));
      assert.equal(code, value);
      assert.match(message, /closing date/);
    }
  });

  it('without a password it stops nobody', async () => {
    const old = await bill(CLOSED);
    await desk.move('close-books', { date: CLOSED });
    assert.equal((await status(billAdd(CLOSED)))[0], 0);
    assert.equal((await status(await billMod(old, '<Memo>x</Memo>')))[0], 0);
    assert.equal((await status(checkAdd(old, CLOSED)))[0], 0);
    await desk.move('edit-bill', { txnId: old, memo: 'typed' });
  });

  it('a person who gives the password writes, one who does not is refused', async () => {
    const old = await bill(CLOSED);
    await desk.move('close-books', { date: CLOSED, password: 'secret' });
    const body = { file: 'C:\\Books\\Sample.qbw', txnId: old, memo: 'late' };
    for (const closingPassword of [undefined, 'wrong']) {
      const { status: said, json } = await desk.page('POST', '/people/edit-bill', { ...body, closingPassword });
      assert.deepEqual([said, json.statusCode], [422, 3171]);
    }
    const { memo } = await desk.move('edit-bill', { txnId: old, memo: 'late', closingPassword: 'secret' });
    assert.equal(memo, 'late');
    for (const [move, more] of [
      ['enter-credit', { vendor: VENDOR, txnDate: CLOSED, ...lines('1.00') }],
      ['pay-bills', { account: 'Checking', method: 'check', date: CLOSED, bills: [{ txnId: old }] }],
      ['enter-check', { account: 'Checking', date: CLOSED, lines: [{ account: 'Rent', amount: '1.00' }] }],
    ] as const) {
      assert.equal((await desk.page('POST', `/people/${move}`, { file: body.file, ...more })).status, 422, move);
      await desk.move(move, { ...more, closingPassword: 'secret' });
    }
  });

  it('the books tell the date and that there is a password; a date set anew has none', async () => {
    await desk.move('close-books', { date: CLOSED, password: 'secret' });
    const closed = await desk.books();
    assert.deepEqual([closed.closingDate, closed.closingPasswordSet], [CLOSED, true]);
    await desk.move('set-closing-date', { date: OPEN });
    const again = await desk.books();
    assert.deepEqual([again.closingDate, again.closingPasswordSet], [OPEN, false]);
    await desk.move('close-books', { date: null, password: 'secret' });
    const opened = await desk.books();
    assert.deepEqual([opened.closingDate, opened.closingPasswordSet], [null, false]);
  });

  it('while an accountant has a copy, nobody writes on or before its dividing date', async () => {
    const old = await bill(CLOSED);
    await desk.move('accountants-copy', { dividingDate: CLOSED });
    assert.equal((await desk.books()).dividingDate, CLOSED);
    for (const request of [
      billAdd(CLOSED),
      await billMod(old, '<Memo>x</Memo>'),
      checkAdd(old, CLOSED),
      txnVoid('Bill', old),
      txnDel('Bill', old),
    ]) {
      const [code, message] = await status(request);
      assert.equal(code, 3180);
      assert.match(message, /dividing date/);
    }
    const { status: said, json } = await desk.page('POST', '/people/void-bill', {
      file: 'C:\\Books\\Sample.qbw',
      txnId: old,
    });
    assert.deepEqual([said, json.statusCode], [422, 3180]);
    assert.equal((await status(billAdd(OPEN)))[0], 0);
    await desk.move('accountants-copy', { dividingDate: null });
    await desk.move('void-bill', { txnId: old });
  });
});
