/**
 * What an entity of the API is: declared once as a list of fields, read and written from that declaration.
 *
 * 1. Every field of the plain record has a declaration; the compiler says so.
 * 2. Reading never throws: what does not fit exactly is `unreadable`, with the record's ID where it has one and the
 *    reason as path and words, without the value.
 * 3. Writing takes only what the caller names. A field that the caller leaves out is left alone by MineralTree (partial
 *    PUT, as public clients of the API use it).
 */
import { z } from 'zod';
import { type Field, stamp, unwritable, wireId } from './field.ts';

export interface Identified {
  readonly id: string;
  readonly externalId?: string;
  readonly modified: string;
}

/** A record that could be read, or why one could not. `unreadable` is its ID, undefined when even that is not legible. */
export type Reading<T> = { readonly record: T } | { readonly unreadable: string | undefined; readonly reason: string };

/** What is to be written of a record. null empties a field that may be empty; an absent field is left as it is. */
export type Changes<T extends Identified> = {
  readonly [K in Exclude<keyof T, 'id' | 'modified'>]?: undefined extends T[K] ? T[K] | null : T[K];
};

export interface Entity<T extends Identified> {
  /** The part of the path, such as `glaccount`. */
  readonly resource: string;
  /** The property that wraps a written record, such as `glAccount`. */
  readonly wrapper: string;
  /** Whether an update names the record in the path too (API guide, table of endpoints). */
  readonly updatePath: 'withId' | 'withoutId';
  /** How it is searched for; absent for what the search has no view of. */
  readonly search?: { readonly view: string; readonly externalIdField: string };
  /** Whether MineralTree keeps the first externalId for good; an update then sends a blank one, as public clients do. */
  readonly externalIdIsFixed: boolean;
  read(raw: unknown): Reading<T>;
  /** The wire object of what is given. */
  write(values: Changes<T>): Record<string, unknown>;
  /** What empties every field that may be empty, but for the externalId. */
  readonly blank: Changes<T>;
}

/** A declaration for each field of T. */
export type FieldsOf<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

type Declaration<T extends Identified> = Pick<
  Entity<T>,
  'resource' | 'wrapper' | 'updatePath' | 'search' | 'externalIdIsFixed'
> & { readonly fields: FieldsOf<Omit<T, 'id' | 'modified'>> };

/** An entity whose fields are declared one by one. */
export function entity<T extends Identified>({ fields, ...rest }: Declaration<T>): Entity<T> {
  const list = entriesOf(fields);
  const identity = z.object({ id: wireId, modified: stamp });
  const content = recordSchema<Omit<T, 'id' | 'modified'>>(fields);
  const schema = z.intersection(identity, content);
  const blank = list
    .filter(([name, { schema: value, write }]) => name !== 'externalId' && write !== undefined && isOptional(value))
    .map(([name]) => [name, null]);
  return {
    ...rest,
    read: (raw) => readWith(schema, raw) as Reading<T>,
    write: (values) => writeFields(list, values),
    blank: Object.fromEntries(blank) as Changes<T>,
  };
}

/** Reads by a schema; a failure becomes `unreadable`. */
export function readWith<T>(schema: z.ZodType<T>, raw: unknown): Reading<T> {
  const result = schema.safeParse(raw);
  if (result.success) return { record: result.data };
  const id = z.object({ id: wireId }).safeParse(raw);
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  return {
    unreadable: id.success ? id.data.id : undefined,
    reason: `${where === '' ? 'the record' : where}: ${issue?.message ?? 'not as expected'}`,
  };
}

/** The schema of an object with the declared fields: wire names to record names, absent fields left out. */
export function recordSchema<T>(fields: FieldsOf<T>): z.ZodType<T> {
  const list = entriesOf(fields);
  return z.custom<Readonly<Record<string, unknown>>>(isObject, 'not an object').transform((wire, context) => {
    const found: [string, unknown][] = [];
    for (const [name, field] of list) {
      const value = field.schema.safeParse(valueAt(wire, field.wire));
      if (!value.success)
        for (const issue of value.error.issues)
          context.addIssue({ code: 'custom', message: issue.message, path: [field.wire, ...issue.path] });
      else if (value.data !== undefined) found.push([name, value.data]);
    }
    // Each field of T is declared, each value was read by its own schema, and only optional ones can be undefined.
    return Object.fromEntries(found) as T;
  });
}

function isOptional(schema: z.ZodType): boolean {
  const absent = schema.safeParse(undefined);
  return absent.success && absent.data === undefined;
}

const isObject = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** The wire object of the values that are given. */
export function writeFields(list: readonly FieldEntry[], values: object): Record<string, unknown> {
  const given = new Map<string, unknown>(Object.entries(values).filter(([, value]) => value !== undefined));
  const wire: Record<string, unknown> = {};
  for (const [name, field] of list) {
    if (field.write === undefined || !given.has(name)) continue;
    const json = field.write(given.get(name));
    if (isPart(field)) {
      writePart(wire, field.wire, json);
      continue;
    }
    const before = wire[field.wire];
    wire[field.wire] = Array.isArray(before) && Array.isArray(json) ? [...before, ...json] : json;
    for (const [sibling, other] of list)
      if (other.wire === field.wire && !given.has(sibling))
        throw unwritable(`${name} can only be written together with ${sibling}`);
  }
  return wire;
}

type FieldEntry = readonly [name: string, field: Field<unknown>];
/** The declared fields, parts of a property after the property. */
export function entriesOf<T>(fields: FieldsOf<T>): readonly FieldEntry[] {
  const entries: FieldEntry[] = Object.entries(fields);
  return [...entries.filter(([, field]) => !isPart(field)), ...entries.filter(([, field]) => isPart(field))];
}

const isPart = ({ wire }: Field<unknown>): boolean => wire.includes('.');

/** What stands at `a` or at `a.b`; undefined where nothing does. */
function valueAt(wire: Readonly<Record<string, unknown>>, path: string): unknown {
  const [property = '', part] = path.split('.');
  const value = Object.hasOwn(wire, property) ? wire[property] : undefined;
  if (part === undefined) return value;
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** Puts a part into its property, if that is written. An empty part is null, as the property itself has it. */
function writePart(wire: Record<string, unknown>, path: string, json: unknown): void {
  const [property = '', part = ''] = path.split('.');
  const whole = wire[property];
  if (isObject(whole)) wire[property] = { ...whole, [part]: json === '' ? null : json };
}
