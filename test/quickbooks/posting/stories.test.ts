/** Posting to the real sandbox, through a real host process: each bill once, whatever happens to the answers. */
import assert from 'node:assert/strict';
import { MARKER_NAME, MARKER_OWNER, type Outcome, type Posting } from '../../../src/contract/index.ts';
import { SiteTrouble } from '../../../src/quickbooks/index.ts';
import { billAdd, memoMod, named, phoneMod } from '../postings.ts';
import { type Books, FILE, NEW_FILE, type Stage, staged } from '../stage.ts';

const RECOVERY = ['full', 'errorRecoveryOnly', 'absent'] as const;
const kinds = (outcomes: readonly Outcome[]): string[] => outcomes.map((outcome) => told(outcome));
const told = (outcome: Outcome): string =>
  outcome.kind === 'posted'
    ? `posted ${outcome.how}`
    : outcome.kind === 'refused'
      ? `refused ${outcome.code}`
      : outcome.kind;
const lost = (error: unknown) => error instanceof SiteTrouble && error.kind === 'unknown';
const numbered = ({ bills }: Books, refNumber: string) => bills.filter((bill) => bill.refNumber === refNumber);
const typed = (stage: Stage, refNumber: string | undefined, more: object = {}) =>
  stage.person('enter-bill', {
    vendor: 'Acorn Tools',
    ...(refNumber === undefined ? {} : { refNumber }),
    txnDate: '2026-11-03',
    expenseLines: [{ account: 'Rent', amount: '100.00' }],
    ...more,
  });
/** Takes the marker as written, so that calls can be counted. */
const marked = async (stage: Stage): Promise<void> => {
  await stage.post([billAdd(await stage.books(), { id: 'MARK', refNumber: 'MARK' })]);
};

describe('posting a batch', () => {
  it(
    'the first posting to a file writes the marker; bills are there with their lines',
    staged(async (stage) => {
      const result = await stage.post([billAdd(await stage.books(), { id: 'A1', refNumber: 'F-1' })]);
      assert.deepEqual(kinds(result.outcomes), ['posted sent']);
      const books = await stage.books();
      assert.deepEqual(
        books.dataExt.map(({ ownerId, name, value }) => [ownerId.toLowerCase(), name, value]),
        [[MARKER_OWNER, MARKER_NAME, NEW_FILE.expected]],
      );
      assert.equal(result.marker, NEW_FILE.expected);
      const [bill] = numbered(books, 'F-1');
      const [outcome] = result.outcomes;
      assert.ok(outcome?.kind === 'posted' && outcome.bill !== undefined);
      assert.equal(outcome.bill.id, bill?.id);
      assert.equal(outcome.bill.editSequence, bill?.editSequence);
      assert.deepEqual(
        outcome.bill.expenseLines.map(({ lineId }) => lineId),
        bill?.expenseLines.map(({ lineId }) => lineId),
      );
    }),
  );

  it(
    'a batch of k bills asks QuickBooks at most k + 3 times',
    staged(async (stage) => {
      await marked(stage);
      const books = await stage.books();
      const before = stage.calls();
      const k = 8;
      const batch = Array.from({ length: k }, (_, at) => billAdd(books, { id: `K${at}`, refNumber: `K-${at}` }));
      const { outcomes } = await stage.post(batch);
      assert.deepEqual(new Set(kinds(outcomes)), new Set(['posted sent']));
      assert.ok(stage.calls() - before <= k + 3, `${stage.calls() - before} calls`);
    }),
  );

  it(
    "somebody else's bill with the same number is named and nothing sent, however the number is typed",
    staged(async (stage) => {
      const other = await typed(stage, 'inv-7');
      const { outcomes } = await stage.post([billAdd(await stage.books(), { id: 'D1', refNumber: ' INV-7' })]);
      const [outcome] = outcomes;
      assert.ok(outcome?.kind === 'refused' && outcome.code === 'duplicateNumber', JSON.stringify(outcome));
      assert.equal(outcome.otherTxnId, other.id);
    }),
  );

  it(
    'the same number twice in one batch goes once',
    staged(async (stage) => {
      const books = await stage.books();
      const { outcomes } = await stage.post([
        billAdd(books, { id: 'T1', refNumber: 'TW-1' }),
        billAdd(books, { id: 'T2', refNumber: 'tw-1' }),
      ]);
      assert.deepEqual(kinds(outcomes), ['posted sent', 'refused duplicateNumber']);
    }),
  );

  it(
    'a bill without a number that resembles another is posted with a warning',
    staged(async (stage) => {
      const other = await typed(stage, undefined);
      const { outcomes, warnings } = await stage.post([billAdd(await stage.books(), { id: 'W1' })]);
      assert.deepEqual(kinds(outcomes), ['posted sent']);
      assert.deepEqual(
        warnings.map(({ otherTxnId }) => otherTxnId),
        [other.id],
      );
    }),
  );

  it(
    'a date on the closing date is closed, the day after is open',
    staged(async (stage) => {
      await stage.person('set-closing-date', { date: '2026-11-03' });
      const books = await stage.books();
      const { outcomes } = await stage.post([
        billAdd(books, { id: 'C1', refNumber: 'C-1', txnDate: '2026-11-03' }),
        billAdd(books, { id: 'C2', refNumber: 'C-2', txnDate: '2026-11-04' }),
      ]);
      assert.deepEqual(kinds(outcomes), ['refused closedPeriod', 'posted sent']);
    }),
  );

  it(
    'what QuickBooks refuses comes back with its code, and the others go on',
    staged(async (stage) => {
      const books = await stage.books();
      const { outcomes } = await stage.post([
        billAdd(books, { id: 'Q1', refNumber: 'Q-1', account: 'No Such Account' }),
        billAdd(books, { id: 'Q2', refNumber: 'Q-2' }),
      ]);
      assert.deepEqual(kinds(outcomes), ['refused refusedByQuickBooks', 'posted sent']);
      assert.ok(outcomes[0]?.kind === 'refused' && outcomes[0].statusCode === 3140, JSON.stringify(outcomes[0]));
    }),
  );

  it(
    'nothing is written to the file of another company',
    staged(async (stage) => {
      const before = await stage.books();
      const posting = billAdd(before, { id: 'X1', refNumber: 'X-1' });
      const file = { expected: 'other', alsoAccepts: [] };
      const result = await stage.post([posting], { file });
      assert.equal(result.block?.code, 'anotherFile');
      assert.deepEqual(kinds(result.outcomes), ['notBegun']);
      const after = await stage.books();
      assert.deepEqual({ ...after, clock: 0 }, { ...before, clock: 0 });
      const again = await stage.post([posting], { file, settleFirst: true });
      assert.deepEqual(kinds(again.outcomes), ['uncertain'], 'what may have been sent is not said to be absent');
    }),
  );

  it(
    'asked to stop in the middle: what is sent is posted, the rest not begun',
    staged(async (stage) => {
      const books = await stage.books();
      let asked = 0;
      const result = await stage.post(
        ['S1', 'S2', 'S3'].map((id) => billAdd(books, { id, refNumber: id })),
        {
          stopping: () => {
            asked += 1;
            return asked > 2;
          },
        },
      );
      assert.deepEqual(kinds(result.outcomes), ['posted sent', 'posted sent', 'notBegun']);
      assert.equal(result.stopped, true);
    }),
  );
});

