/**
 * The small gRPC service of the gateway, beside the calls of a Temporal activity worker: enrolling, presence, rotating the
 * secret, the keys of companies. Bodies are JSON; schema/connectorService.ts checks them on both sides.
 */

export const CONNECTOR_SERVICE = 'tandem.connector.v1.ConnectorService';

/** Carried by every call of a connector, those of its Temporal worker too. */
export const PROTOCOL_HEADER = 'tandem-protocol';
export const VERSION_HEADER = 'tandem-version';

/** Enrols an installation with the one-time key of a company; with a credential, adds the company to the installation. */
export interface EnrolRequest {
  readonly key: string;
  /** What people call the installation. */
  readonly name: string;
}
export interface EnrolAnswer {
  readonly installationId: string;
  /** Of a new installation, never shown again. */
  readonly secret?: string;
  /** All companies that the installation serves now. */
  readonly companies: readonly string[];
  /** Temporal's namespace. */
  readonly namespace: string;
}

/** `online`: QuickBooks runs with a file open. `offline`: it is closed, and opened for each visit. */
export type ConnectorMode = 'online' | 'offline' | 'stopping';

export interface PresenceRequest {
  readonly mode: ConnectorMode;
  readonly version: string;
  readonly protocol: number;
  /** Name of the machine. */
  readonly host: string;
  /** Why QuickBooks cannot be reached at the moment, in words. */
  readonly reason?: string;
}
export interface PresenceAnswer {
  /** The companies that the installation may serve now. */
  readonly companies: readonly string[];
  /** Whether the secret is due to be rotated. */
  readonly rotate: boolean;
}

export interface RotateAnswer {
  /** The new secret; the old one is good until the new one is first used, at most a week. */
  readonly secret: string;
}

export interface CompanyKeyRequest {
  readonly companyId: string;
}
/** The key that payloads of the company are sealed with now. */
export interface CompanyKeyAnswer {
  readonly keyId: string;
  /** 32 bytes in base64. */
  readonly key: string;
}

/** The methods, by the name in their path. */
export interface ConnectorService {
  Enrol(request: EnrolRequest): Promise<EnrolAnswer>;
  Presence(request: PresenceRequest): Promise<PresenceAnswer>;
  Rotate(request: Readonly<Record<string, never>>): Promise<RotateAnswer>;
  CompanyKey(request: CompanyKeyRequest): Promise<CompanyKeyAnswer>;
}

export const methodPath = (method: keyof ConnectorService): string => `/${CONNECTOR_SERVICE}/${method}`;
