/** The `temporal` binary as this machine's environment says: `TEMPORAL_CLI`, `PATH`, the cache folder, a download. */
import { findTemporalCli } from '../local/temporalCli.ts';
import { downloadBySdk } from '../local/temporalDownload.ts';
import { cacheFolder, type Environment } from './places.ts';

/** @throws TemporalCliNotFound naming what was tried */
export function temporalBinary(env: Environment, log: Parameters<typeof findTemporalCli>[0]['log']): Promise<string> {
  const given = env.TEMPORAL_CLI;
  return findTemporalCli({
    ...(given === undefined || given === '' ? {} : { given }),
    searchPath: env.PATH ?? env.Path ?? '',
    cacheDir: cacheFolder(env),
    log,
    sdkDownload: downloadBySdk,
  });
}
