/** Two books that agree, small enough to be read: one vendor, a bill settled in every way there is, and nothing else. */
import type { BothBooks, MineralTreeBooks, QuickBooksBooks } from '../../../src/sandbox/judge/index.ts';

const AP = 'A-1';
const BANK = 'B-1';
const stored = { created: '2026-03-20T00:00:00Z', createdBy: 'api' as const };

/** A bill over 100.00: 10.00 by credit, 20.00 by a check of QuickBooks with 1.00 of discount, 30.00 by one of MineralTree. */
const quickBooks: QuickBooksBooks = {
  file: 'C:\\Books\\Acme.qbw',
  name: 'Acme',
  closingDate: '2026-01-31',
  vendors: [
    { id: 'V-1', name: 'Harwood', active: true, phone: '555-0100', address: { addr1: '1 Main St', city: 'Dayton' } },
  ],
  accounts: [
    { id: AP, fullName: 'Accounts Payable', type: 'AccountsPayable', balanceCents: 2_900 },
    { id: BANK, fullName: 'Checking', type: 'Bank', balanceCents: -5_000 },
  ],
  items: [],
  terms: [{ id: 'T-1', name: 'Net 30', active: true, kind: 'standard', dueDays: 30 }],
  bills: [
    {
      id: 'Q-1',
      vendorId: 'V-1',
      vendor: 'Harwood',
      apAccountId: AP,
      refNumber: '77',
      txnDate: '2026-03-01',
      dueDate: '2026-03-31',
      terms: 'Net 30',
      amountCents: 10_000,
      openCents: 3_900,
      isPaid: false,
      voided: false,
      createdBy: 'person',
      expenseLines: [{ account: 'Rent', amountCents: 10_000 }],
      itemLines: [],
    },
  ],
  credits: [
    {
      id: 'C-1',
      vendorId: 'V-1',
      vendor: 'Harwood',
      apAccountId: AP,
      refNumber: 'CM-1',
      txnDate: '2026-03-02',
      amountCents: 2_000,
      openCents: 1_000,
      voided: false,
      createdBy: 'person',
      expenseLines: [{ account: 'Rent', amountCents: 2_000 }],
      itemLines: [],
    },
  ],
  payments: [
    {
      id: 'P-1',
      vendorId: 'V-1',
      vendor: 'Harwood',
      apAccountId: AP,
      refNumber: '5001',
      txnDate: '2026-03-10',
      amountCents: 2_000,
      voided: false,
      createdBy: 'person',
      method: 'check',
      accountId: BANK,
      account: 'Checking',
      bills: [{ billId: 'Q-1', amountCents: 2_000, discountCents: 100 }],
    },
    {
      id: 'P-2',
      guid: '{1}',
      vendorId: 'V-1',
      vendor: 'Harwood',
      apAccountId: AP,
      refNumber: '1001',
      txnDate: '2026-03-20',
      amountCents: 3_000,
      voided: false,
      createdBy: 'application',
      method: 'check',
      accountId: BANK,
      account: 'Checking',
      bills: [{ billId: 'Q-1', amountCents: 3_000, discountCents: 0 }],
    },
  ],
  applications: [
    { creditTxnId: 'C-1', creditType: 'VendorCredit', billTxnId: 'Q-1', billType: 'Bill', amountCents: 1_000 },
  ],
  otherTransactions: [],
  journal: [
    {
      txnId: 'Q-1',
      entries: [
        { accountId: AP, cents: -10_000 },
        { accountId: 'rent', cents: 10_000 },
      ],
    },
    {
      txnId: 'C-1',
      entries: [
        { accountId: AP, cents: 2_000 },
        { accountId: 'rent', cents: -2_000 },
      ],
    },
    {
      txnId: 'P-1',
      entries: [
        { accountId: AP, cents: 2_100 },
        { accountId: BANK, cents: -2_000 },
        { accountId: 'discounts', cents: -100 },
      ],
    },
    {
      txnId: 'P-2',
      entries: [
        { accountId: AP, cents: 3_000 },
        { accountId: BANK, cents: -3_000 },
      ],
    },
  ],
};

const invoice = { id: 'm-1', externalId: 'Q-1', name: '77' };
const vendor = { id: 'v-1', externalId: 'V-1', name: 'Harwood' };
const bank = { id: 'b-1', externalId: BANK, name: 'Checking' };

