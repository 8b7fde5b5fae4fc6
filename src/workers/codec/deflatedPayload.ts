/**
 * Payloads as they were before they were sealed: deflated when large, plain otherwise. Histories recorded then are replayed
 * with this, and parts that have no keyring yet still speak it among themselves.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { deflated, inflated } from './deflating.ts';
import { encodingOf, readableValue, unreadable } from './readableValue.ts';

const DEFLATED = 'binary/tandem-deflate';
/** Smaller ones stay as they are, in bytes. */
const SMALL = 4_096;

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** The codec without keys: compresses, and lets nothing unreadable through. */
export function createDeflatingCodec(): PayloadCodec {
  return {
    encode: (payloads) => Promise.all(payloads.map(deflatedPayload)),
    decode: (payloads) => Promise.all(payloads.map(inflatedPayload)),
  };
}

/** What was sent deflated or plain, as a value that the converter can read, or one that says `{unreadable}`. */
export async function inflatedPayload(payload: Payload): Promise<Payload> {
  if (encodingOf(payload) !== DEFLATED) return readableValue(payload);
  try {
    return readableValue(PayloadMessage.decode(await inflated(payload.data ?? new Uint8Array())));
  } catch {
    return unreadable('it cannot be inflated');
  }
}

async function deflatedPayload(payload: Payload): Promise<Payload> {
  const whole = PayloadMessage.encode(payload).finish();
  const data = whole.length < SMALL ? undefined : await deflated(whole);
  return data === undefined ? payload : { metadata: { encoding: Buffer.from(DEFLATED) }, data };
}
