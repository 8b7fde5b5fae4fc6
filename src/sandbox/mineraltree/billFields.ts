/**
 * The fields of a bill and its lines, as the API guide lists them.
 *
 * What the guide shows in answers alone is `answerOnly`: the A/P account, project and billable of a line.
 */
import {
  answerOnly,
  date,
  flag,
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

export const billFields = {
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
