/** A small company for the tests of decisions: its lists on both sides, a bill, the invoice that corresponds to it. */
import type { LedgerBill, LedgerKind, LedgerVendor } from '../../src/domain/ledger.ts';
import type { Invoice, PayablesVendor } from '../../src/domain/payables.ts';
import {
  type BillLink,
  billDigest,
  type LedgerEntry,
  type Lookup,
  type PlanningContext,
} from '../../src/sync/index.ts';

/** UUIDs that can be told apart: `uuid('vendor', 1)`. */
export const uuid = (kind: string, number: number): string =>
  `${[...kind]
    .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffffff, 7)
    .toString(16)
    .padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface Entry extends LedgerEntry {
  readonly kind: LedgerKind;
  readonly payablesId: string;
}

const entry = (kind: LedgerKind, number: number, name: string, more: Partial<LedgerEntry> = {}): Entry => ({
  kind,
  payablesId: uuid(kind, number),
  id: `8000000${number}-${kind}`,
  name,
  active: true,
  ...more,
});

export const ACME = {
  vendor: entry('vendor', 1, 'Acme Paper'),
  otherVendor: entry('vendor', 2, 'Birch & Sons'),
  gone: entry('vendor', 3, 'Closed Corp', { active: false }),
  rent: entry('account', 1, 'Rent', { type: 'Expense' }),
  power: entry('account', 2, 'Utilities:Power', { type: 'Expense' }),
  estimates: entry('account', 3, 'Estimates', { type: 'NonPosting' }),
  oldAccount: entry('account', 4, 'Old account', { type: 'Expense', active: false }),
  payables: entry('account', 5, 'Accounts Payable', { type: 'AccountsPayable' }),
  paper: entry('item', 1, 'Office:Paper', { type: 'NonInventory' }),
  kit: entry('item', 2, 'Starter kit', { type: 'Group' }),
  oldItem: entry('item', 3, 'Typewriter', { type: 'Inventory', active: false }),
  east: entry('class', 1, 'Stores:East'),
  oldClass: entry('class', 2, 'West', { active: false }),
  job: entry('customer', 1, 'Smith:Kitchen'),
  oldJob: entry('customer', 2, 'Jones:Bath', { active: false }),
  net30: entry('terms', 1, 'Net 30'),
  oldTerms: entry('terms', 2, 'Net 7', { active: false }),
} as const satisfies Record<string, Entry>;

/** A lookup over these entries. `names`: what MineralTree calls records that have no link. */
export function lookupOf(entries: readonly Entry[] = Object.values(ACME), names: Record<string, string> = {}): Lookup {
  const both = (kind: LedgerKind) => entries.filter((one) => one.kind === kind);
  return {
    payablesId: (kind, id) => both(kind).find((one) => one.id === id)?.payablesId,
    ledger: (kind, id) => both(kind).find((one) => one.payablesId === id),
    payablesName: (_kind, id) => names[id],
  };
}

export const context = (change: Partial<PlanningContext> = {}): PlanningContext => ({
  lookup: lookupOf(),
  preferences: { classTracking: true, multiCurrency: false },
  settings: { vendorEdits: true },
  ...change,
});

export const ref = ({ id, name }: Entry): { id: string; name: string } => ({ id, name });
export const mt = ({ payablesId }: Entry): { id: string } => ({ id: payablesId });

/** An approved invoice: rent 100.00 with class and job, and three reams of paper at 25.00. */
export const invoice = (change: Partial<Invoice> = {}): Invoice => ({
  id: uuid('invoice', 1),
  modified: '2026-11-24T09:00:00Z',
  vendor: mt(ACME.vendor),
  term: mt(ACME.net30),
  transactionDate: '2026-11-20',
  dueDate: '2026-12-20',
  invoiceNumber: 'A-100',
  amountCents: 17500,
  balanceCents: 17500,
  memo: 'November',
  state: 'Open',
  expenses: [
    {
      lineNumber: 0,
      amountCents: 10000,
      glAccount: mt(ACME.rent),
      classification: mt(ACME.east),
      project: mt(ACME.job),
      memo: 'rent',
      billable: true,
    },
  ],
  items: [
    {
      lineNumber: 1,
      amountCents: 7500,
      item: mt(ACME.paper),
      quantity: { units: 3, scale: 0 },
      cost: { units: 2500, scale: 2 },
    },
  ],
  ...change,
});

/** The same as QuickBooks has it after it was posted. */
export const bill = (change: Partial<LedgerBill> = {}): LedgerBill => ({
  id: '1A2-1700000000',
  editSequence: '1700000001',
  vendor: ref(ACME.vendor),
  apAccount: ref(ACME.payables),
  txnDate: '2026-11-20',
  dueDate: '2026-12-20',
  amountDueCents: 17500,
  refNumber: 'A-100',
  terms: ref(ACME.net30),
  memo: 'November',
  isPaid: false,
  guid: `{${uuid('invoice', 1)}}`,
  links: [],
  expenseLines: [
    {
      lineId: '1A3-1700000000',
      amountCents: 10000,
      account: ref(ACME.rent),
      class: ref(ACME.east),
      customer: ref(ACME.job),
      memo: 'rent',
      billable: 'Billable',
    },
  ],
  itemLines: [
    {
      lineId: '1A4-1700000000',
      amountCents: 7500,
      item: ref(ACME.paper),
      quantity: { units: 3, scale: 0 },
      cost: { units: 2500, scale: 2 },
    },
  ],
  groupLines: 0,
  ...change,
});

/** The two in step, born in MineralTree. */
export const link = (change: Partial<BillLink> = {}): BillLink => ({
  ledgerId: bill().id,
  payablesId: invoice().id,
  bornIn: 'mineraltree',
  ledgerDigest: billDigest(bill()),
  readBack: invoice({ externalId: bill().id }),
  lines: [
    { kind: 'expense', lineNumber: 0, lineId: '1A3-1700000000' },
    { kind: 'item', lineNumber: 1, lineId: '1A4-1700000000' },
  ],
  ...change,
});

export const vendor = (change: Partial<LedgerVendor> = {}): LedgerVendor => ({
  id: ACME.vendor.id,
  editSequence: '1700000000',
  active: true,
  name: 'Acme Paper',
  nameOnCheck: 'Acme Paper Inc.',
  phone: '617-555-0100',
  email: 'ar@acme.example',
  address: {
    lines: ['Acme Paper', '1 Mill Street'],
    city: 'Lowell',
    state: 'MA',
    postalCode: '01850',
    country: 'U.S.A.',
    note: 'side door',
  },
  ...change,
});

export const payablesVendor = (change: Partial<PayablesVendor> = {}): PayablesVendor => ({
  id: ACME.vendor.payablesId,
  externalId: ACME.vendor.id,
  modified: '2026-11-24T09:00:00Z',
  name: 'Acme Paper',
  active: true,
  legalName: 'Acme Paper Inc.',
  phone: '617-555-0100',
  email: 'ar@acme.example',
  address: {
    lines: ['Acme Paper', '1 Mill Street'],
    town: 'Lowell',
    region: 'MA',
    postalCode: '01850',
    country: 'USA',
  },
  ...change,
});

/** An object without one of its fields. */
export function without<T extends object, F extends keyof T>(record: T, field: F): Omit<T, F> {
  const { [field]: _left, ...rest } = record;
  return rest;
}
