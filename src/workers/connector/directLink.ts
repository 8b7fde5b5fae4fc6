/** Temporal itself as the link: as long as not every part goes through the gateway. */
import { createDataConverter } from '../codec/index.ts';
import { connectToTemporal, type TemporalAddress } from '../connection/index.ts';
import type { Link } from './link.ts';

/** Throws `TemporalNotReached`. */
export async function linkToTemporal(temporal: TemporalAddress, companyIds: readonly string[]): Promise<Link> {
  const connection = await connectToTemporal(temporal);
  return {
    connection,
    namespace: temporal.namespace,
    dataConverter: createDataConverter(),
    where: `on Temporal at ${temporal.address}, namespace ${temporal.namespace}`,
    attend: ({ allowed }) => allowed(companyIds),
    tell: () => undefined,
    leave: async () => undefined,
    close: () => connection.close(),
  };
}
