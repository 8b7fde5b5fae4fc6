/**
 * Connecting to Temporal as the command `temporal` would: by the environment (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, ...)
 * and its profile file; else to the server of a running `tandem cloud`; else to 127.0.0.1:7233.
 */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { Fault } from './fault.ts';
import type { Environment } from './places.ts';
import { dataFolder } from './places.ts';
import { findRunning } from './running.ts';

export interface OpenedTemporal<C> {
  readonly connection: C;
  readonly address: string;
  readonly namespace: string;
}

const DEFAULT_ADDRESS = '127.0.0.1:7233';

type ConnectOptions = ReturnType<typeof loadClientConnectConfig>['connectionOptions'];

/**
 * @param connect makes the kind of connection that is needed: a worker's, or a client's
 * @throws Fault when the profile is wrong or nothing answers at the address
 */
export async function openTemporal<C>(
  env: Environment,
  connect: (options: ConnectOptions) => Promise<C>,
): Promise<OpenedTemporal<C>> {
  const { connectionOptions, namespace } = configured(env);
  const running = env.TEMPORAL_ADDRESS ? undefined : findRunning(dataFolder(env))?.temporal;
  const address = connectionOptions.address ?? running?.address ?? DEFAULT_ADDRESS;
  try {
    const connection = await connect({ ...connectionOptions, address });
    return { connection, address, namespace: namespace ?? running?.namespace ?? 'default' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(
      `Temporal does not answer at ${address} (${reason})`,
      env.TEMPORAL_ADDRESS ? 'TEMPORAL_ADDRESS' : 'the address of Temporal',
      'start Temporal there, or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE',
    );
  }
}

function configured(env: Environment): ReturnType<typeof loadClientConnectConfig> {
  const overrideEnvVars = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  try {
    return loadClientConnectConfig({ overrideEnvVars: overrideEnvVars as Record<string, string> });
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error), 'the Temporal profile', 'correct it there');
  }
}
