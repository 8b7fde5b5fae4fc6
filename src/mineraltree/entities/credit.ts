/**
 * A vendor's credit, and its application to an invoice, which the API calls a bill credit.
 *
 * An application cannot be changed and has no key of the ledger: who makes one keeps its ID (API guide). Whether an answer
 * tells that one was voided is not documented; the invoice lists those that stand.
 */
import type { BillCredit, Credit } from '../../domain/payables.ts';
import { entity } from './entity.ts';
import { choice, date, money, readOnly, requiredReference, text } from './field.ts';

export const credits = entity<Credit>({
  resource: 'credit',
  wrapper: 'credit',
  updatePath: 'withoutId',
  search: { view: 'CREDIT', externalIdField: 'credit_externalId' },
  externalIdIsFixed: false,
  fields: {
    externalId: text('externalId'),
    vendor: requiredReference('vendor'),
    creditNumber: text('creditNumber'),
    transactionDate: date('transactionDate'),
    amountCents: money('amount'),
    memo: text('memo'),
    status: choice('status', ['Open', 'Settled', 'Voided']),
  },
});

export const billCredits = entity<BillCredit>({
  resource: 'billcredit',
  wrapper: 'billCredit',
  updatePath: 'withoutId',
  externalIdIsFixed: false,
  fields: {
    externalId: readOnly(text('externalId')),
    invoice: requiredReference('bill'),
    credit: requiredReference('credit'),
    transactionDate: date('transactionDate'),
    appliedCents: money('amountApplied'),
  },
});
