import assert from 'node:assert/strict';
import type { LedgerBill, LedgerCredit, LedgerLink } from '../../src/domain/ledger.ts';
import {
  dueSettlements,
  exportCompany,
  hastenSettlements,
  importCompany,
  noteCredits,
  openOfBills,
  openOfCredits,
  putBalances,
  putSettlements,
  putSnapshots,
  type Store,
  settlementsOf,
  touchSettlements,
  vendorsWithCredits,
} from '../../src/store/index.ts';
import { addTestCompany, openTestStore } from './postgres.ts';

const link = (txnType: string, txnId: string, amountCents: number): LedgerLink => ({
  txnId,
  txnType,
  txnDate: '2026-10-01',
  amountCents,
});

const bill = (id: string, more: Partial<LedgerBill> = {}): LedgerBill => ({
  id,
  editSequence: '100',
  vendor: { id: 'V1', name: 'Harwood' },
  txnDate: '2026-10-01',
  amountDueCents: 10_000,
  links: [],
  expenseLines: [],
  itemLines: [],
  groupLines: 0,
  ...more,
});

const credit = (id: string, more: Partial<LedgerCredit> = {}): LedgerCredit => ({
  id,
  editSequence: '100',
  vendor: { id: 'V1', name: 'Harwood' },
  txnDate: '2026-10-01',
  creditAmountCents: 2_000,
  links: [],
  ...more,
});

const open = (kind: 'bill' | 'credit', txnId: string, openCents: number) => ({ kind, txnId, openCents });

describe('settlements and open balances in the store', function () {
  this.timeout(60_000);
  let store: Store;
  let companyId: string;
  beforeEach(async () => {
    ({ store } = await openTestStore());
    companyId = await addTestCompany(store, 'Acme');
  });
  const bills = (records: LedgerBill[], at = 10) => putSnapshots(store.db, companyId, 'bill', records, at);
  const due = (at: number) => dueSettlements(store.db, companyId, at, 500);

  it('the settlement of a bill is due from when it was touched until it was carried, and again when touched again', async () => {
    await bills([bill('B1'), bill('B2')]);
    await touchSettlements(store.db, companyId, ['B2', 'B1', 'unknown'], 20, false);
    assert.deepEqual(await due(19), []);
    assert.deepEqual(await due(20), ['B1', 'B2']);
    const carried = { openCents: 8_000, credits: [{ txnId: 'C1', mtId: 'm1', cents: 2_000 }], payments: [] };
    await putSettlements(
      store.db,
      companyId,
      [
        { billId: 'B1', due: null, carried },
        { billId: 'B2', due: 900 },
      ],
      30,
    );
    assert.deepEqual(await due(800), []);
    await hastenSettlements(store.db, companyId, 700);
    assert.deepEqual(await due(800), ['B2']);
    await touchSettlements(store.db, companyId, ['B1'], 40, false);
    await putSettlements(store.db, companyId, [{ billId: 'B1', due: 50 }], 41);
    const [row] = (await settlementsOf(store.db, companyId, ['B1'])).values();
    assert.deepEqual(row, { billId: 'B1', due: 50, tries: 1, carried });
  });

  it('a bill that was paid before the first day is not touched, one that was carried before is', async () => {
    await bills([bill('B1', { isPaid: true }), bill('B2', { isPaid: true })]);
    await putSettlements(store.db, companyId, [{ billId: 'B2', due: null }], 5);
    await touchSettlements(store.db, companyId, ['B1', 'B2'], 20, true);
    assert.deepEqual(await due(20), ['B2']);
    await touchSettlements(store.db, companyId, ['B1'], 20, false);
    assert.deepEqual(await due(20), ['B1', 'B2']);
  });

  it('BillToPay tells what changed without the bill telling it; what a vendor does not list any more is not open', async () => {
    await bills([
      bill('B1'),
      bill('B2', { links: [link('VendorCredit', 'C9', -1_000)] }),
      bill('B3', { links: [{ ...link('PurchaseOrder', 'P1', -9_000), linkType: 'QUANTYPE' }] }),
    ]);
    await putSnapshots(store.db, companyId, 'credit', [credit('C1')], 10);
    const first = [open('bill', 'B1', 10_000), open('bill', 'B2', 9_000), open('bill', 'B3', 10_000)];
    const vendor = (list: ReturnType<typeof open>[]) => [{ vendorId: 'V1', open: list }];
    const put = (list: ReturnType<typeof open>[], at: number) => putBalances(store.db, companyId, vendor(list), at);
    assert.deepEqual(await put([...first, open('credit', 'C1', 2_000)], 20), { bills: [], credits: [] });
    const second = [open('bill', 'B1', 8_500), open('bill', 'B3', 10_000), open('credit', 'C1', 500)];
    const news = await put(second, 30);
    assert.deepEqual([[...news.bills].sort(), news.credits], [['B1', 'B2'], ['C1']]);
    const left = await openOfBills(store.db, companyId, ['B1', 'B2', 'B3']);
    assert.deepEqual([...left].sort(), [
      ['B1', 8_500],
      ['B2', 'notListed'],
      ['B3', 10_000],
    ]);
    await bills([bill('B1', { editSequence: '101' })], 40);
    assert.equal((await openOfBills(store.db, companyId, ['B1'])).size, 0, 'read after its balance was');
  });

  it('vendors with open credits are known from the credits themselves until BillToPay was asked', async () => {
    await noteCredits(
      store.db,
      companyId,
      [
        { id: 'C1', vendorId: 'V1', openCents: 2_000 },
        { id: 'C2', vendorId: 'V2', openCents: 0 },
      ],
      10,
    );
    assert.deepEqual(await vendorsWithCredits(store.db, companyId), ['V1']);
    assert.deepEqual([...(await openOfCredits(store.db, companyId, ['C1', 'C2']))], [['C1', 2_000]]);
    await noteCredits(store.db, companyId, [{ id: 'C1', vendorId: 'V1', openCents: 0 }], 20);
    assert.deepEqual(await vendorsWithCredits(store.db, companyId), []);
  });

  it('a backup holds them', async () => {
    await bills([bill('B1')]);
    await touchSettlements(store.db, companyId, ['B1'], 20, false);
    await noteCredits(store.db, companyId, [{ id: 'C1', vendorId: 'V1', openCents: 2_000 }], 10);
    const backup = await exportCompany(store, companyId);
    await putSettlements(store.db, companyId, [{ billId: 'B1', due: null }], 30);
    await noteCredits(store.db, companyId, [{ id: 'C1', vendorId: 'V1', openCents: 0 }], 30);
    await importCompany(store, backup);
    assert.deepEqual(await due(20), ['B1']);
    assert.deepEqual(await vendorsWithCredits(store.db, companyId), ['V1']);
  });
});
