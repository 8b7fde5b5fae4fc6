/** A company, its settings, its terms and its accounting periods at a person's hands. */
import { randomUUID } from 'node:crypto';
import type { Books } from './books.ts';
import type { JsonObject } from './field.ts';
import { type Move, MoveRefused } from './moves.ts';
import { nextStamp, recorded, type Stored, stampOf, type User } from './record.ts';
import { matches, secretOf } from './sessions.ts';

/** A company of a user, who is made unless known; a known one has to give the known password. */
export function newCompany(books: Books, { name, user: userName, password }: Move<'new-company'>): JsonObject {
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

/** What is not said stays. */
export function setCompany(books: Books, { company: id, ...typed }: Move<'company-settings'>): JsonObject {
  const company = books.company(id);
  if (company === undefined) throw new MoveRefused(404, `company: there is no company ${id}`);
  const { automaticDiscounts = company.automaticDiscounts ?? false } = typed;
  const { paymentApprovals = company.paymentApprovals ?? 1 } = typed;
  const modified = nextStamp(books.nowMs(), company.modified);
  books.putCompany({ ...company, automaticDiscounts, paymentApprovals, modified }, []);
  return { id, name: company.name, automaticDiscounts, paymentApprovals };
}

/** A term that a person adds; the ledger's key is not known yet. */
export function addTerm(books: Books, { company, ...values }: Move<'add-term'>): Stored<'term'> {
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
  return term;
}

/** Closes the period of that name, made unless there is one, from its start to the day, that day included. */
export function closePeriod(
  books: Books,
  { company, name, started, ended }: Move<'close-period'>,
): Stored<'accountingPeriod'> {
  if (ended < started) throw new MoveRefused(400, `ended: ${ended} lies before ${started}`);
  const known = periodNamed(books, company, name);
  const at = known === undefined ? stampOf(books.nowMs()) : nextStamp(books.nowMs(), known.modified);
  const made: Stored<'accountingPeriod'> = known ?? {
    kind: 'accountingPeriod',
    id: randomUUID(),
    companyId: company,
    externalId: '',
    created: at,
    modified: at,
    createdBy: 'person',
    values: { name, active: true, locked: false },
    history: [],
  };
  return periodPut(books, { ...made, values: { ...made.values, started, ended, closed: true } }, at, 'closed');
}

export function openPeriod(books: Books, { company, name }: Move<'open-period'>): Stored<'accountingPeriod'> {
  const known = periodNamed(books, company, name);
  if (known === undefined) throw new MoveRefused(404, `name: the company has no accounting period "${name}"`);
  const at = nextStamp(books.nowMs(), known.modified);
  return periodPut(books, { ...known, values: { ...known.values, closed: false, locked: false } }, at, 'opened');
}

const periodNamed = (books: Books, company: string, name: string): Stored<'accountingPeriod'> | undefined =>
  books.all(company, 'accountingPeriod').find(({ values }) => values.name === name);

function periodPut(
  books: Books,
  period: Stored<'accountingPeriod'>,
  at: string,
  action: string,
): Stored<'accountingPeriod'> {
  const history = recorded(period.history, { at, by: 'person', action, changes: [] });
  const written = { ...period, modified: at, history };
  books.put(written);
  return written;
}
