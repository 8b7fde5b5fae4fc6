/** Places in what is read page by page in the order of vendor and TxnID, whatever order QuickBooks answers in. */
import { byText } from './pull/lowest.ts';
import { SiteTrouble } from './trouble.ts';

/** The vendor's ID is empty where there is none. */
export type Place = readonly [vendorId: string, txnId: string];

export const inOrder = (a: Place, b: Place): number => byText(a[0], b[0]) || byText(a[1], b[1]);

export function readPlace(text: string): Place {
  const [vendorId, txnId, ...rest] = text.split('/');
  if (vendorId === undefined || txnId === undefined || rest.length > 0)
    throw new SiteTrouble('retry', `"${text}" is no place in what is open`);
  return [vendorId, txnId];
}
