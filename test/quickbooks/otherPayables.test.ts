/** What the report is told of accounts payable beside bills: open credits, other transactions, the accounts themselves. */
import assert from 'node:assert/strict';
import { type LedgerResult, PROTOCOL } from '../../src/contract/index.ts';
import { readLedgerPage as checked } from '../../src/contract/schema/index.ts';
import { readLedgerPage } from '../../src/quickbooks/index.ts';
import { COMPANY_ID, FILE, NEW_FILE, type Stage, staged } from './stage.ts';

type LedgerPage = Extract<LedgerResult, { kind: 'page' }>;
const VENDOR = 'Acorn Tools';
const AP = 'Accounts Payable';

async function pages(stage: Stage): Promise<readonly LedgerPage[]> {
  const all: LedgerPage[] = [];
  for (let after: string | undefined; ; ) {
    const request = {
      protocol: PROTOCOL,
      companyId: COMPANY_ID,
      reportId: 'report-1',
      file: NEW_FILE,
      ...(after === undefined ? {} : { after }),
    };
    const page = await stage.visit((session) =>
      readLedgerPage(session, request, { fileName: FILE, visit: { nextDueMs: 1 }, pause: () => undefined }),
    );
    assert.deepEqual(checked(page), { page }, 'as the contract says');
    all.push(page);
    after = page.next;
    if (after === undefined) return all;
  }
}

const sum = (cents: readonly (number | undefined)[]): number => cents.reduce<number>((all, one) => all + (one ?? 0), 0);

describe('accounts payable, for the report', () => {
  it(
    'an open credit comes with what is left of it, one that is used up does not',
    staged(async (stage) => {
      const enter = (move: string, refNumber: string, amount: string) =>
        stage.person(move, {
          vendor: VENDOR,
          refNumber,
          txnDate: '2026-11-02',
          expenseLines: [{ account: 'Rent', amount }],
        });
      const bill = await enter('enter-bill', 'B-1', '100.00');
      const [part, used] = [await enter('enter-credit', 'C-1', '30.00'), await enter('enter-credit', 'C-2', '10.00')];
      await stage.person('set-credits', {
        bill: bill.id,
        credits: [
          { txnId: part.id, amount: '12.00' },
          { txnId: used.id, amount: '10.00' },
        ],
      });
      const credits = (await pages(stage)).flatMap((page) => page.credits ?? []);
      assert.deepEqual(
        credits
          .filter(({ refNumber = '' }) => refNumber.startsWith('C-'))
          .map(({ txnId, vendor, apAccount, amountCents, openCents }) => [
            txnId,
            vendor.name,
            apAccount?.name,
            amountCents,
            openCents,
          ]),
        [[part.id, VENDOR, AP, 3_000, 1_800]],
      );
    }),
  );

  it(
    'journals, checks, deposits, charges, refunds and receipts are named lines, and with the bills they are the account',
    staged(async (stage) => {
      const line = (amount: string) => [{ account: AP, amount, vendor: VENDOR }];
      const head = { date: '2026-11-03', vendor: VENDOR };
      const bill = await stage.person('enter-bill', {
        vendor: VENDOR,
        refNumber: 'B-2',
        txnDate: '2026-11-02',
        expenseLines: [{ account: 'Rent', amount: '100.00' }],
      });
      const journal = await stage.person('enter-journal', {
        date: '2026-11-03',
        refNumber: 'J-1',
        lines: [
          { account: AP, debit: '20.00', vendor: VENDOR },
          { account: 'Rent', credit: '20.00' },
        ],
      });
      await stage.person('set-credits', { bill: bill.id, credits: [{ txnId: journal.id, amount: '20.00' }] });
      await stage.person('enter-check', { account: 'Checking', refNumber: '88', ...head, lines: line('15.00') });
      await stage.person('enter-deposit', { account: 'Checking', date: '2026-11-03', lines: line('5.00') });
      await stage.person('enter-charge', { account: 'Company Card', refNumber: '77', ...head, lines: line('7.00') });
      await stage.person('enter-card-refund', { account: 'Company Card', ...head, lines: line('3.00') });
      await stage.person('enter-item-receipt', { ...head, lines: [{ account: 'Rent', amount: '40.00' }] });
      const all = await pages(stage);
      const others = all.flatMap((page) => page.others ?? []);
      assert.deepEqual(
        others
          .map(({ txnType, vendor, apAccount, amountCents }) => [txnType, vendor?.name, apAccount.name, amountCents])
          .sort(),
        [
          ['Check', VENDOR, AP, -1_500],
          ['CreditCardCharge', VENDOR, AP, -700],
          ['CreditCardCredit', VENDOR, AP, 300],
          ['Deposit', VENDOR, AP, 500],
          ['ItemReceipt', VENDOR, AP, 4_000],
          ['JournalEntry', VENDOR, AP, -2_000],
        ],
      );
      assert.equal(others.find(({ txnType }) => txnType === 'JournalEntry')?.openCents, 0, 'used up by the bill');
      const bills = all.flatMap((page) => page.bills);
      assert.ok(bills.every(({ apAccount }) => apAccount?.name === AP));
      const credits = all.flatMap((page) => page.credits ?? []);
      const [account] = all.flatMap((page) => page.accounts ?? []);
      assert.equal(
        sum(bills.map(({ openCents }) => openCents)) -
          sum(credits.map(({ openCents }) => openCents)) +
          sum(others.map(({ openCents, amountCents }) => openCents ?? amountCents)),
        account?.balanceCents,
      );
    }),
  );
});
