/**
 * Where MineralTree is: the one address a client talks to, checked before anything is sent.
 *
 * 1. https alone, and only a host on the allow-list, so that a mistyped or planted setting cannot send the password
 *    elsewhere.
 * 2. Plain http only to this machine itself, and only when that was allowed: it is for the sandbox.
 */
import { MineralTreeError } from './errors.ts';

/** MineralTree's own hosts: the domain and everything below it. */
export const DEFAULT_ALLOWED_HOSTS: readonly string[] = ['mineraltree.net', 'mineraltree.com'];

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface Address {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The path in front of `/mtapi/base`; usually empty. */
  readonly prefix: string;
}

interface AddressRules {
  /** Hosts that may be spoken to; a name also allows the hosts below it. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Whether `http://` to this machine is accepted. */
  readonly allowInsecureLoopback?: boolean | undefined;
}

/**
 * Reads and checks an address such as `https://x.mineraltree.net`.
 *
 * @throws MineralTreeError `misconfigured`, with the address and what is allowed.
 */
export function checkedAddress(baseUrl: string, rules: AddressRules = {}): Address {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) throw refusal(baseUrl, 'is not an address: it must look like https://host');
  if (url.username !== '' || url.password !== '')
    throw refusal(url.host, 'must not carry user and password: they are settings of their own');
  if (url.search !== '' || url.hash !== '') throw refusal(url.host, 'must not carry a query or fragment');
  const address = { origin: url.origin, prefix: prefixOf(url.pathname) };
  if (rules.allowInsecureLoopback === true && LOOPBACK.has(url.hostname) && /^https?:$/.test(url.protocol))
    return address;
  if (url.protocol !== 'https:') throw refusal(url.origin, 'must begin with https://');
  const allowed = rules.allowedHosts ?? DEFAULT_ALLOWED_HOSTS;
  if (!allowed.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`)))
    throw refusal(url.hostname, `is not among the allowed hosts (${allowed.join(', ')})`);
  return address;
}

/** People paste the address with and without the part that is the same for everybody. */
const prefixOf = (path: string): string => path.replace(/\/+$/, '').replace(/\/mtapi(\/base)?$/, '');

const refusal = (what: string, why: string): MineralTreeError =>
  new MineralTreeError('misconfigured', `MineralTree's address ${what} ${why}`, { outcome: 'notSent' });
