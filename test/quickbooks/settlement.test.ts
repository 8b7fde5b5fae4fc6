/** What a pull brings for the settlement of bills: payments, credits, the bills they are linked to, what is open. */
import assert from 'node:assert/strict';
import { MAX_PAGE_IDS, type Pull, type PullRequest } from '../../src/contract/index.ts';
import type { LedgerBill } from '../../src/domain/ledger.ts';
import { nowSeconds, type Stage, staged, watermarksAt } from './stage.ts';

const VENDOR = 'Acorn Tools';

const enter = async (stage: Stage, refNumber: string, amount = '100.00'): Promise<string> =>
  String(
    (
      await stage.person('enter-bill', {
        vendor: VENDOR,
        refNumber,
        txnDate: '2026-11-02',
        expenseLines: [{ account: 'Rent', amount }],
      })
    ).id,
  );
const credit = async (stage: Stage, amount: string): Promise<string> =>
  String(
    (
      await stage.person('enter-credit', {
        vendor: VENDOR,
        refNumber: 'C-1',
        txnDate: '2026-11-02',
        expenseLines: [{ account: 'Rent', amount }],
      })
    ).id,
  );
const pay = (stage: Stage, bills: readonly object[], more: object = {}) =>
  stage.person('pay-bills', {
    bills,
    account: 'Checking',
    method: 'check',
    date: '2026-11-05',
    refNumber: '1001',
    ...more,
  });
const quiet = (): Partial<PullRequest> => ({ watermarks: watermarksAt(nowSeconds()) });
/** Everything that a page of changes brings now is known: the next one brings what changes from here on. */
async function known(stage: Stage): Promise<Partial<PullRequest>> {
  const { records } = await stage.pull(quiet());
  const seen = Object.fromEntries(
    Object.entries(records).map(([kind, all]) => [
      kind,
      (all ?? []).map(({ id, editSequence }) => [id, editSequence] as const),
    ]),
  );
  stage.later();
  return { ...quiet(), seen };
}
const opened = ({ balances }: Pull): readonly (readonly [string, number])[] =>
  balances.flatMap(({ open }) => open.map(({ txnId, openCents }) => [txnId, openCents] as const));
const billOf = ({ records }: Pull, id: string): LedgerBill | undefined => records.bill?.find((bill) => bill.id === id);

