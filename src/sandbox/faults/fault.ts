/**
 * The language in which a test or a person says what shall go wrong, the same for both sandboxes.
 *
 * 1. A fault is caught at a point of a call: `before` (received, nothing done), `committed` (its effect is durable, the
 *    answer not sent), `answered` (the answer of a matching call was delivered; the next call of the same caller is caught).
 * 2. It catches `times` matching calls and then does nothing any more. Faults are kept in memory only.
 * 3. What a call can be matched by, and how an error is answered, is each sandbox's own: a `FaultLanguage`.
 *
 * Leaves to others: catching and holding (`registry.ts`), the pages (`routes.ts`).
 */
import { z } from 'zod';

export const FAULT_POINTS = ['before', 'committed', 'answered'] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** What makes one sandbox's faults its own. `Call` is what the sandbox knows of a call, `Fail` how it answers an error. */
export interface FaultLanguage<Match, Call, Fail> {
  readonly points: readonly FaultPoint[];
  readonly match: z.ZodType<Match>;
  /** The fields that go with `action: "error"`, all at the top level of the fault. */
  readonly fail: z.ZodType<Fail>;
  /** Whether `action: "status"` (one request of a message set is refused) exists. */
  readonly statuses: boolean;
  matches(match: Match, call: Call): boolean;
}

/** What happens to the caught call, once it is caught. `hold` and `delay` are over when the registry answers. */
export type FaultAction<Fail> =
  | { readonly kind: 'hold' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'error'; readonly fail: Fail }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'status'; readonly statusCode: number; readonly statusMessage: string };

export interface Fault<Match, Fail> {
  readonly id: string;
  readonly point: FaultPoint;
  readonly match: Match;
  readonly action: FaultAction<Fail>;
  readonly times: number;
}

/** A fault that is not understood: `message` says what is wrong, where, and what is allowed. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

const MAX_DELAY_MS = 3_600_000;
const MAX_HUGE_BYTES = 256 * 1024 * 1024;

const Action = z.enum(['hold', 'drop', 'error', 'delay', 'truncate', 'garbage', 'huge', 'status']);
const Delay = z.object({ ms: z.number().int().min(0).max(MAX_DELAY_MS) });
const Huge = z.object({ bytes: z.number().int().min(1).max(MAX_HUGE_BYTES) });
const Status = z.object({ statusCode: z.number().int().min(0).max(9999), statusMessage: z.string().min(1) });

/** Reads the body of POST /faults. Throws `FaultError`. */
export function parseFault<Match, Call, Fail>(
  language: FaultLanguage<Match, Call, Fail>,
  id: string,
  body: unknown,
): Fault<Match, Fail> {
  const head = read(
    z.looseObject({
      point: z.enum(language.points as readonly [FaultPoint, ...FaultPoint[]]),
      action: language.statuses ? Action : Action.exclude(['status']),
      match: z.unknown().optional(),
      times: z.number().int().min(1).default(1),
    }),
    body,
    '',
  );
  const { point, action: kind, match, times, ...rest } = head;
  return {
    id,
    point,
    match: read(language.match, match ?? {}, 'match'),
    action: actionOf(language, kind, rest),
    times,
  };
}

function actionOf<Match, Call, Fail>(
  language: FaultLanguage<Match, Call, Fail>,
  kind: FaultAction<Fail>['kind'],
  rest: Record<string, unknown>,
): FaultAction<Fail> {
  switch (kind) {
    case 'delay':
      return { kind, ...read(Delay.strict(), rest, '') };
    case 'huge':
      return { kind, ...read(Huge.strict(), rest, '') };
    case 'status':
      return { kind, ...read(Status.strict(), rest, '') };
    case 'error':
      return { kind, fail: read(language.fail, rest, '') };
    case 'hold':
    case 'drop':
    case 'truncate':
    case 'garbage':
      read(z.strictObject({}), rest, '');
      return { kind };
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.map((issue) => {
    const path = [where, ...issue.path].filter((step) => step !== '').join('.');
    return `${path === '' ? 'fault' : path}: ${issue.message}`;
  });
  throw new FaultError(said.join('; '));
}

/** The text that is sent in place of an answer, for an action that replaces it; undefined for any other. */
export function replacedAnswer<Fail>(action: FaultAction<Fail>, answer: string): string | undefined {
  switch (action.kind) {
    case 'truncate':
      return answer.slice(0, Math.floor(answer.length / 2));
    case 'garbage':
      return '\u0001<{garbage]&#x0; \u00ff not an answer >';
    case 'huge':
      return 'A'.repeat(action.bytes);
    case 'hold':
    case 'delay':
    case 'drop':
    case 'error':
    case 'status':
      return undefined;
  }
}
