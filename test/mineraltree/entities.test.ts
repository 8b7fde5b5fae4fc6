import assert from 'node:assert/strict';
import { bills } from '../../src/mineraltree/entities/bill.ts';
import { billCredits, credits } from '../../src/mineraltree/entities/credit.ts';
import type { Entity, Identified } from '../../src/mineraltree/entities/entity.ts';
import {
  accountingPeriods,
  classifications,
  glAccounts,
  items,
  projects,
  terms,
} from '../../src/mineraltree/entities/lists.ts';
import { payments } from '../../src/mineraltree/entities/payment.ts';
import { paymentMethods } from '../../src/mineraltree/entities/paymentMethod.ts';
import { vendors } from '../../src/mineraltree/entities/vendor.ts';

const ID = '2f436ea7-427d-4a12-9af5-73c8975c545d';
const OTHER = '6a0d3c1e-95f1-4c8e-8b64-0f4d1f0b8a11';
const identity = { id: ID, modified: '2026-10-05T15:15:08Z' };
const usd = (amount: number, precision = 2) => ({ amount, precision, currency: 'USD' });
/** A reference as answers carry it, with its mostly empty fields. */
const ref = (id: string, externalId: string | null = null) => ({ id, externalId, name: null, active: null });

/** [what it is, the entity, the wire object, the record, what writing the record sends when it differs from the wire]. */
interface Wired {
  read(raw: unknown): unknown;
  write(values: object): unknown;
}
type Row = readonly [string, Wired, object, object, object];
const row = <T extends Identified>(what: string, entity: Entity<T>, wire: object, record: T, sent = wire): Row => [
  what,
  entity,
  { ...identity, ...wire },
  record,
  sent,
];

