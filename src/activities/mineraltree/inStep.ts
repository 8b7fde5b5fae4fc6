/**
 * Links and snapshots of what a posting has put into QuickBooks: both sides are in step, as they were posted. What is there
 * though not as asked (held) is linked too, so that it is never posted again.
 *
 * A payment of MineralTree is known by one link for each part in QuickBooks (an A/P account each), and by one for the whole.
 */

import type { Outcome } from '../../contract/index.ts';
import type { LedgerBill, LedgerPayment, LedgerTerms, LedgerVendor } from '../../domain/ledger.ts';
import type { Invoice, PayablesVendor, Payment, Term } from '../../domain/payables.ts';
import {
  type Link,
  linksByMt,
  linksOf,
  markGone,
  putLinks,
  putSnapshots,
  type StoredPosting,
  type Tx,
  touchSettlements,
} from '../../store/index.ts';
import {
  billDigest,
  CONTACT_FIELDS,
  type Confirmation,
  contactOfLedger,
  contactOfPayables,
  type LineMap,
  movedBase,
} from '../../sync/index.ts';
import type { BillKept } from './billPush.ts';
import type { PaymentKept } from './paymentLinks.ts';
import type { PostingBase } from './planned.ts';
import { draftOf } from './records.ts';
import type { Run } from './run.ts';
import { termLink } from './termsPlanning.ts';
import type { VendorKept } from './vendorPush.ts';

/** What a posting was made from: each kind of posting has its kind of record. */
export const plannedInvoice = ({ base }: StoredPosting): Invoice => (base as PostingBase).record as Invoice;
export const plannedPayment = ({ base }: StoredPosting): Payment => (base as PostingBase).record as Payment;
export const plannedTerm = ({ base }: StoredPosting): Term => (base as PostingBase).record as Term;
const plannedVendor = ({ base }: StoredPosting): PayablesVendor => (base as PostingBase).record as PayablesVendor;

/** @param link of the invoice or vendor, before */
export async function putInStep(
  tx: Tx,
  run: Run,
  stored: StoredPosting,
  outcome: Outcome,
  confirmation: Confirmation,
  link: Link | undefined,
): Promise<void> {
  if (outcome.kind !== 'posted') return;
  const there = confirmation.kind === 'held' || confirmation.kind.endsWith('InStep') || confirmation.kind === 'voided';
  if (!there) return;
  switch (stored.posting.kind) {
    case 'VendorMod':
      if (confirmation.kind === 'vendorInStep' && link !== undefined)
        await putVendor(tx, run, confirmation.vendor, link, stored);
      return;
    case 'BillAdd':
    case 'BillMod': {
      const lines = confirmation.kind === 'billInStep' ? confirmation.lines : [];
      if (outcome.bill !== undefined) await putBill(tx, run, outcome.bill, lines, plannedInvoice(stored), link);
      return;
    }
    case 'StandardTermsAdd':
      if (outcome.terms !== undefined && confirmation.kind === 'termsInStep')
        await putTerms(tx, run, outcome.terms, plannedTerm(stored));
      return;
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      if (outcome.payment !== undefined) await putPayment(tx, run, outcome.payment, stored);
      return;
    case 'TxnVoid':
      if (confirmation.kind === 'voided') await putVoid(tx, run, confirmation.payment, stored);
      return;
  }
}

async function putBill(
  tx: Tx,
  run: Run,
  bill: LedgerBill,
  lines: LineMap,
  invoice: Invoice,
  link: Link | undefined,
): Promise<void> {
  const { companyId, context } = run;
  const kept: BillKept = {
    ledgerDigest: billDigest(bill),
    readBack: { ...draftOf(invoice), externalId: bill.id },
    lines,
  };
  const before = link?.kept as BillKept | undefined;
  await putLinks(
    tx,
    companyId,
    [
      {
        kind: 'bill',
        entity: 'invoice',
        ledgerId: bill.id,
        mtId: invoice.id,
        bornIn: link?.bornIn ?? 'mineraltree',
        kept: { ...(before?.pushedDigest !== undefined && { pushedDigest: before.pushedDigest }), ...kept },
      },
    ],
    context.clock(),
  );
  await putSnapshots(tx, companyId, 'bill', [bill], context.clock(), false);
}

