/** How payloads look on the wire, for every client and worker of Tandem. */
import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec } from './payloadCodec.ts';

/** The data converter of all parts: what the default one makes, compressed. */
export function createDataConverter(): DataConverter {
  return { payloadCodecs: [createPayloadCodec()] };
}

export { createPayloadCodec, isUnreadable } from './payloadCodec.ts';
