/** What connects a connector to the cloud: the workers' connection, how their payloads are read, and who is served. */
import type { DataConverter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import type { GatewayError } from '../connection/index.ts';

export interface Link {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  /** Where the connector polls, for people. */
  readonly where: string;
  /** Begins to listen: which companies may be served, at once and at each change; and the end, should it be refused. */
  attend(listener: LinkListener): Promise<void>;
  /** Something that presence tells has changed. */
  tell(): void;
  /** Says that the connector stops. Keys can still be had. */
  leave(): Promise<void>;
  /** After the workers have ended. */
  close(): Promise<void>;
}

export interface LinkListener {
  /** May reject: it is called again with the next answer. */
  allowed(companyIds: readonly string[]): Promise<void>;
  /** The gateway refuses this connector for good. Nothing is heard after it. */
  refused(error: GatewayError): void;
}
