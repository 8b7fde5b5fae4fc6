/**
 * What the workflow itself looks at in an answer of an activity at a site. A connector is not trusted, and a workflow must
 * not stumble over what it sends; the schemas check the whole answer later, in the cloud.
 */
import { isUnreadable } from './unreadable.ts';

/** The answer, or undefined when it is none: unreadable, no object, or a pull without what was pulled. */
export function answerOf<T>(value: T): T | undefined {
  if (!isObject(value) || isUnreadable(value)) return undefined;
  if (value.kind === 'pulled' && !isObject(value.pull)) return undefined;
  return value;
}

/** A week: a connector that names a later visit would never be called offline. */
const LONGEST_VISIT_MS = 7 * 86_400_000;
const MAX_NAME = 300;

/** Who answered, and in how many milliseconds it means to come again; 0 for a number that is none. */
export function visitorOf(answer: object): { readonly connector: string; readonly nextDueMs: number } {
  const { connector, visit }: Readonly<Record<string, unknown>> = { ...answer };
  const due = isObject(visit) ? Number(visit.nextDueMs) : Number.NaN;
  return {
    connector: typeof connector === 'string' ? connector.slice(0, MAX_NAME) : 'one that does not say who it is',
    nextDueMs: Number.isFinite(due) ? Math.min(Math.max(0, due), LONGEST_VISIT_MS) : 0,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
