/**
 * The tables as types, by noun in the folder schema. Times are Unix milliseconds unless a name says otherwise. Every table
 * of a company's ledgers carries the company: no query of those goes without it.
 */
import type {
  CompanyKeysTable,
  ConnectorKeysTable,
  GuessesTable,
  InstallationCompaniesTable,
  InstallationSecretsTable,
  InstallationsTable,
  InvitationsTable,
  PeopleTable,
  PersonalTokensTable,
  PersonCompaniesTable,
  PresencesTable,
  SealKeysTable,
  StatusTokensTable,
  WebSessionsTable,
} from './schema/access.ts';
import type { CompaniesTable } from './schema/company.ts';
import type {
  AuditTable,
  ConnectorsTable,
  ProblemsTable,
  ReportBillsTable,
  ReportEntriesTable,
  ReportsTable,
} from './schema/oversight.ts';
import type { BalanceReadsTable, OpenBalancesTable, PostingsTable, SettlementsTable } from './schema/postings.ts';
import type {
  CreateIntentsTable,
  FirstDayMatchesTable,
  FirstDaysTable,
  LinksTable,
  PayablesEditsTable,
  PayablesReplicasTable,
  PendingKeysTable,
  PullsTable,
  SnapshotsTable,
} from './schema/records.ts';

export * from './schema/access.ts';
export * from './schema/company.ts';
export * from './schema/postings.ts';

export interface Schema {
  companies: CompaniesTable;
  pulls: PullsTable;
  snapshots: SnapshotsTable;
  pendingKeys: PendingKeysTable;
  links: LinksTable;
  createIntents: CreateIntentsTable;
  payablesEdits: PayablesEditsTable;
  payablesReplicas: PayablesReplicasTable;
  settlements: SettlementsTable;
  openBalances: OpenBalancesTable;
  balanceReads: BalanceReadsTable;
  postings: PostingsTable;
  problems: ProblemsTable;
  audit: AuditTable;
  connectors: ConnectorsTable;
  reports: ReportsTable;
  reportBills: ReportBillsTable;
  reportEntries: ReportEntriesTable;
  firstDays: FirstDaysTable;
  firstDayMatches: FirstDayMatchesTable;
  installations: InstallationsTable;
  installationSecrets: InstallationSecretsTable;
  installationCompanies: InstallationCompaniesTable;
  presences: PresencesTable;
  connectorKeys: ConnectorKeysTable;
  guesses: GuessesTable;
  companyKeys: CompanyKeysTable;
  sealKeys: SealKeysTable;
  statusTokens: StatusTokensTable;
  people: PeopleTable;
  personCompanies: PersonCompaniesTable;
  invitations: InvitationsTable;
  webSessions: WebSessionsTable;
  personalTokens: PersonalTokensTable;
  tandemMeta: { key: string; value: string };
}
