/** The start page: who is signed in, and where they may go. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { listCompanies, mayRead, type Person, type Store } from '../store/index.ts';
import type { Section } from './layout.ts';
import type { Visits, WebEnv } from './visit.ts';

/** @param sections where that person may go */
export function startRoutes(
  store: Store,
  visits: Visits,
  sections: (person: Person) => readonly Section[],
): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/', async (c) => {
    const visit = await visits.of(c);
    if (visit === undefined) return c.redirect('/sign-in', 303);
    const { person } = visit;
    const companies = (await listCompanies(store.db)).filter(({ companyId }) => mayRead(person, companyId));
    const content = html`<p>You are signed in as <strong>${person.name}</strong>, ${ROLES[person.role]}.</p>
      <ul class="cards">
        ${sections(person).map(
          ({ href, title, about }) =>
            html`<li class="card"><h2><a href="${href}">${title}</a></h2><p class="quiet">${about}</p></li>`,
        )}
      </ul>
      <h2>Companies that you may read</h2>
      ${
        companies.length === 0
          ? html`<p class="quiet">None yet.</p>`
          : html`<table>
        <thead><tr><th scope="col">Company</th><th scope="col">ID</th></tr></thead>
        <tbody>${companies.map(
          ({ name, companyId }) => html`<tr><td>${name}</td><td><code>${companyId}</code></td></tr>`,
        )}</tbody>
      </table>`
      }`;
    return c.html(visits.page(c, { title: 'Tandem', content }, visit));
  });
}

const ROLES: Readonly<Record<Person['role'], string>> = {
  operator: 'an operator: all companies',
  accountant: 'an accountant',
};
