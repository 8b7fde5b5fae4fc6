/**
 * What the store says when it cannot serve: one class with a stable code, and `FenceLost`, which its callers tell apart.
 * Errors of Postgres itself pass through as they are.
 */

export type StoreErrorCode =
  | 'masterKeyMissing'
  | 'masterKeyUnreadable'
  | 'masterKeyWrong'
  | 'sealBroken'
  | 'schemaTooNew'
  | 'companyUnknown'
  | 'companyRemoved'
  | 'fenceLost'
  | 'inputWrong'
  | 'installationUnknown'
  | 'enrolmentRefused'
  | 'enrolmentTooOften'
  | 'personUnknown'
  | 'invitationRefused'
  | 'signInRefused'
  | 'signInTooOften';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Another run has taken the company over since this one began: nothing more may be written by this one. */
export class FenceLost extends StoreError {
  readonly companyId: string;

  constructor(companyId: string) {
    super(
      'fenceLost',
      `company ${companyId}: another run has taken over since this one began; it goes on, this one stops`,
    );
    this.name = 'FenceLost';
    this.companyId = companyId;
  }
}
