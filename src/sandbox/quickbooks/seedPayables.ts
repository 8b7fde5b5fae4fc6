/**
 * What seeds with a history of payables have beside lists and bills: credits, payments, and the other transactions of A/P.
 *
 * `payables` is a small file with a few of each, for looking at and learning. `history` is a company of some years: almost
 * everything paid, by check, vendor after vendor.
 */
import { setCredits } from './applications.ts';
import { openCents } from './balance.ts';
import type { ExpenseLineDraft } from './billLines.ts';
import { enterBill } from './bills.ts';
import { daysLater } from './calendar.ts';
import type { CompanyFile } from './companyFile.ts';
import { enterGeneral } from './generalTransactions.ts';
import { addEntry } from './lists.ts';
import { enterPayment } from './payments.ts';
import { PERSON } from './periods.ts';
import type { Bill, VendorCredit } from './records.ts';
import { byName } from './references.ts';
import { enterCredit } from './vendorCredits.ts';

type Step = () => void;

/** The accounts that payables need beside those of every seed; discounts go to `Purchase Discounts`. */
function addAccounts(company: CompanyFile, step: Step): void {
  step();
  addEntry(company, 'account', 'Retail Payables', (entry) => ({ ...entry, type: 'AccountsPayable', number: '2010' }));
  step();
  const discounts = addEntry(company, 'account', 'Purchase Discounts', (entry) => ({
    ...entry,
    type: 'Income',
    number: '4900',
  }));
  company.setHead({ discountAccountId: discounts.id });
}

const line = (account: string, amountCents: number): ExpenseLineDraft => ({ account: byName(account), amountCents });

/** A few of each: what is open and what is settled in every way that there is. */
export function seedPayables(company: CompanyFile, step: Step): void {
  addAccounts(company, step);
  const bill = (vendor: string, refNumber: string, txnDate: string, cents: number, apAccount?: string): Bill => {
    step();
    return enterBill(
      company,
      {
        vendor: byName(vendor),
        refNumber,
        txnDate,
        ...(apAccount === undefined ? {} : { apAccount: byName(apAccount) }),
        expenseLines: [line('Freight', cents)],
        itemLines: [],
      },
      PERSON,
    );
  };
  const credit = (vendor: string, refNumber: string, txnDate: string, cents: number): VendorCredit => {
    step();
    return enterCredit(
      company,
      { vendor: byName(vendor), refNumber, txnDate, expenseLines: [line('Freight', cents)], itemLines: [] },
      PERSON,
    );
  };
  const pay = (method: 'check' | 'creditCard', refNumber: string, txnDate: string, bills: Paid[]): void => {
    step();
    const [first] = bills;
    if (first === undefined) return;
    enterPayment(
      company,
      {
        method,
        vendor: { ListID: first.bill.vendorId },
        apAccount: { ListID: first.bill.apAccountId },
        account: byName(method === 'check' ? 'Checking' : 'Company Card'),
        refNumber,
        txnDate,
        bills: bills.map(({ bill: { id: billId }, ...rest }) => ({ billId, ...rest })),
      },
      PERSON,
    );
  };
  const paid = [
    bill('Acorn Supply', 'P-101', '2025-02-03', 48_000),
    bill('Acorn Supply', 'P-102', '2025-02-10', 12_550),
  ] as const;
  const [byCard, inPart] = [
    bill('Acorn Electric', 'P-103', '2025-02-11', 9_900),
    bill('Acorn Paper', 'P-104', '2025-02-12', 30_000),
  ];
  const [discounted, credited] = [
    bill('Acorn Freight', 'P-105', '2025-02-13', 100_000),
    bill('Acorn Foods', 'P-106', '2025-02-14', 25_000),
  ];
  bill('Acorn Print', 'P-107', '2025-02-17', 7_425, 'Retail Payables');
  const [used, left] = [
    credit('Acorn Foods', 'C-201', '2025-02-20', 10_000),
    credit('Acorn Freight', 'C-202', '2025-02-21', 15_000),
  ];
  credit('Acorn Tools', 'C-203', '2025-02-24', 4_200);
  pay('check', '5001', '2025-03-03', [
    { bill: paid[0], cents: 48_000 },
    { bill: paid[1], cents: 12_550 },
  ]);
  pay('creditCard', 'CC-1', '2025-03-04', [{ bill: byCard, cents: 9_900 }]);
  pay('check', '5002', '2025-03-05', [{ bill: inPart, cents: 10_000 }]);
  pay('check', '5003', '2025-03-06', [
    { bill: discounted, cents: 83_000, discountCents: 2_000, credits: [{ creditId: left.id, cents: 5_000 }] },
  ]);
  step();
  setCredits(company, credited.id, [{ creditId: used.id, cents: 10_000 }]);
  seedOthers(company, step);
}

