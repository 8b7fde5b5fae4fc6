/**
 * Payloads as they were before they were sealed: deflated when large, plain otherwise. Only for replaying histories that were
 * recorded then.
 */
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { inflated } from './deflating.ts';
import { encodingOf, readableValue, unreadable } from './readableValue.ts';

const DEFLATED = 'binary/tandem-deflate';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** What was sent deflated or plain, as a value that the converter can read, or one that says `{unreadable}`. */
export async function inflatedPayload(payload: Payload): Promise<Payload> {
  if (encodingOf(payload) !== DEFLATED) return readableValue(payload);
  try {
    return readableValue(PayloadMessage.decode(await inflated(payload.data ?? new Uint8Array())));
  } catch {
    return unreadable('it cannot be inflated');
  }
}
