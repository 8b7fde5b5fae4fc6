/**
 * A new bill for QuickBooks from an invoice approved in MineralTree.
 *
 * 1. Everything that QuickBooks would refuse, or that would not arrive as it stands in MineralTree, is named before anything
 *    is sent: all reasons at once, nothing is cut short, guessed or left out.
 * 2. Both dates are always sent. The A/P account is the one that the invoice shows, where QuickBooks has it as such; else
 *    the company's. (MineralTree's API answers it and does not take it.)
 * 3. An invoice over 0.00 is posted like any other: QuickBooks counts a bill over 0.00 as paid from the start
 *    (unverified against a real QuickBooks).
 */
import type { LedgerPreferences } from '../contract/pull.ts';
import { formatCents } from '../domain/money.ts';
import type { Invoice } from '../domain/payables.ts';
import { closedDate } from './closedPeriod.ts';
import type { Finding, Planned } from './finding.ts';
import { guidOf, isUuid } from './identity.ts';
import { checkAmounts, createInvoiceReader, listRef, planLines, planTexts } from './invoiceLines.ts';
import type { Lookup } from './lookup.ts';
import type { BillAddPlan } from './plans.ts';
import type { PostingSettings } from './settings.ts';

/** Longest RefNumber of a bill (qbXML 13.0). */
export const MAX_REF_NUMBER = 20;

/** What planning needs to know beside the invoice. */
export interface PlanningContext {
  readonly lookup: Lookup;
  readonly preferences: LedgerPreferences;
  readonly settings: PostingSettings;
}

/**
 * Whether MineralTree wants an invoice in the ledger: approved, and not known to be there (API guide: state and externalId).
 * One over 0.00 it counts as settled as soon as it is approved.
 */
export const wantsPosting = ({
  state,
  externalId,
  amountCents,
}: Pick<Invoice, 'state' | 'externalId' | 'amountCents'>): boolean =>
  externalId === undefined && (state === 'Open' || (state === 'Settled' && amountCents === 0));

/**
 * Whether an invoice was waiting in MineralTree before the company was added: it may be in QuickBooks by another way, and
 * is never posted. Held once, it stays held, whoever saves it again.
 * @param company.addedAt Unix milliseconds. MineralTree's times are whole seconds, so the second of adding counts as before.
 */
export const waitedBeforeFirstDay = (
  invoice: Pick<Invoice, 'modified'>,
  company: { readonly addedAt: number; readonly alreadyHeld?: boolean },
): boolean => company.alreadyHeld === true || !(Date.parse(invoice.modified) > company.addedAt);

/** The problem of such an invoice. */
export function waitingSinceBefore(invoice: Invoice, lookup: Lookup): Finding {
  const { named } = createInvoiceReader(invoice, lookup);
  return { code: 'waitingSinceBeforeFirstDay', params: { ...named, amount: formatCents(invoice.amountCents) } };
}

/** The plan of a new bill, or everything that stands in its way. */
export function planBillAdd(invoice: Invoice, context: PlanningContext): Planned<BillAddPlan> {
  const { lookup, preferences, settings } = context;
  const reader = createInvoiceReader(invoice, lookup);
  if (!isUuid(invoice.id)) reader.report('unreadableInMineralTree', { reason: 'its ID is not a UUID' });
  checkAmounts(invoice, reader);
  const vendor = reader.resolve('vendor', invoice.vendor);
  const terms = reader.resolve('terms', invoice.term);
  const refNumber = reader.text('The number', invoice.invoiceNumber, MAX_REF_NUMBER, 'number');
  const texts = planTexts('header', invoice, reader);
  const { expenseLines, itemLines } = planLines(invoice, reader);
  const { transactionDate: txnDate, dueDate } = invoice;
  if (dueDate === undefined) reader.report('dueDateMissing');
  const { closingDate } = preferences;
  if (closingDate !== undefined && closedDate([txnDate], closingDate) !== undefined)
    reader.report('invoiceInClosedPeriod', { date: txnDate, closingDate });
  if (reader.problems.length > 0 || vendor === undefined || dueDate === undefined) return { problems: reader.problems };
  const guid = guidOf(invoice.id);
  const shown = invoice.apAccount === undefined ? undefined : lookup.ledger('account', invoice.apAccount.id);
  const apAccount = shown?.type === 'AccountsPayable' ? listRef(shown) : settings.apAccount;
  const number = refNumber === undefined ? {} : { refNumber };
  return {
    plan: {
      kind: 'BillAdd',
      guid,
      vendor: listRef(vendor),
      ...(apAccount === undefined ? {} : { apAccount }),
      txnDate,
      dueDate,
      ...number,
      ...(terms === undefined ? {} : { terms: listRef(terms) }),
      ...texts,
      amountCents: invoice.amountCents,
      expenseLines,
      itemLines,
      match: { guid, vendor: listRef(vendor), ...number, txnDate, amountCents: invoice.amountCents },
      dates: [txnDate],
    },
  };
}
