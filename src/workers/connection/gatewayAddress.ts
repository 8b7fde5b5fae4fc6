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
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    address: `${url.hostname}:${url.port === '' ? 80 : url.port}`,
    ...(user === '' ? {} : { user, password }),
  };
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
