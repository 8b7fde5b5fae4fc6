/**
 * Protobuf messages by their outermost fields, without a look at what these hold: how requests and answers are rewritten
 * without losing what this release does not know.
 *
 * 1. Whatever is malformed is refused, never guessed at: truncated or overlong numbers, groups, lengths beyond the end.
 * 2. A field that decides something may come once only: readers differ on which of two counts.
 */
import { Refusal } from './refusal.ts';

export interface Field {
  readonly number: number;
  /** The whole field as it stands on the wire: tag, length and contents. */
  readonly raw: Buffer;
  /** The contents of a length-delimited field; undefined for the other wire types. */
  readonly contents: Buffer | undefined;
}

/** No message of Temporal's worker comes near it; a body of empty fields would otherwise cost far more than its size. */
const MAX_FIELDS = 10_000;
const MAX_NUMBER = 536_870_911;

const malformed = (detail: string): Refusal => new Refusal('malformed', { detail });

/** @throws Refusal `malformed` */
export function fieldsOf(message: Buffer): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message[at];
      if (byte === undefined) throw malformed('a number is cut off');
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw malformed('a number is too long');
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number < 1 || number > MAX_NUMBER) throw malformed('a field number is out of range');
    let contents: Buffer | undefined;
    switch (tag % 8) {
      case 0:
        varint();
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        contents = message.subarray(at, at + length);
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        throw malformed('a wire type that is not used');
    }
    if (at > message.length) throw malformed('a field is cut off');
    fields.push({ number, raw: message.subarray(start, at), contents });
    if (fields.length > MAX_FIELDS) throw malformed('too many fields');
  }
  return fields;
}

/** The contents of a length-delimited field, which may be absent. @throws Refusal `malformed` when it comes twice or is none */
export function single(fields: readonly Field[], number: number): Buffer | undefined {
  const [first, second] = fields.filter((field) => field.number === number);
  if (second !== undefined) throw malformed(`field ${number} comes twice`);
  if (first !== undefined && first.contents === undefined) throw malformed(`field ${number} is of another kind`);
  return first?.contents;
}

/** A length-delimited field. */
export function field(number: number, contents: Buffer | string): Buffer {
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
  return Buffer.concat([varintOf(number * 8 + 2), varintOf(bytes.length), bytes]);
}

function varintOf(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
