/**
 * What the faults of each sandbox are matched by, and how their errors are answered.
 *
 * Leaves to the sandboxes: recognising the call, and sending what `error` asks for.
 */
import { z } from 'zod';
import { FAULT_POINTS, type FaultLanguage } from './fault.ts';

/** A call of the request processor, as the QuickBooks sandbox sees it. */
export interface ProcessorCall {
  readonly member: string;
  /** The company file of the processor's session, when it has one, or that the call names. */
  readonly file?: string;
  /** The qbXML request, for `ProcessRequest`. */
  readonly inputRequest?: string;
  /** Names of the messages in the set, without `Rq`: `BillAdd`. */
  readonly requests: readonly string[];
  /** Whether one of them writes. */
  readonly write: boolean;
}

const ProcessorMatch = z.strictObject({
  file: z.string().optional(),
  member: z.string().default('ProcessRequest'),
  write: z.boolean().optional(),
  request: z.string().optional(),
  contains: z.string().optional(),
});
const ProcessorFail = z.strictObject({
  hresult: z.string().regex(/^0x[0-9A-Fa-f]{8}$/, 'an HRESULT such as 0x80040402'),
  text: z.string().optional(),
});

export const processorFaults: FaultLanguage<
  z.infer<typeof ProcessorMatch>,
  ProcessorCall,
  z.infer<typeof ProcessorFail>
> = {
  points: FAULT_POINTS,
  match: ProcessorMatch,
  fail: ProcessorFail,
  statuses: true,
  matches: (match, call) =>
    match.member === call.member &&
    (match.file === undefined || match.file.toLowerCase() === call.file?.toLowerCase()) &&
    (match.write === undefined || match.write === call.write) &&
    (match.request === undefined || call.requests.includes(match.request)) &&
    (match.contains === undefined || (call.inputRequest ?? '').includes(match.contains)),
};

/** A call of MineralTree's API, as its sandbox sees it. */
export interface ApiCall {
  readonly method: string;
  /** Below `/mtapi/base/services`, with the query: `/bill/search`. */
  readonly path: string;
  /** ID of the company that the call is about, when it is known. */
  readonly company?: string;
  readonly body?: string;
}

const ApiMatch = z.strictObject({
  company: z.string().optional(),
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .optional(),
  path: z
    .string()
    .refine(isRegularExpression, 'a regular expression on the path below /mtapi/base/services')
    .transform((source) => new RegExp(source))
    .optional(),
  contains: z.string().optional(),
});
const ApiFail = z.strictObject({
  status: z.number().int().min(400).max(599),
  body: z.unknown().optional(),
  /** The Retry-After header, as it is sent: seconds, or a date of HTTP. */
  retryAfter: z.union([z.string(), z.number()]).optional(),
});

export const apiFaults: FaultLanguage<z.infer<typeof ApiMatch>, ApiCall, z.infer<typeof ApiFail>> = {
  points: ['before', 'committed'],
  match: ApiMatch,
  fail: ApiFail,
  statuses: false,
  matches: (match, call) =>
    (match.company === undefined || match.company === call.company) &&
    (match.method === undefined || match.method === call.method.toUpperCase()) &&
    (match.path === undefined || match.path.test(call.path)) &&
    (match.contains === undefined || (call.body ?? '').includes(match.contains)),
};

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
