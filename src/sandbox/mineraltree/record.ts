/**
 * What the sandbox keeps: companies, users and the records of a company, as plain JSON.
 *
 * 1. A stored record is never changed, only replaced, so that an index or a page may hold on to it.
 * 2. `modified` is in UTC to the second and moves on every write, whoever writes and even if nothing differs: a second
 *    write within one second is dated a second later.
 */
import type { Kind, PlainKind, ValuesOf } from './entities.ts';
import type { Json } from './field.ts';

export type Author = 'person' | 'api';

/** One write as the audit report shows it. Of lines only that they changed is said. */
export interface HistoryEntry {
  readonly at: string;
  readonly by: Author;
  readonly action: string;
  readonly changes: readonly { readonly field: string; readonly from?: Json; readonly to?: Json }[];
}

export interface Stored<K extends Kind> {
  readonly kind: K;
  readonly id: string;
  readonly companyId: string;
  /** Empty until the ledger's key is known. */
  readonly externalId: string;
  readonly created: string;
  readonly modified: string;
  readonly createdBy: Author;
  readonly values: ValuesOf<K>;
  readonly history: readonly HistoryEntry[];
}

/**
 * A movement of what is owed on a bill, or of what is left of a credit, in cents. `edit` follows the amount, `settlement`
 * is the ledger's adjustment, `application` a credit's use.
 */
export interface Entry {
  readonly at: string;
  readonly by: Author;
  readonly kind: 'invoice' | 'edit' | 'payment' | 'credit' | 'discount' | 'application' | 'settlement' | 'void';
  readonly cents: number;
  /** The payment, or the bill credit, that moves it. */
  readonly ref?: string;
}

export interface StoredBill extends Stored<'bill'> {
  readonly currency: string;
  readonly stage: 'Draft' | 'AwaitingApproval' | 'Posted';
  readonly approved: boolean;
  readonly entries: readonly Entry[];
  /** What the last write said of a bill that is closed or about to be, beyond its balance. */
  readonly closing?: 'PendingSettled' | 'ClosedByCredit' | 'Voided';
  /** The payments that it waits in. */
  readonly queued?: readonly string[];
}

export interface StoredVendor extends Stored<'vendor'> {
  /** What only a person sets. */
  readonly preferences?: {
    /** False: each invoice has a payment of its own. */
    readonly grouping?: boolean;
    readonly discounts?: 'default' | 'always' | 'never';
  };
}

export interface StoredPayment extends Stored<'payment'> {
  readonly currency: string;
  readonly status: number;
  /** Recorded by the ledger, made by people, or a credit that was applied. */
  readonly origin: 'external' | 'person' | 'credit';
  /** Recorded only; whoever pays does it elsewhere. */
  readonly manual?: 'check' | 'card' | 'billerPortal';
  /** Went out at some time, whatever became of it. */
  readonly processed: boolean;
  /** When it was authorized, and with it its remittance. */
  readonly authorizedAt?: string;
  readonly heldFrom?: number;
  /** By bill: the discount that MineralTree took, in cents, beside what is paid. */
  readonly discounts?: Readonly<Record<string, number>>;
  /** By bill: the bill credits that the remittance shows. */
  readonly shownCredits?: Readonly<Record<string, readonly string[]>>;
}

export interface StoredCredit extends Stored<'credit'> {
  readonly currency: string;
  /** What is left is their sum. */
  readonly entries: readonly Entry[];
  readonly voided: boolean;
}

export interface StoredBillCredit extends Stored<'billCredit'> {
  readonly currency: string;
  readonly voided: boolean;
  /** The payment with fund method CREDIT that stands for it. */
  readonly paymentId: string;
}

export type Tables = { readonly [K in Exclude<PlainKind, 'vendor'>]: Stored<K> } & {
  readonly vendor: StoredVendor;
  readonly bill: StoredBill;
  readonly payment: StoredPayment;
  readonly credit: StoredCredit;
  readonly billCredit: StoredBillCredit;
};
export type AnyRecord = Tables[Kind];

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly externalId: string;
  readonly created: string;
  readonly modified: string;
  /** Discounts of the terms are taken on queueing; off unless a person turned it on. */
  readonly automaticDiscounts?: boolean;
  /** How many approve a payment; one unless set. */
  readonly paymentApprovals?: 1 | 2;
}

export interface User {
  readonly id: string;
  readonly name: string;
  /** `salt:hash`, both in hexadecimal. */
  readonly secret: string;
  /** Enabled as an API user; without it every login is refused. */
  readonly apiUser: boolean;
  readonly companyIds: readonly string[];
}

const MAX_HISTORY = 100;

/** UTC to the second: `2018-10-05T15:15:08Z`. */
export const stampOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The time of a write that follows one at `previous`. */
export function nextStamp(nowMs: number, previous: string): string {
  const now = stampOf(nowMs);
  return now > previous ? now : stampOf(Date.parse(previous) + 1_000);
}

/** The history with one more entry; the oldest are dropped beyond a hundred. */
export const recorded = (history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] =>
  [...history, entry].slice(-MAX_HISTORY);

/** What differs between two sets of values. */
export function differences(from: object, to: object): HistoryEntry['changes'] {
  const [before, after] = [from as Readonly<Record<string, Json>>, to as Readonly<Record<string, Json>>];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) =>
      name === 'expenses' || name === 'items'
        ? { field: name }
        : { field: name, from: before[name] ?? null, to: after[name] ?? null },
    );
}
