/** Deflating and inflating of payloads, off the main thread; what is inflated has a limit. */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/** What one payload may inflate to, in bytes. */
export const MAX_INFLATED_BYTES = 8 * 1024 * 1024;

/** Higher ones take several times as long for a few percent. */
const LEVEL = 1;

/** The same, smaller; undefined when deflating does not make it so. */
export async function deflated(whole: Uint8Array): Promise<Buffer | undefined> {
  const data = await deflate(whole, { level: LEVEL });
  return data.length < whole.length ? data : undefined;
}

/** Rejects when it is no deflate stream, or becomes larger than allowed. */
export function inflated(data: Uint8Array): Promise<Buffer> {
  return inflate(data, { maxOutputLength: MAX_INFLATED_BYTES });
}
