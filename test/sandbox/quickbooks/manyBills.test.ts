import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { openDocuments } from '../../../src/sandbox/quickbooks/apDocuments.ts';
import { setCredits } from '../../../src/sandbox/quickbooks/applications.ts';
import { vendorBalance } from '../../../src/sandbox/quickbooks/balance.ts';
import { enterBill } from '../../../src/sandbox/quickbooks/bills.ts';
import type { CompanyFile } from '../../../src/sandbox/quickbooks/companyFile.ts';
import { payablesBooks } from '../../../src/sandbox/quickbooks/payablesView.ts';
import { enterPayment, voidPayment } from '../../../src/sandbox/quickbooks/payments.ts';
import { PERSON } from '../../../src/sandbox/quickbooks/periods.ts';
import { byName } from '../../../src/sandbox/quickbooks/references.ts';
import { seededCompany } from '../../../src/sandbox/quickbooks/seed.ts';
import { enterCredit } from '../../../src/sandbox/quickbooks/vendorCredits.ts';

const BILLS = 50_000;
const MOST_MS = 20_000;

/** Were anything looked up by going through all of them, these would take minutes. */
describe(`QuickBooks sandbox: a vendor with ${BILLS.toLocaleString('en-US')} bills`, function () {
  this.timeout(120_000);
  let company: CompanyFile;
  let ids: string[];
  const vendor = byName('Acorn Tools');
  const lines = (amountCents: number) => ({
    expenseLines: [{ account: byName('Freight'), amountCents }],
    itemLines: [],
  });
  const within = (what: string, make: () => void): void => {
    const began = performance.now();
    make();
    const ms = performance.now() - began;
    assert.ok(ms < MOST_MS, `${what} took ${Math.round(ms)} ms`);
  };
  const owed = (): number => vendorBalance(company, company.tables.vendor.find('name', 'acorn tools')[0]?.id ?? '');

  before(() => {
    company = seededCompany({ file: 'C:\\a.qbw', name: 'A', timeZone: 'UTC' }, 'small');
    ids = Array.from(
      { length: BILLS },
      () => enterBill(company, { vendor, txnDate: '2026-03-01', ...lines(1_000) }, PERSON).id,
    );
  });

  it('one credit is set against each of them', () => {
    const before = owed();
    const { id: creditId } = enterCredit(company, { vendor, ...lines(BILLS) }, PERSON);
    within('setting a credit', () => {
      for (const billId of ids) setCredits(company, billId, [{ creditId, cents: 1 }]);
    });
    assert.equal(owed(), before - BILLS);
    assert.equal(company.settlements.of(creditId).length, BILLS);
  });

  it('one payment pays them all, and is voided again', () => {
    const before = owed();
    within('paying', () => {
      const bills = ids.map((billId) => ({ billId, cents: 999 }));
      const payment = enterPayment(company, { method: 'check', vendor, account: byName('Checking'), bills }, PERSON);
      assert.ok(payment !== undefined);
      assert.equal(owed(), before - BILLS * 999);
      voidPayment(company, payment);
    });
    assert.equal(owed(), before);
  });

  it('a payment for each of them, and what is open is told at once', () => {
    within('paying one by one', () => {
      for (const billId of ids)
        enterPayment(
          company,
          { method: 'check', vendor, account: byName('Checking'), bills: [{ billId, cents: 999 }] },
          PERSON,
        );
    });
    within('telling what is open', () => {
      const { id = '' } = company.tables.vendor.find('name', 'acorn tools')[0] ?? {};
      assert.ok(openDocuments(company, id).every(({ id: documentId }) => !ids.includes(documentId)));
      const [account] = payablesBooks(company);
      assert.equal(account?.balanceCents, Number(account?.owedCents) - Number(account?.creditsCents));
    });
  });
});
