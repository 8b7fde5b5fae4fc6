/** What becomes of one posting, given what is known: tables. */
import assert from 'node:assert/strict';
import type { Posting } from '../../../src/contract/index.ts';
import type { LedgerBill } from '../../../src/domain/ledger.ts';
import { readStatus } from '../../../src/qbxml/index.ts';
import type { FoundBill } from '../../../src/quickbooks/posting/billSearch.ts';
import { decide, type Known } from '../../../src/quickbooks/posting/decision.ts';
import type { Answered } from '../../../src/quickbooks/posting/storedAnswer.ts';

const GUID = '{11111111-2222-3333-4444-555555555555}';
const VENDOR = { id: '80000001-1', name: 'Acorn Tools' };
const ADD: Posting = {
  kind: 'BillAdd',
  messageSetId: 'A1',
  xml: '',
  dates: ['2026-11-03'],
  match: { guid: GUID, vendor: VENDOR, refNumber: 'F-1', txnDate: '2026-11-03', amountCents: 100 },
};
const UNNUMBERED: Posting = {
  ...ADD,
  match: { guid: GUID, vendor: VENDOR, txnDate: '2026-11-03', amountCents: 100 },
};
const MOD: Posting = {
  kind: 'BillMod',
  messageSetId: 'M1',
  xml: '',
  dates: ['2026-11-03'],
  match: { txnId: '1-1', editSequence: '100', target: { memo: 'ours', amountCents: 100 } },
};
const bill = (editSequence: string, memo?: string): LedgerBill => ({
  id: '1-1',
  editSequence,
  vendor: VENDOR,
  txnDate: '2026-11-03',
  amountDueCents: 100,
  ...(memo === undefined ? {} : { memo }),
  links: [],
  expenseLines: [{ lineId: '2-1', amountCents: 100 }],
  itemLines: [],
  groupLines: 0,
});
const found = (more: Partial<FoundBill> = {}): FoundBill => ({
  txnId: '9-1',
  vendorId: VENDOR.id,
  refNumber: 'F-1',
  txnDate: '2026-11-03',
  amountCents: 100,
  voided: false,
  ...more,
});
const refused = (statusCode: number, text = ''): Answered => ({
  kind: 'refused',
  statusCode,
  text,
  reading: readStatus({ code: statusCode, message: text }),
});
const none: Answered = { kind: 'none' };

const told = (posting: Posting, known: Partial<Known> & Pick<Known, 'standing'>): string => {
  const decision = decide(posting, { keepsAnswers: false, closedUpTo: [], ...known });
  if (decision.kind === 'send') return decision.resembling.length > 0 ? 'send, with a warning' : 'send';
  if (decision.kind === 'posted') return `posted ${decision.how}`;
  const { outcome } = decision;
  if (outcome.kind === 'posted') return `posted ${outcome.how}`;
  return outcome.kind === 'refused' ? `refused ${outcome.code}` : outcome.kind;
};
const bills = (...all: FoundBill[]): Known['standing'] => ({ kind: 'bills', found: all });
const stands = (one?: LedgerBill): Known['standing'] => ({ kind: 'bill', ...(one === undefined ? {} : { bill: one }) });

type Row = readonly [what: string, posting: Posting, known: Parameters<typeof told>[1], expected: string];

