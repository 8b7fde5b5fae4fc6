/** What is left by BillToPay of the documents on a page, asked for each of their vendors and A/P accounts. */
import type { ListRef } from '../domain/ledger.ts';
import type { Cents } from '../domain/money.ts';
import { balanceQuery, otherDebts, readBalance } from './openBalance.ts';
import { present } from './records/reading.ts';
import type { Session } from './session.ts';

export interface OpenAmounts {
  bill(txnId: string): Cents | undefined;
  credit(txnId: string): Cents | undefined;
  /** What is left of a transaction that is neither, with this vendor: positive where it is to be paid. */
  other(txnId: string, vendorId: string): Cents | undefined;
  /** Whether everything that is open with the vendor on the account was read: what is not listed is used up. */
  isWhole(vendorId: string, apAccountId: string): boolean;
}

const BALANCES_IN_SET = 50;

/** `pause` is called before each message set and may throw. */
export async function openAmounts(
  session: Session,
  documents: readonly { readonly vendor?: ListRef; readonly apAccount?: ListRef }[],
  pause: () => void,
): Promise<OpenAmounts> {
  const payees = new Map<string, { readonly vendorId: string; readonly apAccountId?: string }>();
  for (const { vendor, apAccount } of documents)
    if (vendor !== undefined)
      payees.set(`${vendor.id}/${apAccount?.id ?? ''}`, {
        vendorId: vendor.id,
        ...present({ apAccountId: apAccount?.id }),
      });
  const all = [...payees.values()];
  const open = { bill: new Map<string, Cents>(), credit: new Map<string, Cents>(), other: new Map<string, Cents>() };
  const whole = new Set<string>();
  for (let from = 0; from < all.length; from += BALANCES_IN_SET) {
    pause();
    const some = all.slice(from, from + BALANCES_IN_SET);
    const answers = await session.ask(
      some.map(({ vendorId, apAccountId }, index) => balanceQuery(`balance-${index}`, vendorId, apAccountId)),
    );
    for (const [index, { vendorId, apAccountId = '' }] of some.entries()) {
      const response = answers.to(`balance-${index}`);
      const balance = readBalance(response, vendorId);
      if (balance === undefined) continue;
      whole.add(`${vendorId}/${apAccountId}`);
      for (const { kind, txnId, openCents } of balance.open) {
        open[kind].set(txnId, openCents);
        if (kind === 'credit') open.other.set(`${txnId} ${vendorId}`, -openCents);
      }
      for (const { txnId, openCents } of otherDebts(response)) open.other.set(`${txnId} ${vendorId}`, openCents);
    }
  }
  return {
    bill: (txnId) => open.bill.get(txnId),
    credit: (txnId) => open.credit.get(txnId),
    other: (txnId, vendorId) => open.other.get(`${txnId} ${vendorId}`),
    isWhole: (vendorId, apAccountId) => whole.has(`${vendorId}/${apAccountId}`),
  };
}
