import assert from 'node:assert/strict';
import type { Outcome, Posting } from '../../src/contract/posting.ts';
import {
  decideConfirmation,
  describeProblem,
  lineMapOf,
  type ProblemCode,
  planBillAdd,
  planBillMod,
  refusalOf,
  resembles,
} from '../../src/sync/index.ts';
import { ACME, bill, context, invoice, link, vendor } from './acme.ts';
import { applied, BANK, CARD, ledgerPayment } from './money.ts';

const messageSetId = 'abcdefghijklmnopqrst';
const about = { invoice: invoice(), vendorName: 'Acme Paper' };
const added = planBillAdd(invoice(), context());
const modified = planBillMod({ invoice: invoice({ memo: 'x' }), link: link(), bill: bill() }, context());
assert.ok('plan' in added && 'plan' in modified);
const base = { messageSetId, xml: '<QBXML/>', dates: [] };
const billAdd: Posting = { ...base, kind: 'BillAdd', match: added.plan.match };
const billMod: Posting = { ...base, kind: 'BillMod', match: modified.plan.match };
const vendorMod: Posting = {
  ...base,
  kind: 'VendorMod',
  match: { listId: vendor().id, editSequence: '1', target: { phone: '1' } },
};
const posted = (more: Partial<Extract<Outcome, { kind: 'posted' }>>): Outcome => ({
  kind: 'posted',
  messageSetId,
  how: 'sent',
  ...more,
});

describe('a bill that came back from QuickBooks', () => {
  it('as asked is in step, with its lines known', () => {
    const [expense, item] = [bill().expenseLines[0], bill().itemLines[0]];
    assert.deepEqual(decideConfirmation(billAdd, posted({ bill: bill() }), about), {
      kind: 'billInStep',
      ledgerId: bill().id,
      bill: bill(),
      lines: [
        { kind: 'expense', lineNumber: 0, lineId: expense?.lineId },
        { kind: 'item', lineNumber: 1, lineId: item?.lineId },
      ],
    });
  });

  for (const how of ['sent', 'storedAnswer', 'foundByGuid', 'foundByReading'] as const)
    it(`is the same, however it is known: ${how}`, () =>
      assert.equal(decideConfirmation(billAdd, posted({ how, bill: bill() }), about).kind, 'billInStep'));

  it('over another amount is held: linked, not acknowledged, never posted again', () => {
    const confirmation = decideConfirmation(billAdd, posted({ bill: bill({ amountDueCents: 17501 }) }), about);
    assert.ok(confirmation.kind === 'held');
    assert.equal(confirmation.ledgerId, bill().id);
    assert.deepEqual(confirmation.problems, [
      {
        code: 'amountDiffers',
        params: { record: 'the invoice A-100 of Acme Paper over 175.00', quickBooks: '175.01', mineralTree: '175.00' },
      },
    ]);
  });

  it('under another vendor is held', () => {
    const other = { id: ACME.otherVendor.id, name: 'Birch & Sons' };
    const confirmation = decideConfirmation(billAdd, posted({ bill: bill({ vendor: other }) }), about);
    assert.ok(confirmation.kind === 'held');
    assert.deepEqual(
      confirmation.problems.map((one) => one.code),
      ['vendorDiffers'],
    );
  });

  it('that a person gave another line already is in step, its lines are not known', () => {
    const confirmation = decideConfirmation(billAdd, posted({ bill: bill({ itemLines: [] }) }), about);
    assert.ok(confirmation.kind === 'billInStep');
    assert.deepEqual(confirmation.lines, []);
  });

  it('but was not shown is not taken for right', () =>
    assert.equal(decideConfirmation(billAdd, posted({}), about).kind, 'uncertain'));

  it('after an edit is checked against the amount of the edit', () => {
    assert.equal(decideConfirmation(billMod, posted({ bill: bill({ memo: 'x' }) }), about).kind, 'billInStep');
    assert.equal(decideConfirmation(billMod, posted({ bill: bill({ amountDueCents: 1 }) }), about).kind, 'held');
  });

  it('and resembles another one is a warning', () =>
    assert.equal(resembles(billAdd, about).code, 'resemblesAnotherBill'));
});

describe('a vendor that came back from QuickBooks', () => {
  it('is in step', () =>
    assert.deepEqual(decideConfirmation(vendorMod, posted({ vendor: vendor() }), { vendorName: 'Acme Paper' }), {
      kind: 'vendorInStep',
      ledgerId: vendor().id,
      vendor: vendor(),
    }));

  it('that is missing, or another, is not taken for right', () => {
    assert.equal(decideConfirmation(vendorMod, posted({}), about).kind, 'uncertain');
    assert.equal(decideConfirmation(vendorMod, posted({ vendor: vendor({ id: 'other' }) }), about).kind, 'uncertain');
  });
});