interface Paid {
  readonly bill: Bill;
  readonly cents: number;
  readonly discountCents?: number;
  readonly credits?: readonly { readonly creditId: string; readonly cents: number }[];
}

function seedOthers(company: CompanyFile, step: Step): void {
  const payable = byName('Accounts Payable');
  const enter = (draft: Parameters<typeof enterGeneral>[1]): void => {
    step();
    enterGeneral(company, draft, PERSON);
  };
  enter({
    type: 'JournalEntry',
    refNumber: 'J-1',
    txnDate: '2025-03-10',
    lines: [
      { account: byName('Professional Fees'), cents: 6_000 },
      { account: payable, cents: -6_000, vendor: byName('Acorn Plumbing') },
    ],
  });
  const head = { vendor: byName('Acorn Cleaning'), txnDate: '2025-03-11' };
  enter({
    type: 'Check',
    ...head,
    account: byName('Checking'),
    refNumber: '5004',
    lines: [{ account: payable, cents: 3_000 }],
  });
  enter({
    type: 'CreditCardCharge',
    ...head,
    account: byName('Company Card'),
    lines: [{ account: payable, cents: 1_500 }],
  });
  enter({ type: 'Deposit', ...head, account: byName('Checking'), lines: [{ account: payable, cents: -2_500 }] });
  enter({
    type: 'ItemReceipt',
    vendor: byName('Acorn Paint'),
    account: payable,
    refNumber: 'R-1',
    txnDate: '2025-03-12',
    lines: [{ account: byName('Inventory Asset'), cents: 12_500 }],
  });
}

const ROUNDS = 26;
const DAYS_BETWEEN = 14;
const FIRST = '2024-01-02';

/**
 * For each vendor 25 paid bills and an open one; every fourth vendor has an open credit as well, and every fourth had one
 * that was used up. 2,000 vendors give 50,000 paid bills, 2,000 open ones, and 500 open credits.
 */
export function seedHistory(company: CompanyFile, vendors: readonly string[], step: Step): void {
  addAccounts(company, step);
  const unpaid = new Map<string, Bill[]>(vendors.map((id) => [id, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const txnDate = daysLater(FIRST, round * DAYS_BETWEEN);
    vendors.forEach((id, index) => {
      step();
      const bill = enterBill(
        company,
        {
          vendor: { ListID: id },
          refNumber: `H-${round * vendors.length + index + 1}`,
          txnDate,
          expenseLines: [line('Freight', 1_000 + ((index * 37 + round * 101) % 90_000))],
          itemLines: [],
        },
        PERSON,
      );
      unpaid.get(id)?.push(bill);
      if (index % 4 === 0 && round === 12) usedCredit(company, bill, txnDate, step);
      if (index % 4 === 1 && round === ROUNDS - 1) openCredit(company, id, txnDate, step);
    });
    if (round % 5 === 4)
      vendors.forEach((id, index) => {
        payAll(company, unpaid.get(id) ?? [], daysLater(txnDate, 3), `${10_000 + round * 100_000 + index}`, step);
        unpaid.set(id, []);
      });
  }
}

function usedCredit(company: CompanyFile, bill: Bill, txnDate: string, step: Step): void {
  step();
  const credit = enterCredit(
    company,
    {
      vendor: { ListID: bill.vendorId },
      txnDate,
      refNumber: 'used',
      expenseLines: [line('Freight', 500)],
      itemLines: [],
    },
    PERSON,
  );
  setCredits(company, bill.id, [{ creditId: credit.id, cents: 500 }]);
}

function openCredit(company: CompanyFile, vendorId: string, txnDate: string, step: Step): void {
  step();
  enterCredit(
    company,
    { vendor: { ListID: vendorId }, txnDate, refNumber: 'open', expenseLines: [line('Freight', 750)], itemLines: [] },
    PERSON,
  );
}

function payAll(company: CompanyFile, bills: readonly Bill[], txnDate: string, refNumber: string, step: Step): void {
  const [first] = bills;
  if (first === undefined) return;
  step();
  enterPayment(
    company,
    {
      method: 'check',
      vendor: { ListID: first.vendorId },
      account: byName('Checking'),
      refNumber,
      txnDate,
      bills: bills.map((bill) => ({ billId: bill.id, cents: openCents(company, bill) })),
    },
    PERSON,
  );
}
