/**
 * Sealing and opening a page of 500 bills, beside writing and reading its JSON alone.
 *
 * 1. What is measured is what the SDK does with an answer of a connector: the converter, the codec, and back; not the wire.
 * 2. Each round runs one after the other, and the fastest counts: what else the machine does makes others slower.
 * 3. No bill is like another: IDs, numbers and amounts of each are its own, or deflating would have too little to do.
 */
import { createHash, randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { workflowIdOf } from '../src/contract/index.ts';
import type { LedgerBill } from '../src/domain/ledger.ts';
import { decodeResponse } from '../src/qbxml/index.ts';
import { readBill } from '../src/quickbooks/records/bill.ts';
import { type CompanyKeyring, createPayloadCodec } from '../src/workers/codec/index.ts';
import { billAnswer } from './answer.ts';
import type { Figure } from './figure.ts';
import type { Result } from './report.ts';

const BILLS = 500;
const ROUNDS = 200;
const WARM_UP = 20;
const LIMITS = { ms: 25, bytes: 256 * 1_024 };
/** More than enough for as many bills. */
const ANSWER_BYTES = BILLS * 6_000;

export async function codec(): Promise<Result> {
  const page = pageOfBills();
  const context = {
    type: 'activity',
    namespace: 'default',
    workflowId: workflowIdOf('bench-company'),
    isLocal: false,
  } as const;
  const sealing = createPayloadCodec(keyringOfOne());
  const through = async (): Promise<readonly [read: unknown, sealed: Payload | undefined]> => {
    const sealed = await sealing.encode([defaultPayloadConverter.toPayload(page)], context);
    const [opened] = await sealing.decode(sealed, context);
    return [opened && defaultPayloadConverter.fromPayload(opened), sealed[0]];
  };
  const alone = (): unknown => defaultPayloadConverter.fromPayload(defaultPayloadConverter.toPayload(page));
  const [read, sealed] = await through();
  if (JSON.stringify(read) !== JSON.stringify(page)) throw new Error('the page does not come back as it went');
  const [whole, json]: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const [jsonMs, wholeMs] = [await timed(alone), await timed(through)];
    if (round < 0) continue;
    json.push(jsonMs);
    whole.push(wholeMs);
  }
  const plainBytes = JSON.stringify(page).length;
  const sealedBytes = proto.temporal.api.common.v1.Payload.encode(sealed ?? {}).finish().length;
  const figures: Figure[] = [
    {
      name: `a page of ${BILLS} bills, sealed and opened`,
      unit: 'ms',
      measured: Math.min(...whole) - Math.min(...json),
      limit: LIMITS.ms,
      beside: { what: 'its JSON alone', value: Math.min(...json) },
    },
    {
      name: 'sealed',
      unit: 'bytes',
      measured: sealedBytes,
      limit: LIMITS.bytes,
      beside: { what: 'as JSON', value: plainBytes },
    },
  ];
  return {
    bench: 'codec',
    figures,
    remarks: [`fastest of ${ROUNDS} rounds; the time is what sealing adds to its JSON`],
  };
}

function pageOfBills() {
  const bills = decodeResponse(billAnswer(ANSWER_BYTES).xml)
    .responses.flatMap(({ records }) => records)
    .flatMap((record) => (record.element === 'BillRet' ? [readBill(record.value)] : []));
  if (bills.length < BILLS) throw new Error(`the answer holds ${bills.length} bills`);
  return { kind: 'pulled', pull: { records: { bill: bills.slice(0, BILLS).map(ofItsOwn) } } };
}

/** The bill with what is never the same on two bills. */
function ofItsOwn(bill: LedgerBill): LedgerBill {
  const digits = createHash('sha256').update(bill.id).digest('hex');
  const cents = (from: number) => Number.parseInt(digits.slice(from, from + 5), 16);
  const expenseLines = bill.expenseLines.map((line, index) => ({
    ...line,
    lineId: `${digits.slice(index * 8, index * 8 + 8)}-${cents(index)}`,
    amountCents: cents(20 + index),
  }));
  return { ...bill, id: digits.slice(0, 16), refNumber: digits.slice(16, 28), amountDueCents: cents(40), expenseLines };
}

function keyringOfOne(): CompanyKeyring {
  const key = { keyId: '0123456789abcdef', key: randomBytes(32) };
  return { current: async () => key, byId: async () => key.key };
}

async function timed(run: () => unknown): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
