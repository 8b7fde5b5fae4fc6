/** A person's own tokens for tools without a browser: the list, making one (shown once), ending one. */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import {
  createPersonalToken,
  listPersonalTokens,
  type PersonalToken,
  revokePersonalToken,
  type Store,
  StoreError,
} from '../store/index.ts';
import { field, type Html, tokenField, wrong } from './layout.ts';
import type { Visit, Visits, WebEnv } from './visit.ts';

export const TOKENS_PATH = '/tokens';

/** Routes to be mounted at `TOKENS_PATH`. */
export function tokenRoutes(options: {
  readonly store: Store;
  readonly visits: Visits;
  readonly clock: () => number;
}): Hono<WebEnv> {
  const { store, visits, clock } = options;

  const tokensPage = async (c: Context<WebEnv>, visit: Visit, said: Html | '' = '', status: 200 | 403 | 422 = 200) => {
    const tokens = await listPersonalTokens(store.db, visit.person.personId, clock());
    const formToken = visits.formToken(c, visit);
    const content = html`${said}
      <p>A token lets a tool read what you may read, by <code>--codec-endpoint</code> and <code>--codec-auth</code> of
      Temporal’s command line. It is good for 90 days.</p>
      <form class="card" method="post">
        ${tokenField(formToken)}
        ${field({ name: 'name', label: 'What for', type: 'text', autocomplete: 'off', required: true, hint: 'Such as: command line on my laptop.' })}
        <button>Make a token</button>
      </form>
      <h2>Your tokens</h2>
      ${tokens.length === 0 ? html`<p class="quiet">None.</p>` : tokenTable(tokens, formToken)}`;
    return c.html(visits.page(c, { title: 'Personal tokens', content }, visit), status);
  };

  const posted = async (
    c: Context<WebEnv>,
    work: (visit: Visit, form: ReadonlyMap<string, string>) => Promise<Response>,
  ): Promise<Response> => {
    const visit = await visits.of(c);
    if (visit === undefined) return c.redirect(`/sign-in?next=${TOKENS_PATH}`, 303);
    const form = await visits.form(c, visit);
    if (typeof form === 'string')
      return tokensPage(c, visit, wrong('That did not come from this page. Try again.'), 403);
    return work(visit, form);
  };

  return new Hono<WebEnv>()
    .get('/', async (c) => {
      const visit = await visits.of(c);
      return visit === undefined ? c.redirect(`/sign-in?next=${TOKENS_PATH}`, 303) : tokensPage(c, visit);
    })
    .post('/', (c) =>
      posted(c, async (visit, form) => {
        const { personId, name: by } = visit.person;
        try {
          const made = await createPersonalToken(store, personId, { name: form.get('name') ?? '', by, at: clock() });
          const shown = html`<p class="good" role="status">This is your token. It is not shown again:<br>
            <code id="token">${made}</code></p>`;
          return await tokensPage(c, visit, shown);
        } catch (error) {
          if (!(error instanceof StoreError) || error.code !== 'inputWrong') throw error;
          return tokensPage(c, visit, wrong('Say in 1 to 60 characters what it is for.'), 422);
        }
      }),
    )
    .post('/end', (c) =>
      posted(c, async (visit, form) => {
        const { personId, name: by } = visit.person;
        await revokePersonalToken(store, personId, form.get('tokenId') ?? '', { by, at: clock() });
        return c.redirect(TOKENS_PATH, 303);
      }),
    );
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const tokenTable = (tokens: readonly PersonalToken[], formToken: string): Html =>
  html`<table>
        <thead><tr><th scope="col">What for</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">Good until</th><th scope="col">End it</th></tr></thead>
        <tbody>${tokens.map(
          ({ tokenId, name, madeAt, usedAt, expiresAt }) => html`<tr>
          <td>${name}</td><td>${day(madeAt)}</td><td>${usedAt === undefined ? 'never' : day(usedAt)}</td><td>${day(expiresAt)}</td>
          <td><form method="post" action="${TOKENS_PATH}/end">${tokenField(formToken)}<input type="hidden" name="tokenId" value="${tokenId}"><button class="plain">End</button></form></td>
        </tr>`,
        )}</tbody>
      </table>`;
