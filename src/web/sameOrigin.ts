/**
 * Whether a request was made by a page of ours, by what the browser says of it. A session's cookie alone proves nothing
 * about who made the browser send it.
 */

export interface RequestSource {
  /** The header `Origin`, which browsers send with every request that is not a plain GET. */
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  readonly fetchSite: string | undefined;
}

/** @param own scheme, host and port that people reach us at. A request that says neither is none of a browser's: refused. */
export function isSameOrigin({ origin, fetchSite }: RequestSource, own: string): boolean {
  if (origin === undefined && fetchSite === undefined) return false;
  return (origin === undefined || origin === own) && (fetchSite === undefined || fetchSite === 'same-origin');
}

/** Where to go after signing in: a path of ours; anything else becomes the start page. */
export const pathOrStart = (given: string | undefined): string =>
  given !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,2000}$/.test(given) ? given : '/';
