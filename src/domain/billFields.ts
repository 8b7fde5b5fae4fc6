/**
 * The plain texts of a bill that are carried as they stand, each declared once, by the level on which it stands.
 *
 * 1. From this table come the fields of both sides' records, the reading of QuickBooks' answers, what a connector may
 *    send, the digest of a bill, the elements of a posting and the fields of MineralTree's invoice.
 * 2. Each field has a row in `src/sync/billFieldRows.ts`, which says which way it goes; without one nothing compiles.
 *
 * What is looked up, worked out or judged on its way (references, dates, money, the number) is no such field.
 */
export interface BillField {
  /** Its element in qbXML: of the bill, or of the line. */
  readonly element: string;
  /** Characters that QuickBooks keeps of it (qbXML 13.0). */
  readonly limit: number;
  /** Its property in MineralTree's JSON. `a.b` is the part b of a property a, which it is written with and not without. */
  readonly wire: string;
}

export const BILL_FIELDS = {
  header: {
    memo: { element: 'Memo', limit: 4095, wire: 'memo' },
  },
  expenseLine: {
    memo: { element: 'Memo', limit: 4095, wire: 'memo' },
  },
  itemLine: {
    memo: { element: 'Desc', limit: 4095, wire: 'description' },
    unitOfMeasure: { element: 'UnitOfMeasure', limit: 31, wire: 'quantity.fieldOfMeasure' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, BillField>>>>;

type Declared = typeof BILL_FIELDS;
export type BillLevel = keyof Declared;
export type LineLevel = Exclude<BillLevel, 'header'>;
export type BillFieldName<L extends BillLevel> = keyof Declared[L] & string;

/** A value for each field of a level, as far as there is one. */
export type BillFieldValues<L extends BillLevel, V> = { readonly [F in keyof Declared[L]]?: V };
/** The fields of a level in a record. */
export type BillTexts<L extends BillLevel> = BillFieldValues<L, string>;
/** The fields of a level in a change: null empties one, an absent one is left alone. */
export type BillTextChanges<L extends BillLevel> = BillFieldValues<L, string | null>;
/** The fields of a level by their qbXML elements. */
export type BillElements<L extends BillLevel> = {
  readonly [F in keyof Declared[L] as ElementOf<Declared[L][F]>]?: string;
};
type ElementOf<D> = D extends { readonly element: infer E extends string } ? E : never;

/** The fields of a level, by name. */
export const billFields = <L extends BillLevel>(level: L): readonly (readonly [BillFieldName<L>, BillField])[] =>
  Object.entries(BILL_FIELDS[level]) as (readonly [BillFieldName<L>, BillField])[];

/** A value for each field of a level; a field for which there is none is absent. */
export function eachBillField<L extends BillLevel, V extends string | null>(
  level: L,
  value: (name: BillFieldName<L>, field: BillField) => V | undefined,
): BillFieldValues<L, V> {
  const found = billFields(level).flatMap(([name, field]) => {
    const held = value(name, field);
    return held === undefined ? [] : [[name, held] as const];
  });
  return Object.fromEntries(found) as BillFieldValues<L, V>;
}

/** The fields of a level alone, out of a record that has others too. */
export const billTexts = <L extends BillLevel>(level: L, from: BillTexts<L>): BillTexts<L> =>
  eachBillField<L, string>(level, (name) => from[name]);

/** The fields of a level as qbXML elements; an empty text empties one. */
export function billElements<L extends BillLevel>(level: L, from: BillTextChanges<L>): BillElements<L> {
  const elements = billFields(level).flatMap(([name, { element }]) => {
    const text: string | null | undefined = from[name];
    return text === undefined ? [] : [[element, text ?? ''] as const];
  });
  return Object.fromEntries(elements) as BillElements<L>;
}

/**
 * The longest text that is taken from QuickBooks for a field of this name, on whichever level: a fifth more than it says
 * to keep, since it may count otherwise than we do.
 */
export const mostCharacters = (name: string): number | undefined => LONGEST_BY_NAME.get(name);

const LONGEST_BY_NAME: ReadonlyMap<string, number> = new Map(
  Object.values(BILL_FIELDS)
    .flatMap((fields): [string, BillField][] => Object.entries(fields))
    .sort(([, a], [, b]) => a.limit - b.limit)
    .map(([name, { limit }]) => [name, Math.floor(limit * 1.2)]),
);
