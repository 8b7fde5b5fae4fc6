import assert from 'node:assert/strict';
import type { Posting } from '../../src/contract/index.ts';
import type { LedgerClass } from '../../src/domain/ledger.ts';
import {
  addKeys,
  addPostings,
  clearable,
  closeProblems,
  closeProblemsUnder,
  countOpenProblems,
  countWanted,
  dropKeys,
  dueSnapshots,
  getSnapshots,
  handOut,
  hastenDue,
  historyOf,
  intentsOf,
  journalCreates,
  linksByMt,
  linksOf,
  listProblems,
  markGone,
  newestCanaries,
  nextWanted,
  openProblems,
  putLinks,
  putSnapshots,
  recordOutcomes,
  type Store,
  seenKeys,
  setDue,
  toSite,
  wantUnlisted,
} from '../../src/store/index.ts';
import { addTestCompany, openTestStore } from './postgres.ts';

const entry = (id: string, editSequence: string, fullName = id): LedgerClass => ({
  id,
  editSequence,
  active: true,
  fullName,
});

const posting = (messageSetId: string): Posting => ({
  kind: 'VendorMod',
  messageSetId,
  xml: `<?xml version="1.0"?><!-- ${messageSetId} -->`,
  dates: [],
  match: { listId: 'V1', editSequence: '5', target: { phone: null } },
});

const payment = (method: 'check' | 'creditCard', id: string, editSequence: string) => ({
  id,
  editSequence,
  method,
  vendor: { id: 'V1', name: 'V' },
  account: { id: 'A1', name: 'A' },
  txnDate: '2026-11-20',
  amountCents: 100,
  applications: [],
});

