/** Pages of keys, of records and of unpaid bills, from the real sandbox. */
import assert from 'node:assert/strict';
import { type LedgerResult, PROTOCOL } from '../../src/contract/index.ts';
import type { LedgerKind } from '../../src/domain/ledger.ts';
import { readLedgerPage, SiteTrouble } from '../../src/quickbooks/index.ts';
import { COMPANY_ID, FILE, NEW_FILE, type Stage, staged } from './stage.ts';

type LedgerPage = Extract<LedgerResult, { kind: 'page' }>;

const allKeys = async (stage: Stage, of: LedgerKind, openOnly = false): Promise<string[]> => {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const { keys } = await stage.pull({
      page: { kind: 'keys', of, openOnly, ...(after === undefined ? {} : { after }) },
    });
    ids.push(...(keys?.found.map(([id]) => id) ?? []));
    after = keys?.next;
    if (after === undefined) return ids;
  }
};

describe('pages of keys', () => {
  it(
    'name every record of each kind with its edit sequence',
    staged(async (stage) => {
      const books = await stage.books();
      for (const [of, list] of [
        ['account', 'accounts'],
        ['class', 'classes'],
        ['customer', 'customers'],
        ['item', 'items'],
        ['terms', 'terms'],
        ['vendor', 'vendors'],
        ['bill', 'bills'],
      ] as const) {
        const expected = books[list]?.map(({ id }) => id).sort();
        assert.ok(expected !== undefined && expected.length > 0, list);
        assert.deepEqual((await allKeys(stage, of)).sort(), expected, of);
      }
    }),
  );

  it(
    'of the sweep by night leave out what is paid or inactive',
    staged(async (stage) => {
      await stage.person('make-inactive', { list: 'vendor', name: 'Acorn Tools' });
      const all = await allKeys(stage, 'vendor');
      assert.equal((await allKeys(stage, 'vendor', true)).length, all.length - 1);
    }),
  );

  it(
    'a page begins where its request says, whichever connector asks',
    staged(async (stage) => {
      const { bills } = await stage.books();
      const dates = bills.map(({ txnDate }) => txnDate).sort();
      const from = dates[Math.floor(dates.length / 2)] ?? '';
      const { keys } = await stage.pull({ page: { kind: 'keys', of: 'bill', after: from } });
      assert.deepEqual(
        keys?.found.map(([id]) => id).sort(),
        bills
          .filter(({ txnDate }) => txnDate >= from)
          .map(({ id }) => id)
          .sort(),
      );
      await assert.rejects(stage.pull({ page: { kind: 'keys', of: 'bill', after: 'nonsense' } }), SiteTrouble);
    }),
  );
});

describe('pages of records', () => {
  it(
    'bring what is there, and name what is gone',
    staged(async (stage) => {
      const { bills, vendors } = await stage.books();
      const [first, second] = bills;
      await stage.person('delete-bill', { txnId: first?.id });
      const page = await stage.pull({
        page: { kind: 'records', of: 'bill', ids: [String(first?.id), String(second?.id)] },
      });
      assert.deepEqual(
        page.records.bill?.map(({ id }) => id),
        [second?.id],
      );
      assert.deepEqual(page.gone, [first?.id]);
      const none = await stage.pull({ page: { kind: 'records', of: 'vendor', ids: ['80000FFF-1700000000'] } });
      assert.deepEqual(none.gone, ['80000FFF-1700000000']);
      const one = await stage.pull({ page: { kind: 'records', of: 'vendor', ids: [String(vendors[0]?.id)] } });
      assert.equal(one.records.vendor?.[0]?.name, vendors[0]?.name);
    }),
  );

  it(
    'one ID that is none does not spoil the others',
    staged(async (stage) => {
      const { bills } = await stage.books();
      const ids = ['not an ID at all'.replaceAll(' ', '-'), String(bills[0]?.id)];
      const page = await stage.pull({ page: { kind: 'records', of: 'bill', ids } });
      assert.deepEqual(
        page.records.bill?.map(({ id }) => id),
        [bills[0]?.id],
      );
      assert.deepEqual(page.gone, [ids[0]]);
    }),
  );

  it(
    'records that the page has no room for are neither in it nor gone',
    staged(async (stage) => {
      const memo = 'x'.repeat(4_000);
      const ids: string[] = [];
      for (let at = 0; at < 8; at += 1) {
        const lines = Array.from({ length: 10 }, () => ({ account: 'Rent', amount: '1.00', memo }));
        ids.push(
          String(
            (await stage.person('enter-bill', { vendor: 'Acorn Tools', txnDate: '2026-11-01', expenseLines: lines }))
              .id,
          ),
        );
      }
      const page = await stage.pull({ page: { kind: 'records', of: 'bill', ids } });
      const count = page.records.bill?.length ?? 0;
      assert.ok(count >= 1 && count < ids.length, String(count));
      assert.deepEqual(page.gone, []);
    }),
  );
});

describe('the page of what is unpaid', () => {
  it(
    'has every unpaid bill with what is left on it',
    staged(async (stage) => {
      const page: LedgerPage = await stage.visit((session) =>
        readLedgerPage(
          session,
          { protocol: PROTOCOL, companyId: COMPANY_ID, reportId: 'report-1', file: NEW_FILE },
          { fileName: FILE, visit: { nextDueMs: 1 }, pause: () => undefined },
        ),
      );
      const { bills } = await stage.books();
      const unpaid = bills.filter(({ openCents }) => openCents > 0);
      assert.ok(unpaid.length > 0);
      assert.equal(page.next, 'rest', 'what else is in accounts payable comes after the bills');
      assert.deepEqual(
        page.bills.map(({ txnId, openCents }) => [txnId, openCents]).sort(),
        unpaid.map(({ id, openCents }) => [id, openCents]).sort(),
      );
    }),
  );

  it(
    'goes on after its last bill where one page does not hold them all, though a vendor goes meanwhile',
    staged(
      async (stage) => {
        const found: string[] = [];
        let pages = 0;
        let merged = '';
        for (let after: string | undefined; ; ) {
          const request = {
            protocol: PROTOCOL,
            companyId: COMPANY_ID,
            reportId: 'report-1',
            file: NEW_FILE,
            ...(after === undefined ? {} : { after }),
          };
          const page: LedgerPage = await stage.visit((session) =>
            readLedgerPage(session, request, { fileName: FILE, visit: { nextDueMs: 1 }, pause: () => undefined }),
          );
          pages += 1;
          found.push(...page.bills.map(({ txnId }) => txnId));
          after = page.next;
          if (after === undefined) break;
          if (pages !== 2) continue;
          // A vendor that is named as one of those to come goes meanwhile.
          const { vendors } = await stage.books();
          const [into, from] = vendors.filter(({ id }) => after?.includes(id)).slice(-2);
          merged = from?.name ?? '';
          await stage.person('merge-list-entries', { list: 'vendor', from: merged, into: into?.name });
        }
        const unpaid = (await stage.books()).bills.filter(({ openCents }) => openCents > 0);
        assert.ok(pages > 2 && merged !== '');
        assert.deepEqual(found.sort(), unpaid.map(({ id }) => id).sort());
      },
      { seed: 'medium' },
    ),
  );
});
