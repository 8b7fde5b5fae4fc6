/**
 * What a message is: the declaration of one request and of its answer.
 *
 * A request `XRq` and its answer `XRs` share the name `X`. The body of an Add or Mod is the element `X` itself, followed
 * by IncludeRetElement; the body of a query is its selector. An answer carries records, except those of TxnDel and
 * TxnVoid, whose fields stand in the answer itself.
 */
import { type ElementType, element, type Fields } from './declare.ts';

/** Which attributes beside requestID a request may carry: none, metaData, or those of an iterator as well. */
export type Paging = 'plain' | 'metaData' | 'iterator';

export interface Message<
  N extends string = string,
  Body extends Fields = Fields,
  Records extends Readonly<Record<string, ElementType>> = Readonly<Record<string, ElementType>>,
> {
  readonly name: N;
  readonly body: ElementType<Body>;
  /** The records that an answer may carry, by the name of their element. */
  readonly records: Records;
  /** Whether the fields of the one record stand in the answer itself instead of in an element of their own. */
  readonly inline: boolean;
  readonly paging: Paging;
  /** Whether the request changes the company file. Its answer may then carry ErrorRecovery. */
  readonly writes: boolean;
  /** Whether an answer carries at most one record. */
  readonly single: boolean;
}

type Records = Readonly<Record<string, ElementType>>;

/** A query: what it selects, the records that it answers, and its attributes. */
export const query = <N extends string, const B extends Fields, R extends Records>(
  name: N,
  body: B,
  records: R,
  paging: Paging,
): Message<N, B, R> => ({
  name,
  body: element(body),
  records,
  inline: false,
  paging,
  writes: false,
  single: paging === 'plain',
});

/** A request that changes the file and answers with the record as it then is. */
export const write = <N extends string, const B extends Fields, R extends Records>(
  name: N,
  body: B,
  records: R,
): Message<N, B, R> => ({
  name,
  body: element(body),
  records,
  inline: false,
  paging: 'plain',
  writes: true,
  single: true,
});

/** A request that changes the file and answers with fields that stand in the answer itself, under the name `XRs`. */
export const writeInline = <N extends string, const B extends Fields, A extends ElementType>(
  name: N,
  body: B,
  answer: A,
): Message<N, B, { readonly [K in `${N}Rs`]: A }> => ({
  ...write(name, body, { [`${name}Rs`]: answer } as { readonly [K in `${N}Rs`]: A }),
  inline: true,
});
