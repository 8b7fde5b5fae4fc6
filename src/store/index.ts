/** The store of Tandem: companies, links, snapshots, postings, problems, and the fence in front of them. */
export * from './administration.ts';
export * from './audit.ts';
export * from './backup.ts';
export * from './balances.ts';
export * from './closing.ts';
export * from './companies.ts';
export * from './connectors.ts';
export * from './errors.ts';
export * from './firstDay.ts';
export * from './links.ts';
export * from './masterKey.ts';
export { MIGRATIONS, migrate } from './migrations/index.ts';
export * from './payablesEdits.ts';
export * from './pendingKeys.ts';
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
  type Stage,
} from './schema.ts';
export * from './settlements.ts';
export * from './snapshots.ts';
export { type Db, type Fence, openStore, type Store, type StoreOptions, type Tx } from './store.ts';