async function putVendor(tx: Tx, run: Run, vendor: LedgerVendor, link: Link, stored: StoredPosting): Promise<void> {
  const { companyId, context } = run;
  const kept = link.kept as VendorKept | undefined;
  if (kept !== undefined && stored.posting.kind === 'VendorMod') {
    const { target } = stored.posting.match;
    const fields = CONTACT_FIELDS.filter((field) => target[field] !== undefined);
    const now = { ledger: contactOfLedger(vendor), payables: contactOfPayables(plannedVendor(stored)) };
    await putLinks(
      tx,
      companyId,
      [{ ...link, kept: { ...kept, base: movedBase(kept.base, now, fields) } satisfies VendorKept }],
      context.clock(),
    );
  }
  await putSnapshots(tx, companyId, 'vendor', [vendor], context.clock());
}

async function putTerms(tx: Tx, run: Run, terms: LedgerTerms, term: Term): Promise<void> {
  const now = run.context.clock();
  await putLinks(tx, run.companyId, [termLink(term, terms.id)], now);
  await putSnapshots(tx, run.companyId, 'terms', [terms], now, false);
}

async function putPayment(tx: Tx, run: Run, payment: LedgerPayment, stored: StoredPosting): Promise<void> {
  const { companyId, context } = run;
  const { posting, mtId } = stored;
  if (posting.kind !== 'BillPaymentCheckAdd' && posting.kind !== 'BillPaymentCreditCardAdd') return;
  const { id } = plannedPayment(stored);
  const now = context.clock();
  const kind = payment.method === 'check' ? 'checkPayment' : 'cardPayment';
  const { applications, apAccountId, amountCents } = posting.match;
  const bills = Object.fromEntries(applications.map((one) => [one.txnId, one.amountCents]));
  const txnType = payment.method === 'check' ? 'BillPaymentCheck' : 'BillPaymentCreditCard';
  const part = { txnType, amountCents, ...(apAccountId !== undefined && { apAccountId }) } as const;
  const [whole] = (await linksByMt(tx, companyId, 'payment', [id])).values();
  const before = whole?.kept as PaymentKept | undefined;
  const kept: PaymentKept = {
    bills: { ...before?.bills, ...bills },
    parts: { ...before?.parts, [payment.id]: part },
  };
  await putLinks(
    tx,
    companyId,
    [
      { kind, entity: 'paymentPart', ledgerId: payment.id, mtId, bornIn: 'mineraltree', kept: { bills } },
      { ...(whole ?? { kind, entity: 'payment', ledgerId: payment.id, mtId: id, bornIn: 'mineraltree' }), kept },
    ],
    now,
  );
  await putSnapshots(tx, companyId, kind, [payment], now, false);
}

/** A payment that is void on both sides: its bills are as open as QuickBooks says, without a word of it being taken back. */
async function putVoid(
  tx: Tx,
  run: Run,
  payment: LedgerPayment | undefined,
  { posting }: StoredPosting,
): Promise<void> {
  const { companyId, context } = run;
  if (posting.kind !== 'TxnVoid') return;
  const { txnId, txnType } = posting.match;
  const now = context.clock();
  const kind = txnType === 'BillPaymentCheck' ? 'checkPayment' : 'cardPayment';
  if (payment === undefined) await markGone(tx, companyId, kind, [txnId], 'missing');
  else await putSnapshots(tx, companyId, kind, [payment], now, false);
  const parts = await linksOf(tx, companyId, 'paymentPart', [txnId]);
  await putLinks(tx, companyId, [...parts.values()].map(undone), now);
  const bills = [...parts.values()].flatMap(({ kept }) => Object.keys((kept as PaymentKept | undefined)?.bills ?? {}));
  await touchSettlements(tx, companyId, bills, now, false);
}

/** The link of a payment whose record in MineralTree is void. */
export const undone = (link: Link): Link => ({
  ...link,
  kept: { bills: {}, ...(link.kept as PaymentKept | undefined), undone: true } satisfies PaymentKept,
});
