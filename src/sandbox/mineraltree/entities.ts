/**
 * The records of the API and their fields, as the API guide lists them.
 *
 * 1. `list` records keep the externalId that they were given (guide: "cannot be updated"); for `document` records it may
 *    be filled in later, which on a bill and a payment is the acknowledgement "posted in the ledger".
 *
 * Leaves to others: the fields of bills (`billFields.ts`), vendors (`vendorFields.ts`), payments and credits
 * (`paymentFields.ts`).
 */
import { billFields } from './billFields.ts';
import { date, flag, group, money, oneOf, percent, text, unitCost, type Values, whole } from './field.ts';
import { billCreditFields, creditFields, paymentFields } from './paymentFields.ts';
import { vendorFields } from './vendorFields.ts';

const active = flag();

const glAccountFields = {
  name: text(),
  active,
  ledgerType: oneOf(['AP_ACCOUNT', 'EXPENSE_ACCOUNT', 'ACCOUNT']),
  accountNumber: text(),
  departmentRequired: flag(),
  locationRequired: flag(),
  projectRequired: flag(),
  customerRequired: flag(),
  vendorRequired: flag(),
  employeeRequired: flag(),
  itemRequired: flag(),
  classRequired: flag(),
};

const paymentMethodFields = {
  type: oneOf(['ACH', 'CREDITCARD', 'UNKNOWN']),
  status: oneOf(['Active', 'Locked']),
  bankAccount: group({
    name: text(),
    accountNumber: text(),
    accountBalance: group({ availableBalance: money() }),
  }),
  card: group({ name: text() }),
  account: group({ name: text() }),
};

const dimensionFields = { name: text(), active };

export const ITEM_TYPES = [
  'NONE',
  'INVENTORY',
  'NON_INVENTORY',
  'SERVICE',
  'OTHER_CHARGE',
  'ASSEMBLY_BILL_OF_MATERIALS',
  'DISCOUNT',
  'SUBTOTAL',
  'DESCRIPTION',
  'ITEMGROUP',
] as const;
const itemFields = { name: text(), active, type: oneOf(ITEM_TYPES), cost: unitCost(), residual: money() };

const termFields = {
  name: text(),
  active,
  dueDays: whole(0, 36_500),
  discountDays: whole(0, 36_500),
  discountPercent: percent(),
};

const accountingPeriodFields = {
  name: text(),
  active,
  started: date(),
  ended: date(),
  closed: flag(),
  locked: flag(),
  year: whole(1900, 2999),
  quarter: whole(1, 4),
  parentId: text(),
};

/** One kind of record: `path` in the URL, `wrapper` around what is written, `required` on create. */
const entity = <const F extends object>(declared: {
  readonly path: string;
  readonly wrapper: string;
  readonly view?: string;
  readonly identity: 'list' | 'document';
  /** Whether the guide's table shows PUT with the record's ID in the path. */
  readonly putById: boolean;
  readonly fields: F;
  readonly required: readonly (keyof F & string)[];
  readonly defaults: Values<F>;
}) => declared;

export const ENTITIES = {
  glAccount: entity({
    path: 'glaccount',
    wrapper: 'glAccount',
    view: 'GLACCOUNT',
    identity: 'list',
    putById: false,
    fields: glAccountFields,
    required: ['name', 'ledgerType'],
    defaults: { active: true },
  }),
  paymentMethod: entity({
    path: 'pm',
    wrapper: 'paymentMethod',
    identity: 'list',
    putById: true,
    fields: paymentMethodFields,
    required: ['type'],
    defaults: { status: 'Active' },
  }),
  classification: entity({
    path: 'classification',
    wrapper: 'classification',
    view: 'CLASS',
    identity: 'list',
    putById: false,
    fields: dimensionFields,
    required: ['name'],
    defaults: { active: true },
  }),
  project: entity({
    path: 'project',
    wrapper: 'project',
    view: 'PROJECT',
    identity: 'list',
    putById: false,
    fields: dimensionFields,
    required: ['name'],
    defaults: { active: true },
  }),
  item: entity({
    path: 'item',
    wrapper: 'item',
    view: 'ITEM',
    identity: 'list',
    putById: false,
    fields: itemFields,
    required: ['name'],
    defaults: { active: true, type: 'NONE' },
  }),
  term: entity({
    path: 'term',
    wrapper: 'term',
    view: 'TERMS',
    identity: 'list',
    putById: false,
    fields: termFields,
    required: ['name', 'dueDays'],
    defaults: { active: true },
  }),
  accountingPeriod: entity({
    path: 'accountingperiod',
    wrapper: 'accountingPeriod',
    identity: 'list',
    putById: false,
    fields: accountingPeriodFields,
    required: ['name', 'started', 'ended'],
    defaults: { active: true, closed: false, locked: false },
  }),
  vendor: entity({
    path: 'vendor',
    wrapper: 'vendor',
    view: 'VENDOR',
    identity: 'document',
    putById: true,
    fields: vendorFields,
    required: ['name'],
    defaults: { active: true },
  }),
  bill: entity({
    path: 'bill',
    wrapper: 'bill',
    view: 'BILL',
    identity: 'document',
    putById: true,
    fields: billFields,
    required: ['vendor', 'transactionDate', 'amount'],
    defaults: {},
  }),
  payment: entity({
    path: 'payment',
    wrapper: 'payment',
    view: 'PAYMENT',
    identity: 'document',
    putById: false,
    fields: paymentFields,
    required: ['transactionDate', 'bills'],
    defaults: { fundMethod: { type: 'UNKNOWN' } },
  }),
  credit: entity({
    path: 'credit',
    wrapper: 'credit',
    view: 'CREDIT',
    identity: 'document',
    putById: false,
    fields: creditFields,
    required: ['vendor', 'transactionDate', 'amount'],
    defaults: {},
  }),
  billCredit: entity({
    path: 'billcredit',
    wrapper: 'billCredit',
    identity: 'document',
    putById: false,
    fields: billCreditFields,
    required: ['transactionDate', 'bill', 'credit', 'amountApplied'],
    defaults: {},
  }),
} as const;

export type Kind = keyof typeof ENTITIES;
/** Kinds that are nothing but their fields: what happens to the others is entered in books of their own. */
export type PlainKind = Exclude<Kind, 'bill' | 'payment' | 'credit' | 'billCredit'>;
export type ValuesOf<K extends Kind> = Values<(typeof ENTITIES)[K]['fields']>;
export const KINDS = Object.keys(ENTITIES) as readonly Kind[];
