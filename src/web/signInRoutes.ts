/**
 * Coming in and going out: by a one-time link, by name and password, and signing out.
 *
 * 1. Opening a one-time link uses nothing: programs that look at links in messages do not come in by them. The form on its
 *    page does.
 * 2. Whatever is wrong with a link, or with name and password, is said in the same words.
 * 3. Whoever comes in gets a session of their own, whatever cookie the browser brought.
 *
 * Leaves to others: counting guesses, keeping passwords and sessions (src/store).
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Logger } from 'pino';
import { endSession, findInvitation, redeemInvitation, type Store, StoreError, signIn } from '../store/index.ts';
import { field, type Html, tokenField, wrong } from './layout.ts';
import { pathOrStart } from './sameOrigin.ts';
import { addressOf, type Visits, type WebContext, type WebEnv } from './visit.ts';

/** Below it, the token of a one-time link. */
export const INVITATION_PATH = '/come-in';
const SHORTEST_PASSWORD = 12;

const NOT_FROM_HERE =
  'This form did not come from a page of this server, or the page was open for too long. Please try once more.';
const TOO_LARGE = 'That is more than this form takes.';

export function signInRoutes(options: {
  readonly store: Store;
  readonly visits: Visits;
  readonly clock: () => number;
  readonly log: Logger;
}): Hono<WebEnv> {
  const { store, visits, clock, log } = options;

  const narrow = (c: WebContext, title: string, content: Html, status: 200 | 403 | 404 | 413 | 422 | 429 = 200) =>
    c.html(visits.page(c, { title, content, narrow: true }), status);

  const signInPage = (
    c: WebContext,
    { next, name, said }: { readonly next: string; readonly name?: string; readonly said?: string },
    status: 200 | 403 | 413 | 422 | 429 = 200,
  ) =>
    narrow(
      c,
      'Sign in',
      html`${said === undefined ? '' : wrong(said)}
      <form class="card" method="post" action="/sign-in">
        ${tokenField(visits.formToken(c))}
        <input type="hidden" name="next" value="${next}">
        ${field({ name: 'name', label: 'Name', type: 'text', autocomplete: 'username', required: true, ...(name !== undefined && { value: name }) })}
        ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true })}
        <button>Sign in</button>
      </form>
      <p class="hint">No password yet, or lost it? Ask an operator for a one-time link.</p>`,
      status,
    );

  const invitationPage = (
    c: WebContext,
    { name, said }: { readonly name: string; readonly said?: string },
    status: 200 | 403 | 413 | 422 = 200,
  ) =>
    narrow(
      c,
      'Welcome',
      html`${said === undefined ? '' : wrong(said)}
      <form class="card" method="post">
        ${tokenField(visits.formToken(c))}
        ${field({ name: 'name', label: 'Name', type: 'text', autocomplete: 'username', value: name, readonly: true })}
        ${field({
          name: 'password',
          label: 'Choose a password',
          type: 'password',
          autocomplete: 'new-password',
          minLength: SHORTEST_PASSWORD,
          hint: `At least ${SHORTEST_PASSWORD} characters. Left empty, you come in now, and by another link next time.`,
        })}
        ${field({ name: 'again', label: 'The same again', type: 'password', autocomplete: 'new-password' })}
        <button>Come in</button>
      </form>`,
      status,
    );

  const linkIsOver = (c: WebContext) =>
    narrow(
      c,
      'This link is not good any more',
      html`<p>It was used, it is too old, or a part of it is missing. An operator makes a new one.</p>
      <p><a href="/sign-in">Sign in with a password</a></p>`,
      404,
    );

  return new Hono<WebEnv>()
    .get('/sign-in', async (c) => {
      const next = pathOrStart(c.req.query('next'));
      return (await visits.of(c)) === undefined ? signInPage(c, { next }) : c.redirect(next, 303);
    })
    .post('/sign-in', async (c) => {
      const form = await visits.form(c);
      if (form === 'foreign') return signInPage(c, { next: '/', said: NOT_FROM_HERE }, 403);
      if (form === 'tooLarge') return signInPage(c, { next: '/', said: TOO_LARGE }, 413);
      const [name, password] = [form.get('name') ?? '', form.get('password') ?? ''];
      const next = pathOrStart(form.get('next'));
      const address = addressOf(c);
      try {
        const { session, person } = await signIn(store, { name, password, address, at: clock() });
        visits.begin(c, session);
        log.info({ person: person.name, address }, 'signed in');
        return c.redirect(next, 303);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (error.code !== 'signInRefused' && error.code !== 'signInTooOften') throw error;
        log.warn({ address, refusal: error.code }, 'a sign-in was refused');
        const tooOften = error.code === 'signInTooOften';
        const said = tooOften
          ? 'Too many wrong passwords. Try again in an hour, or ask an operator for a one-time link.'
          : 'Name or password is wrong.';
        return signInPage(c, { next, name, said }, tooOften ? 429 : 422);
      }
    })
    .get(`${INVITATION_PATH}/:token`, async (c) => {
      const person = await findInvitation(store.db, c.req.param('token'), clock());
      return person === undefined ? linkIsOver(c) : invitationPage(c, { name: person.name });
    })
    .post(`${INVITATION_PATH}/:token`, async (c) => {
      const token = c.req.param('token');
      const invited = await findInvitation(store.db, token, clock());
      if (invited === undefined) {
        log.warn({ address: addressOf(c) }, 'a one-time link was refused');
        return linkIsOver(c);
      }
      const { name } = invited;
      const form = await visits.form(c);
      if (form === 'foreign') return invitationPage(c, { name, said: NOT_FROM_HERE }, 403);
      if (form === 'tooLarge') return invitationPage(c, { name, said: TOO_LARGE }, 413);
      const password = form.get('password') ?? '';
      if (password !== (form.get('again') ?? ''))
        return invitationPage(c, { name, said: 'The two passwords are not the same.' }, 422);
      try {
        const { session } = await redeemInvitation(store, token, password === '' ? undefined : password, clock());
        visits.begin(c, session);
        log.info({ person: name, address: addressOf(c) }, 'came in by a one-time link');
        return c.redirect('/', 303);
      } catch (error) {
        if (error instanceof StoreError && error.code === 'invitationRefused') return linkIsOver(c);
        if (!(error instanceof StoreError) || error.code !== 'inputWrong') throw error;
        const said = `The password must have ${SHORTEST_PASSWORD} to 200 characters.`;
        return invitationPage(c, { name, said }, 422);
      }
    })
    .post('/sign-out', async (c) => {
      const visit = await visits.of(c);
      if (visit === undefined) return c.redirect('/sign-in', 303);
      const form = await visits.form(c, visit);
      if (typeof form === 'string') return narrow(c, 'You are still signed in', wrong(NOT_FROM_HERE), 403);
      await endSession(store, visit.secret);
      visits.end(c);
      return c.redirect('/sign-in', 303);
    });
}
