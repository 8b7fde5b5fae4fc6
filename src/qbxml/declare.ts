/**
 * The language in which qbXML messages are declared, once, for every use.
 *
 * 1. An element has an ordered list of fields; the order is the one in which QuickBooks wants them.
 * 2. The TypeScript type of an element's value follows from its declaration (`ValueOf`); values are keyed by qbXML's
 *    own element names and are plain, readonly data.
 * 3. Occurrence, alternatives and limits are data, read by the encoder, the decoder and the check of requests.
 *
 * Leaves to others: what a text may hold (`scalars.ts`), the messages (`messages/`), reading and writing XML.
 */

/** A value without children. `decode` gives undefined for a text that is not of its form. */
export interface Scalar<T> {
  readonly kind: 'scalar';
  /** The qbXML type or a description of the form, for messages: `AMTTYPE`, `text of at most 41 characters`. */
  readonly form: string;
  /** What kind of value it is, for those who show values or make them up. */
  readonly shape: Shape;
  /** True where an empty element means "no value" and is read as if it were absent. */
  readonly blankIsAbsent: boolean;
  /** Reads the text of an answer: surrounding blanks, letter case of booleans and lengths do not matter. */
  readonly decode: (text: string) => T | undefined;
  /** Reads the text of a request: exactly the form and limits that QuickBooks' schema states. */
  readonly read: (text: string) => T;
  /** Writes a value, or throws `Refusal`. Takes unknown, since values may come from JSON typed by a person. */
  readonly write: (value: unknown) => string;
}

export type Shape =
  | { readonly kind: 'text'; readonly max: number; readonly isName?: boolean }
  | { readonly kind: 'id' | 'editSequence' | 'guid' | 'dateTime' | 'float' | 'amount' | 'decimal' | 'boolean' | 'date' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'clearable'; readonly of: Shape };

/** Why a value cannot be written or a text cannot be read: what is wrong, and the limit that it breaks. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly limit: string | undefined;
  constructor(message: string, limit?: string) {
    super(message);
    this.limit = limit;
  }
}

export type Content = Scalar<unknown> | ElementType;
export type Fields = readonly Field[];
export type Field = Single | Choice | Lines;

/** A declared element: its fields in the order of the wire, and what a decoder needs to find them by name. */
export interface ElementType<F extends Fields = Fields> {
  readonly kind: 'element';
  readonly fields: F;
  readonly slots: ReadonlyMap<string, Slot>;
  /** The names of the fields that every value has. */
  readonly always: readonly string[];
}

/** Where a child element of a given name belongs in the value of its parent. */
export interface Slot {
  readonly content: Content;
  /** The key in the parent's value: the element's name, or that of the list of lines. */
  readonly key: string;
  readonly many: boolean;
  /** Whether the value is wrapped under the element's name, as in a list of lines of several kinds. */
  readonly wrapped: boolean;
  /** The branches that lead to the field, outermost first: a choice, and which of its alternatives. */
  readonly branches: readonly { readonly choice: Choice; readonly branch: number }[];
}

type Occurrence = 'required' | 'expected' | 'optional' | 'repeated' | 'several';

/**
 * One element of a given name: exactly once ("required"), at most once, any number of times, or at least once
 * ("several"). "expected" is required where it is written and may be missing where it is read.
 */
export interface Single<N extends string = string, C extends Content = Content, O extends Occurrence = Occurrence> {
  readonly kind: 'single';
  readonly name: N;
  readonly content: C;
  readonly occurs: O;
  /** How often the element may occur at most. */
  readonly max: number;
  /** The qbXML version that brought the element, where it matters. */
  readonly since: string | undefined;
}

/** Alternatives: the fields of exactly one branch (or of none, where it is optional). */
export interface Choice<B extends readonly Fields[] = readonly Fields[], R extends boolean = boolean> {
  readonly kind: 'choice';
  readonly branches: B;
  readonly required: R;
}

/** Elements of several kinds, mixed in any order: a list under `key`, each entry keyed by the name of its element. */
export interface Lines<K extends string = string, M extends Kinds = Kinds> {
  readonly kind: 'lines';
  readonly key: K;
  readonly of: M;
}
type Kinds = Readonly<Record<string, ElementType>>;

export interface FieldOptions {
  readonly max?: number;
  readonly since?: string;
}

const single = <N extends string, C extends Content, O extends Occurrence>(
  name: N,
  content: C,
  occurs: O,
  max: number,
  since: string | undefined,
): Single<N, C, O> => ({ kind: 'single', name, content, occurs, max, since });

/** Exactly one. */
export const required = <N extends string, C extends Content>(name: N, content: C, options: FieldOptions = {}) =>
  single(name, content, 'required', 1, options.since);

/** One, by the schema of an answer; a reader gets on without it. */
export const expected = <N extends string, C extends Content>(name: N, content: C, options: FieldOptions = {}) =>
  single(name, content, 'expected', 1, options.since);

/** At most one. */
export const optional = <N extends string, C extends Content>(name: N, content: C, options: FieldOptions = {}) =>
  single(name, content, 'optional', 1, options.since);