const mineralTree: MineralTreeBooks = {
  id: 'acme',
  name: 'Acme',
  vendors: [
    {
      ...stored,
      id: 'v-1',
      externalId: 'V-1',
      name: 'Harwood',
      active: true,
      phone: '(555) 0100',
      address: { lines: ['1 MAIN ST'], town: 'Dayton' },
    },
  ],
  classifications: [],
  terms: [{ ...stored, id: 't-1', externalId: 'T-1', name: 'Net 30', active: true, dueDays: 30 }],
  accountingPeriods: [
    {
      ...stored,
      id: 'p-1',
      externalId: 'closed',
      name: 'Books closed',
      started: '1900-01-01',
      ended: '2026-01-31',
      closed: true,
    },
  ],
  bills: [
    {
      ...stored,
      id: 'm-1',
      externalId: 'Q-1',
      vendor,
      term: { id: 't-1', externalId: 'T-1', name: 'Net 30' },
      invoiceNumber: '77',
      transactionDate: '2026-03-01',
      dueDate: '2026-03-31',
      amountCents: 10_000,
      balanceCents: 3_900,
      state: 'Open',
      expenses: [{ amountCents: 10_000, glAccount: { id: 'r', name: 'Rent' } }],
      items: [],
      entries: [
        { kind: 'invoice', cents: 10_000 },
        { kind: 'credit', cents: -1_000, ref: 'bc-1' },
        { kind: 'payment', cents: -2_000, ref: 'pay-1' },
        { kind: 'settlement', cents: -100 },
        { kind: 'payment', cents: -3_000, ref: 'pay-2' },
      ],
    },
  ],
  payments: [
    {
      ...stored,
      id: 'pay-1',
      externalId: 'P-1',
      origin: 'external',
      status: 1010,
      words: 'Paid',
      effect: 'applied',
      vendor,
      paymentMethod: bank,
      fundMethod: 'CHECK',
      amountCents: 2_000,
      transactionDate: '2026-03-10',
      checkNumber: 5001,
      sequenceText: '5001',
      applied: [{ invoice, appliedCents: 2_000 }],
    },
    {
      ...stored,
      created: '2026-03-21T00:00:00Z',
      id: 'pay-2',
      externalId: 'P-2',
      origin: 'person',
      status: 1010,
      words: 'Paid',
      effect: 'applied',
      vendor,
      paymentMethod: bank,
      fundMethod: 'CHECK',
      amountCents: 3_000,
      transactionDate: '2026-03-20',
      checkNumber: 1001,
      applied: [{ invoice, appliedCents: 3_000 }],
    },
    {
      ...stored,
      id: 'pay-3',
      origin: 'credit',
      status: 1010,
      words: 'Paid',
      effect: 'applied',
      vendor,
      fundMethod: 'CREDIT',
      amountCents: 1_000,
      applied: [{ invoice, appliedCents: 1_000 }],
    },
  ],
  credits: [
    {
      ...stored,
      id: 'c-1',
      externalId: 'C-1',
      vendor,
      creditNumber: 'CM-1',
      transactionDate: '2026-03-02',
      amountCents: 2_000,
      appliedCents: 1_000,
      remainingCents: 1_000,
      status: 'Open',
      entries: [
        { kind: 'credit', cents: 2_000 },
        { kind: 'application', cents: -1_000, ref: 'bc-1' },
      ],
    },
  ],
  billCredits: [
    {
      ...stored,
      id: 'bc-1',
      externalId: 'C-1/Q-1',
      invoice,
      credit: { id: 'c-1', externalId: 'C-1', name: 'CM-1' },
      appliedCents: 1_000,
      voided: false,
      payment: 'pay-3',
    },
  ],
  remittances: [
    {
      payment: 'pay-2',
      lines: [
        { kind: 'invoice', bill: 'm-1', cents: 4_000 },
        { kind: 'credit', bill: 'm-1', billCredit: 'bc-1', cents: -1_000 },
      ],
      totalCents: 3_000,
    },
  ],
};

export const AGREEING: BothBooks = { quickBooks, mineralTree };

/** The same books with some records changed: by list and ID, the fields that are otherwise; `null` for a record that is not there. */
export function spoiled(
  change: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>,
  books: BothBooks = AGREEING,
): BothBooks {
  const changed = (book: object): object =>
    Object.fromEntries(
      Object.entries(book).map(([list, records]) => [
        list,
        Array.isArray(records)
          ? records.flatMap((record: { id?: string; txnId?: string; creditTxnId?: string; payment?: string }) => {
              const id = record.id ?? record.txnId ?? record.creditTxnId ?? record.payment ?? '';
              const change_ = change[`${list} ${id}`];
              return change_ === null ? [] : [{ ...record, ...change_ }];
            })
          : (change[list]?.value ?? records),
      ]),
    );
  return {
    quickBooks: changed(books.quickBooks) as QuickBooksBooks,
    mineralTree: changed(books.mineralTree) as MineralTreeBooks,
  };
}
