/**
 * Creating and updating a record through the API.
 *
 * 1. A POST with an externalId that the company knows is an update of that record (knob `upsertByExternalId`).
 * 2. An externalId is never emptied and never changed: blank is ignored, another one refused (knob
 *    `refuseChangedExternalId`), filling an empty one allowed, unless another record of the kind has it.
 * 3. Everything is checked before anything is changed; every accepted write moves `modified`, of every record it changes.
 *
 * Sources: API guide, identity rules; refusals are unverified against a live MineralTree.
 */
import { changedBill, newBill } from './billWrites.ts';
import type { Books } from './books.ts';
import { changedCredit, newBillCredit, newCredit, sameBillCredit } from './creditWrites.ts';
import { ENTITIES, type Kind, type PlainKind } from './entities.ts';
import { type JsonObject, objectOf } from './field.ts';
import { changedPayment, newPayment } from './paymentWrites.ts';
import { differences, nextStamp, recorded, type Tables } from './record.ts';
import { invalid, Refusal } from './refusal.ts';
import { type Base, changedValues, externalIdOf, newBase, newValues, scopeOf, type Written } from './values.ts';

/** POST: the record as it is afterwards. Throws `Refusal`. */
export function createRecord(books: Books, kind: Kind, companyId: string, body: JsonObject): Tables[Kind] {
  const externalId = externalIdOf(kind, body);
  if (externalId !== undefined && books.knobs().upsertByExternalId) {
    if (kind === 'billCredit') {
      const known = books.allByExternalId(companyId, kind, externalId).find(({ voided }) => !voided);
      if (known !== undefined) return sameBillCredit(books, known, body);
    } else {
      const known = books.byExternalId(companyId, kind, externalId);
      if (known !== undefined) return updateRecord(books, known, body, { upsert: true });
    }
  }
  const { record, touched } = created(books, kind, newBase(books, companyId, externalId ?? ''), body);
  books.put(record, ...touched);
  return record;
}

function created(books: Books, kind: Kind, base: Base, body: JsonObject): Written<Kind> {
  switch (kind) {
    case 'bill':
      return { record: newBill(base, body, scopeOf(books, base.companyId)), touched: [] };
    case 'payment':
      return newPayment(books, base, body);
    case 'credit':
      return { record: newCredit(base, body, scopeOf(books, base.companyId)), touched: [] };
    case 'billCredit':
      return newBillCredit(books, base, body);
    default: {
      const values = newValues(kind, body, scopeOf(books, base.companyId));
      return { record: { ...base, kind, values } as Tables[PlainKind], touched: [] };
    }
  }
}

/** PUT: the record as it is afterwards. Throws `Refusal`. */
export function updateRecord(
  books: Books,
  record: Tables[Kind],
  body: JsonObject,
  { upsert = false }: { readonly upsert?: boolean } = {},
): Tables[Kind] {
  const externalId = nextExternalId(books, record, body);
  const modified = nextStamp(books.nowMs(), record.modified);
  const next = updated(books, record, body, modified, upsert);
  const acknowledged = externalId !== record.externalId;
  const documents = record.kind === 'bill' || record.kind === 'payment';
  const written = {
    ...next.record,
    externalId,
    modified,
    history: recorded(record.history, {
      at: modified,
      by: 'api',
      action: documents && acknowledged ? 'acknowledged' : 'written',
      changes: [
        ...(acknowledged ? [{ field: 'externalId', from: record.externalId, to: externalId }] : []),
        ...differences(record.values, next.record.values),
      ],
    }),
  };
  books.put(written, ...next.touched);
  return written;
}

function updated(
  books: Books,
  record: Tables[Kind],
  body: JsonObject,
  modified: string,
  upsert: boolean,
): Written<Kind> {
  switch (record.kind) {
    case 'bill':
      return {
        record: changedBill(record, body, scopeOf(books, record.companyId, record.currency), modified),
        touched: [],
      };
    case 'payment':
      return changedPayment(books, record, body, modified);
    case 'credit':
      return { record: changedCredit(record, body, scopeOf(books, record.companyId), modified), touched: [] };
    case 'billCredit':
      throw new Refusal(405, 'PUT is not supported of a bill credit: void it and make another');
    default: {
      const values = changedValues(record, body, scopeOf(books, record.companyId), upsert);
      return { record: { ...record, values } as Tables[PlainKind], touched: [] };
    }
  }
}

function nextExternalId(books: Books, record: Tables[Kind], body: JsonObject): string {
  const { kind, externalId: known } = record;
  const written = externalIdOf(kind, body);
  if (written === undefined || written === known) return known;
  const { refuseChangedExternalId, fillListExternalId } = books.knobs();
  const fills = known === '' && (ENTITIES[kind].identity === 'document' || fillListExternalId);
  const at = `${ENTITIES[kind].wrapper}.externalId`;
  if (!fills) {
    if (refuseChangedExternalId) throw invalid(at, `cannot be updated (it is ${JSON.stringify(known)})`);
    return known;
  }
  const other = books.byExternalId(record.companyId, kind, written);
  if (other !== undefined) throw invalid(at, `${written} belongs to ${other.id} already`);
  return written;
}

/** What is inside the wrapper: `{"vendor": {...}}`. Throws `Refusal`. */
export function unwrapped(kind: Kind, text: string): JsonObject {
  const { wrapper } = ENTITIES[kind];
  const body = objectOf(parsed(text), 'body');
  if (body[wrapper] === undefined) throw new Refusal(400, `body: has to be {"${wrapper}": {...}}`);
  return objectOf(body[wrapper], wrapper);
}

/** The JSON of a body. Throws `Refusal`. */
export function parsed(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text), 'body');
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(400, `body: not JSON (${error.message})`);
    throw error;
  }
}