const ROWS: readonly Row[] = [
  row(
    'an expense account',
    glAccounts,
    {
      externalId: '80000001-1',
      name: 'Office:Paper',
      active: true,
      ledgerType: 'EXPENSE_ACCOUNT',
      accountNumber: '6010',
    },
    {
      ...identity,
      externalId: '80000001-1',
      name: 'Office:Paper',
      active: true,
      ledgerType: 'EXPENSE_ACCOUNT',
      accountNumber: '6010',
    },
  ),
  row(
    'a class without a key of the ledger',
    classifications,
    { externalId: '', name: 'East', active: false, subsidiaries: null },
    { ...identity, name: 'East', active: false },
    { name: 'East', active: false },
  ),
  row(
    'a project, whose activity was not told',
    projects,
    { externalId: null, name: 'Acme:Roof' },
    { ...identity, name: 'Acme:Roof', active: true },
    { name: 'Acme:Roof', active: true },
  ),
  row(
    'an item with a cost of five decimals',
    items,
    { externalId: '80000002-1', name: 'Nails', active: true, type: 'INVENTORY', cost: usd(12345, 5) },
    {
      ...identity,
      externalId: '80000002-1',
      name: 'Nails',
      active: true,
      type: 'INVENTORY',
      cost: { units: 12345, scale: 5 },
    },
  ),
  row(
    'terms with a discount',
    terms,
    { name: '2.5% 10 Net 30', active: true, dueDays: 30, discountDays: 10, discountPercent: 2.5 },
    {
      ...identity,
      name: '2.5% 10 Net 30',
      active: true,
      dueDays: 30,
      discountDays: 10,
      discountPercent: { units: 25, scale: 1 },
    },
  ),
  row(
    'a period of the books',
    accountingPeriods,
    { externalId: 'closed', name: 'Books closed', started: '2000-01-01T00:00:00Z', ended: '2026-09-30', closed: true },
    {
      ...identity,
      externalId: 'closed',
      name: 'Books closed',
      started: '2000-01-01',
      ended: '2026-09-30',
      closed: true,
    },
    { externalId: 'closed', name: 'Books closed', started: '2000-01-01', ended: '2026-09-30', closed: true },
  ),
  row(
    'a check that MineralTree printed',
    payments,
    {
      externalId: '',
      paymentMethod: ref(OTHER, '80000003-1'),
      fundMethod: { type: 'CHECK' },
      vendor: ref(OTHER, '80000004-1'),
      bills: [{ ...ref(OTHER, '1A-1'), invoiceNumber: 'INV-1', appliedPaymentAmount: usd(5000) }],
      amount: usd(5000),
      transactionDate: '2026-10-05',
      checkNumber: 1042,
      sequenceText: '1042',
      status: 1060,
    },
    {
      ...identity,
      paymentMethod: { id: OTHER, externalId: '80000003-1' },
      fundMethod: 'CHECK',
      vendor: { id: OTHER, externalId: '80000004-1' },
      applied: [{ invoice: { id: OTHER, externalId: '1A-1' }, appliedCents: 5000 }],
      amountCents: 5000,
      transactionDate: '2026-10-05',
      checkNumber: 1042,
      sequenceText: '1042',
      status: 1060,
    },
    {
      paymentMethod: { id: OTHER },
      fundMethod: { type: 'CHECK' },
      bills: [{ id: OTHER, appliedPaymentAmount: usd(5000) }],
      amount: usd(5000),
      transactionDate: '2026-10-05',
      checkNumber: 1042,
      sequenceText: '1042',
    },
  ),
  row(
    'a payment by a way that the API guide does not name',
    payments,
    {
      fundMethod: { type: 'CRYPTO' },
      bills: null,
      amount: usd(1),
      transactionDate: '2026-10-05',
      checkNumber: null,
      status: 1010,
    },
    {
      ...identity,
      fundMethod: 'UNKNOWN',
      applied: [],
      amountCents: 1,
      transactionDate: '2026-10-05',
      status: 1010,
    },
    { fundMethod: { type: 'UNKNOWN' }, bills: [], amount: usd(1), transactionDate: '2026-10-05' },
  ),
  row(
    "a vendor's credit",
    credits,
    {
      externalId: '2B-1',
      vendor: ref(OTHER),
      creditNumber: 'CM-7',
      transactionDate: '2026-10-01',
      amount: usd(2500),
      memo: 'returned nails',
      status: 'Open',
    },
    {
      ...identity,
      externalId: '2B-1',
      vendor: { id: OTHER },
      creditNumber: 'CM-7',
      transactionDate: '2026-10-01',
      amountCents: 2500,
      memo: 'returned nails',
      status: 'Open',
    },
    {
      externalId: '2B-1',
      vendor: { id: OTHER },
      creditNumber: 'CM-7',
      transactionDate: '2026-10-01',
      amount: usd(2500),
      memo: 'returned nails',
      status: 'Open',
    },
  ),
  row(
    'a credit applied to an invoice',
    billCredits,
    { bill: ref(OTHER), credit: ref(ID), transactionDate: '2026-10-01', amountApplied: usd(2500) },
    {
      ...identity,
      invoice: { id: OTHER },
      credit: { id: ID },
      transactionDate: '2026-10-01',
      appliedCents: 2500,
    },
    { bill: { id: OTHER }, credit: { id: ID }, transactionDate: '2026-10-01', amountApplied: usd(2500) },
  ),
  row(
    'a bank account with its balance',
    paymentMethods,
    {
      externalId: '80000003-1',
      type: 'ACH',
      status: 'Active',
      bankAccount: { name: 'Checking', accountBalance: { availableBalance: usd(-1250) } },
    },
    {
      ...identity,
      externalId: '80000003-1',
      name: 'Checking',
      type: 'ACH',
      status: 'Active',
      availableBalanceCents: -1250,
    },
  ),
  row(
    'a locked credit card',
    paymentMethods,
    { type: 'CREDITCARD', status: 'Locked', card: { name: 'Visa' } },
    { ...identity, name: 'Visa', type: 'CREDITCARD', status: 'Locked' },
  ),
  row(
    'a vendor with everything that goes both ways',
    vendors,
    {
      externalId: '80000004-1',
      name: 'Harwood',
      active: true,
      legalName: 'Harwood Maintenance Inc.',
      address: {
        address1: '3500 Fannin',
        address2: 'Suite 2',
        address3: '',
        address4: '',
        address5: '',
        town: 'Houston',
        ctrySubDivision: 'TX',
        postalCode: '77004-3333',
        country: 'USA',
      },
      phones: [
        { number: '555-0100', isFax: false },
        { number: '555-0199', isFax: true },
      ],
      emails: ['ap@harwood.example'],
      customerAccount: 'C-77',
    },
    {
      ...identity,
      externalId: '80000004-1',
      name: 'Harwood',
      active: true,
      legalName: 'Harwood Maintenance Inc.',
      address: {
        lines: ['3500 Fannin', 'Suite 2'],
        town: 'Houston',
        region: 'TX',
        postalCode: '77004-3333',
        country: 'USA',
      },
      phone: '555-0100',
      fax: '555-0199',
      email: 'ap@harwood.example',
      customerAccount: 'C-77',
    },
  ),
  row(
    'an invoice with an expense and an item line',
    bills,
    {
      externalId: null,
      vendor: ref(OTHER, '80000004-1'),
      term: { id: null },
      apAccount: ref(OTHER, '80000009-1'),
      transactionDate: '2026-10-01T00:00:00Z',
      dueDate: '2026-10-31T00:00:00Z',
      invoiceNumber: 'A-17',
      amount: usd(12345),
      balance: usd(345),
      appliedDiscountAmount: usd(350),
      memo: '',
      state: 'Open',
      expenses: [
        {
          lineNumber: 0,
          amountDue: usd(10000),
          netAmount: null,
          glAccount: ref(OTHER),
          classification: ref(OTHER, '80000005-1'),
          project: ref(OTHER),
          billable: true,
          memo: 'Paper',
        },
      ],
      items: [
        {
          lineNumber: 1,
          amountDue: usd(2345),
          companyItem: ref(OTHER),
          quantity: { value: 2345, precision: 2, fieldOfMeasure: null },
          cost: usd(100),
          classification: null,
          description: 'Nails',
        },
      ],
    },
    {
      ...identity,
      vendor: { id: OTHER, externalId: '80000004-1' },
      apAccount: { id: OTHER, externalId: '80000009-1' },
      transactionDate: '2026-10-01',
      dueDate: '2026-10-31',
      invoiceNumber: 'A-17',
      amountCents: 12345,
      balanceCents: 345,
      appliedDiscountCents: 350,
      state: 'Open',
      expenses: [
        {
          lineNumber: 0,
          amountCents: 10000,
          glAccount: { id: OTHER },
          classification: { id: OTHER, externalId: '80000005-1' },
          project: { id: OTHER },
          billable: true,
          memo: 'Paper',
        },
      ],
      items: [
        {
          lineNumber: 1,
          amountCents: 2345,
          item: { id: OTHER },
          quantity: { units: 2345, scale: 2 },
          cost: { units: 100, scale: 2 },
          memo: 'Nails',
        },
      ],
    },
    {
      vendor: { id: OTHER },
      transactionDate: '2026-10-01',
      dueDate: '2026-10-31',
      invoiceNumber: 'A-17',
      amount: usd(12345),
      balance: usd(345),
      state: 'Open',
      expenses: [
        {
          lineNumber: 0,
          amountDue: usd(10000),
          glAccount: { id: OTHER },
          classification: { id: OTHER },
          memo: 'Paper',
        },
      ],
      items: [
        {
          lineNumber: 1,
          amountDue: usd(2345),
          companyItem: { id: OTHER },
          quantity: { value: 2345, precision: 2, fieldOfMeasure: null },
          cost: usd(100),
          description: 'Nails',
        },
      ],
    },
  ),
];

