/** What becomes of a payment, of terms, of a void, given what is known: tables. */
import assert from 'node:assert/strict';
import type { Posting } from '../../../src/contract/index.ts';
import type { LedgerPayment, LedgerTerms } from '../../../src/domain/ledger.ts';
import { readStatus } from '../../../src/qbxml/index.ts';
import { decide, type Known } from '../../../src/quickbooks/posting/decision.ts';
import type { FoundPayment } from '../../../src/quickbooks/posting/paymentSearch.ts';
import type { Answered } from '../../../src/quickbooks/posting/storedAnswer.ts';

const GUID = '{11111111-2222-3333-4444-555555555555}';
const VENDOR = { id: '80-1', name: 'Acorn Tools' };
const CHECKING = { id: '20-1', name: 'Checking' };
const CHECK: Posting = {
  kind: 'BillPaymentCheckAdd',
  messageSetId: 'P1',
  xml: '',
  dates: ['2026-11-05'],
  match: {
    guid: GUID,
    vendor: VENDOR,
    account: CHECKING,
    apAccountId: '21-1',
    refNumber: '2001',
    txnDate: '2026-11-05',
    amountCents: 9_800,
    applications: [{ txnId: '1-1', amountCents: 9_800, discountCents: 200, openCents: 10_000 }],
  },
};
const { refNumber: _number, ...withoutNumber } = CHECK.match;
const UNNUMBERED: Posting = { ...CHECK, match: withoutNumber };
const TERMS: Posting = {
  kind: 'StandardTermsAdd',
  messageSetId: 'T1',
  xml: '',
  dates: [],
  match: { name: '2% 10 Net 30', dueDays: 30, discountDays: 10, discountPercent: { units: 2, scale: 0 } },
};
const VOID: Posting = {
  kind: 'TxnVoid',
  messageSetId: 'V1',
  xml: '',
  dates: ['2026-11-05'],
  match: { txnType: 'BillPaymentCheck', txnId: '3-1', amountCents: 9_800 },
};

const found = (more: Partial<FoundPayment> = {}): FoundPayment => ({
  txnId: '9-1',
  vendorId: VENDOR.id,
  accountId: CHECKING.id,
  apAccountId: '21-1',
  refNumber: '2001',
  txnDate: '2026-11-05',
  amountCents: 9_800,
  ...more,
});
const payment = (amountCents: number, more: Partial<LedgerPayment> = {}): LedgerPayment => ({
  id: '3-1',
  editSequence: '100',
  method: 'check',
  vendor: VENDOR,
  account: CHECKING,
  txnDate: '2026-11-05',
  amountCents,
  applications: amountCents === 0 ? [] : [{ txnId: '1-1', txnType: 'Bill', amountCents: 9_800, discountCents: 200 }],
  ...more,
});
const terms = (name: string, form: LedgerTerms['form']): LedgerTerms => ({
  id: '7-1',
  editSequence: '100',
  active: true,
  name,
  form,
});
const AGREEING = terms('2% 10 net 30', {
  kind: 'standard',
  dueDays: 30,
  discountDays: 10,
  discountPercent: { units: 200, scale: 2 },
});

const payments = (open: number | undefined, ...all: FoundPayment[]): Known['standing'] => ({
  kind: 'payments',
  found: all,
  open: new Map(open === undefined ? [] : [['1-1', open]]),
});
const stands = (one?: LedgerPayment): Known['standing'] => ({
  kind: 'payment',
  ...(one === undefined ? {} : { payment: one }),
});
const listed = (...all: LedgerTerms[]): Known['standing'] => ({ kind: 'terms', found: all });
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

type Row = readonly [what: string, posting: Posting, known: Parameters<typeof told>[1], expected: string];

