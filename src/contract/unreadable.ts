/**
 * What stands in a value's place when its payload could not be read: foreign, altered, not sealed, or no value at all.
 * Decoding never throws inside a workflow; whoever takes a value from outside asks whether it is one of these.
 */
export interface UnreadableValue {
  /** Why, in words that tell nothing of the payload. */
  readonly unreadable: string;
}

export function isUnreadable(value: unknown): value is UnreadableValue {
  return typeof value === 'object' && value !== null && 'unreadable' in value && typeof value.unreadable === 'string';
}
