/**
 * The pages under /people: what a person does in MineralTree, and the knobs. POST /people/<move> answers the record as
 * /books shows it.
 *
 * Refused moves: 400 for a body that is not understood (what, where, what is allowed), 404 for a company or invoice that
 * is not there, 422 with `fields` for what MineralTree itself would refuse.
 */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Books } from './books.ts';
import { billBooks, termBooks, vendorBooks } from './booksView.ts';
import type { Address, ValuesOf } from './entities.ts';
import type { JsonObject } from './field.ts';
import {
  approveInvoice,
  deleteInvoice,
  editInvoice,
  enterInvoice,
  namedRecord,
  postInvoice,
  submitInvoice,
} from './invoices.ts';
import { KNOBS } from './knobs.ts';
import { type AddressTyped, MOVES, type Move, type MoveName, MoveRefused } from './moves.ts';
import { differences, nextStamp, recorded, type Stored, stampOf, type User } from './record.ts';
import { matches, secretOf } from './sessions.ts';

/** Routes to be mounted at `/people`. */
export function peopleRoutes(books: Books): Hono {
  return new Hono()
    .get('/knobs', (c) => c.json({ knobs: shownKnobs(books) }))
    .post('/:move', async (c) => {
      try {
        return c.json(make(books, c.req.param('move'), await bodyOf(c)));
      } catch (error) {
        if (!(error instanceof MoveRefused)) throw error;
        const { status, message, fields } = error;
        return c.json({ error: message, ...(fields.length > 0 && { fields }) }, status);
      }
    });
}

function make(books: Books, name: string, body: unknown): JsonObject {
  if (!Object.hasOwn(MOVES, name))
    throw new MoveRefused(404, `there is no move ${name}; there are ${Object.keys(MOVES).join(', ')}`);
  const move = name as MoveName;
  const read = <T extends object>(schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(body);
    if (!parsed.success)
      throw new MoveRefused(
        400,
        parsed.error.issues
          .map(({ path, message }) => `${path.length === 0 ? 'body' : path.join('.')}: ${message}`)
          .join('; '),
      );
    const { data } = parsed;
    if ('company' in data && books.company(String(data.company)) === undefined)
      throw new MoveRefused(404, `company: there is no company ${data.company}`);
    return data;
  };
  switch (move) {
    case 'new-company':
      return newCompany(books, read(MOVES[move]));
    case 'enter-invoice':
      return billBooks(books, enterInvoice(books, read(MOVES[move])));
    case 'submit':
      return billBooks(books, submitInvoice(books, read(MOVES[move])));
    case 'approve':
      return billBooks(books, approveInvoice(books, read(MOVES[move])));
    case 'post':
      return billBooks(books, postInvoice(books, read(MOVES[move])));
    case 'edit-invoice':
      return billBooks(books, editInvoice(books, read(MOVES[move])));
    case 'delete-invoice':
      return billBooks(books, deleteInvoice(books, read(MOVES[move])));
    case 'edit-vendor':
      return vendorBooks(editVendor(books, read(MOVES[move])));
    case 'add-term':
      return addTerm(books, read(MOVES[move]));
    case 'set-knob': {
      const { name: knob, value } = read(MOVES[move]);
      const mistake = books.turn(knob, value);
      if (mistake !== undefined) throw new MoveRefused(400, mistake);
      return { name: knob, value };
    }
  }
}

const shownKnobs = (books: Books): JsonObject[] =>
  Object.entries(books.knobs()).map(([name, value]) => ({ name, value, does: KNOBS[name as keyof typeof KNOBS].does }));

/** A company of a user, who is made unless known; a known one has to give the known password. */
function newCompany(books: Books, { name, user: userName, password }: Move<'new-company'>): JsonObject {
  if (books.companies().some((company) => company.name === name))
    throw new MoveRefused(400, `name: there is a company "${name}" already`);
  const known = books.user(userName);
  if (known !== undefined && !matches(known.secret, password))
    throw new MoveRefused(400, `password: the user ${userName} has another one`);
  const at = stampOf(books.nowMs());
  const company = { id: randomUUID(), name, externalId: '', created: at, modified: at };
  const user: User = known ?? {
    id: randomUUID(),
    name: userName,
    secret: secretOf(password),
    apiUser: true,
    companyIds: [],
  };
  books.putCompany(company, [{ ...user, companyIds: [...user.companyIds, company.id] }]);
  return { id: company.id, name };
}

function editVendor(books: Books, { company, vendor: name, ...typed }: Move<'edit-vendor'>): Stored<'vendor'> {
  const vendor = namedRecord(books, company, 'vendor', name, 'vendor');
  const { phone, fax, email, address, ...texts } = typed;
  const next: Record<string, unknown> = { ...vendor.values };
  const set = (field: keyof ValuesOf<'vendor'>, value: unknown): void => {
    if (value === undefined) return;
    if (value === null || value === '') delete next[field];
    else next[field] = value;
  };
  for (const [field, value] of Object.entries(texts)) set(field as keyof ValuesOf<'vendor'>, value);
  set('address', address && addressValues(address));
  if (address === null) delete next.address;
  set('emails', email && [email]);
  if (email === null || email === '') delete next.emails;
  const number = (known: boolean, written: string | null | undefined) =>
    written === undefined ? vendor.values.phones?.find(({ isFax = false }) => isFax === known)?.number : written;
  const phones = [
    { number: number(false, phone), isFax: false },
    { number: number(true, fax), isFax: true },
  ].filter((entry) => entry.number);
  set('phones', phones.length > 0 ? phones : null);
  const values = next as ValuesOf<'vendor'>;
  const modified = nextStamp(books.nowMs(), vendor.modified);
  const changes = differences(vendor.values, values);
  const written = {
    ...vendor,
    values,
    modified,
    history: recorded(vendor.history, { at: modified, by: 'person', action: 'edited', changes }),
  };
  books.put(written);
  return written;
}

/** The whole block: what is not typed is empty afterwards. */
function addressValues({ name, lines, town, region, postalCode, country }: AddressTyped): Address {
  const [address1, address2, address3, address4, address5] = lines;
  const values = {
    name,
    address1,
    address2,
    address3,
    address4,
    address5,
    town,
    ctrySubDivision: region,
    postalCode,
    country,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Address;
}

function addTerm(books: Books, { company, ...values }: Move<'add-term'>): JsonObject {
  if (books.all(company, 'term').some((term) => term.values.name === values.name))
    throw new MoveRefused(422, `the company has a term "${values.name}" already`);
  const at = stampOf(books.nowMs());
  const { discountDays, discountPercent, ...rest } = values;
  const term: Stored<'term'> = {
    kind: 'term',
    id: randomUUID(),
    companyId: company,
    externalId: '',
    created: at,
    modified: at,
    createdBy: 'person',
    values: {
      ...rest,
      active: true,
      ...(discountDays !== undefined && { discountDays }),
      ...(discountPercent !== undefined && { discountPercent }),
    },
    history: [{ at, by: 'person', action: 'entered', changes: [] }],
  };
  books.put(term);
  return termBooks(term);
}

async function bodyOf(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) throw new MoveRefused(400, `body: not JSON (${error.message})`);
    throw error;
  }
}
