/**
 * The records of the API and their fields, as the API guide lists them.
 *
 * 1. `list` records keep the externalId that they were given (guide: "cannot be updated"); for `document` records it may
 *    be filled in later, which on a bill is the acknowledgement "posted in the ledger".
 * 2. What the guide shows in answers alone is `answerOnly`: the A/P account of a bill, project and billable of a line.
 *
 * Names of members that the guide leaves open (`phones[].number`, `emails` as a list of texts) are as public clients
 * write them. Unverified against a live MineralTree.
 */
import {
  answerOnly,
  date,
  type Field,
  flag,
  group,
  lines,
  money,
  oneOf,
  percent,
  quantity,
  ref,
  text,
  unitCost,
  type Values,
  whole,
} from './field.ts';
import { invalid } from './refusal.ts';

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

const COUNTRY = /^[A-Z]{3}$/;
const country: Field<string> = {
  ...text(),
  read(json, at, scope) {
    const code = text().read(json, at, scope);
    if (code !== undefined && !COUNTRY.test(code)) throw invalid(at, 'has to be a country of three letters, as USA');
    return code;
  },
};
const addressFields = {
  name: text(),
  address1: text(),
  address2: text(),
  address3: text(),
  address4: text(),
  address5: text(),
  town: text(),
  ctrySubDivision: text(),
  postalCode: text(),
  country,
};
export type Address = Values<typeof addressFields>;

const phoneFields = { number: text(), isFax: flag() };
const numbers = lines(phoneFields);
/** One phone and one fax (guide). An entry without a number is dropped. */
const phones: typeof numbers = {
  ...numbers,
  read(json, at, scope) {
    const listed = (numbers.read(json, at, scope) ?? []).filter((phone) => phone.number !== undefined);
    for (const fax of [false, true])
      if (listed.filter(({ isFax = false }) => isFax === fax).length > 1)
        throw invalid(at, `may hold one ${fax ? 'fax' : 'phone'} number`);
    return listed.length === 0 ? undefined : listed;
  },
};

const emails: Field<readonly string[]> = {
  read(json, at) {
    if (!Array.isArray(json)) throw invalid(at, 'has to be a list of texts');
    const listed = json.map((entry, index) => {
      if (typeof entry !== 'string') throw invalid(`${at}[${index}]`, 'has to be a text');
      return entry;
    });
    const filled = listed.filter((entry) => entry !== '');
    return filled.length === 0 ? undefined : filled;
  },
  answer: (value) => value ?? [],
};
const oneEmail: Field<readonly string[]> = {
  ...emails,
  read(json, at, scope) {
    const listed = emails.read(json, at, scope);
    if (listed !== undefined && listed.length > 1) throw invalid(at, 'may hold one e-mail address');
    return listed;
  },
};

const vendorFields = {
  name: text(),
  active,
  legalName: text(),
  vendorType: text(),
  form1099Enabled: flag(),
  address: group(addressFields),
  phones,
  emails: oneEmail,
  remittanceEmails: emails,
  remittanceEnabled: flag(),
  memo: text(),
  customerAccount: text(),
  taxId: text(),
  vatNumber: text(),
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

const expenseFields = {
  lineNumber: whole(0),
  glAccount: ref('glAccount'),
  classification: ref('classification'),
  project: answerOnly(ref('project')),
  amountDue: money(),
  netAmount: money(),
  taxRate: percent(),
  taxAmount: money(),
  closed: flag(),
  memo: text(),
  billable: answerOnly(flag()),
};
const itemLineFields = {
  lineNumber: whole(0),
  companyItem: ref('item'),
  name: text(),
  quantity: quantity(),
  cost: unitCost(),
  amountDue: money(),
  netAmount: money(),
  glAccount: ref('glAccount'),
  classification: ref('classification'),
  project: answerOnly(ref('project')),
  taxRate: percent(),
  taxAmount: money(),
  closed: flag(),
  description: text(),
  billable: answerOnly(flag()),
};
export type ExpenseLine = Values<typeof expenseFields>;
export type ItemLine = Values<typeof itemLineFields>;

const billFields = {
  vendor: ref('vendor'),
  term: ref('term'),
  classification: ref('classification'),
  apAccount: answerOnly(ref('glAccount')),
  transactionDate: date(),
  dueDate: date(),
  invoiceNumber: text(),
  amount: money(),
  totalTaxAmount: money(),
  memo: text(),
  poNumber: text(),
  expenses: lines(expenseFields),
  items: lines(itemLineFields),
};

/** What a write may say of where a bill stands; kept as entries (`billLedger.ts`), not as fields. */
export const billStandingFields = {
  balance: money(),
  state: oneOf(['Open', 'Settled', 'PendingSettled', 'ClosedByCredit', 'Voided']),
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
} as const;

export type Kind = keyof typeof ENTITIES;
export type ListKind = Exclude<Kind, 'bill'>;
export type ValuesOf<K extends Kind> = Values<(typeof ENTITIES)[K]['fields']>;
export const KINDS = Object.keys(ENTITIES) as readonly Kind[];
