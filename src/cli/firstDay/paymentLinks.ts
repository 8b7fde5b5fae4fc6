/**
 * Payments that were matched on the first day, as links: both sides have them, so neither is ever to be told of them again.
 * Other records are linked by the push when it meets them; payments are not pushed but settled by bill.
 */
import { getSnapshots, type Link, matchesOf, putLinks, type Tx } from '../../store/index.ts';

const KINDS = ['checkPayment', 'cardPayment'] as const;

/** Links the matched payments of a company; returns how many. */
export async function linkMatchedPayments(tx: Tx, companyId: string, at: number): Promise<number> {
  const matches = (await matchesOf(tx, companyId, { entity: 'payment' })).filter(({ same }) => same);
  const links: Link[] = [];
  for (const kind of KINDS) {
    const ids = matches.map(({ ledgerId }) => ledgerId);
    const snapshots = await getSnapshots(tx, companyId, kind, ids);
    for (const { ledgerId, mtId } of matches) {
      const snapshot = snapshots.get(ledgerId);
      if (snapshot === undefined) continue;
      const bills = Object.fromEntries(
        snapshot.record.applications.map(({ txnId, amountCents }) => [txnId, amountCents]),
      );
      links.push({ kind, entity: 'payment', ledgerId, mtId, bornIn: 'quickbooks', kept: { bills } });
    }
  }
  await putLinks(tx, companyId, links, at);
  return links.length;
}
