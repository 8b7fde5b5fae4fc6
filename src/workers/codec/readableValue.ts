/**
 * Whether a payload, opened, is a value that the converter can make, so that nothing is thrown later in a workflow.
 *
 * 1. JSON, raw bytes or nothing: no other encoding is in use.
 * 2. JSON is valid UTF-8 and not nested deeper than any message of ours: what parses and is nested deeper could not be
 *    written again.
 * 3. The reason given for a refusal holds nothing of the payload.
 */
import { isUtf8 } from 'node:buffer';
import type { Payload } from '@temporalio/common';
import type { UnreadableValue } from '../../contract/index.ts';

const MAX_DEPTH = 64;

/** The payload itself when the converter can read it; a payload that says `{unreadable}` otherwise. */
export function readableValue(payload: Payload): Payload {
  switch (encodingOf(payload)) {
    case 'binary/null':
    case 'binary/plain':
      return payload;
    case 'json/plain':
      return isJson(payload.data ?? new Uint8Array()) ? payload : unreadable('it is not JSON as it is sent here');
    default:
      return unreadable('its encoding is not in use here');
  }
}

export function unreadable(why: string): Payload {
  const value: UnreadableValue = { unreadable: why };
  return { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) };
}

export const encodingOf = ({ metadata }: Payload): string => Buffer.from(metadata?.encoding ?? []).toString('latin1');

function isJson(data: Uint8Array): boolean {
  if (!isUtf8(data) || depthOf(data) > MAX_DEPTH) return false;
  try {
    JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.length).toString('utf8'));
    return true;
  } catch {
    return false; // the parser's words would quote what it read
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Opening brackets of arrays and objects differ in this bit alone, and so do closing ones. */
const CURLY = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** How deep arrays and objects are nested, in bytes that may be JSON. */
function depthOf(data: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    if (byte === QUOTE) at = endOfText(data, at + 1);
    else if ((byte | CURLY) === OPENING) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if ((byte | CURLY) === CLOSING) depth -= 1;
  }
  return deepest;
}

/** Where the text that begins at `at` has its closing quote. */
function endOfText(data: Uint8Array, from: number): number {
  let at = from;
  while (at < data.length && data[at] !== QUOTE) at += data[at] === BACKSLASH ? 2 : 1;
  return at;
}