describe('a posting that is not in QuickBooks, or not known to be', () => {
  it('not begun is sent again under the same ID', () =>
    assert.deepEqual(decideConfirmation(billAdd, { kind: 'notBegun', messageSetId, text: 'paused' }, about), {
      kind: 'notBegun',
    }));

  it('uncertain is looked at again, and shown', () => {
    const confirmation = decideConfirmation(
      vendorMod,
      { kind: 'uncertain', messageSetId, text: 'QuickBooks was killed' },
      about,
    );
    assert.ok(confirmation.kind === 'uncertain');
    assert.deepEqual(confirmation.problems, [
      {
        code: 'postingUncertain',
        params: { record: 'the edit of the vendor Acme Paper', text: 'QuickBooks was killed' },
      },
    ]);
  });

  it('refused says what QuickBooks said', () => {
    const outcome: Outcome = {
      kind: 'refused',
      messageSetId,
      code: 'refusedByQuickBooks',
      statusCode: 3140,
      text: 'There is an invalid reference',
    };
    const confirmation = decideConfirmation(billMod, outcome, about);
    assert.ok(confirmation.kind === 'refused');
    const [problem] = confirmation.problems;
    assert.match(
      describeProblem(problem?.code ?? '', problem?.params ?? {}).sentence,
      /the edit of the invoice A-100 of Acme Paper.*It says: There is an invalid reference/,
    );
  });
});

describe('what a refusal means', () => {
  const table: readonly (readonly [
    statusCode: number | undefined,
    text: string,
    code: ProblemCode,
    again: 'nextCycle' | 'whenChanged',
  ])[] = [
    [3000, 'The given object ID "x" in the field "y" is invalid.', 'referenceRefused', 'whenChanged'],
    [3040, 'bad amount', 'requestMalformed', 'whenChanged'],
    [3070, 'too long', 'requestMalformed', 'whenChanged'],
    [3090, 'There was an error when storing', 'refusedByQuickBooks', 'whenChanged'],
    [3100, 'The name "x" of the list element is already in use.', 'nameInUse', 'whenChanged'],
    [3120, 'cannot be found', 'referenceRefused', 'whenChanged'],
    [3140, 'There is an invalid reference', 'referenceRefused', 'whenChanged'],
    [3161, 'Cannot delete', 'closedPeriod', 'nextCycle'],
    [3170, 'This list has been modified by another user.', 'recordInUse', 'nextCycle'],
    [3170, 'Cannot merge list elements', 'refusedByQuickBooks', 'whenChanged'],
    [3171, 'on or before the closing date', 'closedPeriod', 'nextCycle'],
    [3175, 'The transaction could not be locked.', 'recordInUse', 'nextCycle'],
    [3176, 'The application failed to acquire the lock.', 'recordInUse', 'nextCycle'],
    [3180, 'a date that is on or before the closing date of the company', 'closedPeriod', 'nextCycle'],
    [3180, 'There was an error when saving a Bill', 'refusedByQuickBooks', 'whenChanged'],
    [3200, 'The provided edit sequence "1" is out-of-date. ', 'changedInQuickBooks', 'nextCycle'],
    [3210, 'You cannot pay more than the amount due.', 'balanceDiffers', 'nextCycle'],
    [3231, 'The request has not been processed.', 'recordInUse', 'nextCycle'],
    [3250, 'not enabled', 'featureOff', 'whenChanged'],
    [3260, 'Insufficient permission', 'permissionRefused', 'whenChanged'],
    [3270, 'missing posting account', 'itemWithoutPostingAccount', 'whenChanged'],
    [9999, 'something new', 'refusedByQuickBooks', 'whenChanged'],
    [undefined, '', 'refusedByQuickBooks', 'whenChanged'],
  ];
  for (const [statusCode, text, code, again] of table)
    it(`${statusCode ?? 'no code'} "${text}": ${code}, ${again === 'nextCycle' ? 'tried again by itself' : 'waits for a change'}`, () =>
      assert.deepEqual(
        refusalOf({
          kind: 'refused',
          messageSetId,
          code: 'refusedByQuickBooks',
          text,
          ...(statusCode === undefined ? {} : { statusCode }),
        }),
        { code, again },
      ));

  const site: readonly (readonly [
    'closedPeriod' | 'duplicateNumber' | 'termsTaken' | 'balanceDiffers' | 'changedInQuickBooks' | 'notAllowed',
    'nextCycle' | 'whenChanged',
  ])[] = [
    ['termsTaken', 'whenChanged'],
    ['balanceDiffers', 'nextCycle'],
    ['closedPeriod', 'nextCycle'],
    ['duplicateNumber', 'whenChanged'],
    ['changedInQuickBooks', 'nextCycle'],
    ['notAllowed', 'whenChanged'],
  ];
  for (const [code, again] of site)
    it(`found at the site: ${code}`, () =>
      assert.deepEqual(refusalOf({ kind: 'refused', messageSetId, code, text: '' }), { code, again }));
});

