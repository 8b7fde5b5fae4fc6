import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Desk, FILE, type Json, only, openDesk, rows, rowWith } from './desk.ts';

describe("QuickBooks sandbox: people's moves", () => {
  let nowMs = Date.parse('2026-03-02T15:00:00Z');
  let desk: Desk;
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
  });
  after(() => desk.stop());

  const rent = (amount = '10.00'): Json => ({ account: 'Rent', amount });
  const lineOf = (bill: Json, at: number): Json => rows(bill.expenseLines)[at] ?? {};

  it('a bill is entered with expense and item lines, answered as the books show it', async () => {
    const bill = await desk.move('enter-bill', {
      vendor: 'acorn tools',
      refNumber: 'P-1',
      txnDate: '2026-02-27',
      terms: 'Net 15',
      memo: 'by hand',
      expenseLines: [
        {
          account: 'Utilities:Telephone',
          amount: '12.00',
          memo: 'line',
          class: 'East',
          customer: 'Harbor Hotel:Lobby',
          billable: 'NotBillable',
        },
      ],
      itemLines: [{ item: 'Paper A4', quantity: '2', cost: '10.50' }],
    });
    assert.deepEqual(
      only(
        bill,
        'vendor',
        'refNumber',
        'txnDate',
        'dueDate',
        'terms',
        'memo',
        'amountCents',
        'openCents',
        'isPaid',
        'createdBy',
      ),
      {
        vendor: 'Acorn Tools',
        refNumber: 'P-1',
        txnDate: '2026-02-27',
        dueDate: '2026-03-14',
        terms: 'Net 15',
        memo: 'by hand',
        amountCents: 3300,
        openCents: 3300,
        isPaid: false,
        createdBy: 'person',
      },
    );
    assert.deepEqual(only(lineOf(bill, 0), 'account', 'amountCents', 'memo', 'class', 'customer', 'billable'), {
      account: 'Utilities:Telephone',
      amountCents: 1200,
      memo: 'line',
      class: 'East',
      customer: 'Harbor Hotel:Lobby',
      billable: 'NotBillable',
    });
    assert.deepEqual(only(rows(bill.itemLines)[0], 'item', 'quantity', 'cost', 'amountCents'), {
      item: 'Paper A4',
      quantity: '2',
      cost: '10.50',
      amountCents: 2100,
    });
    assert.deepEqual(rowWith((await desk.books()).bills, { id: bill.id }), bill);
  });

  it('an edit keeps what it does not mention; lines given replace those of their kind, by line ID or as new ones', async () => {
    const bill = await desk.move('enter-bill', {
      vendor: 'Acorn Tools',
      expenseLines: [rent(), rent('20.00')],
      itemLines: [{ item: 'Paper A4', amount: '5.00' }],
    });
    nowMs += 5000;
    const edited = await desk.move('edit-bill', {
      txnId: bill.id,
      refNumber: 'P-2',
      expenseLines: [{ ...rent('25.00'), lineId: lineOf(bill, 1).lineId }, rent('1.00')],
    });
    assert.deepEqual([edited.refNumber, edited.amountCents, edited.editSequence], ['P-2', 3100, String(nowMs / 1000)]);
    assert.equal(lineOf(edited, 0).lineId, lineOf(bill, 1).lineId);
    assert.deepEqual(edited.itemLines, bill.itemLines);
    const emptied = await desk.move('edit-bill', { txnId: bill.id, itemLines: [] });
    assert.deepEqual([emptied.itemLines, emptied.amountCents], [[], 2600]);
  });

  it('a group item is entered as a group', async () => {
    const bill = await desk.move('enter-bill', {
      vendor: 'Acorn Tools',
      itemLines: [{ item: 'Door Set', quantity: '1' }],
    });
    assert.deepEqual(
      rows(bill.groupLines).map(({ item, quantity }) => [item, quantity]),
      [['Door Set', '1']],
    );
    assert.equal(bill.amountCents, 5750);
  });

  it('vendors are added, edited, made inactive and active, and deleted when nothing names them', async () => {
    const added = await desk.move('add-vendor', {
      name: 'New Vendor',
      phone: '1',
      address: { addr1: 'A', city: 'B' },
      terms: 'Net 30',
    });
    assert.deepEqual(only(added, 'name', 'active', 'phone', 'address', 'terms'), {
      name: 'New Vendor',
      active: true,
      phone: '1',
      address: { addr1: 'A', city: 'B' },
      terms: 'Net 30',
    });
    const edited = await desk.move('edit-vendor', {
      vendor: 'New Vendor',
      name: 'Old Vendor',
      phone: '',
      address: { addr1: 'C' },
    });
    assert.deepEqual(only(edited, 'id', 'name', 'phone', 'address'), {
      id: added.id,
      name: 'Old Vendor',
      phone: undefined,
      address: { addr1: 'C' },
    });
    assert.equal((await desk.move('make-inactive', { list: 'vendor', name: 'Old Vendor' })).active, false);
    assert.equal((await desk.move('make-active', { list: 'vendor', name: 'Old Vendor' })).active, true);
    await desk.move('enter-bill', { vendor: 'Old Vendor', expenseLines: [rent()] });
    const used = await desk.page('POST', '/people/delete-vendor', { file: FILE, vendor: 'Old Vendor' });
    assert.deepEqual(
      [used.status, used.json.statusCode, used.json.error],
      [422, 3160, `Cannot delete the object specified by the id = "${added.id}".`],
    );
  });

  it('entries are added to every other list, below a parent where there are levels', async () => {
    const account = await desk.move('add-account', {
      name: 'Water',
      type: 'Expense',
      parent: 'Utilities',
      number: '6230',
    });
    assert.deepEqual(only(account, 'fullName', 'type', 'number', 'balanceCents'), {
      fullName: 'Utilities:Water',
      type: 'Expense',
      number: '6230',
      balanceCents: 0,
    });
    assert.equal((await desk.move('add-class', { name: 'Shore', parent: 'East' })).fullName, 'East:Shore');
    assert.equal(
      (await desk.move('add-customer', { name: 'Bar', parent: 'Harbor Hotel' })).fullName,
      'Harbor Hotel:Bar',
    );
    assert.deepEqual(only(await desk.move('add-terms', { name: 'Net 7', dueDays: 7 }), 'kind', 'dueDays'), {
      kind: 'standard',
      dueDays: 7,
    });
    assert.equal((await desk.move('add-terms', { name: '1st', dayOfMonthDue: 1 })).kind, 'dateDriven');
    const item = await desk.move('add-item', {
      name: 'Nails',
      type: 'NonInventory',
      account: 'Office Supplies',
      purchaseCost: '0.00125',
    });
    assert.deepEqual(only(item, 'type', 'purchaseAccount', 'purchaseCost'), {
      type: 'NonInventory',
      purchaseAccount: 'Office Supplies',
      purchaseCost: '0.00125',
    });
    assert.equal((await desk.move('delete-entry', { list: 'item', name: 'Nails' })).type, 'ItemNonInventory');
    const used = await desk.page('POST', '/people/delete-entry', { file: FILE, list: 'account', name: 'Rent' });
    assert.deepEqual([used.status, used.json.statusCode], [422, 3160]);
  });

  it('an item without account cannot be bought', async () => {
    await desk.move('add-item', { name: 'Nowhere', type: 'Service' });
    const { status, json } = await desk.page('POST', '/people/enter-bill', {
      file: FILE,
      vendor: 'Acorn Tools',
      itemLines: [{ item: 'Nowhere', amount: '1.00' }],
    });
    assert.deepEqual([status, json.statusCode], [422, 3270]);
  });

  it('a new company, a copy of it, a backup and its restoring', async () => {
    const file = 'C:\\Books\\Second.qbw';
    assert.deepEqual(await desk.move('new-company', { file, name: 'Second', seed: 'small' }), { file, name: 'Second' });
    await desk.move('backup', { file, backup: 'one' });
    await desk.move('add-vendor', { file, name: 'After the backup' });
    assert.deepEqual(await desk.move('copy-company', { file, to: 'C:\\Books\\Third.qbw' }), {
      file: 'C:\\Books\\Third.qbw',
      name: 'Second',
    });
    await desk.move('restore-backup', { file, backup: 'one' });
    const vendors = async (of: string): Promise<number> => rows((await desk.books(of)).vendors).length;
    assert.deepEqual([await vendors(file), await vendors('c:\\books\\third.QBW')], [10, 11]);
    const { json } = await desk.page('GET', '/books');
    assert.deepEqual(
      rows(json.files).map((each) => each.file),
      [FILE, file, 'C:\\Books\\Third.qbw'],
    );
  });

  it('a switch holds for one file, or for all that have none of their own', async () => {
    const of = async (file: string): Promise<unknown> =>
      (await desk.page('GET', `/people/switches?file=${encodeURIComponent(file)}`)).json.recovery;
    await desk.move('set-switch', { file: 'C:\\Books\\Second.qbw', name: 'recovery', value: 'absent' });
    assert.deepEqual([await of('C:\\Books\\Second.qbw'), await of(FILE)], ['absent', 'full']);
    const everywhere = await desk.page('POST', '/people/set-switch', { name: 'recovery', value: 'errorRecoveryOnly' });
    assert.equal(everywhere.json.recovery, 'errorRecoveryOnly');
    assert.deepEqual([await of('C:\\Books\\Second.qbw'), await of(FILE)], ['absent', 'errorRecoveryOnly']);
    await desk.page('POST', '/people/set-switch', { name: 'recovery', value: 'full' });
  });

  it('the clock is set ahead, so that a change gets another edit sequence', async () => {
    const before = await desk.move('edit-vendor', { vendor: 'Acorn Print', phone: '1' });
    assert.deepEqual((await desk.page('POST', '/people/move-clock', { seconds: 3 })).json, { clock: nowMs / 1000 + 3 });
    const after = await desk.move('edit-vendor', { vendor: 'Acorn Print', phone: '2' });
    assert.equal(Number(after.editSequence) - Number(before.editSequence), 3);
    assert.equal((await desk.page('POST', '/people/move-clock', { seconds: -3 })).status, 400);
  });

  const bill = { file: FILE, vendor: 'Acorn Tools' };
  const refused: readonly [what: string, move: string, body: object | string, status: number, says: RegExp][] = [
    ['a move that does not exist', 'burn-bill', {}, 404, /no move burn-bill; there are new-company, .*enter-bill/],
    [
      'a file that is not there',
      'enter-bill',
      { file: 'C:\\none', vendor: 'x' },
      404,
      /file: there is no company file C:\\none/,
    ],
    ['no file', 'enter-bill', { vendor: 'x' }, 400, /file: /],
    ['no JSON', 'enter-bill', 'hello', 400, /body: not JSON/],
    [
      'an amount of three decimals',
      'enter-bill',
      { ...bill, expenseLines: [rent('1.234')] },
      400,
      /expenseLines\.0\.amount: "1.234" is not an amount/,
    ],
    ['a date that does not exist', 'enter-bill', { ...bill, txnDate: '2026-02-30' }, 400, /txnDate: a date/],
    ['a number of 21 characters', 'enter-bill', { ...bill, refNumber: 'x'.repeat(21) }, 400, /refNumber: /],
    ['a field that does not exist', 'enter-bill', { ...bill, colour: 'red' }, 400, /colour/],
    [
      'a vendor that is not there',
      'enter-bill',
      { file: FILE, vendor: 'Nobody', expenseLines: [rent()] },
      422,
      /QuickBooks Vendor "Nobody"/,
    ],
    [
      'a bill that is not there',
      'void-bill',
      { file: FILE, txnId: 'AB-1' },
      422,
      /"AB-1" specified in the request cannot be found/,
    ],
    ['a name with a colon', 'add-vendor', { file: FILE, name: 'a:b' }, 422, /cannot contain a colon/],
    ['a file in the way', 'new-company', { file: FILE, name: 'Again' }, 409, /already a company file/],
    ['a backup that is not there', 'restore-backup', { file: FILE, backup: 'none' }, 409, /no backup "none"/],
    [
      'a switch that does not exist',
      'set-switch',
      { name: 'speed', value: 1 },
      400,
      /no switch "speed"; there are recovery/,
    ],
    [
      'a value that a switch does not have',
      'set-switch',
      { name: 'recovery', value: 'some' },
      400,
      /value of recovery: .*full.*errorRecoveryOnly.*absent/,
    ],
  ];
  for (const [what, move, body, status, says] of refused)
    it(`${what}: ${status}, and it is said`, async () => {
      const answer = await desk.page('POST', `/people/${move}`, body);
      assert.equal(answer.status, status, JSON.stringify(answer.json));
      assert.match(String(answer.json.error), says);
    });

  it('books of a file that is not there, and pages that are not there', async () => {
    const none = await desk.page('GET', '/books/file?file=x');
    assert.equal(none.status, 404);
    assert.match(String(none.json.error), /there is no company file x; there is C:\\Books\\Sample.qbw/);
    assert.equal((await desk.page('GET', '/books/file')).status, 400);
    assert.equal((await desk.page('GET', '/nowhere')).status, 404);
  });
});
