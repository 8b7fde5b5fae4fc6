/** The client of MineralTree for a company of the store, by the environment's rules on addresses. */
import type { Logger } from 'pino';
import { createMineralTreeClient, type MineralTreeClient } from '../mineraltree/index.ts';
import type { Environment } from './places.ts';

/** What is needed to speak to MineralTree for a company. */
export interface MineralTreeAccess {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/**
 * `TANDEM_MT_HOSTS` (comma-separated) replaces the list of allowed hosts; `TANDEM_MT_LOOPBACK=1` also allows the sandbox on this
 * machine.
 * @throws MineralTreeError `misconfigured`
 */
export function mineralTreeClient(
  { url, user, password }: MineralTreeAccess,
  env: Environment,
  log: Logger,
): MineralTreeClient {
  const hosts = env.TANDEM_MT_HOSTS?.split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
  return createMineralTreeClient({
    baseUrl: url,
    user,
    password,
    allowInsecureLoopback: env.TANDEM_MT_LOOPBACK === '1',
    log,
    ...(hosts?.length && { allowedHosts: hosts }),
  });
}