const PAYMENTS: readonly Row[] = [
  ['what is open is what is paid, discount and all', CHECK, { standing: payments(10_000) }, 'send'],
  ['more is open', CHECK, { standing: payments(10_001) }, 'send'],
  ['a cent less is open', CHECK, { standing: payments(9_999) }, 'refused balanceDiffers'],
  ['the bill is not among what is open', CHECK, { standing: payments(undefined) }, 'refused balanceDiffers'],
  ['ours is there', CHECK, { standing: payments(0, found({ guid: GUID.toUpperCase() })) }, 'posted foundByGuid'],
  [
    'ours is there under another number and amount, and the period was closed since',
    CHECK,
    { standing: payments(0, found({ guid: GUID, refNumber: 'X', amountCents: 0 })), closedUpTo: ['2026-12-31'] },
    'posted foundByGuid',
  ],
  ["somebody else's is the same check", CHECK, { standing: payments(10_000, found()) }, 'refused duplicateNumber'],
  [
    "somebody else's is the same check, whoever was paid",
    CHECK,
    { standing: payments(10_000, found({ vendorId: 'other' })) },
    'refused duplicateNumber',
  ],
  ['of another account', CHECK, { standing: payments(10_000, found({ accountId: 'other' })) }, 'send'],
  ['of another date', CHECK, { standing: payments(10_000, found({ txnDate: '2026-11-06' })) }, 'send'],
  ['of another amount', CHECK, { standing: payments(10_000, found({ amountCents: 9_801 })) }, 'send'],
  [
    'the other part of a payment that was split by A/P account',
    CHECK,
    { standing: payments(10_000, found({ guid: '{0}', apAccountId: '22-1' })) },
    'send',
  ],
  ['without a number, one like it', UNNUMBERED, { standing: payments(10_000, found()) }, 'send, with a warning'],
  [
    'without a number, one like it to another vendor',
    UNNUMBERED,
    { standing: payments(10_000, found({ vendorId: 'other' })) },
    'send',
  ],
  ['on the closing date', CHECK, { standing: payments(10_000), closedUpTo: ['2026-11-05'] }, 'refused closedPeriod'],
  ['the day after the closing date', CHECK, { standing: payments(10_000), closedUpTo: ['2026-11-04'] }, 'send'],
  [
    "before the dividing date of an accountant's copy",
    CHECK,
    { standing: payments(10_000), closedUpTo: ['2026-01-31', '2026-11-30'] },
    'refused closedPeriod',
  ],
  [
    'QuickBooks kept the answer with the payment',
    CHECK,
    { standing: payments(0), stored: { kind: 'done', id: '3-1', payment: payment(9_800, { guid: GUID }) } },
    'posted storedAnswer',
  ],
  [
    'QuickBooks kept the ID only',
    CHECK,
    { standing: payments(0), stored: { kind: 'done', id: '3-1' } },
    'posted storedAnswer',
  ],
  [
    'QuickBooks says done without a TxnID, and ours is found',
    CHECK,
    { standing: payments(0, found({ guid: GUID })), stored: { kind: 'done' } },
    'posted foundByGuid',
  ],
  [
    'QuickBooks says done without a TxnID, and nothing is found',
    CHECK,
    { standing: payments(0), stored: { kind: 'done' } },
    'uncertain',
  ],
  [
    'QuickBooks kept the answer to another payment',
    CHECK,
    { standing: payments(0), stored: { kind: 'done', id: '3-1', payment: payment(9_800, { guid: '{0}' }) } },
    'uncertain',
  ],
  [
    'QuickBooks kept a refusal for lack of balance',
    CHECK,
    { standing: payments(10_000), stored: refused(3210, 'You cannot pay more than the amount due.') },
    'refused balanceDiffers',
  ],
  [
    'QuickBooks kept a refusal by the closing date',
    CHECK,
    { standing: payments(10_000), stored: refused(3210, 'the closing date of the company') },
    'refused closedPeriod',
  ],
  ['QuickBooks keeps nothing, and nothing is found', CHECK, { standing: payments(10_000), stored: none }, 'send'],
  [
    'QuickBooks keeps other content, and nothing is found',
    CHECK,
    { standing: payments(10_000), stored: { kind: 'otherContent' } },
    'uncertain',
  ],
  [
    'QuickBooks would not search, after it may have been sent',
    CHECK,
    { standing: { kind: 'notSearched', statusCode: 3120, text: '' }, stored: none },
    'uncertain',
  ],
];

