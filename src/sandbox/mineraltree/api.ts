/**
 * The API's calls: what each path and method does for a user, without HTTP around it.
 *
 * 1. Paths are those of the API guide below `/mtapi/base/services`: create names the company, update the record (in the
 *    body, or in the path, or in both), reads the record; DELETE is not supported by anything. A bill credit is voided by
 *    GET, which therefore has an effect.
 * 2. A company that the user does not have, or that does not exist, is 403: who may not see it does not learn of it.
 *
 * Leaves to others: sessions and headers (`apiRoutes.ts`), what a write does (`writes.ts`).
 */
import { answerOf, companyAnswer, userAnswer } from './answers.ts';
import type { Books } from './books.ts';
import { voidBillCredit } from './creditWrites.ts';
import { ENTITIES, KINDS, type Kind } from './entities.ts';
import { type JsonObject, objectOf, textOf } from './field.ts';
import { nextStamp, type Tables, type User } from './record.ts';
import { invalid, Refusal } from './refusal.ts';
import { search } from './search.ts';
import { createRecord, parsed, unwrapped, updateRecord } from './writes.ts';

export interface Call {
  readonly method: string;
  /** Below `/mtapi/base/services`, without the query. */
  readonly path: string;
  readonly body: string;
}

/** Carries a call out and answers its body. Throws `Refusal`, with nothing changed. */
export function answerCall(books: Books, user: User, { method, path, body }: Call): JsonObject {
  if (method === 'DELETE') throw new Refusal(405, 'DELETE is not supported');
  const [resource = '', id, part, ...rest] = path.split('/').slice(1);
  if (rest.length > 0) throw unknownPath(path);
  if (resource === 'user') return ofUser(books, user, method, id, part, body);
  if (resource === 'search') return searched(books, user, method, id, part, body);
  const kind = KINDS.find((name) => ENTITIES[name].path === resource);
  if (kind === 'billCredit' && id === 'void' && part !== undefined) {
    // The guide voids by GET, with an effect.
    if (method !== 'GET') throw new Refusal(405, `a bill credit is voided by GET, not by ${method}`);
    return answerOf(books, voidBillCredit(books, mine(books, user, kind, part)));
  }
  if (kind === undefined || part !== undefined) throw unknownPath(path);
  switch (method) {
    case 'GET':
      return answerOf(books, mine(books, user, kind, id ?? ''));
    case 'POST':
      return answerOf(books, createRecord(books, kind, companyOf(books, user, id).id, unwrapped(kind, body)));
    case 'PUT':
      return answerOf(books, updated(books, user, kind, id, unwrapped(kind, body)));
    default:
      throw new Refusal(405, `${method} is not supported; GET, POST and PUT are`);
  }
}

/** The company that a call is about, when its path, the record in the path or the record in the body tells. */
export function companyOfCall(books: Books, { method, path, body }: Call): string | undefined {
  const [resource = '', ...parts] = path.split('/').slice(1);
  const named = parts.find((part) => books.company(part) !== undefined);
  if (named !== undefined) return named;
  const kind = KINDS.find((name) => ENTITIES[name].path === resource);
  if (kind === undefined) return undefined;
  const id = (parts[0] === 'void' ? parts[1] : parts[0]) ?? (method === 'PUT' ? idOfWritten(kind, body) : undefined);
  return id === undefined ? undefined : books.find(kind, id)?.companyId;
}

function idOfWritten(kind: Kind, body: string): string | undefined {
  try {
    const { id } = unwrapped(kind, body);
    return typeof id === 'string' ? id : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function ofUser(
  books: Books,
  user: User,
  method: string,
  what: string | undefined,
  part: string | undefined,
  body: string,
): JsonObject {
  const call = `${method} ${part === undefined ? (what ?? '') : `${what}/${part}`}`;
  switch (call) {
    case 'GET ':
      return userAnswer(user);
    case 'GET companies':
      return { companies: companiesOf(books, user).map((company) => companyAnswer(books, company)) };
    case 'PUT company': {
      const written = objectOf(parsed(body).company, 'company');
      const company = companyOf(books, user, idIn(written, 'company'));
      const name = written.name == null ? company.name : textOf(written.name, 'company.name');
      if (name === undefined) throw invalid('company.name', 'is missing');
      const given = written.externalId == null ? undefined : textOf(written.externalId, 'company.externalId');
      const next = {
        ...company,
        name,
        externalId: given ?? company.externalId,
        modified: nextStamp(books.nowMs(), company.modified),
      };
      books.putCompany(next, []);
      return companyAnswer(books, next);
    }
    default:
      throw unknownPath(`/user/${what ?? ''}`);
  }
}

function searched(
  books: Books,
  user: User,
  method: string,
  companyId: string | undefined,
  form: string | undefined,
  body: string,
): JsonObject {
  if (form !== 'objects' && form !== 'ids') throw unknownPath(`/search/${companyId ?? ''}/${form ?? ''}`);
  // The guide's table says PUT for objects, its clients POST.
  if (method !== 'POST' && method !== 'PUT') throw new Refusal(405, `search takes POST, not ${method}`);
  const { count, records } = search(books, companyOf(books, user, companyId).id, parsed(body));
  return {
    count,
    entities: form === 'ids' ? records.map(({ id }) => id) : records.map((record) => answerOf(books, record)),
  };
}

function updated(books: Books, user: User, kind: Kind, idInPath: string | undefined, body: JsonObject): Tables[Kind] {
  const { wrapper, path, putById } = ENTITIES[kind];
  if (books.knobs().strictPutPath && putById !== (idInPath !== undefined))
    throw new Refusal(404, `PUT /${path}${putById ? '/{id}' : ''} is the form of this record`);
  const named = body.id == null ? undefined : textOf(body.id, `${wrapper}.id`);
  if (named !== undefined && idInPath !== undefined && named !== idInPath)
    throw invalid(`${wrapper}.id`, `${named} is not the ${idInPath} of the path`);
  const id = named ?? idInPath;
  if (id === undefined) throw invalid(`${wrapper}.id`, 'is missing');
  return updateRecord(books, mine(books, user, kind, id), body);
}

function mine<K extends Kind>(books: Books, user: User, kind: K, id: string): Tables[K] {
  const record = books.find(kind, id);
  if (record === undefined) throw new Refusal(404, `there is no ${ENTITIES[kind].wrapper} ${id}`);
  companyOf(books, user, record.companyId);
  return record;
}

function companyOf(books: Books, user: User, id: string | undefined) {
  const company = user.companyIds.includes(id ?? '') ? books.company(id ?? '') : undefined;
  if (company === undefined) throw new Refusal(403, `${user.name} has no company ${id ?? ''}`);
  return company;
}

const companiesOf = (books: Books, user: User) => user.companyIds.flatMap((id) => books.company(id) ?? []);

const idIn = (body: JsonObject, at: string): string | undefined => textOf(body.id ?? '', `${at}.id`);

const unknownPath = (path: string): Refusal => new Refusal(404, `there is no ${path} in this sandbox`);
