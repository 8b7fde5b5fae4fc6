/**
 * Tokens of forms: a form that is posted carries one that only a page of ours can have been given.
 *
 * The token is a hash of the visitor's cookie, which no script and no other site can read: nothing is kept on the server,
 * and several servers agree on it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export const FORM_TOKEN_FIELD = 'form_token';

/** @param cookie the secret that the visitor's cookie holds */
export const formTokenOf = (cookie: string): string =>
  createHash('sha256').update('tandem form token\0').update(cookie).digest('base64url');

/** Whether the token that came with a form is the one of that cookie. */
export function isFormToken(given: string, cookie: string): boolean {
  const [expected, found] = [formTokenOf(cookie), given].map((text) => createHash('sha256').update(text).digest());
  return expected !== undefined && found !== undefined && timingSafeEqual(expected, found);
}
