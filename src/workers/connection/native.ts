/** The connection of a worker to Temporal, and in words why there is none. */
import { NativeConnection } from '@temporalio/worker';

export interface TemporalAddress {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
}

/** Temporal does not answer, or has no such namespace: the address, and what was said. */
export class TemporalNotReached extends Error {
  override readonly name = 'TemporalNotReached';
  readonly address: string;
  constructor(address: string, message: string, cause: unknown) {
    super(message, { cause });
    this.address = address;
  }
}

const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;

/**
 * Connects and sees that the namespace is there. Throws `TemporalNotReached`. Later interruptions are mended by the
 * connection itself.
 */
export async function connectToTemporal({ address, namespace }: TemporalAddress): Promise<NativeConnection> {
  let connection: NativeConnection;
  try {
    // What is large is compressed already, by the payload codec.
    connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  } catch (error) {
    throw new TemporalNotReached(address, `Temporal does not answer at ${address} (${reasonOf(error)})`, error);
  }
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return connection;
  } catch (error) {
    await connection.close();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const message =
      code === NOT_FOUND || code === PERMISSION_DENIED
        ? `Temporal at ${address} has no namespace "${namespace}", or does not let this connector into it`
        : `Temporal at ${address} does not say whether it has the namespace "${namespace}" (${reasonOf(error)})`;
    throw new TemporalNotReached(address, message, error);
  }
}

/** The native client wraps the system's words in several layers of its own. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /message: "([^"]+)"/.exec(message)?.[1] ?? message;
}
