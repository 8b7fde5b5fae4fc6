/**
 * Identities that both ledgers keep: message sets, ExternalGUIDs, the marker of the company file.
 *
 * 1. The ID of a message set comes from company, MineralTree record, kind and revision; never from content. The same
 *    revision has the same ID on every connector and after every crash; a refusal that was settled makes the next one.
 * 2. An ExternalGUID comes from the MineralTree record alone, so that a bill in QuickBooks names its invoice whatever
 *    became of our store. Of a payment it comes from the record and the A/P account, for there is one in QuickBooks for
 *    each; with the account, the GUID gives back the record.
 */
import { createHash } from 'node:crypto';
import { MAX_MESSAGE_SET_ID, type PostingKind } from '../contract/posting.ts';

/** Which version of a MineralTree record is posted. */
export interface Revision {
  /** MineralTree's `modified` of that version. */
  readonly modified: string;
  /** Refusals of QuickBooks settled before it: corrected, it goes under a new ID. */
  readonly refusals: number;
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MARKER = /^tandem:1:([a-z0-9-]{8,40}):([0-9a-f-]{36})$/;

/** The message-set ID of a posting (exactly-once 6.1): 20 characters of a-z and 2-7, 100 bits of SHA-256. */
export function messageSetIdOf(posting: {
  readonly companyId: string;
  readonly recordId: string;
  readonly kind: PostingKind;
  readonly revision: Revision;
}): string {
  const { companyId, recordId, kind, revision } = posting;
  const named = JSON.stringify([companyId, recordId, kind, revision.modified, revision.refusals]);
  let bits = BigInt(`0x${createHash('sha256').update(named).digest('hex')}`);
  let id = '';
  while (id.length < MAX_MESSAGE_SET_ID) {
    id += BASE32.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return id;
}

/** Whether the text is a UUID, as every ID of MineralTree is. */
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * The ExternalGUID of the QuickBooks record made from a MineralTree record: `{8-4-4-4-12}`, lower case.
 * @throws RangeError when the ID is not a UUID; a plan checks that first.
 */
export function guidOf(payablesId: string): string {
  if (!isUuid(payablesId)) throw new RangeError('not a UUID of MineralTree');
  return `{${payablesId.toLowerCase()}}`;
}

/** The MineralTree record that an ExternalGUID names, in lower case; undefined when it names none. */
export function recordOfGuid(guid: string): string | undefined {
  const inner = guid.startsWith('{') && guid.endsWith('}') ? guid.slice(1, -1) : '';
  return isUuid(inner) ? inner.toLowerCase() : undefined;
}

/**
 * The ExternalGUID of the part of a MineralTree payment that pays bills of one A/P account: the payment's ID and a digest of
 * the account's ListID, each bit of the one turned where the other has a 1.
 * @throws RangeError when the payment's ID is not a UUID; a plan checks that first.
 */
export const guidOfPayment = (paymentId: string, apAccountId: string): string =>
  guidOf(turned(guidOf(paymentId).slice(1, -1), apAccountId));

/**
 * The MineralTree payment that an ExternalGUID names, given the A/P account of the QuickBooks payment that carries it. A GUID
 * that is not ours names a payment that nobody has. Undefined when it is no GUID.
 */
export function paymentOfGuid(guid: string, apAccountId: string): string | undefined {
  const record = recordOfGuid(guid);
  return record === undefined ? undefined : turned(record, apAccountId);
}

/** What a posting of a payment is about: the payment, and the A/P account of the part. `recordId` of `messageSetIdOf`. */
export const paymentPart = (paymentId: string, apAccountId: string): string => `${paymentId}/${apAccountId}`;

function turned(uuid: string, apAccountId: string): string {
  const mask = createHash('sha256').update(`ap:${apAccountId}`).digest('hex');
  let index = 0;
  return uuid.replaceAll(/[0-9a-f]/g, (digit) => {
    const bits = Number.parseInt(digit, 16) ^ Number.parseInt(mask.charAt(index), 16);
    index += 1;
    return bits.toString(16);
  });
}

/** The text of the private marker in a company file: company and enrolment, under 255 characters. */
export const markerText = (enrolment: { readonly companyId: string; readonly enrolmentId: string }): string =>
  `tandem:1:${enrolment.companyId}:${enrolment.enrolmentId.toLowerCase()}`;

/** Reads a marker; undefined when it is not one of ours. */
export function readMarker(text: string): { readonly companyId: string; readonly enrolmentId: string } | undefined {
  const [, companyId, enrolmentId] = MARKER.exec(text) ?? [];
  return companyId === undefined || enrolmentId === undefined ? undefined : { companyId, enrolmentId };
}
