/**
 * The link of a connector through the gateway.
 *
 * 1. Begins when the gateway has taken the credential. One that is away is waited for, one that is not trusted or that
 *    refuses is not.
 * 2. From then on presence says whether the credential is good, the version new enough, and which companies may be served.
 */
import os from 'node:os';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { type ConnectorMode, PROTOCOL, type PresenceAnswer } from '../../contract/index.ts';
import { createDataConverter } from '../codec/index.ts';
import {
  addressOf,
  type CredentialKeeper,
  connectToGateway,
  createServiceClient,
  GatewayError,
  type HttpProxy,
  type ServiceClient,
} from '../connection/index.ts';
import { ATTENDANCE_TIMES, type Attendance, type AttendanceTimes, startAttendance } from './attendance.ts';
import { createConnectorKeyring } from './keyring.ts';
import type { Link } from './link.ts';
import { createInstallationSecret } from './secretOfInstallation.ts';
import { untilAborted } from './waiting.ts';

export interface GatewayLinkOptions {
  readonly keeper: CredentialKeeper;
  readonly proxy?: HttpProxy;
  readonly version: string;
  /** What presence tells of QuickBooks. */
  readonly mode: () => ConnectorMode;
  readonly reason: () => string | undefined;
  readonly times?: Partial<AttendanceTimes>;
  /** Ends the wait for a gateway that is away. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** The longest that a stopping connector waits for its last word to arrive. */
const LEAVE_MS = 2_000;

/** Throws `GatewayError`, the signal's reason, or what the keeper throws. */
export async function linkThroughGateway(options: GatewayLinkOptions): Promise<Link> {
  const { keeper, proxy, version, signal, log } = options;
  const times = { ...ATTENDANCE_TIMES, ...options.times };
  const credential = await keeper.read();
  const address = addressOf(credential, proxy);
  let connection: NativeConnection | undefined;
  const secret = createInstallationSecret({
    credential,
    keeper,
    use: async (next) => connection?.setApiKey(next),
    log,
  });
  const service = createServiceClient({ ...address, version, secret: secret.current });
  const presence = (mode = options.mode()) => {
    const reason = options.reason();
    return { mode, version, protocol: PROTOCOL, host: os.hostname(), ...(reason === undefined ? {} : { reason }) };
  };
  let first: PresenceAnswer;
  try {
    first = await patiently({ signal, retryMs: times.retryMs, log }, () => service.Presence(presence()));
    connection = await patiently({ signal, retryMs: times.retryMs, log }, () =>
      connectToGateway(
        { ...credential, secret: secret.current() },
        { version, ...(proxy === undefined ? {} : { proxy }) },
      ),
    );
  } catch (error) {
    service.close();
    throw error;
  }
  let attendance: Attendance | undefined;
  const tell = (): void => attendance?.tell();
  return {
    connection,
    namespace: credential.namespace,
    dataConverter: createDataConverter(createConnectorKeyring({ fetch: keyFrom(service, tell) })),
    where: `through the gateway at ${credential.gateway}, namespace ${credential.namespace}`,
    tell,
    async attend({ allowed, refused }) {
      const answered = async ({ companies, rotate }: PresenceAnswer): Promise<void> => {
        // A worker that stops may take its grace period: nothing else waits for it.
        allowed(companies).catch((error: unknown) =>
          log.error({ error: wordsOf(error) }, 'a worker could not be started'),
        );
        await secret.keepCompanies(companies);
        if (rotate || secret.owed()) await secret.rotate(service);
      };
      await allowed(first.companies);
      const standing = async (): Promise<boolean> => !(await secret.takeKept());
      attendance = startAttendance({ service, presence, answered, standing, refused, times, log });
      if (first.rotate) attendance.tell();
    },
    async leave() {
      await attendance?.stop();
      const last = createServiceClient({ ...address, version, secret: secret.current, deadlineMs: LEAVE_MS });
      try {
        await last.Presence(presence('stopping'));
      } catch (error) {
        log.debug({ error: wordsOf(error) }, 'the gateway was not told');
      } finally {
        last.close();
      }
    },
    async close() {
      service.close();
      await connection?.close();
    },
  };
}

/** A refusal that is met here is looked into at once. */
const keyFrom = (service: ServiceClient, tell: () => void) => async (companyId: string) => {
  try {
    return await service.CompanyKey({ companyId });
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'refused') tell();
    throw error;
  }
};

interface Patience {
  readonly signal: AbortSignal;
  readonly retryMs: number;
  readonly log: Logger;
}

/** Tries until the gateway answers; says once that it does not. */
async function patiently<T>({ signal, retryMs, log }: Patience, attempt: () => Promise<T>): Promise<T> {
  for (let told = false; ; ) {
    try {
      const result = await attempt();
      if (told) log.info('the gateway answers');
      return result;
    } catch (error) {
      if (!(error instanceof GatewayError) || !['notReached', 'tooOften'].includes(error.kind)) throw error;
      if (!told) log.warn({ gateway: error.gateway }, `${error.message}; it is tried again and again`);
      told = true;
    }
    await untilAborted(signal, retryMs);
    signal.throwIfAborted();
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
