import assert from 'node:assert/strict';
import type { LedgerCredit, LedgerPayment } from '../../../src/domain/ledger.ts';
import { isBeforeCutOver, staysBehind } from '../../../src/sync/index.ts';
import { bill, invoice } from '../acme.ts';

const CUT_OVER = { bills: '2026-07-01', payments: '2026-08-01', credits: '2026-09-01' };
const vendor = { id: 'V1', name: 'Acme' };
const payment = (txnDate: string): LedgerPayment => ({
  id: 'P1',
  editSequence: '1',
  method: 'check',
  vendor,
  account: { id: 'A1', name: 'Checking' },
  txnDate,
  amountCents: 100,
  applications: [],
});
const credit = (txnDate: string, usedCents: number): LedgerCredit => ({
  id: 'C1',
  editSequence: '1',
  vendor,
  txnDate,
  creditAmountCents: 100,
  links:
    usedCents === 0 ? [] : [{ txnId: 'B1', txnType: 'Bill', txnDate, linkType: 'AMTTYPE', amountCents: -usedCents }],
});

describe('what a cut-over leaves behind', () => {
  const rows: readonly (readonly [what: string, stays: boolean, expected: boolean])[] = [
    ['an old bill that is paid', staysBehind('bill', bill({ txnDate: '2026-06-30', isPaid: true }), CUT_OVER), true],
    ['an old bill that is open', staysBehind('bill', bill({ txnDate: '2026-06-30', isPaid: false }), CUT_OVER), false],
    [
      'a paid bill of the first day',
      staysBehind('bill', bill({ txnDate: '2026-07-01', isPaid: true }), CUT_OVER),
      false,
    ],
    ['an old payment', staysBehind('checkPayment', payment('2026-07-31'), CUT_OVER), true],
    ['a payment of the first day', staysBehind('cardPayment', payment('2026-08-01'), CUT_OVER), false],
    ['an old credit that is used up', staysBehind('credit', credit('2026-08-31', 100), CUT_OVER), true],
    ['an old credit with something left', staysBehind('credit', credit('2026-08-31', 60), CUT_OVER), false],
    ['an old invoice of MineralTree', isBeforeCutOver(invoice({ transactionDate: '2026-06-30' }), CUT_OVER), true],
    ['an invoice of the first day', isBeforeCutOver(invoice({ transactionDate: '2026-07-01' }), CUT_OVER), false],
  ];
  for (const [what, stays, expected] of rows)
    it(`${what} ${expected ? 'stays where it is' : 'comes along'}`, () => assert.equal(stays, expected));
});