const NEW_BILLS: readonly Row[] = [
  ['nothing like it is there', ADD, { standing: bills() }, 'send'],
  ['ours is there', ADD, { standing: bills(found({ guid: GUID.toUpperCase() })) }, 'posted foundByGuid'],
  [
    'ours is there under another number, another vendor, voided',
    ADD,
    { standing: bills(found({ guid: GUID, refNumber: 'X', vendorId: 'other', voided: true })) },
    'posted foundByGuid',
  ],
  [
    'ours is there although its period is closed',
    ADD,
    { standing: bills(found({ guid: GUID })), closedUpTo: ['2026-12-31'] },
    'posted foundByGuid',
  ],
  ["somebody else's has the number", ADD, { standing: bills(found()) }, 'refused duplicateNumber'],
  ['with blanks and in capitals', ADD, { standing: bills(found({ refNumber: ' f-1 ' })) }, 'refused duplicateNumber'],
  ['of another vendor', ADD, { standing: bills(found({ vendorId: 'other' })) }, 'send'],
  ['of another number that contains it', ADD, { standing: bills(found({ refNumber: 'F-11' })) }, 'send'],
  ['which was voided', ADD, { standing: bills(found({ voided: true })) }, 'send'],
  ['on the closing date', ADD, { standing: bills(), closedUpTo: ['2026-11-03'] }, 'refused closedPeriod'],
  ['the day after the closing date', ADD, { standing: bills(), closedUpTo: ['2026-11-02'] }, 'send'],
  [
    "before the dividing date of an accountant's copy",
    ADD,
    { standing: bills(), closedUpTo: ['2026-01-31', '2026-11-30'] },
    'refused closedPeriod',
  ],
  [
    'without a number, one like it a week away',
    UNNUMBERED,
    { standing: bills(found({ refNumber: 'X', txnDate: '2026-11-10' })) },
    'send, with a warning',
  ],
  [
    'without a number, one like it eight days away',
    UNNUMBERED,
    { standing: bills(found({ txnDate: '2026-11-11' })) },
    'send',
  ],
  ['without a number, one of another amount', UNNUMBERED, { standing: bills(found({ amountCents: 101 })) }, 'send'],
  [
    'QuickBooks kept the answer with the bill',
    ADD,
    { standing: bills(), stored: { kind: 'done', id: '1-1', bill: { ...bill('100'), guid: GUID } } },
    'posted storedAnswer',
  ],
  [
    'QuickBooks kept the ID only',
    ADD,
    { standing: bills(), stored: { kind: 'done', id: '1-1' } },
    'posted storedAnswer',
  ],
  [
    'QuickBooks kept that it was done, and nothing is found',
    ADD,
    { standing: bills(), stored: { kind: 'done' } },
    'uncertain',
  ],
  [
    'QuickBooks kept the answer to another bill',
    ADD,
    { standing: bills(), stored: { kind: 'done', id: '1-1', bill: { ...bill('100'), guid: '{0}' } } },
    'uncertain',
  ],
  ['QuickBooks kept a refusal', ADD, { standing: bills(), stored: refused(3140) }, 'refused refusedByQuickBooks'],
  [
    'QuickBooks kept a refusal by the closing date',
    ADD,
    { standing: bills(), stored: refused(3171) },
    'refused closedPeriod',
  ],
  ['QuickBooks keeps nothing, and nothing is found', ADD, { standing: bills(), stored: none }, 'send'],
  [
    'QuickBooks keeps other content, and ours is found',
    ADD,
    { standing: bills(found({ guid: GUID })), stored: { kind: 'otherContent' } },
    'posted foundByGuid',
  ],
  [
    'QuickBooks keeps other content, and nothing is found',
    ADD,
    { standing: bills(), stored: { kind: 'otherContent' } },
    'uncertain',
  ],
  [
    'QuickBooks keeps an answer that does not say',
    ADD,
    { standing: bills(), stored: { kind: 'unclear', text: '1000' } },
    'uncertain',
  ],
  [
    'QuickBooks would not search, before anything was sent',
    ADD,
    { standing: { kind: 'notSearched', statusCode: 3120, text: '' } },
    'refused refusedByQuickBooks',
  ],
  [
    'QuickBooks would not search, after it may have been sent',
    ADD,
    { standing: { kind: 'notSearched', statusCode: 3120, text: '' }, stored: none },
    'uncertain',
  ],
];

const EDITS: readonly Row[] = [
  ['the bill is as it was read', MOD, { standing: stands(bill('100')) }, 'send'],
  ['the bill reads as it should', MOD, { standing: stands(bill('105', 'ours')) }, 'posted foundByReading'],
  ['the bill was changed by somebody', MOD, { standing: stands(bill('105', 'theirs')) }, 'refused changedInQuickBooks'],
  [
    'the same, and ours may have been sent',
    MOD,
    { standing: stands(bill('105', 'theirs')), stored: none },
    'uncertain',
  ],
  [
    'the same, in a file that is seen to keep answers',
    MOD,
    { standing: stands(bill('105', 'theirs')), stored: none, keepsAnswers: true },
    'refused changedInQuickBooks',
  ],
  [
    'the same, and ours was refused as out of date',
    MOD,
    { standing: stands(bill('105', 'theirs')), stored: refused(3200) },
    'refused changedInQuickBooks',
  ],
  [
    'refused as out of date, and it reads as it should',
    MOD,
    { standing: stands(bill('105', 'ours')), stored: refused(3200) },
    'posted foundByReading',
  ],
  ['the bill is gone', MOD, { standing: stands() }, 'refused changedInQuickBooks'],
  ['its period is closed', MOD, { standing: stands(bill('100')), closedUpTo: ['2026-11-30'] }, 'refused closedPeriod'],
  [
    'applied, and then its period was closed',
    MOD,
    { standing: stands(bill('105', 'ours')), closedUpTo: ['2026-11-30'] },
    'posted foundByReading',
  ],
  [
    'it may have been sent, and the bill is as it was read',
    MOD,
    { standing: stands(bill('100')), stored: none },
    'send',
  ],
  [
    'other content is kept, and the bill is as it was read',
    MOD,
    { standing: stands(bill('100')), stored: { kind: 'otherContent' } },
    'uncertain',
  ],
  ['the bill cannot be read', MOD, { standing: { kind: 'notSearched', statusCode: 0, text: '' } }, 'uncertain'],
];

describe('a new bill', () => {
  for (const [what, posting, known, expected] of NEW_BILLS)
    it(`${what}: ${expected}`, () => assert.equal(told(posting, known), expected));
});
describe('an edit', () => {
  for (const [what, posting, known, expected] of EDITS)
    it(`${what}: ${expected}`, () => assert.equal(told(posting, known), expected));
});
