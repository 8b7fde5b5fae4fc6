/** How a record stands in the books: who made it, what was done to it, and what it refers to by ID, key and name. */
import type { Books } from './books.ts';
import type { Kind } from './entities.ts';
import type { Json, JsonObject } from './field.ts';
import type { AnyRecord } from './record.ts';

/** What is left of an object without its undefined members. */
export function given(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** What every record begins with. */
export const stamped = (record: AnyRecord): JsonObject =>
  given({
    id: record.id,
    externalId: record.externalId || undefined,
    created: record.created,
    modified: record.modified,
    createdBy: record.createdBy,
  });

/** What was done to it, at its end. */
export const history = (record: AnyRecord): JsonObject => ({ history: record.history.map((entry) => ({ ...entry })) });

/** Another record as a record refers to it; undefined when there is none. */
export function named(books: Books, kind: Kind, id: string | undefined): JsonObject | undefined {
  const record = id === undefined ? undefined : books.find(kind, id);
  return record && given({ id: record.id, externalId: record.externalId || undefined, name: nameOf(record) });
}

/** What the pages call a record: its name, an invoice's, check's or credit's number. */
export function nameOf({ kind, values }: AnyRecord): string | undefined {
  if (kind === 'bill') return values.invoiceNumber;
  if (kind === 'payment') return values.sequenceText;
  if (kind === 'credit') return values.creditNumber;
  if (kind === 'billCredit') return undefined;
  if (kind === 'paymentMethod') return (values.bankAccount ?? values.card ?? values.account)?.name;
  return values.name;
}
