import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Desk, openDesk, rows, rowWith } from './desk.ts';

describe('QuickBooks sandbox: entries merged into one', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.stop());

  const lines = { expenseLines: [{ account: 'Freight', amount: '20.00' }] };

  it('two vendors become one: bills, credits and payments are its own, and nothing they owe changes', async () => {
    const { id } = await desk.move('enter-bill', { vendor: 'Acorn Print', txnDate: '2026-03-01', ...lines });
    const credit = await desk.move('enter-credit', { vendor: 'Acorn Print', txnDate: '2026-03-01', ...lines });
    await desk.move('pay-bills', {
      account: 'Checking',
      method: 'check',
      date: '2026-03-02',
      bills: [{ txnId: id, amount: '5.00' }],
    });
    const before = await desk.books();
    const gone = rowWith(before.vendors, { name: 'Acorn Print' });
    const kept = rowWith(before.vendors, { name: 'Acorn Tools' });
    await desk.page('POST', '/people/move-clock', { seconds: 5 });
    const merged = await desk.move('merge-list-entries', { list: 'vendor', from: 'Acorn Print', into: 'Acorn Tools' });
    assert.equal(merged.id, kept.id);
    assert.equal(merged.balanceCents, Number(gone.balanceCents) + Number(kept.balanceCents));
    const books = await desk.books();
    assert.ok(!rows(books.vendors).some((vendor) => vendor.id === gone.id));
    for (const list of [books.bills, books.credits, books.payments])
      assert.ok(!rows(list).some(({ vendorId }) => vendorId === gone.id));
    assert.equal(rowWith(books.bills, { id }).editSequence, rowWith(before.bills, { id }).editSequence);
    assert.deepEqual([books.payables, books.journal], [before.payables, before.journal]);
    assert.equal(rowWith(books.deletedEntries, { id: gone.id }).type, 'Vendor');
    await desk.move('set-credits', { bill: id, credits: [{ txnId: credit.id, amount: '15.00' }] });
  });

  it('two accounts become one, with what was posted to them', async () => {
    await desk.move('add-account', { name: 'Old Freight', type: 'Expense' });
    const { id } = await desk.move('enter-bill', {
      vendor: 'Acorn Tools',
      expenseLines: [{ account: 'Old Freight', amount: '7.00' }],
    });
    const before = await desk.books();
    const balance = (books: typeof before, fullName: string): number =>
      Number(rowWith(books.accounts, { fullName }).balanceCents);
    await desk.move('merge-list-entries', { list: 'account', from: 'Old Freight', into: 'Freight' });
    const books = await desk.books();
    assert.equal(balance(books, 'Freight'), balance(before, 'Freight') + 700);
    assert.equal(rows(rowWith(books.bills, { id }).expenseLines)[0]?.account, 'Freight');
  });

  it('the log of deletions may not know of it, as the switch says', async () => {
    await desk.move('set-switch', { name: 'mergeLogged', value: false });
    const { id } = rowWith((await desk.books()).vendors, { name: 'Acorn Foods' });
    await desk.move('merge-list-entries', { list: 'vendor', from: 'Acorn Foods', into: 'Acorn Tools' });
    const { deletedEntries, vendors } = await desk.books();
    assert.ok(![...rows(deletedEntries), ...rows(vendors)].some((row) => row.id === id));
  });

  it('the transactions of the entry that is gone may have a new time of change, as the switch says', async () => {
    await desk.move('set-switch', { name: 'mergeBumpsTransactions', value: true });
    const { id, editSequence } = await desk.move('enter-bill', { vendor: 'Acorn Paper', ...lines });
    await desk.page('POST', '/people/move-clock', { seconds: 5 });
    await desk.move('merge-list-entries', { list: 'vendor', from: 'Acorn Paper', into: 'Acorn Tools' });
    assert.ok(Number(rowWith((await desk.books()).bills, { id }).editSequence) >= Number(editSequence) + 5);
  });

  for (const [words, body] of [
    ['accounts of two types', { list: 'account', from: 'Rent', into: 'Checking' }],
    ['one that has entries below it', { list: 'account', from: 'Utilities', into: 'Rent' }],
    ['an entry with itself', { list: 'class', from: 'East', into: 'east' }],
    ['standard terms with date-driven ones', { list: 'terms', from: 'Net 15', into: '15th of month' }],
  ] as const)
    it(`never: ${words}`, async () => {
      const { status, json } = await desk.page('POST', '/people/merge-list-entries', {
        file: 'C:\\Books\\Sample.qbw',
        ...body,
      });
      assert.deepEqual([status, json.statusCode], [422, 3170]);
      assert.match(String(json.error), /Cannot merge list elements/);
    });
});
