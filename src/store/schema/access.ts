/**
 * Who may come in and under which keys: installations, their secrets, enrolment, company keys, people. Of secrets only
 * SHA-256 hashes are kept (hex); what must be read again is sealed under the master key.
 */
import type { ConnectorMode } from '../../contract/connectorService.ts';

export interface InstallationsTable {
  installationId: string;
  name: string;
  enrolledAt: number;
  revokedAt: number | null;
  /** Its secret is due to be rotated if it was made before this. */
  rotationAskedAt: number | null;
}

export interface InstallationSecretsTable {
  secretHash: string;
  installationId: string;
  madeAt: number;
  usedAt: number | null;
  /** Set when a newer one was made. */
  expiresAt: number | null;
}

export interface InstallationCompaniesTable {
  installationId: string;
  companyId: string;
  enrolledAt: number;
}

export interface PresencesTable {
  installationId: string;
  mode: ConnectorMode;
  version: string;
  protocol: number;
  host: string;
  reason: string | null;
  seenAt: number;
}

export interface ConnectorKeysTable {
  keyHash: string;
  companyId: string;
  madeAt: number;
  madeBy: string;
  expiresAt: number;
  usedAt: number | null;
  usedBy: string | null;
}

/** Wrong guesses, forgotten after an hour. */
export interface GuessesTable {
  /** What is guessed, and the network or name that it is counted for. */
  source: string;
  at: number;
}

export interface CompanyKeysTable {
  keyId: string;
  companyId: string;
  sealed: Buffer;
  madeAt: number;
  retiredAt: number | null;
}

export interface SealKeysTable {
  sealKeyId: string;
  sealed: Buffer;
  madeAt: number;
  retiredAt: number | null;
}

export interface StatusTokensTable {
  companyId: string;
  tokenHash: string;
  sealed: Buffer;
  madeAt: number;
}

export type Role = 'operator' | 'accountant';

export interface PeopleTable {
  personId: string;
  name: string;
  role: Role;
  /** scrypt, with its parameters and salt (passwords.ts). */
  password: string | null;
  addedAt: number;
  removedAt: number | null;
}

export interface PersonCompaniesTable {
  personId: string;
  companyId: string;
}

export interface InvitationsTable {
  tokenHash: string;
  personId: string;
  madeAt: number;
  expiresAt: number;
  usedAt: number | null;
}

export interface WebSessionsTable {
  tokenHash: string;
  personId: string;
  startedAt: number;
  seenAt: number;
}

export interface PersonalTokensTable {
  tokenHash: string;
  tokenId: string;
  personId: string;
  name: string;
  madeAt: number;
  expiresAt: number;
  usedAt: number | null;
}
