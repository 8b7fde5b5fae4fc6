/**
 * Reading a 10 MB answer into typed records, beside fast-xml-parser alone with the same options.
 *
 * 1. Both read the same text; each round runs one after the other, so that what else the machine does meets both alike.
 * 2. Every field of every record is read: the walk over the records is part of what is measured.
 * 3. fast-xml-parser alone makes its tree and nothing else: neither is its tree walked, nor checked, nor typed.
 */
import { XMLParser } from 'fast-xml-parser';
import { parserOptions } from '../src/qbxml/document.ts';
import { decodeResponse } from '../src/qbxml/index.ts';
import { billAnswer } from './answer.ts';
import { type Figure, median } from './figure.ts';
import type { Result } from './report.ts';

const BYTES = 10 * 1_024 * 1_024;
const WARM_UP_BYTES = BYTES / 10;
const ROUNDS = 9;
/** Decoding may take so many times what the parser alone takes. */
const LIMIT = 2;

export async function decode(): Promise<Result> {
  const figures: Figure[] = [];
  const remarks: string[] = [];
  for (const [form, compact] of [
    ['an element a line, as QuickBooks writes', false],
    ['without line ends, as the sandbox writes', true],
  ] as const) {
    const { xml, bills } = billAnswer(BYTES, { compact });
    const warmUp = billAnswer(WARM_UP_BYTES, { compact }).xml;
    for (let round = 0; round < 3; round += 1) [readFields(warmUp), parse(warmUp)];
    const [alone, whole, fieldsRead]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      alone.push(timed(() => parse(xml)));
      whole.push(timed(() => fieldsRead.push(readFields(xml))));
    }
    const beside = { what: 'fast-xml-parser alone', value: median(alone) };
    figures.push({
      name: `${bills} bills, ${form}`,
      unit: 'ms',
      measured: median(whole),
      beside,
      limitTimes: LIMIT,
    });
    remarks.push(`${form}: ${xml.length} characters, ${fieldsRead[0]} fields, median of ${ROUNDS} rounds`);
  }
  return { bench: 'decode', figures, remarks };
}

const parse = (xml: string): unknown => new XMLParser(parserOptions).parse(xml);

function readFields(xml: string): number {
  const { responses } = decodeResponse(xml);
  for (const { problems } of responses)
    if (problems.length > 0) throw new Error(`a record of the bench cannot be read: ${JSON.stringify(problems[0])}`);
  return fieldsOf(responses.map(({ records }) => records));
}

/** Reads every field below a value; gives how many there are. */
function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  let fields = 0;
  for (const field of Array.isArray(value) ? value : Object.values(value)) fields += fieldsOf(field);
  return fields;
}

function timed(run: () => unknown): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}
