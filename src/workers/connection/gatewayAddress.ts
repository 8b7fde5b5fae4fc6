/** Where a gateway is, how it is trusted, and what stands between. */

/** A proxy of the customer's network that opens connections by HTTP CONNECT. */
export interface HttpProxy {
  /** `host:port`. */
  readonly address: string;
  readonly user?: string;
  readonly password?: string;
}

export interface GatewayAddress {
  /** `host:port`. */
  readonly gateway: string;
  /** The authority that signs the gateway's certificate, PEM. Without it those that this machine trusts. */
  readonly ca?: string;
  readonly proxy?: HttpProxy;
}

const HTTPS_PORT = 443;

/**
 * `host:port` of what a person typed: `https://gateway.example`, `gateway.example:8443`. Undefined when it is neither.
 * A path, a user or another scheme than https is none.
 */
export function gatewayFrom(typed: string): string | undefined {
  const text = typed.trim();
  const url = urlOf(/^https:\/\//i.test(text) ? text : `https://${text}`);
  if (url === undefined || url.hostname === '') return undefined;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  if (url.pathname !== '/' && url.pathname !== '') return undefined;
  return `${url.hostname}:${url.port === '' ? HTTPS_PORT : url.port}`;
}

/** The host of a `host:port`, without the brackets of an IPv6 address. */
export const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

/** `[user:password@]host:port` as a person types it; undefined when it is none. */
export function proxyFrom(typed: string): HttpProxy | undefined {
  const url = urlOf(/^http:\/\//i.test(typed) ? typed : `http://${typed}`);
  if (url === undefined || url.hostname === '' || (url.pathname !== '/' && url.pathname !== '')) return undefined;
  const [user, password] = [plain(url.username), plain(url.password)];
  if (user === undefined || password === undefined) return undefined;
  return {
    address: `${url.hostname}:${url.port === '' ? 80 : url.port}`,
    ...(user === '' ? {} : { user, password }),
  };
}

/** What stands for itself behind its percent signs; undefined when those stand for nothing. */
function plain(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // told by the caller, who knows what it is part of
  }
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