describe("a quantity's unit on MineralTree's wire", () => {
  const line = { lineNumber: 0, amountCents: 100, item: { id: OTHER } };
  const quantity = { units: 2, scale: 0 };
  for (const [what, items, wire] of [
    ['with one', { ...line, quantity, unitOfMeasure: 'box' }, { value: 2, precision: 0, fieldOfMeasure: 'box' }],
    ['without one', { ...line, quantity }, { value: 2, precision: 0, fieldOfMeasure: null }],
    ['without a quantity has no place', { ...line, unitOfMeasure: 'box' }, undefined],
  ] as const)
    it(what, () => {
      const { items: sent } = bills.write({ items: [items] });
      assert.ok(Array.isArray(sent));
      assert.deepEqual(sent[0].quantity, wire);
    });

  for (const [what, fieldOfMeasure, unitOfMeasure] of [
    ['a text', 'box', 'box'],
    ['null', null, undefined],
    ['blank', ' ', undefined],
  ] as const)
    it(`that is ${what} is read as ${unitOfMeasure ?? 'none'}`, () => {
      const read = bills.read({
        id: ID,
        modified: '2026-10-01T00:00:00Z',
        vendor: { id: OTHER },
        transactionDate: '2026-10-01T00:00:00Z',
        amount: usd(100),
        balance: usd(100),
        state: 'Open',
        items: [{ lineNumber: 0, amountDue: usd(100), quantity: { value: 2, precision: 0, fieldOfMeasure } }],
      });
      assert.ok('record' in read, JSON.stringify(read));
      assert.deepEqual(
        [read.record.items[0]?.quantity, read.record.items[0]?.unitOfMeasure],
        [quantity, unitOfMeasure],
      );
    });
});

describe("records on MineralTree's wire", () => {
  for (const [what, entity, wire, record, sent] of ROWS)
    it(`reads and writes ${what}`, () => {
      assert.deepEqual(entity.read(wire), { record });
      const { id: _id, modified: _modified, ...draft } = record as { id?: string; modified?: string };
      assert.deepEqual(entity.write(draft), sent);
    });
});
