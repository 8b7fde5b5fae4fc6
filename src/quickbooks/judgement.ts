/**
 * What an HRESULT of the request processor, or of COM, means for a visit: come back, wait, a person must act, or the
 * outcome of a write is unknown. What each says to people stands in `hresults` of qbXML.
 *
 * A code that is not known here is of unknown outcome.
 */
import type { BlockCode } from '../contract/index.ts';

export type Judgement =
  /** Nothing was begun; a new session may do it. */
  | { readonly kind: 'retry' }
  /** Nothing was begun; something is in the way that passes, or that someone at the machine removes. */
  | { readonly kind: 'wait' }
  /** Nothing was begun; a person must act for the whole company. */
  | { readonly kind: 'block'; readonly code: BlockCode }
  /** Nothing was begun, and the same request will never be taken. */
  | { readonly kind: 'refused' }
  /** QuickBooks may have carried it out. */
  | { readonly kind: 'unknown' };

const SDK = 0x80040000;

/** By the last four digits of 0x8004…: the codes that QuickBooks' own processor gives. */
const OF_PROCESSOR: readonly (readonly [Judgement, readonly number[]])[] = [
  // Sessions and connections that are not as they should be, locks, a QuickBooks that is still starting.
  [{ kind: 'retry' }, [0x40b, 0x40c, 0x40d, 0x40f, 0x411, 0x412, 0x415, 0x41b, 0x424, 0x42d, 0x42e]],
  // The file cannot be opened now, another one is open, a dialog shows, nobody runs QuickBooks, a user is elsewhere.
  [{ kind: 'wait' }, [0x403, 0x408, 0x40a, 0x410, 0x414, 0x416, 0x417, 0x422, 0x437, 0x438, 0x42a, 0x42f]],
  // A class that is not registered is a matter of this machine: another connector may serve.
  [{ kind: 'wait' }, [0x154]],
  [
    { kind: 'block', code: 'notAuthorized' },
    [0x418, 0x419, 0x41a, 0x41d, 0x41e, 0x420, 0x426, 0x42c, 0x430, 0x435, 0x439, 0x440],
  ],
  [
    { kind: 'block', code: 'unsupportedQuickBooks' },
    [
      0x308, 0x404, 0x405, 0x406, 0x407, 0x409, 0x41f, 0x423, 0x427, 0x428, 0x429, 0x42b, 0x431, 0x432, 0x433, 0x434,
      0x436,
    ],
  ],
  [{ kind: 'refused' }, [0x400, 0x413, 0x425]],
];

const KNOWN: ReadonlyMap<number, Judgement> = new Map(
  OF_PROCESSOR.flatMap(([judgement, codes]) => codes.map((code) => [SDK + code, judgement] as const)),
);

/** The judgement on an HRESULT, unsigned: 0x80040414. */
export const judgeHResult = (hresult: number): Judgement => KNOWN.get(hresult >>> 0) ?? { kind: 'unknown' };
