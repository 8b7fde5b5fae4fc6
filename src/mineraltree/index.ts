/** The API of MineralTree: the client, its records and its errors. */
export { DEFAULT_ALLOWED_HOSTS } from './address.ts';
export type { BillCreditRecords } from './billCredits.ts';
export type { AppliedCredit, InvoiceRecords, Reductions } from './bills.ts';
export {
  type CompanyRecords,
  createMineralTreeClient,
  type MineralTreeClient,
  type MineralTreeClientOptions,
} from './client.ts';
export type { ApiUser, PayablesCompany } from './entities/company.ts';
export type { Changes, Reading } from './entities/entity.ts';
export {
  type Disposition,
  ERROR_MEANINGS,
  MineralTreeError,
  type MineralTreeErrorCode,
  type Outcome,
} from './errors.ts';
export { all, equal, everything, type Fiql, isEmpty, noneOf, notBefore, oneOf } from './fiql.ts';
export type { ExternalPayment, PaymentRecords } from './payments.ts';
export type { Records, SearchableRecords } from './records.ts';
export type { SearchOptions } from './search.ts';
export type { Transport } from './transport.ts';
