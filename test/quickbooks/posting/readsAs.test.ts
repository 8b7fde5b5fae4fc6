/** Whether a record reads as it should after an edit: tables. */
import assert from 'node:assert/strict';
import type { BillModMatch, ExpectedLine, VendorModMatch } from '../../../src/contract/index.ts';
import type { LedgerBill, LedgerVendor } from '../../../src/domain/ledger.ts';
import { billReadsAs, vendorReadsAs } from '../../../src/quickbooks/posting/readsAs.ts';

const BILL: LedgerBill = {
  id: '1-1',
  editSequence: '1',
  vendor: { id: 'V', name: 'Acorn' },
  txnDate: '2026-11-03',
  dueDate: '2026-12-03',
  amountDueCents: 300,
  refNumber: 'F-1',
  memo: 'first\nsecond',
  links: [],
  expenseLines: [
    { lineId: '2-1', amountCents: 100, account: { id: 'A', name: 'Rent' }, class: { id: 'C', name: 'West' } },
    { lineId: '3-1', amountCents: 50, account: { id: 'B', name: 'Fees' }, memo: 'fee' },
  ],
  itemLines: [{ lineId: '4-1', amountCents: 150, item: { id: 'I', name: 'Paper' }, quantity: { units: 30, scale: 1 } }],
  groupLines: 0,
};
const FIRST: ExpectedLine = { accountId: 'A', amountCents: 100, classId: 'C' };
const SECOND: ExpectedLine = { accountId: 'B', amountCents: 50, memo: 'fee' };
const LINES = [FIRST, SECOND];
const ITEMS: BillModMatch['target']['itemLines'] = [
  { itemId: 'I', amountCents: 150, quantity: { units: 3, scale: 0 } },
];

describe('a bill after its edit', () => {
  const rows: readonly (readonly [what: string, target: Partial<BillModMatch['target']>, reads: boolean])[] = [
    ['nothing but the amount compared', {}, true],
    ['another amount', { amountCents: 301 }, false],
    ['the memo with other line ends', { memo: 'first\r\nsecond ' }, true],
    ['another memo', { memo: 'first' }, false],
    ['the memo to be empty', { memo: null }, false],
    ['terms to be empty, as they are', { termsId: null }, true],
    ['terms that it has not', { termsId: 'T' }, false],
    ['another due date', { dueDate: '2026-12-04' }, false],
    ['another vendor', { vendorId: 'W' }, false],
    ['all lines', { expenseLines: LINES, itemLines: ITEMS }, true],
    ['lines in another order', { expenseLines: [SECOND, FIRST] }, false],
    ['a line fewer', { expenseLines: [FIRST] }, false],
    ['a line without the class that it has', { expenseLines: [{ accountId: 'A', amountCents: 100 }, SECOND] }, false],
    ['a line with another memo', { expenseLines: [FIRST, { ...SECOND, memo: 'fees' }] }, false],
    ['a line without the memo that it has', { expenseLines: [FIRST, { ...SECOND, memo: null }] }, false],
    ['a line of which no text is said', { expenseLines: [FIRST, { accountId: 'B', amountCents: 50 }] }, true],
    ['no item lines', { itemLines: [] }, false],
    [
      'a quantity that is another number',
      { itemLines: [{ itemId: 'I', amountCents: 150, quantity: { units: 4, scale: 0 } }] },
      false,
    ],
    ['a quantity that is left to QuickBooks', { itemLines: [{ itemId: 'I', amountCents: 150 }] }, true],
  ];
  for (const [what, target, reads] of rows)
    it(`${what}: ${reads ? 'applied' : 'not applied'}`, () =>
      assert.equal(billReadsAs(BILL, { amountCents: 300, ...target }), reads));
});

describe('a vendor after its edit', () => {
  const vendor: LedgerVendor = {
    id: 'V',
    editSequence: '1',
    active: true,
    name: 'Acorn',
    phone: '555-0100',
    address: { lines: ['Mill Road 1'], city: 'Lowell', postalCode: '01850' },
  };
  const rows: readonly (readonly [what: string, target: VendorModMatch['target'], reads: boolean])[] = [
    ['the phone as it is', { phone: '555-0100' }, true],
    ['another phone', { phone: '555-0101' }, false],
    ['no fax', { fax: null }, true],
    ['a fax', { fax: '1' }, false],
    ['the address', { address: { lines: ['Mill Road 1'], city: 'Lowell', postalCode: '01850' } }, true],
    ['the address without its code', { address: { lines: ['Mill Road 1'], city: 'Lowell' } }, false],
    ['no address', { address: null }, false],
  ];
  for (const [what, target, reads] of rows)
    it(`${what}: ${reads ? 'applied' : 'not applied'}`, () => assert.equal(vendorReadsAs(vendor, target), reads));
});
