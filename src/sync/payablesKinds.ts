/**
 * The kinds of records in MineralTree, what each is made from in QuickBooks, and by what a person tells two of them apart.
 */
import type { LedgerKind } from '../domain/ledger.ts';
import type {
  Classification,
  CompanyItem,
  Draft,
  GlAccount,
  Invoice,
  PayablesVendor,
  PaymentMethod,
  Project,
  Term,
} from '../domain/payables.ts';

export interface PayablesRecords {
  readonly glAccount: GlAccount;
  readonly paymentMethod: PaymentMethod;
  readonly classification: Classification;
  readonly project: Project;
  readonly item: CompanyItem;
  readonly term: Term;
  readonly vendor: PayablesVendor;
  readonly invoice: Invoice;
}
export type PayablesKind = keyof PayablesRecords;
type PayablesDrafts = { readonly [K in PayablesKind]: Draft<PayablesRecords[K]> };
export type PayablesDraft<K extends PayablesKind> = PayablesDrafts[K];

/** In the order in which MineralTree needs them: what a record refers to comes before it. */
export const PAYABLES_KINDS = [
  'paymentMethod',
  'glAccount',
  'item',
  'term',
  'classification',
  'project',
  'vendor',
  'invoice',
] as const satisfies PayablesKind[];

/** What each kind of QuickBooks record becomes. Bank and credit-card accounts become a payment method as well. */
export const PAYABLES_KIND_OF = {
  account: 'glAccount',
  class: 'classification',
  customer: 'project',
  item: 'item',
  terms: 'term',
  vendor: 'vendor',
  bill: 'invoice',
  credit: 'credit',
  checkPayment: 'payment',
  cardPayment: 'payment',
} as const satisfies Record<LedgerKind, PayablesKind | 'credit' | 'payment'>;

/**
 * What a person would take for the same record: the name of a list entry or vendor; vendor and number of an invoice, or
 * vendor, date and amount where it has no number. Case and spaces at the ends do not count.
 */
export function naturalKeyOf(kind: PayablesKind, record: NaturalKeyFields): string {
  if (kind !== 'invoice') return folded(record.name);
  const number = folded(record.invoiceNumber);
  const rest = number === '' ? ['', record.transactionDate ?? '', String(record.amountCents ?? '')] : [number];
  return JSON.stringify([record.vendor?.id ?? '', ...rest]);
}

/** The fields that `naturalKeyOf` reads, of whichever kind. */
export interface NaturalKeyFields {
  readonly name?: string;
  readonly vendor?: { readonly id: string };
  readonly invoiceNumber?: string;
  readonly transactionDate?: string;
  readonly amountCents?: number;
}

const folded = (text: string | undefined): string => (text ?? '').trim().toLowerCase();
