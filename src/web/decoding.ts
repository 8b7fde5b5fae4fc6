/**
 * Opening sealed payloads for somebody who reads a history.
 *
 * 1. The key says whose payload it is: only who may read that company's ledgers has it opened. Whether a key is unknown or
 *    foreign is nobody's business: the same words for both.
 * 2. What is not sealed comes back as it is; what cannot be opened comes back as `{unreadable: why}`. Nothing throws because
 *    of a payload, whoever made it.
 * 3. One answer is limited in size: what is left over says so.
 */
import type { Payload } from '@temporalio/common';
import { companyKeyById, mayRead, type Person, type Store } from '../store/index.ts';
import { inflatedPayload } from '../workers/codec/deflatedPayload.ts';
import { encodingOf, readableValue, unreadable } from '../workers/codec/readableValue.ts';
import { keyIdOf, open, SEALED } from '../workers/codec/sealing.ts';

/** A payload in protobuf's JSON: bytes are base64. */
export interface WirePayload {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly data?: string | undefined;
}

export interface Decoded {
  /** As many as were given, in the same order. */
  readonly payloads: readonly WirePayload[];
  /** How many were opened, by company. */
  readonly readOf: ReadonlyMap<string, number>;
  /** How many have a key that is unknown, or of a company that is not theirs to read. */
  readonly refused: number;
}

/** What one answer may hold, in bytes: a payload inflates to 8 MB at most, and there may be many of them. */
const MAX_ANSWER = 48 * 1024 * 1024;

type Key = Awaited<ReturnType<typeof companyKeyById>>;

/** @throws StoreError when the keys cannot be had, errors of Postgres as they are */
export async function decodePayloads(store: Store, reader: Person, given: readonly WirePayload[]): Promise<Decoded> {
  const keys = new Map<string, Key>();
  const keyOf = async (keyId: string): Promise<Key> => {
    if (!keys.has(keyId)) keys.set(keyId, await companyKeyById(store, keyId));
    return keys.get(keyId);
  };
  const readOf = new Map<string, number>();
  const payloads: WirePayload[] = [];
  let [bytes, refused] = [0, 0];
  for (const wire of given) {
    const payload = ofWire(wire);
    const { shown, companyId } = bytes > MAX_ANSWER ? { shown: LEFT_OVER } : await readable(payload, { keyOf, reader });
    if (companyId !== undefined) readOf.set(companyId, (readOf.get(companyId) ?? 0) + 1);
    if (shown === NOT_FOR_THEM) refused += 1;
    // What was not opened is given back as it came, byte for byte.
    payloads.push(shown === payload ? wire : toWire(shown));
    bytes += shown.data?.length ?? 0;
  }
  return { payloads, readOf, refused };
}

const LEFT_OVER = unreadable('more was asked for than one answer may hold');
const NOT_FOR_THEM = unreadable('its key is not known, or belongs to a company that you may not read');
const NOT_OPENED = unreadable('it is damaged, or was sealed for another company');

interface Reading {
  readonly keyOf: (keyId: string) => Promise<Key>;
  readonly reader: Person;
}

/** What is shown in the payload's place, and whose it was if it was opened. */
async function readable(
  payload: Payload,
  { keyOf, reader }: Reading,
): Promise<{ readonly shown: Payload; readonly companyId?: string }> {
  const encoding = encodingOf(payload);
  if (encoding !== SEALED)
    return { shown: encoding.startsWith('binary/tandem-') ? await inflatedPayload(payload) : payload };
  const keyId = keyIdOf(payload);
  const found = keyId === undefined ? undefined : await keyOf(keyId);
  if (keyId === undefined || found === undefined || !mayRead(reader, found.companyId)) return { shown: NOT_FOR_THEM };
  const { companyId, key } = found;
  try {
    return { shown: readableValue(await open(payload, companyId, { keyId, key })), companyId };
  } catch {
    return { shown: NOT_OPENED }; // why would tell how it was forged
  }
}

const ofWire = ({ metadata = {}, data = '' }: WirePayload): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')])),
  data: Buffer.from(data, 'base64'),
});

const toWire = ({ metadata, data }: Payload): WirePayload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
