/** The lines of a close check: what is open of a record, with its amount, and what to do about it. */
import type { PostingKind } from '../contract/posting.ts';
import type { CalendarDate } from '../domain/dates.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Severity } from './problems/entry.ts';
import type { CreditLine } from './reconcileCredits.ts';
import type { PaymentOnItsWay } from './reconcileKnown.ts';
import { txnTypeInWords } from './txnTypes.ts';

export const CLOSE_KINDS = [
  'ledgers',
  'unposted',
  'notApproved',
  'payment',
  'uncertain',
  'refused',
  'onItsWay',
  'credit',
  'problem',
] as const;
export type CloseKind = (typeof CLOSE_KINDS)[number];

/** An invoice of MineralTree that is not in QuickBooks. */
export interface InvoiceToClose {
  readonly id: string;
  readonly vendor: string;
  readonly number: string;
  readonly date: CalendarDate;
  readonly amountCents: Cents;
  readonly approved: boolean;
}

/** A posting that did not come to its end as it was meant to, or has not come to it yet. */
export interface PostingToClose {
  /** MineralTree's ID of the record. */
  readonly recordId: string;
  /** TxnID of what is changed. */
  readonly ledgerId?: string;
  readonly kind: PostingKind;
  readonly state: 'onItsWay' | 'uncertain' | 'refused';
  readonly vendor: string;
  readonly number: string;
  /** The date that it has, or would have, in QuickBooks; absent for what has none. */
  readonly date?: CalendarDate;
  readonly amountCents?: Cents;
  /** What QuickBooks answered, where it did. */
  readonly reason?: string;
}

export interface ProblemToClose {
  readonly recordId: string;
  readonly severity: Severity;
  readonly sentence: string;
  readonly whatToDo: string;
  /** Of the record; absent for what has no date, such as a vendor. */
  readonly date?: CalendarDate;
  /** Of the company as a whole. */
  readonly company: boolean;
  readonly name: string;
}

export interface CloseLine {
  readonly kind: CloseKind;
  readonly vendor: string;
  readonly number: string;
  readonly date?: CalendarDate;
  readonly amountCents?: Cents;
  /** What is open, as a sentence. */
  readonly open: string;
  readonly whatToDo: string;
}

export const invoiceLine = ({ vendor, number, date, amountCents, approved }: InvoiceToClose): CloseLine => ({
  kind: approved ? 'unposted' : 'notApproved',
  vendor,
  number,
  date,
  amountCents,
  ...(approved
    ? {
        open: 'Approved in MineralTree and not in QuickBooks yet.',
        whatToDo: 'It is posted by the next cycle: "tandem company sync-now". Then check again.',
      }
    : {
        open: 'A draft, or waiting for approval, in MineralTree.',
        whatToDo: 'Finish and approve it, reject it, or date it in the next month if it belongs there.',
      }),
});

export const paymentLine = ({ vendor, number, date, amountCents, status }: PaymentOnItsWay): CloseLine => ({
  kind: 'payment',
  vendor,
  number,
  date,
  amountCents,
  open: `The money has moved (${status} in MineralTree), and QuickBooks does not have the payment yet.`,
  whatToDo: 'It is posted by the next cycle: "tandem company sync-now". Then check again.',
});

export function postingLine({ kind, state, vendor, number, date, amountCents, reason }: PostingToClose): CloseLine {
  const what = POSTING_WORDS[kind];
  const head = {
    vendor,
    number,
    ...(date === undefined ? {} : { date }),
    ...(amountCents === undefined ? {} : { amountCents }),
  };
  const because = reason === undefined ? '' : `: ${reason}`;
  switch (state) {
    case 'uncertain':
      return {
        kind: 'uncertain',
        ...head,
        open: `Whether QuickBooks has ${what} is not certain${because}.`,
        whatToDo: 'Look for it in QuickBooks. Tandem looks too, in every cycle, and never sends it a second time.',
      };
    case 'refused':
      return {
        kind: 'refused',
        ...head,
        open: `QuickBooks did not take ${what} as it was sent${because}.`,
        whatToDo: 'Correct what QuickBooks says, in MineralTree or in QuickBooks: it is sent again when that changed.',
      };
    case 'onItsWay':
      return {
        kind: 'onItsWay',
        ...head,
        open: `On its way to QuickBooks: ${what}.`,
        whatToDo: 'Wait for the end of the cycle, then check again.',
      };
  }
}

const POSTING_WORDS: Readonly<Record<PostingKind, string>> = {
  BillAdd: 'the bill',
  BillMod: 'the changes to the bill',
  VendorMod: 'the changes to the vendor',
  StandardTermsAdd: 'the terms',
  BillPaymentCheckAdd: 'the payment',
  BillPaymentCreditCardAdd: 'the card payment',
  TxnVoid: 'the void of the payment',
};

/** A credit that is not the same on both sides. One that only QuickBooks can have until it is applied is as it should be. */
export function creditLine(credit: CreditLine): readonly CloseLine[] {
  const { vendor, number, date, quickBooksCents, mineralTreeCents, verdict, explanation } = credit;
  if (verdict === 'agrees' || (verdict === 'explained' && credit.payablesId === undefined && isOther(credit)))
    return [];
  const sides = [
    ...(quickBooksCents === undefined ? [] : [`${formatCents(quickBooksCents)} left in QuickBooks`]),
    ...(mineralTreeCents === undefined ? [] : [`${formatCents(mineralTreeCents)} left in MineralTree`]),
  ];
  const cents = quickBooksCents ?? mineralTreeCents;
  return [
    {
      kind: 'credit',
      vendor,
      number,
      date,
      ...(cents === undefined ? {} : { amountCents: cents }),
      open: `The credit is not the same on both sides (${sides.join(', ')}): ${explanation}.`,
      whatToDo:
        verdict === 'inFlight'
          ? 'Wait for the end of the cycle, compare again ("tandem reconcile"), then check again.'
          : 'Correct it where it is wrong; an old credit that is only in MineralTree is voided there.',
    },
  ];
}

const isOther = ({ what }: CreditLine): boolean => what !== txnTypeInWords('VendorCredit');

export const problemLine = ({ name, date, sentence, whatToDo, company }: ProblemToClose): CloseLine => ({
  kind: 'problem',
  vendor: '',
  number: company ? '' : name,
  ...(date === undefined ? {} : { date }),
  open: sentence,
  whatToDo,
});
