/**
 * The payload codec: compresses what is sent, and lets nothing unreadable through to a workflow.
 *
 * 1. A payload is deflated when that makes it smaller; one that is not comes as it is.
 * 2. Decoding never throws: a workflow task that cannot decode its input would be repeated for ever. What cannot be read
 *    (another encoding, damaged, larger than allowed once inflated, text that is not JSON) becomes `{"unreadable": why}`.
 * 3. What a person typed into Temporal UI arrives uncompressed and is taken when it is JSON.
 *
 * Encryption is not here: it comes with the gateway.
 */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const deflate = promisify<Buffer | Uint8Array, { level: number }, Buffer>(deflateRaw);
const inflate = promisify<Buffer | Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

const ENCODING = 'binary/tandem-deflate';
/** What one payload may inflate to, in bytes. */
const MAX_INFLATED = 8 * 1024 * 1024;
/** Smaller ones stay as they are, in bytes: Temporal UI shows current details and answers of queries only uncompressed. */
const SMALL = 4_096;

export function createPayloadCodec(): PayloadCodec {
  return {
    encode: (payloads) => Promise.all(payloads.map(compressed)),
    decode: (payloads) => Promise.all(payloads.map(readable)),
  };
}

/** Whether a value stands for a payload that could not be read. */
export function isUnreadable(value: unknown): value is { readonly unreadable: string } {
  return typeof value === 'object' && value !== null && 'unreadable' in value && typeof value.unreadable === 'string';
}

async function compressed(payload: Payload): Promise<Payload> {
  const whole = proto.temporal.api.common.v1.Payload.encode(payload).finish();
  if (whole.length < SMALL) return payload;
  const data = await deflate(whole, { level: 6 });
  return data.length < whole.length ? { metadata: { encoding: bytes(ENCODING) }, data } : payload;
}

async function readable(payload: Payload): Promise<Payload> {
  try {
    const inner = encodingOf(payload) === ENCODING ? await inflated(payload) : payload;
    return checked(inner);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

async function inflated({ data }: Payload): Promise<Payload> {
  const whole = await inflate(data ?? new Uint8Array(), { maxOutputLength: MAX_INFLATED });
  return proto.temporal.api.common.v1.Payload.decode(whole);
}

function checked(payload: Payload): Payload {
  const encoding = encodingOf(payload);
  switch (encoding) {
    case 'binary/null':
    case 'binary/plain':
      return payload;
    case 'json/plain':
      JSON.parse(Buffer.from(payload.data ?? new Uint8Array()).toString('utf8'));
      return payload;
    default:
      return unreadable(`a payload of encoding "${encoding.slice(0, 60)}"`);
  }
}

function unreadable(why: string): Payload {
  return {
    metadata: { encoding: bytes('json/plain') },
    data: bytes(JSON.stringify({ unreadable: why.slice(0, 200) })),
  };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const encodingOf = ({ metadata }: Payload): string =>
  Buffer.from(metadata?.encoding ?? new Uint8Array()).toString('utf8');
