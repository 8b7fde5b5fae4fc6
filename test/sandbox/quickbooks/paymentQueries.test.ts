/** How bill payments are chosen and paged. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, openDesk, type Session } from './desk.ts';
import { applied, cash, payables, WHOLE } from './payableRequests.ts';

describe('QuickBooks sandbox: bill payments are found', () => {
  let nowMs = Date.parse('2026-03-05T15:00:00Z');
  let desk: Desk;
  let qb: Session;
  let books: ReturnType<typeof payables>;
  after(() => desk.stop());
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
    qb = await desk.session();
    books = payables(desk, qb);
    for (const [number, account, txnDate] of [
      ['F-1', 'Checking', '2026-04-03'],
      ['F-2', 'Savings', '2026-04-02'],
      ['f-3', 'Checking', '2026-04-01'],
    ] as const) {
      await books.check(applied(await books.bill('1.00'), cash('1.00')), { refNumber: number, account, txnDate });
      nowMs += 5000;
    }
  });
  const TABLE: readonly (readonly [how: string, filter: string, found: readonly string[]])[] = [
    ['by number, whatever its letters', '<RefNumber>F-3</RefNumber>', ['f-3']],
    ['by number, letter by letter', '<RefNumberCaseSensitive>F-3</RefNumberCaseSensitive>', []],
    [
      'by the start of the number, oldest first',
      '<RefNumberFilter><MatchCriterion>StartsWith</MatchCriterion><RefNumber>F-</RefNumber></RefNumberFilter>',
      ['f-3', 'F-2', 'F-1'],
    ],
    [
      'by date',
      '<TxnDateRangeFilter><FromTxnDate>2026-04-02</FromTxnDate><ToTxnDate>2026-04-02</ToTxnDate></TxnDateRangeFilter>',
      ['F-2'],
    ],
    [
      'by the time of change, from that second on',
      '<ModifiedDateRangeFilter><FromModifiedDate>2026-03-05T10:00:05</FromModifiedDate></ModifiedDateRangeFilter>',
      ['f-3', 'F-2'],
    ],
    [
      'by the bank, and from a date on',
      '<TxnDateRangeFilter><FromTxnDate>2026-04-01</FromTxnDate></TxnDateRangeFilter><AccountFilter><FullName>Checking</FullName></AccountFilter>',
      ['f-3', 'F-1'],
    ],
    [
      'by the payee',
      '<TxnDateRangeFilter><FromTxnDate>2026-04-02</FromTxnDate></TxnDateRangeFilter><EntityFilter><FullName>acorn tools</FullName></EntityFilter>',
      ['F-2', 'F-1'],
    ],
    ['for another payee there are none', '<EntityFilter><FullName>Acorn Paper</FullName></EntityFilter>', []],
  ];
  for (const [how, filter, found] of TABLE)
    it(how, async () => {
      const answered = await books.query('BillPaymentCheckRet', filter);
      assert.deepEqual(
        answered.map(({ RefNumber }) => RefNumber),
        found,
      );
    });

  it('page by page, with only what is asked for', async () => {
    const filter =
      '<MaxReturned>2</MaxReturned><TxnDateRangeFilter><FromTxnDate>2026-04-01</FromTxnDate></TxnDateRangeFilter>';
    const only = '<IncludeRetElement>RefNumber</IncludeRetElement>';
    const first = await qb.one(
      `<BillPaymentCheckQueryRq iterator="Start">${filter}${WHOLE}${only}</BillPaymentCheckQueryRq>`,
    );
    assert.equal(first.iteratorRemainingCount, 1);
    const records = recordsOf(first, 'BillPaymentCheckRet');
    assert.deepEqual(
      records.map((record) => Object.keys(record)),
      [
        ['TxnID', 'RefNumber'],
        ['TxnID', 'RefNumber'],
      ],
    );
    const last = await qb.one(
      `<BillPaymentCheckQueryRq iterator="Continue" iteratorID="${first.iteratorID}">${filter}${WHOLE}</BillPaymentCheckQueryRq>`,
    );
    assert.deepEqual(
      recordsOf(last, 'BillPaymentCheckRet').map(({ RefNumber, AppliedToTxnRet }) => [
        RefNumber,
        AppliedToTxnRet?.length,
      ]),
      [['F-1', 1]],
    );
    assert.equal(last.iteratorRemainingCount, 0);
  });
});
