import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { deleteBill, enterBill, modifyBill, voidBill } from '../../../src/sandbox/quickbooks/bills.ts';
import { billTotal } from '../../../src/sandbox/quickbooks/journal.ts';
import { PERSON } from '../../../src/sandbox/quickbooks/periods.ts';
import { Refused } from '../../../src/sandbox/quickbooks/refusal.ts';
import { seededCompany } from '../../../src/sandbox/quickbooks/seed.ts';

/** Random days at a desk: whatever people do, the books must balance. */
describe('QuickBooks sandbox: the journal', () => {
  const amount = fc.integer({ min: -50_000, max: 100_000 });
  const account = fc.constantFrom('Rent', 'Freight', 'Utilities:Telephone', 'Nothing');
  const expense = fc.record({ account: account.map((name) => ({ FullName: name })), amountCents: amount });
  const item = fc.record({
    item: fc.constantFrom('Paper A4', 'Installation', 'Door Handle').map((name) => ({ FullName: name })),
    quantity: fc.integer({ min: 0, max: 9999 }).map((units) => ({ units, scale: 2 })),
    cost: fc.integer({ min: 0, max: 999_999 }).map((units) => ({ units, scale: 5 })),
  });
  const lines = { expenseLines: fc.array(expense, { maxLength: 4 }), itemLines: fc.array(item, { maxLength: 3 }) };
  const step = fc.oneof(
    fc.record({ kind: fc.constant('enter' as const), ...lines }),
    fc.record({ kind: fc.constant('modify' as const), which: fc.nat(20), clear: fc.boolean(), ...lines }),
    fc.record({ kind: fc.constantFrom('void' as const, 'delete' as const), which: fc.nat(20) }),
  );

  it('every transaction sums to zero, and each balance is the sum of its entries, whatever people do', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const company = seededCompany({ file: 'C:\\a.qbw', name: 'A', timeZone: 'UTC' }, 'small');
        const { bill: bills, journal, account: accounts } = company.tables;
        for (const move of steps) {
          const before = [...bills.all()];
          const bill = 'which' in move ? before[move.which % Math.max(before.length, 1)] : undefined;
          try {
            if (move.kind === 'enter')
              enterBill(
                company,
                { vendor: { FullName: 'Acorn Tools' }, expenseLines: move.expenseLines, itemLines: move.itemLines },
                PERSON,
              );
            else if (bill !== undefined && move.kind === 'modify')
              modifyBill(company, bill, {
                clearExpenseLines: move.clear,
                expenseLines: move.expenseLines.map((line, at) => ({
                  ...line,
                  lineId: bill.expenseLines[at]?.lineId ?? '-1',
                })),
                itemLines: move.itemLines.map((line) => ({ ...line, lineId: '-1' })),
              });
            else if (bill !== undefined && move.kind === 'void') voidBill(company, bill);
            else if (bill !== undefined && move.kind === 'delete') deleteBill(company, bill);
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            assert.deepEqual([...bills.all()], before, 'a refusal changed a bill');
          }
        }
        assert.equal(journal.size, bills.size);
        const sums = new Map<string, number>();
        for (const { id, entries } of journal.all()) {
          assert.equal(
            entries.reduce((sum, { cents }) => sum + cents, 0),
            0,
          );
          const bill = bills.get(id);
          assert.ok(bill !== undefined);
          assert.equal(entries[0]?.cents, 0 - billTotal(bill));
          assert.ok(entries.every(({ cents }) => Number.isSafeInteger(cents)));
          for (const { accountId, cents } of entries) sums.set(accountId, (sums.get(accountId) ?? 0) + cents);
        }
        for (const { id } of accounts.all()) assert.equal(company.balances.of(id), sums.get(id) ?? 0);
      }),
      { numRuns: 150 },
    );
  });
});
