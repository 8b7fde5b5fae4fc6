/** What QuickBooks refuses of a bill payment, as an application meets it: nothing of it is left in the books. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Desk, openDesk, type Session } from './desk.ts';
import { applied, cardAdd, cash, checkAdd, discount, payables, setCredit } from './payableRequests.ts';

describe('QuickBooks sandbox: a bill payment is refused for', () => {
  let desk: Desk;
  let qb: Session;
  let books: ReturnType<typeof payables>;
  let bill = '';
  let credit = '';
  let paid = '';
  let branchBill = '';
  let othersBill = '';
  before(async () => {
    desk = await openDesk({ clock: () => Date.parse('2026-03-02T15:00:00Z') });
    qb = await desk.session();
    books = payables(desk, qb);
    await desk.move('add-account', { name: 'A/P Branch', type: 'AccountsPayable' });
    bill = await books.bill('100.00');
    paid = await books.bill('1.00');
    await books.check(applied(paid, cash('1.00')));
    branchBill = await books.bill('10.00', { apAccount: 'A/P Branch' });
    othersBill = await books.bill('10.00', { vendor: 'Acorn Paper' });
    credit = (await books.credit('30.00')).TxnID;
  });
  const TABLE: readonly (readonly [what: string, request: () => string, code: number, text: RegExp])[] = [
    [
      'more cash than is open',
      () => checkAdd(applied(bill, cash('129.43'))),
      3210,
      /^The "AppliedToTxnAdd payment amount" field has an invalid value "129.43". {2}QuickBooks error message: You cannot pay more than the amount due.$/,
    ],
    [
      'cash and discount together above what is open',
      () => checkAdd(applied(bill, cash('99.00'), discount('1.01'))),
      3210,
      /amount due/,
    ],
    [
      'a credit above what is left of the bill',
      () => checkAdd(applied(bill, cash('90.00'), setCredit(credit, '10.01'))),
      3210,
      /amount due/,
    ],
    ['more of a credit than is left of it', () => checkAdd(applied(bill, setCredit(credit, '30.01'))), 3210, /credit/],
    ['a bill that is paid', () => checkAdd(applied(paid, cash('1.00'))), 3120, /cannot be found/],
    ['a bill that does not exist', () => checkAdd(applied('AB-1', cash('1.00'))), 3120, /"AB-1"/],
    ['what is no ID', () => checkAdd(applied('bill 7', cash('1.00'))), 3000, /"bill 7" in the field "TxnID"/],
    ['what is no ID of a credit', () => checkAdd(applied(bill, setCredit('x', '1.00'))), 3000, /"CreditTxnID"/],
    ['the same bill twice', () => checkAdd(applied(bill, cash('1.00')).repeat(2)), 3120, /cannot be found/],
    ['the bill of another vendor', () => checkAdd(applied(othersBill, cash('1.00'))), 3120, /cannot be found/],
    ['a bill of another A/P account', () => checkAdd(applied(branchBill, cash('1.00'))), 3140, /A\/P Branch/],
    [
      'the A/P account of another bill',
      () => checkAdd(applied(bill, cash('1.00')), { apAccount: 'A/P Branch' }),
      3140,
      /Accounts Payable/,
    ],
    ['nothing of a bill', () => checkAdd(applied(bill)), 3180, /empty/],
    ['a credit that does not exist', () => checkAdd(applied(bill, setCredit('AB-1', '1.00'))), 3120, /"AB-1"/],
    ['a bill as a credit', () => checkAdd(applied(bill, setCredit(paid, '1.00'))), 3120, /cannot be found/],
    ['a check from a card', () => checkAdd(applied(bill, cash('1.00')), { account: 'Company Card' }), 3140, /bank/],
    ['a card that is a bank', () => cardAdd(applied(bill, cash('1.00')), { account: 'Checking' }), 3140, /card/],
    ['an unknown vendor', () => checkAdd(applied(bill, cash('1.00')), { vendor: 'Nobody' }), 3140, /"Nobody"/],
    ['a discount account that does not exist', () => checkAdd(applied(bill, discount('1.00', 'None'))), 3140, /None/],
  ];
  for (const [what, request, code, text] of TABLE) {
    it(what, async () => {
      const before = await desk.books();
      const { status, records } = await qb.one(request());
      assert.deepEqual([status.code, status.severity, records], [code, 'Error', []]);
      assert.match(status.message ?? '', text);
      const now = await desk.books();
      assert.deepEqual([now.bills, now.journal], [before.bills, before.journal]);
    });
  }
  after(() => desk.stop());
});