describe('a page of changes, when bills are settled', () => {
  it(
    'a check brings its bills as they are now, and what is left with the vendor, in one set more',
    staged(async (stage) => {
      const bill = await enter(stage, 'S-1');
      const asked = await known(stage);
      const before = stage.calls();
      await pay(stage, [{ txnId: bill, amount: '60.00' }]);
      const pull = await stage.pull(asked);
      assert.equal(stage.calls() - before, 2);
      const [payment, ...others] = pull.records.checkPayment ?? [];
      assert.deepEqual(others, []);
      assert.deepEqual(
        [payment?.method, payment?.account.name, payment?.refNumber, payment?.amountCents],
        ['check', 'Checking', '1001', 6_000],
      );
      assert.deepEqual(payment?.applications, [{ txnId: bill, txnType: 'Bill', amountCents: 6_000, discountCents: 0 }]);
      assert.deepEqual(
        billOf(pull, bill)?.links.map(({ txnType, amountCents }) => [txnType, amountCents]),
        [['BillPaymentCheck', -6_000]],
      );
      assert.deepEqual(
        opened(pull).filter(([id]) => id === bill),
        [[bill, 4_000]],
      );
    }),
  );

  it(
    'a payment by credit card is a kind of its own',
    staged(async (stage) => {
      const bill = await enter(stage, 'S-2');
      const asked = await known(stage);
      await pay(stage, [{ txnId: bill }], { account: 'Company Card', method: 'creditCard' });
      const { records } = await stage.pull(asked);
      assert.deepEqual(
        records.cardPayment?.map(({ method, amountCents }) => [method, amountCents]),
        [['creditCard', 10_000]],
      );
      assert.equal(records.checkPayment, undefined);
    }),
  );

  it(
    'a credit that is applied brings the bill, though the time of the bill does not move',
    staged(async (stage) => {
      await stage.person('set-switch', { name: 'creditBumpsTimeModified', value: false });
      const bill = await enter(stage, 'S-3');
      const given = await credit(stage, '30.00');
      const asked = await known(stage);
      await stage.person('set-credits', { bill, credits: [{ txnId: given, amount: '30.00' }] });
      const pull = await stage.pull(asked);
      assert.deepEqual(
        pull.records.credit?.map(({ id, links }) => [id, links.map(({ txnId }) => txnId)]),
        [[given, [bill]]],
      );
      assert.deepEqual(
        billOf(pull, bill)?.links.map(({ txnType, amountCents }) => [txnType, amountCents]),
        [['VendorCredit', -3_000]],
      );
      assert.deepEqual(
        opened(pull).filter(([id]) => id === bill),
        [[bill, 7_000]],
      );
    }),
  );

  it(
    'a voided payment comes over nothing, a deleted one as deleted',
    staged(async (stage) => {
      const [one, two] = [await enter(stage, 'S-4'), await enter(stage, 'S-5')];
      await pay(stage, [{ txnId: one }]);
      await pay(stage, [{ txnId: two }], { refNumber: '1002' });
      const asked = await known(stage);
      const { records } = await stage.pull(quiet());
      const [first, second] = records.checkPayment ?? [];
      await stage.person('void-payment', { txnId: first?.id });
      await stage.person('delete-payment', { txnId: second?.id });
      const pull = await stage.pull(asked);
      assert.deepEqual(
        pull.records.checkPayment?.map(({ id, amountCents }) => [id, amountCents]),
        [[first?.id, 0]],
      );
      assert.deepEqual(
        pull.deleted.map(({ kind, id }) => [kind, id]),
        [['checkPayment', second?.id]],
      );
    }),
  );

  it(
    'a check that pays more bills than a page holds leaves the page within its limits',
    staged(async (stage) => {
      const bills: string[] = [];
      for (let at = 0; at < MAX_PAGE_IDS + 5; at += 1) bills.push(await enter(stage, `M-${at}`, '1.00'));
      const seen = { bill: bills.map((id) => [id, '0'] as const) };
      stage.later();
      await pay(
        stage,
        bills.map((txnId) => ({ txnId })),
      );
      const pull = await stage.pull({ ...quiet(), seen });
      assert.deepEqual(pull.overflow, ['bill']);
      assert.equal(pull.records.checkPayment?.[0]?.applications.length, bills.length);
      assert.equal(pull.records.bill?.length, MAX_PAGE_IDS - 1);
    }),
  );

  it(
    'a new bill alone brings what is open with its vendor',
    staged(async (stage) => {
      const asked = await known(stage);
      const bill = await enter(stage, 'S-6');
      assert.deepEqual(
        opened(await stage.pull(asked)).filter(([id]) => id === bill),
        [[bill, 10_000]],
      );
    }),
  );
});

describe('a page of bills', () => {
  it(
    'has what is open with the vendors of those that are settled in part, and asks nothing more for the others',
    staged(async (stage) => {
      const [part, untouched] = [await enter(stage, 'P-1'), await enter(stage, 'P-2')];
      await pay(stage, [{ txnId: part, amount: '10.00' }]);
      const before = stage.calls();
      const settled = await stage.pull({ page: { kind: 'records', of: 'bill', ids: [part] } });
      assert.equal(stage.calls() - before, 2);
      assert.deepEqual(
        opened(settled).filter(([id]) => id === part),
        [[part, 9_000]],
      );
      const open = await stage.pull({ page: { kind: 'records', of: 'bill', ids: [untouched] } });
      assert.equal(stage.calls() - before, 3);
      assert.deepEqual(open.balances, []);
    }),
  );
});

describe('pages of keys of payments and credits', () => {
  it(
    'name each of them, and their records come whole',
    staged(async (stage) => {
      const [one, two] = [await enter(stage, 'K-1'), await enter(stage, 'K-2')];
      const given = await credit(stage, '5.00');
      await stage.person('set-credits', { bill: two, credits: [{ txnId: given, amount: '5.00' }] });
      await pay(stage, [{ txnId: one }]);
      for (const of of ['credit', 'checkPayment'] as const) {
        const { keys } = await stage.pull({ page: { kind: 'keys', of } });
        const ids = keys?.found.map(([id]) => id) ?? [];
        const { records } = await stage.pull({ page: { kind: 'records', of, ids } });
        assert.deepEqual(records[of]?.map(({ id }) => id).sort(), [...ids].sort());
        assert.ok(ids.length > 0);
      }
    }),
  );
});
