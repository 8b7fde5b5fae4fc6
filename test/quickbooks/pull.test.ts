/** Pulls of changes from the real sandbox, through a real host process. */
import assert from 'node:assert/strict';
import { MARKER_NAME, MARKER_OWNER, type PullRequest } from '../../src/contract/index.ts';
import { SiteBlock, SiteTrouble } from '../../src/quickbooks/index.ts';
import { FILE, NEW_FILE, nowSeconds, type Stage, staged, watermarksAt } from './stage.ts';

const rent = (stage: Stage, more: object = {}) =>
  stage.person('enter-bill', {
    vendor: 'Acorn Tools',
    refNumber: 'R-1',
    txnDate: '2026-11-02',
    dueDate: '2026-12-02',
    expenseLines: [{ account: 'Rent', amount: '1200.00', memo: 'November' }],
    ...more,
  });
const quiet = (): Partial<PullRequest> => ({ watermarks: watermarksAt(nowSeconds()) });
const blocked = (code: string) => (error: unknown) => error instanceof SiteBlock && error.block.code === code;
const trouble = (kind: string) => (error: unknown) => error instanceof SiteTrouble && error.kind === kind;

describe('pulling what changed', () => {
  it(
    'a quiet cycle asks QuickBooks once',
    staged(async (stage) => {
      const { vendors } = await stage.books();
      const pull = await stage.pull({
        ...quiet(),
        creditVendors: vendors.slice(0, 3).map(({ id }) => id),
        canaries: vendors.slice(0, 1).map(({ id, editSequence }) => ({ kind: 'vendor', id, editSequence })),
      });
      assert.equal(stage.calls(), 1);
      assert.deepEqual(pull.records, {});
      assert.deepEqual(pull.unreadable, []);
      assert.equal(pull.balances.length, 3);
      assert.equal(pull.watermarks.bill, pull.clock);
      assert.equal(pull.watermarks.deletedTransactions, pull.clock);
      assert.equal(pull.companyName, 'Acme');
      assert.match(pull.product ?? '', /QuickBooks/);
    }),
  );

  it(
    'a bill that a person enters comes with its lines, once',
    staged(async (stage) => {
      const entered = await rent(stage);
      const first = await stage.pull(quiet());
      const [bill, ...others] = first.records.bill ?? [];
      assert.deepEqual(others, []);
      assert.equal(bill?.id, entered.id);
      assert.equal(bill?.vendor.name, 'Acorn Tools');
      assert.equal(bill?.refNumber, 'R-1');
      assert.equal(bill?.amountDueCents, 120_000);
      assert.deepEqual(
        bill?.expenseLines.map(({ account, amountCents, memo }) => [account?.name, amountCents, memo]),
        [['Rent', 120_000, 'November']],
      );
      assert.equal(first.watermarks.bill, Math.min(first.clock, Number(bill?.editSequence)));
      const seen = { bill: [[String(entered.id), String(entered.editSequence)] as const] };
      const second = await stage.pull({ ...quiet(), seen });
      assert.deepEqual(second.records, {}, 'what was seen does not come again');
      assert.equal(second.watermarks.bill, first.watermarks.bill, 'and still counts for the watermark');
      assert.equal(stage.calls(), 3, 'the first time with one set more, for what is open with the vendor');
    }),
  );

  it(
    'an edit of a bill that was seen comes',
    staged(async (stage) => {
      const entered = await rent(stage);
      stage.later();
      await stage.person('edit-bill', { txnId: entered.id, memo: 'corrected' });
      const seen = { bill: [[String(entered.id), String(entered.editSequence)] as const] };
      const { records } = await stage.pull({ ...quiet(), seen });
      assert.deepEqual(
        records.bill?.map(({ memo }) => memo),
        ['corrected'],
      );
    }),
  );

  it(
    'what is made inactive comes as inactive, what is deleted as deleted',
    staged(async (stage) => {
      const entered = await rent(stage);
      await stage.person('make-inactive', { list: 'vendor', name: 'Acorn Tools' });
      await stage.person('delete-bill', { txnId: entered.id });
      const pull = await stage.pull(quiet());
      assert.deepEqual(
        pull.records.vendor?.map(({ name, active }) => [name, active]),
        [['Acorn Tools', false]],
      );
      assert.deepEqual(
        pull.deleted.map(({ kind, id, name }) => [kind, id, name]),
        [['bill', entered.id, 'R-1']],
      );
    }),
  );

  it(
    'more changes than a page holds are to be read by keys, and move no watermark',
    staged(async (stage) => {
      for (let number = 1; number <= 101; number += 1) await rent(stage, { refNumber: `R-${number}` });
      await stage.person('add-vendor', { name: 'Zephyr Sails' });
      const pull = await stage.pull(quiet());
      assert.deepEqual(pull.overflow, ['bill']);
      assert.equal(pull.watermarks.bill, undefined);
      assert.deepEqual(
        pull.records.vendor?.map(({ name }) => name),
        ['Zephyr Sails'],
        'the other kinds are whole',
      );
    }),
  );

  it(
    'a file of another company is not read',
    staged(async (stage) => {
      await assert.rejects(stage.pull({ file: { expected: 'acme', alsoAccepts: [] } }), blocked('anotherFile'));
    }),
  );

  it(
    'a backup that was restored is an older copy, whatever its marker',
    staged(async (stage) => {
      await stage.person('backup', { backup: 'C:\\Backup\\Acme.qbb' });
      stage.later();
      const entered = await rent(stage);
      const canaries = [{ kind: 'bill', id: String(entered.id), editSequence: String(entered.editSequence) }] as const;
      await stage.pull({ ...quiet(), canaries });
      await stage.person('restore-backup', { backup: 'C:\\Backup\\Acme.qbb' });
      await assert.rejects(stage.pull({ ...quiet(), canaries }), blocked('olderCopy'));
    }),
  );

  it(
    'and shows by a payment alone',
    staged(async (stage) => {
      const { id: txnId } = await rent(stage);
      await stage.person('backup', { backup: 'C:\\Backup\\Acme.qbb' });
      const paid = await stage.person('pay-bills', {
        bills: [{ txnId, amount: '200.00' }],
        account: 'Checking',
        method: 'check',
        refNumber: '5001',
        date: '2026-11-20',
      });
      const [payment] = paid.payments as readonly { readonly id: string }[];
      const canaries = [{ kind: 'checkPayment', id: payment?.id ?? '', editSequence: '1' }] as const;
      await stage.pull({ ...quiet(), canaries });
      await stage.person('restore-backup', { backup: 'C:\\Backup\\Acme.qbb' });
      await assert.rejects(stage.pull({ ...quiet(), canaries }), blocked('olderCopy'));
    }),
  );

  it(
    'a canary that a person deleted is no older copy, however long ago',
    staged(async (stage) => {
      const entered = await rent(stage);
      await stage.person('delete-bill', { txnId: entered.id });
      const canaries = [{ kind: 'bill', id: String(entered.id), editSequence: String(entered.editSequence) }] as const;
      await stage.pull({ watermarks: {}, canaries });
      assert.equal(stage.calls(), 2, 'the whole log was asked for, in a set of its own');
    }),
  );

  it(
    'the closing date comes with every pull',
    staged(async (stage) => {
      await stage.person('set-closing-date', { date: '2026-09-30' });
      const { preferences } = await stage.pull();
      assert.equal(preferences?.closingDate, '2026-09-30');
    }),
  );

  it(
    "the dividing date of an accountant's copy closes as well, and is told; so is the account of discounts",
    staged(async (stage) => {
      await stage.person('set-closing-date', { date: '2026-09-30' });
      await stage.person('add-account', { name: 'Discounts Taken', type: 'Income' });
      await stage.person('set-discount-account', { account: 'Discounts Taken' });
      await stage.person('accountants-copy', { dividingDate: '2026-10-31' });
      const { preferences } = await stage.pull();
      assert.equal(preferences?.closingDate, '2026-10-31');
      assert.equal(preferences?.dividingDate, '2026-10-31');
      assert.equal(preferences?.discountAccount?.name, 'Discounts Taken');
      assert.equal(preferences?.homeCurrency, undefined);
    }),
  );
});