const NEW_TERMS: readonly Row[] = [
  ['none of the name', TERMS, { standing: listed() }, 'send'],
  ['the same ones, in other letters', TERMS, { standing: listed(AGREEING) }, 'posted foundByReading'],
  [
    'other days',
    TERMS,
    { standing: listed({ ...AGREEING, form: { kind: 'standard', dueDays: 31 } }) },
    'refused termsTaken',
  ],
  [
    'the same days without the discount',
    TERMS,
    { standing: listed({ ...AGREEING, form: { kind: 'standard', dueDays: 30 } }) },
    'refused termsTaken',
  ],
  [
    'a day of the month under the name',
    TERMS,
    { standing: listed({ ...AGREEING, form: { kind: 'dateDriven', dayOfMonthDue: 30 } }) },
    'refused termsTaken',
  ],
  [
    'the name is in use, as the terms wanted',
    TERMS,
    { standing: listed(AGREEING), stored: refused(3100) },
    'posted foundByReading',
  ],
  ['said to be entered, and not there', TERMS, { standing: listed(), stored: { kind: 'done' } }, 'uncertain'],
  ['it may have been sent, and is not there', TERMS, { standing: listed(), stored: none }, 'send'],
];

const VOIDS: readonly Row[] = [
  ['the payment is as it was', VOID, { standing: stands(payment(9_800)) }, 'send'],
  ['the payment is over nothing', VOID, { standing: stands(payment(0)) }, 'posted foundByReading'],
  ['the payment is gone', VOID, { standing: stands() }, 'posted foundByReading'],
  ['the payment has another amount', VOID, { standing: stands(payment(9_000)) }, 'refused changedInQuickBooks'],
  ['it may have been sent, and reads as before', VOID, { standing: stands(payment(9_800)), stored: none }, 'send'],
  [
    'its period is closed',
    VOID,
    { standing: stands(payment(9_800)), closedUpTo: ['2026-11-05'] },
    'refused closedPeriod',
  ],
  [
    'its date in QuickBooks is in a closed period by now',
    VOID,
    { standing: stands(payment(9_800, { txnDate: '2026-10-31' })), closedUpTo: ['2026-10-31'] },
    'refused closedPeriod',
  ],
  [
    'voided, and then its period was closed',
    VOID,
    { standing: stands(payment(0)), closedUpTo: ['2026-11-30'] },
    'posted foundByReading',
  ],
  [
    'QuickBooks kept that it is done',
    VOID,
    { standing: stands(payment(0)), stored: { kind: 'done' } },
    'posted storedAnswer',
  ],
  [
    'QuickBooks refused it as not there, and it is gone',
    VOID,
    { standing: stands(), stored: refused(3120) },
    'posted foundByReading',
  ],
  [
    'QuickBooks refused it',
    VOID,
    { standing: stands(payment(9_800)), stored: refused(3185) },
    'refused refusedByQuickBooks',
  ],
  [
    'other content is kept, and the payment is as it was',
    VOID,
    { standing: stands(payment(9_800)), stored: { kind: 'otherContent' } },
    'uncertain',
  ],
  ['the payment cannot be read', VOID, { standing: { kind: 'notSearched', statusCode: 3260, text: '' } }, 'uncertain'],
];

for (const [of, rows] of [
  ['a payment', PAYMENTS],
  ['new terms', NEW_TERMS],
  ['a void', VOIDS],
] as const)
  describe(of, () => {
    for (const [what, posting, known, expected] of rows)
      it(`${what}: ${expected}`, () => assert.equal(told(posting, known), expected));
  });
