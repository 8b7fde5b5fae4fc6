import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { apDocument } from '../../../src/sandbox/quickbooks/apDocuments.ts';
import { vendorBalance } from '../../../src/sandbox/quickbooks/balance.ts';
import { CompanyFile } from '../../../src/sandbox/quickbooks/companyFile.ts';
import { shownBalance } from '../../../src/sandbox/quickbooks/journal.ts';
import { payablesBooks } from '../../../src/sandbox/quickbooks/payablesView.ts';
import { Refused } from '../../../src/sandbox/quickbooks/refusal.ts';
import { companyWithEverything, step, take } from './payablesDays.ts';

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);
const text = (company: CompanyFile): string => JSON.stringify([...company.snapshot()]);

/** Whatever people do, these hold. */
function sound(company: CompanyFile): void {
  const { tables, balances, settlements } = company;
  const sums = new Map<string, number>();
  for (const { id, entries } of tables.journal.all()) {
    assert.equal(sum(entries.map(({ cents }) => cents)), 0, `${id} is out of balance`);
    assert.ok(entries.every(({ cents }) => Number.isSafeInteger(cents)));
    for (const { accountId, cents } of entries) sums.set(accountId, (sums.get(accountId) ?? 0) + cents);
  }
  for (const { id, fullName } of tables.account.all()) assert.equal(balances.of(id), sums.get(id) ?? 0, fullName);

  for (const account of payablesBooks(company))
    assert.equal(
      account.balanceCents,
      account.owedCents - account.creditsCents + account.unbilledCents,
      `${account.account}: what is open does not make its balance`,
    );
  const payable = sum(
    [...tables.account.all()]
      .filter(({ type }) => type === 'AccountsPayable')
      .map((account) => shownBalance(account, balances)),
  );
  assert.equal(
    sum([...tables.vendor.all()].map(({ id }) => vendorBalance(company, id))),
    payable,
    'vendors do not make A/P',
  );

  const settled = new Map<string, number>();
  const settle = (id: string, cents: number) => settled.set(id, (settled.get(id) ?? 0) + cents);
  for (const { applications } of tables.payment.all())
    for (const { billId, cents, discountCents } of applications) settle(billId, cents + discountCents);
  for (const { billTxnId, creditTxnId, cents, byPayment } of tables.creditApplication.all()) {
    settle(billTxnId, cents);
    settle(creditTxnId, cents);
    assert.ok(sum(byPayment.map((one) => one.cents)) <= cents);
    const [bill, credit] = [apDocument(company, billTxnId), apDocument(company, creditTxnId)];
    assert.deepEqual([bill?.side, credit?.side], ['owed', 'credit']);
    assert.deepEqual([bill?.vendorId, bill?.apAccountId], [credit?.vendorId, credit?.apAccountId]);
  }
  for (const table of [tables.bill, tables.vendorCredit, tables.payment, tables.general])
    for (const { id } of table.all()) {
      assert.equal(settlements.sumOf(id), settled.get(id) ?? 0);
      const document = apDocument(company, id);
      if (document === undefined) assert.equal(settled.get(id), undefined, 'something is settled that is no document');
      else assert.ok(document.openCents >= 0 && document.openCents <= document.totalCents, `${document.type} ${id}`);
    }
  for (const id of settled.keys()) assert.ok(apDocument(company, id) !== undefined, `${id} is settled and gone`);
}

describe('QuickBooks sandbox: accounts payable, whatever people do', () => {
  it('every entry balances, what is open makes the balance of each A/P account, and a refusal changes nothing', () => {
    const done = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.boolean(), (steps, paymentFreesCredits) => {
        const company = companyWithEverything(paymentFreesCredits);
        for (const move of steps) {
          const before = text(company);
          try {
            take(company, move);
            if (text(company) !== before) done.set(move.do, (done.get(move.do) ?? 0) + 1);
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            assert.equal(text(company), before, `refused and changed: ${error.message}`);
          }
        }
        sound(company);
        const again = new CompanyFile(company.head, company.clock, company.switches);
        for (const commit of company.snapshot()) again.replay(commit);
        assert.equal(text(again), text(company));
        sound(again);
        assert.deepEqual(payablesBooks(again), payablesBooks(company));
      }),
      { numRuns: 120, seed: 3 },
    );
    const moves = ['bill', 'credit', 'pay', 'repay', 'set', 'unapply', 'edit', 'void', 'delete', 'general', 'merge'];
    assert.deepEqual([...done.keys()].toSorted(), moves.toSorted(), 'a kind of move never happened');
  });

  it('what fails halfway leaves nothing behind', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const company = companyWithEverything();
        const before = [...company.snapshot()];
        const tidy = (commits: typeof before): string[] =>
          commits.flatMap(({ put = [] }) => put.map((each) => JSON.stringify(each))).toSorted();
        assert.throws(
          () =>
            company.atomically(() => {
              for (const move of steps)
                try {
                  take(company, move);
                } catch (error) {
                  if (!(error instanceof Refused)) throw error;
                }
              throw new RangeError('enough');
            }),
          RangeError,
        );
        assert.deepEqual(tidy([...company.snapshot()]), tidy(before));
        assert.deepEqual(company.head, before[0]?.head);
        sound(company);
      }),
      { numRuns: 40 },
    );
  });
});
