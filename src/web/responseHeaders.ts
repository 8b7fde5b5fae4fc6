/**
 * The headers of every answer of ours: no script, no frame, nothing from another host, nothing kept in a cache.
 *
 * Temporal UI, which needs script, gets a policy of its own: it may speak with this server alone, whatever text of a
 * workflow it shows and whatever codec server somebody typed into it.
 */

const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Its pages start with a script in the page and set styles in it; Monaco's workers come as blobs. */
export const TEMPORAL_UI_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "object-src 'none'",
  "frame-ancestors 'self'",
].join('; ');

const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // With "no-referrer" a browser would send "Origin: null" with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};

/** @param secure whether people reach us by https: browsers are told to stay there */
export const headersOf = (secure: boolean): Readonly<Record<string, string>> =>
  secure ? { ...ALWAYS, 'strict-transport-security': 'max-age=31536000' } : ALWAYS;
