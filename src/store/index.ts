/** The store of Tandem: companies, links, snapshots, postings, problems, and the fence in front of them. */
export * from './administration.ts';
export * from './audit.ts';
export * from './backup.ts';
export * from './balances.ts';
export * from './closing.ts';
export * from './companies.ts';
export {
  companyKeyById,
  currentCompanyKey,
  rotateCompanyKey,
  type StoredCompanyKey,
} from './companyKeys.ts';
export { type CompanyStatus, companyStatus, statusToken } from './companyStatus.ts';
export * from './connectors.ts';
export {
  askRotation,
  type Credential,
  findCredential,
  findCredentials,
  type PresentedCredential,
  rotateSecret,
  secretHash,
  secretUsed,
} from './credentials.ts';
export { createConnectorKey, type Enrolled, type Enrolment, enrol } from './enrolment.ts';
export * from './errors.ts';
export * from './firstDay.ts';
export { networkOf } from './guesses.ts';
export * from './installations.ts';
export { createInvitation, findInvitation, type NewInvitation, redeemInvitation } from './invitations.ts';
export * from './keyring.ts';
export * from './links.ts';
export * from './masterKey.ts';
export { type MasterKeyRotation, rotateMasterKey } from './masterKeyRotation.ts';
export { MIGRATIONS, migrate } from './migrations/index.ts';
export * from './payablesEdits.ts';
export * from './pendingKeys.ts';
export { findPerson, type ListedPerson, listPeople, mayRead, type Person, removePerson } from './people.ts';
export * from './personalTokens.ts';
export * from './postingHistory.ts';
export * from './postings.ts';
export * from './problems.ts';
export * from './pulls.ts';
export * from './replicas.ts';
export * from './reports.ts';
export {
  type ClosedPeriod,
  type CompanyRules,
  type CutOver,
  DEFAULT_RULES,
  type EnrolledFile,
  type PayablesWatermark,
  type PayablesWatermarks,
  type PostingState,
  type Role,
  type Stage,
} from './schema.ts';
export { rotateSealKey, type SealKeys, sealKeys } from './sealKeys.ts';
export { endSession, findSession, type SignedIn, signIn } from './sessions.ts';
export * from './settlements.ts';
export * from './snapshots.ts';
export { type Db, type Fence, openStore, type Store, type StoreOptions, type Tx } from './store.ts';