describe('records of a company in the store', function () {
  this.timeout(60_000);
  let store: Store;
  let companyId: string;
  beforeEach(async () => {
    ({ store } = await openTestStore());
    companyId = await addTestCompany(store, 'Acme');
  });

  it('an older version never replaces a newer one; the same version again brings nothing to do', async () => {
    const put = (records: LedgerClass[], at: number) => putSnapshots(store.db, companyId, 'class', records, at);
    assert.deepEqual(await put([entry('C1', '100'), entry('C2', '100')], 1), ['C1', 'C2']);
    await setDue(store.db, companyId, [
      { kind: 'class', ledgerId: 'C1', editSequence: '100', due: null },
      { kind: 'class', ledgerId: 'C2', editSequence: '100', due: null },
    ]);
    assert.deepEqual(await put([entry('C1', '99', 'older'), entry('C2', '101', 'newer')], 2), ['C2']);
    await put([entry('C1', '100')], 3);
    const kept = await getSnapshots(store.db, companyId, 'class', ['C1', 'C2']);
    assert.deepEqual([kept.get('C1')?.record.fullName, kept.get('C2')?.record.fullName], ['C1', 'newer']);
    assert.deepEqual(
      (await dueSnapshots(store.db, companyId, 9, 10)).map(({ ledgerId }) => ledgerId),
      ['C2'],
    );
  });

  it('two edits within one second: the later pull counts', async () => {
    await putSnapshots(store.db, companyId, 'class', [entry('C1', '100', 'first')], 1);
    await putSnapshots(store.db, companyId, 'class', [entry('C1', '100', 'second')], 2);
    const kept = await getSnapshots(store.db, companyId, 'class', ['C1']);
    assert.equal(kept.get('C1')?.record.fullName, 'second');
  });

  it('one pull that names a record twice keeps its newer version', async () => {
    await putSnapshots(store.db, companyId, 'class', [entry('C1', '7', 'newer'), entry('C1', '6', 'older')], 1);
    assert.equal((await getSnapshots(store.db, companyId, 'class', ['C1'])).get('C1')?.record.fullName, 'newer');
  });

  it('what MineralTree refused waits, and is hastened when something it may depend on came', async () => {
    await putSnapshots(store.db, companyId, 'class', [entry('C1', '1')], 1);
    await setDue(store.db, companyId, [{ kind: 'class', ledgerId: 'C1', editSequence: '1', due: 500 }]);
    assert.equal((await dueSnapshots(store.db, companyId, 10, 5)).length, 0);
    await hastenDue(store.db, companyId, 10);
    assert.equal((await dueSnapshots(store.db, companyId, 10, 5))[0]?.pushTries, 1);
  });

  it('names what a pull would bring again, newest first, and the newest bill, payment and vendor', async () => {
    const second = 1_700_000_000;
    await putSnapshots(store.db, companyId, 'class', [entry('C1', `${second}`), entry('C2', `${second - 90_000}`)], 1);
    const seen = await seenKeys(store.db, companyId, { class: second }, 7_200);
    assert.deepEqual(seen, { class: [['C1', `${second}`]] });
    assert.deepEqual(await newestCanaries(store.db, companyId), []);
    await putSnapshots(store.db, companyId, 'vendor', [{ id: 'V1', editSequence: '5', active: true, name: 'V' }], 1);
    assert.deepEqual(await newestCanaries(store.db, companyId), [{ kind: 'vendor', id: 'V1', editSequence: '5' }]);
    await putSnapshots(store.db, companyId, 'checkPayment', [payment('check', 'P1', '7')], 1);
    await putSnapshots(store.db, companyId, 'cardPayment', [payment('creditCard', 'P2', '9')], 1);
    assert.deepEqual(await newestCanaries(store.db, companyId), [
      { kind: 'cardPayment', id: 'P2', editSequence: '9' },
      { kind: 'vendor', id: 'V1', editSequence: '5' },
    ]);
  });

  it('a listing wants what is new, newer, or was not listed any more', async () => {
    await putSnapshots(store.db, companyId, 'class', [entry('same', '1'), entry('newer', '1'), entry('lost', '1')], 1);
    await addKeys(store.db, companyId, 'class', [
      ['same', '1'],
      ['newer', '2'],
    ]);
    await addKeys(store.db, companyId, 'class', [['new', '1']]);
    assert.deepEqual(await nextWanted(store.db, companyId, 'class', 10), ['new', 'newer']);
    assert.equal(await wantUnlisted(store.db, companyId, 'class', false), 3);
    assert.deepEqual(await nextWanted(store.db, companyId, 'class', 10), ['lost', 'new', 'newer']);
    await dropKeys(store.db, companyId, 'class', ['new', 'newer']);
    assert.equal(await countWanted(store.db, companyId, 'class'), 1);
    const gone = await markGone(store.db, companyId, 'class', ['lost', 'same', 'unknown'], 'missing');
    assert.deepEqual(gone.map(({ ledgerId }) => ledgerId).sort(), ['lost', 'same']);
    assert.deepEqual(await markGone(store.db, companyId, 'class', ['lost'], 'missing'), []);
  });

  it('a link ends the intent that led to it, and keeps what a later one leaves out', async () => {
    const key = { entity: 'vendor', ledgerId: 'V1' };
    await journalCreates(store.db, companyId, [key], 5);
    await journalCreates(store.db, companyId, [key], 6);
    assert.deepEqual((await intentsOf(store.db, companyId, 'vendor', ['V1'])).get('V1'), {
      ...key,
      tries: 2,
      begunAt: 6,
    });
    const link = { ...key, kind: 'vendor', mtId: 'm1', bornIn: 'quickbooks' } as const;
    await putLinks(store.db, companyId, [{ ...link, kept: { a: 1 }, extras: { job: 'J1' } }], 7);
    await putLinks(store.db, companyId, [{ ...link, kept: { a: 2 } }], 8);
    assert.equal((await intentsOf(store.db, companyId, 'vendor', ['V1'])).size, 0);
    const kept = (await linksOf(store.db, companyId, 'vendor', ['V1'])).get('V1');
    assert.deepEqual(kept, { ...link, kept: { a: 2 }, extras: { job: 'J1' } });
    assert.deepEqual((await linksByMt(store.db, companyId, 'vendor', ['m1'])).get('m1'), kept);
  });

  it('holds at most one unsettled posting of a record, and counts its refusals', async () => {
    const plan = (id: string) => ({ posting: posting(id), mtId: 'm1', revision: 'r1', base: { a: 1 } });
    await addPostings(store.db, companyId, [plan('first')], 1);
    await addPostings(store.db, companyId, [plan('first')], 2);
    await assert.rejects(addPostings(store.db, companyId, [plan('second')], 3), /postings_one_unsettled/);
    await handOut(store.db, companyId, 'b1', ['first'], 4);
    assert.deepEqual(
      (await toSite(store.db, companyId)).map(({ state, posting: { messageSetId } }) => [messageSetId, state]),
      [['first', 'sentMaybe']],
    );
    const refused = { kind: 'refused', messageSetId: 'first', code: 'closedPeriod', text: 'closed' } as const;
    const outcome = { messageSetId: 'first', state: 'refused', outcome: refused, again: 'whenChanged' } as const;
    await recordOutcomes(store.db, companyId, [outcome], 5);
    await recordOutcomes(store.db, companyId, [{ ...outcome, state: 'posted' }], 6);
    const history = (await historyOf(store.db, companyId, ['m1'])).get('m1');
    assert.deepEqual(history, {
      last: { messageSetId: 'first', revision: 'r1', state: 'refused' },
      refusals: 1,
      refused: { again: 'whenChanged', at: 5 },
    });
    assert.deepEqual(await clearable(store.db, companyId, 5), ['first']);
    await addPostings(store.db, companyId, [{ ...plan('second'), clears: 'first' }], 7);
    assert.deepEqual(await clearable(store.db, companyId, 5), []);
  });

  it('a problem is open once; gone it is closed; back it is a new one', async () => {
    const problem = { key: 'push:bill:B1:waitsFor', code: 'waitsFor', subject: { kind: 'bill', id: 'B1' }, params: {} };
    await openProblems(store.db, companyId, [problem, problem], 1);
    await openProblems(store.db, companyId, [{ ...problem, params: { name: 'x' } }], 2);
    assert.equal(await countOpenProblems(store.db, companyId), 1);
    const [open] = await listProblems(store.db, companyId);
    assert.deepEqual([open?.openedAt, open?.seenAt, open?.params], [1, 2, { name: 'x' }]);
    await closeProblemsUnder(store.db, companyId, ['push:bill:B1:'], [problem.key], 3);
    assert.equal(await countOpenProblems(store.db, companyId), 1);
    await closeProblemsUnder(store.db, companyId, ['push:bill:B1:'], [], 3);
    assert.equal(await countOpenProblems(store.db, companyId), 0);
    await openProblems(store.db, companyId, [problem], 4);
    await closeProblems(store.db, companyId, [problem.key], 5);
    const all = await listProblems(store.db, companyId, { closed: true });
    assert.deepEqual(
      all.map(({ openedAt, closedAt }) => [openedAt, closedAt]),
      [
        [4, 5],
        [1, 3],
      ],
    );
  });
});
