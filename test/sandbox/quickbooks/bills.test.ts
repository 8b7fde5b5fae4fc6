import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { type RecordOf, type ResponseMessage, recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, type Json, only, openDesk, rows, rowWith, type Session } from './desk.ts';

type BillRet = RecordOf<'BillRet'>;

describe('QuickBooks sandbox: bills by request', () => {
  let nowMs = Date.parse('2026-03-02T15:00:00Z');
  let desk: Desk;
  let qb: Session;
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
    qb = await desk.session();
  });
  after(() => desk.stop());

  const bill = (answer: ResponseMessage): BillRet => {
    assert.deepEqual([answer.status.code, answer.status.message], [0, 'Status OK']);
    return recordsOf(answer, 'BillRet')[0] as BillRet;
  };
  const expense = (account: string, amount: string, more = ''): string =>
    `<ExpenseLineAdd><AccountRef><FullName>${account}</FullName></AccountRef><Amount>${amount}</Amount>${more}</ExpenseLineAdd>`;
  const item = (name: string, rest: string): string =>
    `<ItemLineAdd><ItemRef><FullName>${name}</FullName></ItemRef>${rest}</ItemLineAdd>`;
  const add = (head: string, lines: string, vendor = 'Acorn Tools'): Promise<ResponseMessage> =>
    qb.one(
      `<BillAddRq><BillAdd><VendorRef><FullName>${vendor}</FullName></VendorRef>${head}${lines}</BillAdd></BillAddRq>`,
    );
  const mod = (of: BillRet, rest: string, sequence = of.EditSequence): Promise<ResponseMessage> =>
    qb.one(
      `<BillModRq><BillMod><TxnID>${of.TxnID}</TxnID><EditSequence>${sequence}</EditSequence>${rest}</BillMod></BillModRq>`,
    );
  const later = (): void => {
    nowMs += 5000;
  };
  const balance = async (fullName: string): Promise<unknown> =>
    rowWith((await desk.books()).accounts, { fullName }).balanceCents;

  it('an added bill has its IDs, its lines unasked, its total, and is in the journal', async () => {
    const [payable, rent] = [await balance('Accounts Payable'), await balance('Rent')];
    const made = bill(
      await add(
        '<TxnDate>2026-02-28</TxnDate><RefNumber>A-1</RefNumber><Memo>March</Memo><ExternalGUID>{00000000-0000-0000-0000-00000000000a}</ExternalGUID>',
        expense('Rent', '100.10', '<Memo>rent</Memo><ClassRef><FullName>West:North</FullName></ClassRef>') +
          item('Paper A4', '<Quantity>3</Quantity><Cost>4.2999</Cost>'),
      ),
    );
    const second = String(nowMs / 1000);
    assert.match(made.TxnID, new RegExp(`^[0-9A-F]+-${second}$`));
    assert.deepEqual([made.EditSequence, made.TimeModified], [second, '2026-03-02T10:00:00-05:00']);
    assert.deepEqual([made.AmountDue, made.OpenAmount, made.IsPaid], [11_300, 11_300, false]);
    assert.equal(made.APAccountRef?.FullName, 'Accounts Payable');
    assert.equal(made.ExternalGUID, '{00000000-0000-0000-0000-00000000000a}');
    const [line] = made.ExpenseLineRet ?? [];
    assert.match(line?.TxnLineID ?? '', new RegExp(`^[0-9A-F]+-${second}$`));
    assert.deepEqual([line?.Memo, line?.ClassRef?.FullName, line?.Amount], ['rent', 'West:North', 10_010]);
    const [paper] = made.ItemLines ?? [];
    assert.deepEqual(paper && 'ItemLineRet' in paper && [paper.ItemLineRet.Amount, paper.ItemLineRet.Cost], [
      1290,
      { units: 42_999, scale: 4 },
    ]);
    const books = await desk.books();
    const entry = rowWith(books.bills, { id: made.TxnID });
    assert.deepEqual(only(entry, 'createdBy', 'refNumber', 'amountCents', 'guid'), {
      createdBy: 'application',
      refNumber: 'A-1',
      amountCents: 11_300,
      guid: '{00000000-0000-0000-0000-00000000000a}',
    });
    assert.equal(rowWith(books.journal, { txnId: made.TxnID }).date, '2026-02-28');
    assert.deepEqual(
      [await balance('Accounts Payable'), await balance('Rent')],
      [Number(payable) + 11_300, Number(rent) + 10_010],
    );
  });

  const amounts: readonly [given: string, quantity: string | undefined, cost: string | undefined, amount: number][] = [
    ['<Quantity>3</Quantity><Cost>4.2999</Cost>', '3', '4.2999', 1290],
    ['<Quantity>3</Quantity><Amount>10.00</Amount>', '3', '3.33333', 1000],
    ['<Quantity>3</Quantity>', '3', '4.2999', 1290],
    ['<Amount>7.77</Amount>', undefined, undefined, 777],
    ['<Cost>5</Cost>', undefined, '5', 500],
    ['<Quantity>2</Quantity><Cost>5.00</Cost><Amount>9.99</Amount>', '2', '5.00', 999],
    ['<Quantity>0.5</Quantity><Cost>0.01</Cost>', '0.5', '0.01', 1],
  ];
  for (const [given, quantity, cost, amount] of amounts)
    it(`an item line ${given} has amount ${amount}`, async () => {
      const made = bill(await add('', item('Paper A4', given)));
      const { itemLines } = rowWith((await desk.books()).bills, { id: made.TxnID });
      assert.deepEqual(only(rows(itemLines)[0], 'quantity', 'cost', 'amountCents'), {
        quantity,
        cost,
        amountCents: amount,
      });
    });

  it('quantity and cost that do not make the amount: the amount is computed anew where the switch says so', async () => {
    await desk.move('set-switch', { name: 'itemAmount', value: 'recalculated' });
    const made = bill(await add('', item('Paper A4', '<Quantity>2</Quantity><Cost>5.00</Cost><Amount>9.99</Amount>')));
    assert.equal(made.AmountDue, 1000);
    await desk.move('set-switch', { name: 'itemAmount', value: 'kept' });
  });

  it('a group stands for its members', async () => {
    const made = bill(
      await add(
        '',
        '<ItemGroupLineAdd><ItemGroupRef><FullName>Door Set</FullName></ItemGroupRef><Quantity>2</Quantity></ItemGroupLineAdd>',
      ),
    );
    const [group] = made.ItemLines ?? [];
    assert.ok(group !== undefined && 'ItemGroupLineRet' in group);
    // Four handles at 12.50, one hour at 65.00.
    assert.equal(group.ItemGroupLineRet.TotalAmount, 11_500);
    assert.deepEqual(
      group.ItemGroupLineRet.ItemLineRet?.map(({ Amount }) => Amount),
      [5000, 6500],
    );
  });

  it('a date that is left out is the last one used, by whomever', async () => {
    await desk.move('enter-bill', {
      vendor: 'Acorn Tools',
      txnDate: '2024-05-06',
      expenseLines: [{ account: 'Rent', amount: '1.00' }],
    });
    assert.equal(bill(await add('', expense('Rent', '1.00'))).TxnDate, '2024-05-06');
    bill(await add('<TxnDate>2026-03-01</TxnDate>', expense('Rent', '1.00')));
    assert.equal(bill(await add('', expense('Rent', '1.00'))).TxnDate, '2026-03-01');
  });

  const due: readonly [terms: string, date: string, due: string][] = [
    ['Net 30', '2026-01-31', '2026-03-02'],
    ['15th of month', '2026-03-12', '2026-04-15'],
    ['Due on receipt', '2026-03-12', '2026-03-12'],
  ];
  for (const [terms, date, expected] of due)
    it(`a bill of ${date} at ${terms} is due ${expected}`, async () => {
      const made = bill(
        await add(
          `<TxnDate>${date}</TxnDate><TermsRef><FullName>${terms}</FullName></TermsRef>`,
          expense('Rent', '1.00'),
        ),
      );
      assert.deepEqual([made.TermsRef?.FullName, made.DueDate], [terms, expected]);
    });

  it('the same number twice is no matter', async () => {
    for (const _ of [1, 2]) bill(await add('<RefNumber>TWICE</RefNumber>', expense('Rent', '1.00')));
    assert.equal((await qb.one('<BillQueryRq><RefNumber>twice</RefNumber></BillQueryRq>')).records.length, 2);
  });

  const NONE = 'QuickBooks error message: Invalid argument.  The specified record does not exist in the list.';
  const refused: readonly [what: string, head: string, lines: string, code: number, text: string | RegExp][] = [
    [
      'an account that is not there',
      '',
      expense('Rnt', '1.00'),
      3140,
      `There is an invalid reference to QuickBooks Account "Rnt" in the Bill.  ${NONE}`,
    ],
    [
      'a class that is not there',
      '',
      expense('Rent', '1.00', '<ClassRef><FullName>South</FullName></ClassRef>'),
      3140,
      /QuickBooks Class "South" in the Bill/,
    ],
    [
      'a customer that is not there',
      '',
      expense('Rent', '1.00', '<CustomerRef><ListID>AB-1</ListID></CustomerRef>'),
      3140,
      /QuickBooks Customer "AB-1" in the Bill/,
    ],
    ['an item that is not there', '', item('Pen', '<Amount>1.00</Amount>'), 3140, /QuickBooks Item "Pen" in the Bill/],
    [
      'terms that are not there',
      '<TermsRef><FullName>Net 99</FullName></TermsRef>',
      expense('Rent', '1.00'),
      3140,
      /QuickBooks Terms "Net 99" in the Bill/,
    ],
    [
      'an A/P account that is none',
      '<APAccountRef><FullName>Checking</FullName></APAccountRef>',
      expense('Rent', '1.00'),
      3140,
      /QuickBooks Account "Checking" in the Bill/,
    ],
    ['a line to an A/P account', '', expense('Accounts Payable', '1.00'), 3180, /"Accounts Payable" cannot be used/],
    ['a line without account', '', '<ExpenseLineAdd><Amount>1.00</Amount></ExpenseLineAdd>', 3270, /no AccountRef/],
    ['a negative total', '', expense('Rent', '-1.00'), 3180, /cannot be negative/],
    ['no line at all', '', '', 3180, /empty/],
    ['a group as a plain line', '', item('Door Set', '<Amount>1.00</Amount>'), 3180, /is a group/],
  ];
  for (const [what, head, lines, code, text] of refused)
    it(`${what} is refused with ${code}, and nothing changes`, async () => {
      const before = (await desk.books()).bills;
      const { status, records } = await add(head, lines);
      assert.deepEqual([status.code, status.severity, records], [code, 'Error', []]);
      if (typeof text === 'string') assert.equal(status.message, text);
      else assert.match(status.message, text);
      assert.deepEqual((await desk.books()).bills, before);
    });

  it('a vendor that is not there is refused', async () => {
    const { status } = await add('', expense('Rent', '1.00'), 'Nobody');
    assert.deepEqual(
      [status.code, status.message],
      [3140, `There is an invalid reference to QuickBooks Vendor "Nobody" in the Bill.  ${NONE}`],
    );
  });

  for (const [list, name] of [
    ['vendor', 'Acorn Tools'],
    ['account', 'Rent'],
    ['class', 'East'],
    ['customer', 'Miller, Anna'],
    ['terms', 'Net 15'],
  ] as const)
    it(`an inactive ${list} is refused, and taken where the switch says so`, async () => {
      await desk.move('make-inactive', { list, name });
      const send = () =>
        add(
          '<TermsRef><FullName>Net 15</FullName></TermsRef>',
          expense(
            'Rent',
            '1.00',
            '<CustomerRef><FullName>Miller, Anna</FullName></CustomerRef><ClassRef><FullName>East</FullName></ClassRef>',
          ),
        );
      const { status } = await send();
      assert.equal(status.code, 3140);
      assert.match(status.message, new RegExp(`"${name}" in the Bill.*inactive`));
      await desk.move('set-switch', { name: 'inactiveReference', value: 'accepted' });
      bill(await send());
      await desk.move('set-switch', { name: 'inactiveReference', value: 'refused' });
      await desk.move('make-active', { list, name });
    });

  describe('a modified bill', () => {
    let made: BillRet;
    const line = (index: number): string => made.ExpenseLineRet?.[index]?.TxnLineID ?? '';
    const expenses = (of: BillRet) =>
      of.ExpenseLineRet?.map(({ TxnLineID, AccountRef, Amount }) => [TxnLineID, AccountRef?.FullName, Amount]);
    beforeEach(async () => {
      later();
      made = bill(
        await add(
          '<RefNumber>M-1</RefNumber><Memo>first</Memo>',
          expense('Rent', '10.00') +
            expense('Freight', '20.00') +
            item('Paper A4', '<Quantity>1</Quantity><Cost>5</Cost>'),
        ),
      );
      later();
    });

    it('keeps what is not mentioned, has another edit sequence, and keeps its number', async () => {
      const changed = bill(await mod(made, '<Memo>second</Memo>'));
      const unchanged = [
        'TxnID',
        'TxnNumber',
        'TimeCreated',
        'RefNumber',
        'TxnDate',
        'AmountDue',
        'ExpenseLineRet',
        'ItemLines',
      ] as const;
      for (const name of unchanged) assert.deepEqual(changed[name], made[name], name);
      assert.equal(changed.Memo, 'second');
      assert.equal(changed.EditSequence, String(nowMs / 1000));
    });

    it('loses a field by an empty element', async () => {
      const changed = bill(await mod(made, '<RefNumber></RefNumber><Memo></Memo>'));
      assert.deepEqual([changed.RefNumber, changed.Memo], [undefined, undefined]);
    });

    it('with lines listed: the unlisted of that kind are deleted, -1 is a new one, the other kind stays', async () => {
      const changed = bill(
        await mod(
          made,
          `<ExpenseLineMod><TxnLineID>${line(1)}</TxnLineID><Amount>21.00</Amount></ExpenseLineMod>` +
            '<ExpenseLineMod><TxnLineID>-1</TxnLineID><AccountRef><FullName>Rent</FullName></AccountRef><Amount>3.00</Amount></ExpenseLineMod>',
        ),
      );
      const [kept, added] = expenses(changed) ?? [];
      assert.deepEqual(kept, [line(1), 'Freight', 2100]);
      assert.deepEqual(added?.slice(1), ['Rent', 300]);
      assert.notEqual(added?.[0], line(0));
      assert.deepEqual([changed.ItemLines, changed.AmountDue], [made.ItemLines, 2900]);
    });

    it('ClearExpenseLines deletes them all', async () => {
      const changed = bill(await mod(made, '<ClearExpenseLines>true</ClearExpenseLines>'));
      assert.deepEqual([changed.ExpenseLineRet, changed.AmountDue], [undefined, 500]);
    });

    it('an item line with another quantity has another amount', async () => {
      const [first] = made.ItemLines ?? [];
      const id = first !== undefined && 'ItemLineRet' in first ? first.ItemLineRet.TxnLineID : '';
      const changed = bill(
        await mod(made, `<ItemLineMod><TxnLineID>${id}</TxnLineID><Quantity>3</Quantity></ItemLineMod>`),
      );
      assert.equal(changed.AmountDue, 4500);
    });

    it('is refused when somebody changed it since', async () => {
      await desk.move('edit-bill', { txnId: made.TxnID, memo: 'by hand' });
      const { status } = await mod(made, '<Memo>second</Memo>');
      assert.deepEqual(
        [status.code, status.message],
        [3200, `The provided edit sequence "${made.EditSequence}" is out-of-date. `],
      );
    });

    it('two changes within one second share an edit sequence, so that the second is not noticed', async () => {
      const first = bill(await mod(made, '<Memo>one</Memo>'));
      const second = bill(await mod(first, '<Memo>two</Memo>'));
      assert.equal(second.EditSequence, first.EditSequence);
    });

    it('a line that it does not have is refused, and so is a bill that is gone', async () => {
      assert.equal((await mod(made, '<ExpenseLineMod><TxnLineID>AB-1</TxnLineID></ExpenseLineMod>')).status.code, 3121);
      await desk.move('delete-bill', { txnId: made.TxnID });
      const { status } = await mod(made, '<Memo>second</Memo>');
      assert.deepEqual(
        [status.code, status.message],
        [3120, `Object "${made.TxnID}" specified in the request cannot be found.  ${NONE}`],
      );
    });
  });

  it('a voided bill keeps its record: zero amounts, memo VOID:, paid, nothing in the journal', async () => {
    const made = bill(
      await add(
        '<Memo>March</Memo>',
        expense('Rent', '10.00') + item('Paper A4', '<Quantity>2</Quantity><Cost>5</Cost>'),
      ),
    );
    const rent = await balance('Rent');
    later();
    const shown = await desk.move('void-bill', { txnId: made.TxnID });
    assert.deepEqual(only(shown, 'memo', 'amountCents', 'openCents', 'isPaid', 'voided'), {
      memo: 'VOID: March',
      amountCents: 0,
      openCents: 0,
      isPaid: true,
      voided: true,
    });
    const answer = bill(await qb.one(`<BillQueryRq><TxnID>${made.TxnID}</TxnID></BillQueryRq>`));
    assert.deepEqual([answer.AmountDue, answer.IsPaid, answer.Memo], [0, true, 'VOID: March']);
    assert.equal(await balance('Rent'), Number(rent) - 1000);
    const entry = rowWith((await desk.books()).journal, { txnId: made.TxnID });
    assert.ok(rows(entry.entries).every(({ cents }) => cents === 0));
  });

  it('TxnVoid and TxnDel do to a bill what a person can do', async () => {
    const made = bill(await add('<RefNumber>V-1</RefNumber>', expense('Rent', '10.00')));
    const voided = recordsOf(
      await qb.one(`<TxnVoidRq><TxnVoidType>Bill</TxnVoidType><TxnID>${made.TxnID}</TxnID></TxnVoidRq>`),
      'TxnVoidRs',
    );
    assert.deepEqual([voided[0]?.TxnID, voided[0]?.RefNumber], [made.TxnID, 'V-1']);
    const deleted = recordsOf(
      await qb.one(`<TxnDelRq><TxnDelType>Bill</TxnDelType><TxnID>${made.TxnID}</TxnID></TxnDelRq>`),
      'TxnDelRs',
    );
    assert.equal(deleted[0]?.TxnID, made.TxnID);
    assert.equal((await qb.one(`<BillQueryRq><TxnID>${made.TxnID}</TxnID></BillQueryRq>`)).status.code, 500);
  });

  it('the log of deletions tells what is gone since when', async () => {
    const made = bill(await add('<RefNumber>D-1</RefNumber>', expense('Rent', '10.00')));
    later();
    await desk.move('delete-bill', { txnId: made.TxnID });
    await desk.move('add-vendor', { name: 'Short Lived' });
    await desk.move('delete-vendor', { vendor: 'Short Lived' });
    const since = '<DeletedDateRangeFilter><FromDeletedDate>2026-03-01</FromDeletedDate></DeletedDateRangeFilter>';
    const transactions = recordsOf(
      await qb.one(`<TxnDeletedQueryRq><TxnDelType>Bill</TxnDelType>${since}</TxnDeletedQueryRq>`),
      'TxnDeletedRet',
    );
    assert.deepEqual([transactions.at(-1)?.TxnID, transactions.at(-1)?.RefNumber], [made.TxnID, 'D-1']);
    const entries = recordsOf(
      await qb.one(`<ListDeletedQueryRq><ListDelType>Vendor</ListDelType>${since}</ListDeletedQueryRq>`),
      'ListDeletedRet',
    );
    assert.deepEqual(
      entries.map(({ FullName }) => FullName),
      ['Short Lived'],
    );
    const none = await qb.one('<ListDeletedQueryRq><ListDelType>Class</ListDelType></ListDeletedQueryRq>');
    assert.equal(none.status.code, 1);
  });

  it('BillToPay tells what is open to one vendor', async () => {
    const ask = (vendor: string) =>
      qb.one(`<BillToPayQueryRq><PayeeEntityRef><FullName>${vendor}</FullName></PayeeEntityRef></BillToPayQueryRq>`);
    const open = rows((await desk.books()).bills).filter(
      ({ vendor, isPaid }) => vendor === 'Acorn Tools' && isPaid === false,
    );
    const told = recordsOf(await ask('Acorn Tools'), 'BillToPayRet').map(({ BillToPay }) => [
      BillToPay?.TxnID,
      BillToPay?.AmountDue,
    ]);
    const oldestFirst = open.sort((a, b) =>
      a.txnDate === b.txnDate
        ? Number(a.txnNumber) - Number(b.txnNumber)
        : String(a.txnDate) < String(b.txnDate)
          ? -1
          : 1,
    );
    assert.deepEqual(
      told,
      oldestFirst.map(({ id, openCents }) => [id, openCents]),
    );
    await desk.move('add-vendor', { name: 'Owed Nothing' });
    assert.equal((await ask('Owed Nothing')).status.code, 1);
    assert.equal((await ask('Nobody')).status.code, 3140);
  });

  const openAmounts: readonly [value: string, amount: (bills: readonly Json[]) => unknown][] = [
    ['correct', () => 100],
    ['missing', () => undefined],
    [
      'vendorTotal',
      (bills) =>
        bills
          .filter(({ vendor }) => vendor === 'Acorn Foods')
          .reduce((sum, { openCents }) => sum + Number(openCents), 0),
    ],
  ];
  for (const [value, amount] of openAmounts)
    it(`OpenAmount is ${value} where the switch says so`, async () => {
      await desk.move('set-switch', { name: 'openAmount', value });
      const made = bill(await add('', expense('Rent', '1.00'), 'Acorn Foods'));
      assert.equal(made.OpenAmount, amount(rows((await desk.books()).bills)));
      await desk.move('set-switch', { name: 'openAmount', value: 'correct' });
    });
});
