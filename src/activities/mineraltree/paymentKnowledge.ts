/**
 * What planning asks of payments: the vendors, the accounts that the money left, the bills and what is open on them, and the
 * discounts that MineralTree took.
 */
import type { LedgerKind, LedgerPayment } from '../../domain/ledger.ts';
import type { Payment } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import {
  entriesOfMt,
  getSnapshots,
  type Link,
  linksByMt,
  openOfBills,
  type Snapshot,
  settlementsOf,
} from '../../store/index.ts';
import { type LedgerEntry, type Lookup, type PaidBill, settlementOf } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { paymentSnapshots } from './paymentLinks.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

export interface PaymentKnowledge {
  readonly lookup: Lookup;
  paymentAccount(ref: Payment['paymentMethod'] & {}): LedgerEntry | undefined;
  paidBill(invoiceId: string): PaidBill | undefined;
  /** The payment on one of the bills that carries this ExternalGUID in QuickBooks. */
  withGuid(guid: string): LedgerPayment | undefined;
}

/** @throws MineralTreeError when MineralTree could not be reached */
export async function paymentKnowledge(run: Run, payments: readonly Payment[]): Promise<PaymentKnowledge> {
  const { companyId, context } = run;
  const { db } = context.store;
  const references: { readonly kind: LedgerKind; readonly id: string }[] = payments.flatMap(
    ({ vendor, paymentMethod }) => [
      ...(vendor === undefined ? [] : [{ kind: 'vendor' as const, id: vendor.id }]),
      ...(paymentMethod === undefined ? [] : [{ kind: 'account' as const, id: paymentMethod.id }]),
    ],
  );
  const [vendors, methods] = [new Map<string, LedgerEntry>(), new Map<string, LedgerEntry>()];
  for (const { entity, mtId, ledgerId, name, active, type } of await entriesOfMt(db, companyId, references)) {
    const entry = { id: ledgerId, name, active, ...(type !== undefined && { type }) };
    if (entity === 'vendor') vendors.set(mtId, entry);
    if (entity === 'paymentMethod') methods.set(mtId, entry);
  }
  const vendorIds = [...vendors.values()].map(({ id }) => id);
  const snapshots = await getSnapshots(db, companyId, 'vendor', vendorIds);
  for (const [mtId, entry] of vendors)
    if (snapshots.get(entry.id)?.gone === true) vendors.set(mtId, { ...entry, gone: true });
  const named = payments.flatMap(({ paymentMethod }) => paymentMethod?.externalId ?? []);
  const accounts = await getSnapshots(db, companyId, 'account', named);
  const invoices = payments.flatMap(({ applied }) => applied.map(({ invoice }) => invoice.id));
  const links = await linksByMt(db, companyId, 'invoice', invoices);
  const billIds = [...links.values()].map(({ ledgerId }) => ledgerId);
  const bills = await getSnapshots(db, companyId, 'bill', billIds);
  const standing = await paymentsOn(run, bills);
  const byGuid = new Map([...standing.values()].map((payment) => [payment.guid?.toLowerCase(), payment]));
  const open = await openCentsOf(run, bills, standing);
  const discounts = await newDiscounts(run, links, open);
  return {
    lookup: {
      payablesId: () => undefined,
      ledger: (kind, id) => (kind === 'vendor' ? vendors.get(id) : undefined),
    },
    paymentAccount: ({ id, externalId }) => {
      const account = externalId === undefined ? undefined : accounts.get(externalId);
      if (account === undefined) return methods.get(id);
      const { fullName, active, type } = account.record;
      return { id: account.ledgerId, name: fullName, active: active && !account.gone, type };
    },
    paidBill: (invoiceId) => {
      const bill = bills.get(links.get(invoiceId)?.ledgerId ?? '');
      if (bill === undefined) return undefined;
      const openCents = open.get(bill.ledgerId)?.openCents;
      const discountCents = discounts.get(invoiceId) ?? 0;
      return {
        bill: bill.record,
        ...(discountCents > 0 && { discountCents }),
        ...(openCents !== undefined && { openCents }),
        ...(bill.gone && { gone: true }),
      };
    },
    withGuid: (guid) => byGuid.get(guid.toLowerCase()),
  };
}

interface OpenOnBill {
  readonly openCents: number;
  /** Discounts that QuickBooks has taken on it. */
  readonly discountCents: number;
}

/** The payments that bills name, by TxnID, as last read; without those that are gone. */
async function paymentsOn(
  run: Run,
  bills: ReadonlyMap<string, Snapshot<'bill'>>,
): Promise<ReadonlyMap<string, LedgerPayment>> {
  const named = [...bills.values()].flatMap(({ record }) => record.links.map(({ txnId }) => txnId));
  const found = await paymentSnapshots(run, named);
  return new Map([...found].flatMap(([id, { record, gone }]) => (gone ? [] : [[id, record] as const])));
}

/** What is open on bills, as QuickBooks said it last; a bill of which that is not clear has none here. */
async function openCentsOf(
  run: Run,
  bills: ReadonlyMap<string, Snapshot<'bill'>>,
  payments: ReadonlyMap<string, LedgerPayment>,
): Promise<ReadonlyMap<string, OpenOnBill>> {
  const { db } = run.context.store;
  const ids = [...bills.keys()];
  const listed = await openOfBills(db, run.companyId, ids);
  const rows = await settlementsOf(db, run.companyId, ids);
  const open = new Map<string, OpenOnBill>();
  for (const [id, { record }] of bills) {
    const openCents = listed.get(id);
    const settled = settlementOf(record, { payments, ...(openCents !== undefined && { openCents }) });
    const carried = rows.get(id)?.carried;
    if ('settlement' in settled) {
      const discountCents = settled.settlement.payments.reduce((sum, one) => sum + one.discountCents, 0);
      open.set(id, { openCents: settled.settlement.openCents, discountCents });
    } else if (typeof openCents === 'number') open.set(id, { openCents, discountCents: 0 });
    else if (carried !== undefined) open.set(id, { openCents: carried.openCents, discountCents: 0 });
  }
  return open;
}

/** Discounts that MineralTree took on invoices and that QuickBooks does not have yet, by MineralTree's ID. */
async function newDiscounts(
  run: Run,
  links: ReadonlyMap<string, Link>,
  open: ReadonlyMap<string, OpenOnBill>,
): Promise<ReadonlyMap<string, number>> {
  const { records } = await run.payables();
  const taken = await eachAtOnce([...links.values()], ({ mtId }) =>
    records.bills.reductions(mtId).catch(mineralTreeError),
  );
  return new Map(
    [...taken].flatMap(([{ mtId, ledgerId }, reductions]) => {
      if (!(reductions instanceof MineralTreeError))
        return [[mtId, reductions.discountCents - (open.get(ledgerId)?.discountCents ?? 0)] as const];
      // An invoice that cannot be read is another problem's (billPush.ts).
      if (isOutage(reductions)) throw reductions;
      return [];
    }),
  );
}
