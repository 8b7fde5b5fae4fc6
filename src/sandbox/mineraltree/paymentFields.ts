/**
 * The fields of payments, credits and the application of credits to bills, as the API guide lists them.
 *
 * 1. The vendor of a payment follows from its bills, its status from what happened to it: both stand in answers alone.
 * 2. What a bill is paid with is above zero, and a bill stands once in a payment.
 */
import {
  answerOnly,
  date,
  type Field,
  group,
  type JsonObject,
  lines,
  money,
  oneOf,
  ref,
  text,
  whole,
} from './field.ts';
import { invalid } from './refusal.ts';

/** With their numbers as fund and account types (API guide); CREDIT and UNKNOWN have none. */
export const FUND_TYPES = {
  CREDITCARD: 1,
  DEBITCARD: 2,
  VCARD: 3,
  ACH: 4,
  ECHECK: 5,
  CHECK: 6,
  BILLPAY: 7,
  WIRE: 8,
  CREDIT: undefined,
  UNKNOWN: undefined,
} as const;
export type FundType = keyof typeof FUND_TYPES;
export const FUND_TYPE_NAMES = Object.keys(FUND_TYPES) as readonly FundType[];

const aboveZero: Field<number> = {
  ...money(),
  read(json, at, scope) {
    const cents = money().read(json, at, scope);
    if (cents === undefined || cents <= 0) throw invalid(at, 'has to be more than 0');
    return cents;
  },
};

const paidBills = lines({ id: text(), appliedPaymentAmount: aboveZero });
/** Bills by their ID with what is paid of each; the externalId of each is in the answer. */
const bills: typeof paidBills = {
  read(json, at, scope) {
    const listed = paidBills.read(json, at, scope) ?? [];
    for (const [index, { id, appliedPaymentAmount }] of listed.entries()) {
      const where = `${at}[${index}]`;
      if (id === undefined || scope.lookup('bill', id) === undefined)
        throw invalid(`${where}.id`, `there is no bill ${id ?? ''} in this company`);
      if (appliedPaymentAmount === undefined) throw invalid(`${where}.appliedPaymentAmount`, 'is missing');
      if (listed.findIndex((other) => other.id === id) !== index) throw invalid(`${where}.id`, 'is there twice');
    }
    return listed.length === 0 ? undefined : listed;
  },
  answer: (value, scope): readonly JsonObject[] =>
    (value ?? []).map(({ id = '', appliedPaymentAmount }) => ({
      id,
      externalId: scope.lookup('bill', id)?.externalId || null,
      appliedPaymentAmount: money().answer(appliedPaymentAmount, scope),
    })),
};

const fundMethod = group({ type: oneOf(FUND_TYPE_NAMES) });
export const paymentFields = {
  paymentMethod: ref('paymentMethod'),
  fundMethod,
  vendor: answerOnly(ref('vendor')),
  bills,
  amount: aboveZero,
  transactionDate: date(),
  checkNumber: whole(0, 999_999_999_999),
  sequenceText: text(),
};

export const creditFields = {
  vendor: ref('vendor'),
  creditNumber: text(),
  transactionDate: date(),
  amount: aboveZero,
  memo: text(),
};
/** What a write may say of where a credit stands; kept as entries (`creditLedger.ts`). */
export const creditStandingFields = { status: oneOf(['Open', 'Settled', 'Voided']) };

export const billCreditFields = {
  transactionDate: date(),
  bill: ref('bill'),
  credit: ref('credit'),
  amountApplied: aboveZero,
};
