/** Which addresses of MineralTree may be spoken to, by the environment. */
import type { Environment } from './places.ts';

/**
 * `TANDEM_MT_HOSTS` (comma-separated) replaces the list of allowed hosts; `TANDEM_MT_LOOPBACK=1` also allows the sandbox on this
 * machine, without TLS.
 */
export function mineralTreeRules(env: Environment): {
  readonly allowedHosts?: readonly string[];
  readonly allowInsecureLoopback: boolean;
} {
  const hosts = (env.TANDEM_MT_HOSTS ?? '').split(',').map((host) => host.trim());
  const named = hosts.filter((host) => host !== '');
  return { allowInsecureLoopback: env.TANDEM_MT_LOOPBACK === '1', ...(named.length > 0 && { allowedHosts: named }) };
}
