/**
 * Records as the API answers them: unwrapped, references as objects with ID and externalId, empty members null.
 *
 * A bill carries, beside what was written, what MineralTree knows of it: balance, state (also as `status`), where it came
 * from. Members of the guide for what this sandbox does not keep (department, location, purchase orders) are null or empty.
 */
import { balanceOf, stateOf } from './billLedger.ts';
import type { Books } from './books.ts';
import { ENTITIES, type Kind } from './entities.ts';
import { answerFields, type JsonObject } from './field.ts';
import type { Company, StoredBill, Tables, User } from './record.ts';
import { scopeOf } from './writes.ts';

/** The body of an answer for a record. */
export function answerOf(books: Books, record: Tables[Kind]): JsonObject {
  const scope = scopeOf(books, record.companyId, record.kind === 'bill' ? record.currency : 'USD');
  return {
    id: record.id,
    externalId: record.externalId || null,
    created: record.created,
    modified: record.modified,
    ...answerFields<object>(ENTITIES[record.kind].fields, record.values, scope),
    ...(record.kind === 'bill' && billMembers(record)),
    ...(record.kind === 'vendor' && { fundingMethods: null, vendorCompanyDefault: null }),
  };
}

function billMembers(bill: StoredBill): JsonObject {
  const state = stateOf(bill);
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
    discountAmount: null,
    appliedDiscountAmount: null,
    appliedPaymentAmount: null,
    billCredits: [],
    purchaseOrders: [],
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
