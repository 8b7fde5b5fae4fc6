/**
 * Records as the API answers them: unwrapped, references as objects with ID and externalId, empty members null.
 *
 * A bill carries, beside what was written, what MineralTree knows of it: balance, state (also as `status`), where it came
 * from, what was paid and credited. A payment's status and a credit's follow from their own books. Members of the guide for what this sandbox does not keep (department, location, purchase orders) are null or empty.
 */
import { balanceOf, settledOf, standingOf, stateOf } from './billLedger.ts';
import type { Books } from './books.ts';
import { creditStatusOf } from './creditLedger.ts';
import { offeredDiscount } from './discount.ts';
import { ENTITIES, type Kind } from './entities.ts';
import { answerFields, type Json, type JsonObject } from './field.ts';
import type { Company, StoredBill, StoredBillCredit, StoredPayment, Tables, User } from './record.ts';
import { scopeOf } from './values.ts';

/** The body of an answer for a record. */
export function answerOf(books: Books, record: Tables[Kind]): JsonObject {
  const scope = scopeOf(books, record.companyId, 'currency' in record ? record.currency : 'USD');
  return {
    id: record.id,
    externalId: record.externalId || null,
    created: record.created,
    modified: record.modified,
    ...answerFields<object>(ENTITIES[record.kind].fields, record.values, scope),
    ...(record.kind === 'bill' && billMembers(books, record)),
    ...(record.kind === 'payment' && paymentMembers(books, record)),
    ...(record.kind === 'credit' && { status: creditStatusOf(record) }),
    ...(record.kind === 'billCredit' && { active: !record.voided }),
    ...(record.kind === 'vendor' && { fundingMethods: null, vendorCompanyDefault: null }),
  };
}

function billMembers(books: Books, bill: StoredBill): JsonObject {
  const state = stateOf(bill);
  const { payments, discounts } = settledOf(bill);
  const money = (amount: number): Json => (amount === 0 ? null : { amount, precision: 2, currency: bill.currency });
  return {
    balance: { amount: balanceOf(bill), precision: 2, currency: bill.currency },
    state,
    status: state,
    active: true,
    dataSource: bill.createdBy === 'api' ? 'ERP' : 'UI',
    currency: bill.currency,
    company: { id: bill.companyId },
    department: null,
    location: null,
    subsidiary: null,
    accountingPeriod: null,
    discountAmount: money(offeredDiscount(books, bill)?.cents ?? 0),
    appliedDiscountAmount: money(discounts),
    appliedPaymentAmount: money(payments),
    billCredits: [...standingOf(bill, 'credit').keys()].flatMap((id) => {
      const found = books.find('billCredit', id);
      return found === undefined ? [] : [billCreditMember(books, found)];
    }),
    purchaseOrders: [],
  };
}

/** A bill credit as its bill shows it. */
function billCreditMember(books: Books, record: StoredBillCredit): JsonObject {
  const { transactionDate, credit, amountApplied } = answerFields<object>(
    ENTITIES.billCredit.fields,
    record.values,
    scopeOf(books, record.companyId, record.currency),
  );
  return {
    id: record.id,
    externalId: record.externalId || null,
    transactionDate: transactionDate ?? null,
    credit: credit ?? null,
    amountApplied: amountApplied ?? null,
  };
}

function paymentMembers(books: Books, payment: StoredPayment): JsonObject {
  const scope = scopeOf(books, payment.companyId, payment.currency);
  const listed = ENTITIES.payment.fields.bills.answer(payment.values.bills, scope) as readonly JsonObject[];
  return {
    bills: listed.map((bill) => ({
      ...bill,
      invoiceNumber: books.find('bill', String(bill.id))?.values.invoiceNumber ?? null,
    })),
    accountingPeriod: null,
    status: payment.status,
  };
}

/** A company as `/user/companies` lists it, with its payment methods. */
export const companyAnswer = (books: Books, company: Company): JsonObject => ({
  id: company.id,
  externalId: company.externalId || null,
  created: company.created,
  modified: company.modified,
  name: company.name,
  paymentMethods: books.all(company.id, 'paymentMethod').map((method) => answerOf(books, method)),
});

export const userAnswer = ({ id, name, apiUser }: User): JsonObject => ({ id, userName: name, name, apiUser });