describe('a payment that came back from QuickBooks', () => {
  const match = {
    guid: '{g}',
    vendor: ledgerPayment().vendor,
    account: BANK,
    txnDate: '2026-11-21',
    refNumber: '1044',
    amountCents: 17500,
    applications: [{ txnId: bill().id, amountCents: 17500, discountCents: 0, openCents: 17500 }],
  };
  const posting: Posting = { ...base, kind: 'BillPaymentCheckAdd', match };
  const confirm = (outcome: Outcome) => decideConfirmation(posting, outcome, { vendorName: 'Acme Paper' });

  it('as it was made is in step', () =>
    assert.deepEqual(confirm(posted({ payment: ledgerPayment() })), {
      kind: 'paymentInStep',
      ledgerId: 'BillPaymentCheck-1',
      payment: ledgerPayment(),
    }));
  it('with its date or number corrected by a person is in step', () =>
    assert.equal(
      confirm(posted({ payment: ledgerPayment({ txnDate: '2026-11-22', refNumber: '1045' }) })).kind,
      'paymentInStep',
    ));
  it('but was not shown is not taken for right', () => assert.equal(confirm(posted({})).kind, 'uncertain'));

  const held: readonly (readonly [story: string, change: Parameters<typeof ledgerPayment>[0], words: RegExp])[] = [
    ['over another amount', { amountCents: 100 }, /it is over 1\.00 instead of 175\.00/],
    ['to another vendor', { vendor: { id: 'v', name: 'Birch' } }, /it is to Birch instead of Acme Paper/],
    ['from another account', { account: CARD }, /it is from Company card instead of Checking/],
    [
      'of which a bill is paid otherwise',
      { applications: [applied(17000), applied(500, { txnId: 'x' })] },
      /it pays 2 bills otherwise/,
    ],
    [
      'with a discount that nobody asked for',
      { applications: [applied(17500, { discountCents: 1 })] },
      /it pays one bill otherwise/,
    ],
  ];
  for (const [story, change, words] of held)
    it(`${story} is held, and shown`, () => {
      const found = confirm(posted({ payment: ledgerPayment(change) }));
      assert.ok(found.kind === 'held');
      const [problem] = found.problems;
      assert.match(describeProblem(problem?.code ?? '', problem?.params ?? {}).sentence, words);
    });

  it('refused for another of its number is no matter of bills', () => {
    const found = confirm({ kind: 'refused', messageSetId, code: 'duplicateNumber', text: 'x', otherTxnId: 'T' });
    assert.ok(found.kind === 'refused');
    assert.deepEqual([found.again, found.problems[0]?.code], ['nextCycle', 'duplicatePayment']);
  });
  it('and resembles another one is a warning', () =>
    assert.equal(resembles(posting, { vendorName: 'Acme Paper' }).code, 'resemblesAnotherPayment'));
});

describe('terms and voids that came back from QuickBooks', () => {
  const terms: Posting = { ...base, kind: 'StandardTermsAdd', match: { name: 'Net 30', dueDays: 30 } };
  const answer = (dueDays: number) => ({
    id: 'terms-1',
    editSequence: '1',
    active: true,
    name: 'Net 30',
    form: { kind: 'standard' as const, dueDays },
  });
  it('terms as asked are in step; others of the name are held; none is not taken for right', () => {
    const kinds = [posted({ terms: answer(30) }), posted({ terms: answer(31) }), posted({})].map(
      (outcome) => decideConfirmation(terms, outcome, { vendorName: '' }).kind,
    );
    assert.deepEqual(kinds, ['termsInStep', 'held', 'uncertain']);
  });

  const voided: Posting = {
    ...base,
    kind: 'TxnVoid',
    match: { txnType: 'BillPaymentCheck', txnId: 'T-1', amountCents: 17500 },
  };
  it('a void is done when nothing is left, or all of it is gone; else it is not known', () => {
    const kinds = [
      posted({ payment: ledgerPayment({ amountCents: 0, applications: [] }) }),
      posted({}),
      posted({ payment: ledgerPayment() }),
    ].map((outcome) => decideConfirmation(voided, outcome, { vendorName: 'Acme Paper' }).kind);
    assert.deepEqual(kinds, ['voided', 'voided', 'uncertain']);
  });
});

describe('which line of a new bill is which', () => {
  it('follows the order in which they were sent, whatever their numbers', () => {
    const [expense] = invoice().expenses;
    const [line] = bill().expenseLines;
    assert.ok(expense !== undefined && line !== undefined);
    const sent = invoice({
      expenses: [
        { ...expense, lineNumber: 4 },
        { ...expense, lineNumber: 2 },
      ],
    });
    const got = bill({
      expenseLines: [
        { ...line, lineId: 'first' },
        { ...line, lineId: 'second' },
      ],
    });
    assert.deepEqual(lineMapOf(sent, got), [
      { kind: 'expense', lineNumber: 2, lineId: 'first' },
      { kind: 'expense', lineNumber: 4, lineId: 'second' },
      { kind: 'item', lineNumber: 1, lineId: '1A4-1700000000' },
    ]);
  });
});