/** Any number, as a list. No element is the same as an empty list, and is read as no list. */
export const repeated = <N extends string, C extends Content>(name: N, content: C, options: FieldOptions = {}) =>
  single(name, content, 'repeated', options.max ?? Number.POSITIVE_INFINITY, options.since);

/** At least one, as a list. */
export const several = <N extends string, C extends Content>(name: N, content: C, options: FieldOptions = {}) =>
  single(name, content, 'several', options.max ?? Number.POSITIVE_INFINITY, options.since);

/** Exactly one of the branches. */
export const oneOf = <const B extends readonly Fields[]>(...branches: B): Choice<B, true> => ({
  kind: 'choice',
  branches,
  required: true,
});

/** One of the branches, or none. */
export const atMostOneOf = <const B extends readonly Fields[]>(...branches: B): Choice<B, false> => ({
  kind: 'choice',
  branches,
  required: false,
});

/** Elements of several kinds in any order, as one list under `key`. */
export const lines = <K extends string, M extends Kinds>(key: K, of: M): Lines<K, M> => ({ kind: 'lines', key, of });

/** An element with fields, in the order of the wire. */
export const element = <const F extends Fields>(fields: F): ElementType<F> => {
  const slots = new Map<string, Slot>();
  collectSlots(fields, [], slots);
  const always = fields.flatMap((field) =>
    field.kind === 'single' && (field.occurs === 'required' || field.occurs === 'several') ? [field.name] : [],
  );
  return { kind: 'element', fields, slots, always };
};

function collectSlots(fields: Fields, branches: Slot['branches'], slots: Map<string, Slot>): void {
  for (const field of fields) {
    if (field.kind === 'choice') {
      field.branches.forEach((branch, index) => {
        collectSlots(branch, [...branches, { choice: field, branch: index }], slots);
      });
    } else if (field.kind === 'lines') {
      for (const [name, content] of Object.entries(field.of))
        slots.set(name, { content, key: field.key, many: true, wrapped: true, branches });
    } else {
      const many = field.occurs === 'repeated' || field.occurs === 'several';
      slots.set(field.name, { content: field.content, key: field.name, many, wrapped: false, branches });
    }
  }
}

/** The type of a declared scalar's or element's value. */
export type ValueOf<C> = C extends Scalar<infer T> ? T : C extends ElementType<infer F> ? FieldsValue<F> : never;

/** The value of a list of fields. */
export type FieldsValue<F extends Fields> = Fields extends F ? unknown : Flat<SinglesOf<F> & ChoicesOf<F>>;

type Flat<T> = T extends unknown ? { [K in keyof T]: T[K] } : never;

type Of<F extends Fields, O extends Occurrence> = Extract<F[number], { kind: 'single'; occurs: O }>;
type SinglesOf<F extends Fields> = {
  readonly [S in Of<F, 'required'> as S['name']]: ValueOf<S['content']>;
} & {
  readonly [S in Of<F, 'optional' | 'expected'> as S['name']]?: ValueOf<S['content']>;
} & {
  readonly [S in Of<F, 'repeated'> as S['name']]?: readonly ValueOf<S['content']>[];
} & {
  readonly [S in Of<F, 'several'> as S['name']]: readonly ValueOf<S['content']>[];
} & {
  readonly [L in Extract<F[number], { kind: 'lines' }> as L['key']]?: readonly LineOf<L>[];
};
type LineOf<L> =
  L extends Lines<infer K, infer M>
    ? string extends K
      ? never
      : { [N in keyof M]: { readonly [P in N]: ValueOf<M[P]> } }[keyof M]
    : never;

type ChoicesOf<F extends Fields, Found = unknown> = F extends readonly [infer H, ...infer R extends Fields]
  ? ChoicesOf<
      R,
      H extends Choice<infer B, infer Must> ? Found & (Must extends true ? Branches<B> : OptionalBranches<B>) : Found
    >
  : Found;
type Branches<B extends readonly Fields[]> = {
  [I in keyof B]: Flat<FieldsValue<B[I]> & Others<B, B[I]>>;
}[number];
/** Where none may be chosen, a branch of one field is the same as that field being optional: easier to build piece by piece. */
type OptionalBranches<B extends readonly Fields[]> =
  | {
      [I in keyof B]: Flat<
        (B[I]['length'] extends 1 ? Partial<FieldsValue<B[I]>> : FieldsValue<B[I]>) & Others<B, B[I]>
      >;
    }[number]
  | Absent<KeysOf<B[number]>>;
type Others<B extends readonly Fields[], Own extends Fields> = Absent<Exclude<KeysOf<B[number]>, KeysOf<Own>>>;
type Absent<K extends PropertyKey> = { readonly [P in K]?: never };
type KeysOf<F extends Fields> = F extends unknown ? KeyOf<F[number]> : never;
type KeyOf<F> = F extends { kind: 'single'; name: infer N extends string }
  ? N
  : F extends { kind: 'lines'; key: infer K extends string }
    ? K
    : F extends Choice<infer B>
      ? readonly Fields[] extends B
        ? never
        : KeysOf<B[number]>
      : never;