describe('an answer that was lost', () => {
  for (const recovery of RECOVERY) {
    it(
      `the bill was entered: found on the next attempt, not entered again (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const batch = [billAdd(await stage.books(), { id: 'L1', refNumber: 'L-1' })];
        await stage.fault({ point: 'committed', match: { file: FILE, request: 'BillAdd' }, action: 'drop' });
        await assert.rejects(stage.post(batch), lost);
        const { outcomes } = await stage.post(batch, { settleFirst: true });
        assert.deepEqual(kinds(outcomes), [recovery === 'absent' ? 'posted foundByGuid' : 'posted storedAnswer']);
        const [outcome] = outcomes;
        assert.ok(outcome?.kind === 'posted' && outcome.bill?.expenseLines.length === 1);
        assert.equal(numbered(await stage.books(), 'L-1').length, 1);
      }),
    );

    it(
      `the bill was not entered: the next attempt enters it once (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const batch = [billAdd(await stage.books(), { id: 'L2', refNumber: 'L-2' })];
        await stage.fault({ point: 'before', match: { file: FILE, request: 'BillAdd' }, action: 'drop' });
        await assert.rejects(stage.post(batch), lost);
        const { outcomes } = await stage.post(batch, { settleFirst: true });
        assert.deepEqual(kinds(outcomes), ['posted sent']);
        assert.equal(numbered(await stage.books(), 'L-2').length, 1);
      }),
    );

    it(
      `edits of a bill and of a vendor are settled by what is there (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const entered = await typed(stage, 'E-1');
        stage.later();
        const books = await stage.books();
        const bill = books.bills.find(({ id }) => id === entered.id);
        assert.ok(bill !== undefined);
        const batch: Posting[] = [
          phoneMod(named(books.vendors, 'Acorn Tools'), 'V1', '555-0100'),
          memoMod(bill, 'M1', 'as agreed'),
        ];
        for (const request of ['VendorMod', 'BillMod']) {
          await stage.fault({ point: 'committed', match: { file: FILE, request }, action: 'drop' });
          await assert.rejects(stage.post(batch, { settleFirst: request === 'BillMod' }), lost);
          stage.later();
        }
        const sequence = (await stage.books()).bills.find(({ id }) => id === bill.id)?.editSequence;
        const { outcomes } = await stage.post(batch, { settleFirst: true });
        const how = recovery === 'absent' ? 'posted foundByReading' : 'posted storedAnswer';
        assert.deepEqual(kinds(outcomes), [how, how]);
        const [vendor, edited] = outcomes;
        assert.ok(vendor?.kind === 'posted' && vendor.vendor?.phone === '555-0100');
        assert.ok(edited?.kind === 'posted' && edited.bill?.memo === 'as agreed');
        assert.equal(edited.bill.editSequence, sequence, 'it was applied once');
      }),
    );

    it(
      `a call that hangs is ended; what it did is found (recovery ${recovery})`,
      staged(
        async (stage) => {
          await stage.person('set-switch', { name: 'recovery', value: recovery });
          const batch = [billAdd(await stage.books(), { id: 'H1', refNumber: 'H-1' })];
          const fault = await stage.fault({
            point: 'committed',
            match: { file: FILE, request: 'BillAdd' },
            action: 'hold',
          });
          await assert.rejects(stage.post(batch), lost);
          await stage.release(fault);
          const { outcomes } = await stage.post(batch, { settleFirst: true });
          assert.equal(outcomes[0]?.kind, 'posted');
          assert.equal(numbered(await stage.books(), 'H-1').length, 1);
        },
        { limits: { request: 900 } },
      ),
    );
  }

  for (const action of ['truncate', 'garbage'] as const)
    it(
      `an answer that cannot be read is a lost one (${action})`,
      staged(async (stage) => {
        const batch = [billAdd(await stage.books(), { id: 'G1', refNumber: 'G-1' })];
        await stage.fault({ point: 'committed', match: { file: FILE, request: 'BillAdd' }, action });
        await assert.rejects(stage.post(batch), lost);
        const { outcomes } = await stage.post(batch, { settleFirst: true });
        assert.deepEqual(kinds(outcomes), ['posted storedAnswer']);
      }),
    );

  it(
    'the bill was entered, and a person gave it another number meanwhile: still ours',
    staged(async (stage) => {
      await stage.person('set-switch', { name: 'recovery', value: 'absent' });
      const batch = [billAdd(await stage.books(), { id: 'N1', refNumber: 'N-1' })];
      await stage.fault({ point: 'committed', match: { file: FILE, request: 'BillAdd' }, action: 'drop' });
      await assert.rejects(stage.post(batch), lost);
      const [bill] = numbered(await stage.books(), 'N-1');
      stage.later();
      await stage.person('edit-bill', { txnId: bill?.id, refNumber: 'N-1 corrected' });
      const { outcomes } = await stage.post(batch, { settleFirst: true });
      assert.deepEqual(kinds(outcomes), ['posted foundByGuid']);
    }),
  );

  it(
    'other bytes under a known ID are settled by the GUID, and never sent under another',
    staged(async (stage) => {
      const books = await stage.books();
      await stage.post([billAdd(books, { id: 'O1', refNumber: 'O-1' })]);
      const other = billAdd(books, { id: 'O1', refNumber: 'O-1', amountCents: 20_000 });
      assert.deepEqual(kinds((await stage.post([other], { settleFirst: true })).outcomes), ['posted storedAnswer']);
      const unknown = billAdd(books, { id: 'O1', refNumber: 'O-2', record: 'another record' });
      assert.deepEqual(kinds((await stage.post([unknown])).outcomes), ['uncertain']);
      assert.deepEqual(kinds((await stage.post([unknown], { settleFirst: true })).outcomes), ['uncertain']);
      assert.equal(numbered(await stage.books(), 'O-2').length, 0);
    }),
  );
});

describe('an edit of what changed in QuickBooks meanwhile', () => {
  it(
    'is refused when it cannot have been sent, and uncertain when it may have been',
    staged(async (stage) => {
      const entered = await typed(stage, 'U-1');
      stage.later();
      const bill = (await stage.books()).bills.find(({ id }) => id === entered.id);
      assert.ok(bill !== undefined);
      const batch = [memoMod(bill, 'U1', 'ours')];
      await stage.person('edit-bill', { txnId: bill.id, memo: 'theirs' });
      assert.deepEqual(kinds((await stage.post(batch)).outcomes), ['refused changedInQuickBooks']);
      assert.deepEqual(kinds((await stage.post(batch, { settleFirst: true })).outcomes), ['uncertain']);
    }),
  );

  it(
    'between reading and sending: 3200 is read again and decided by what is there',
    staged(async (stage) => {
      const entered = await typed(stage, 'U-2');
      const bill = (await stage.books()).bills.find(({ id }) => id === entered.id);
      assert.ok(bill !== undefined);
      const fault = await stage.fault({ point: 'before', match: { file: FILE, request: 'BillMod' }, action: 'hold' });
      const posting = stage.post([memoMod(bill, 'U2', 'ours')]);
      await stage.caught(fault);
      stage.later();
      await stage.person('edit-bill', { txnId: bill.id, memo: 'theirs' });
      await stage.release(fault);
      assert.deepEqual(kinds((await posting).outcomes), ['refused changedInQuickBooks']);
    }),
  );
});

describe('what a connector does not send', () => {
  it(
    'a request that is not what it is declared to be is refused here, and the others go',
    staged(async (stage) => {
      const books = await stage.books();
      const good = billAdd(books, { id: 'Y1', refNumber: 'Y-1' });
      const bad: Posting = { ...billAdd(books, { id: 'Y2', refNumber: 'Y-2' }), messageSetId: 'Y3' };
      const { outcomes } = await stage.post([bad, good]);
      assert.deepEqual(kinds(outcomes), ['refused notAllowed', 'posted sent']);
    }),
  );
});