describe('answers that are not what they should be', () => {
  for (const [what, fault] of [
    ['cut off in the middle', { action: 'truncate' }],
    ['no qbXML at all', { action: 'garbage' }],
    ['dropped with the connection', { action: 'drop' }],
    ['an HRESULT of unknown meaning', { action: 'error', hresult: '0x80040402', text: 'unexpected' }],
  ] as const)
    it(
      `${what}: the pull fails, to be tried again, and the next one is whole`,
      staged(async (stage) => {
        await rent(stage);
        await stage.fault({ point: 'before', match: { file: FILE }, ...fault });
        await assert.rejects(stage.pull(quiet()), trouble('retry'));
        const { records } = await stage.pull(quiet());
        assert.equal(records.bill?.length, 1);
      }),
    );

  it(
    'an answer without end is dropped and asked for again in smaller pieces',
    staged(async (stage) => {
      await rent(stage);
      await stage.fault({ point: 'before', match: { file: FILE }, action: 'huge', bytes: 40_000_000 });
      const { records } = await stage.pull(quiet());
      assert.equal(records.bill?.length, 1);
      assert.equal(stage.calls(), 3, 'one for what is open with the vendor among them');
    }),
  );

  it(
    'a call that hangs is ended, and the next visit has a host of its own',
    staged(
      async (stage) => {
        await stage.pull();
        const before = stage.host.pid;
        const fault = await stage.fault({ point: 'before', match: { file: FILE }, action: 'hold' });
        await assert.rejects(stage.pull(), trouble('retry'));
        await stage.release(fault);
        await stage.pull();
        assert.notEqual(stage.host.pid, before);
      },
      { limits: { request: 700 } },
    ),
  );

  it(
    'a dialog that shows in QuickBooks is waited for; a refused permission is for a person',
    staged(async (stage) => {
      const refuse = (hresult: string) =>
        stage.fault({ point: 'before', match: { member: 'BeginSession' }, action: 'error', hresult });
      await refuse('0x80040414');
      await assert.rejects(stage.pull(), trouble('wait'));
      await refuse('0x8004041A');
      await assert.rejects(stage.pull(), blocked('notAuthorized'));
      await stage.pull();
    }),
  );

  it(
    'a marker of another owner or name is none of ours',
    staged(async (stage) => {
      const { dataExt } = await stage.books();
      assert.deepEqual(
        dataExt.filter(({ ownerId, name }) => ownerId === MARKER_OWNER && name === MARKER_NAME),
        [],
      );
      const pull = await stage.pull({ file: NEW_FILE });
      assert.equal(pull.marker, undefined);
    }),
  );
});
