/** The rows of companies: control state, settings, the file, where reading stands. The password is sealed on the way in. */
import type { Blocked } from '../contract/activities.ts';
import { DEFAULT_SETTINGS, type Pause, type Settings } from '../contract/control.ts';
import type { LedgerPreferences, Watermarks } from '../contract/pull.ts';
import { StoreError } from './errors.ts';
import type { Vault } from './masterKey.ts';
import {
  type ClosedPeriod,
  type CompanyRules,
  DEFAULT_RULES,
  type EnrolledFile,
  type PayablesWatermarks,
  type Stage,
} from './schema.ts';
import { openFrom, sealInto } from './sealed.ts';
import type { Db } from './store.ts';

export interface Company {
  readonly companyId: string;
  readonly name: string;
  readonly mtUrl: string;
  /** ID or name of the company in MineralTree. */
  readonly mtCompany: string;
  readonly mtUser: string;
  readonly stage: Stage;
  readonly epoch: number;
  readonly pause?: Pause;
  readonly block?: Blocked;
  readonly settings: Settings;
  readonly rules: CompanyRules;
  readonly file: EnrolledFile;
  readonly preferences?: LedgerPreferences;
  readonly watermarks: Watermarks;
  readonly payablesWatermarks: PayablesWatermarks;
  /** Where a reading by keys stands; absent when there is none. */
  readonly load?: unknown;
  readonly listsChangedAt: number;
  readonly firstLoadDoneAt?: number;
  readonly sweptAt?: number;
  readonly ledgersDueAt?: number;
  readonly lastSuccessAt?: number;
  readonly creditTurn?: string;
  readonly closedPeriod?: ClosedPeriod;
  readonly addedAt: number;
  readonly removedAt?: number;
}

export interface NewCompany {
  readonly companyId: string;
  readonly name: string;
  readonly mtUrl: string;
  readonly mtCompany: string;
  readonly mtUser: string;
  readonly mtPassword: string;
  readonly marker: string;
  readonly settings?: Partial<Settings>;
  readonly rules?: Partial<CompanyRules>;
  /** @default onboarding */
  readonly stage?: Stage;
  readonly at: number;
}

/** What may change of a company; `null` empties a field. */
export interface CompanyChange {
  readonly name?: string;
  readonly stage?: Stage;
  readonly pause?: Pause | null;
  readonly block?: Blocked | null;
  readonly settings?: Partial<Settings>;
  readonly rules?: Partial<CompanyRules>;
  readonly file?: EnrolledFile;
  readonly preferences?: LedgerPreferences;
  readonly watermarks?: Watermarks;
  readonly payablesWatermarks?: PayablesWatermarks;
  readonly load?: unknown;
  readonly listsChangedAt?: number;
  readonly firstLoadDoneAt?: number | null;
  readonly sweptAt?: number;
  readonly ledgersDueAt?: number | null;
  readonly lastSuccessAt?: number;
  readonly creditTurn?: string;
  readonly closedPeriod?: ClosedPeriod;
  readonly removedAt?: number | null;
}

export const passwordPlace = (companyId: string): string => `company ${companyId} MineralTree password`;

const COLUMNS = [
  'companyId',
  'name',
  'mtUrl',
  'mtCompany',
  'mtUser',
  'stage',
  'epoch',
  'pause',
  'block',
  'settings',
  'rules',
  'file',
  'preferences',
  'watermarks',
  'payablesWatermarks',
  'load',
  'listsChangedAt',
  'firstLoadDoneAt',
  'sweptAt',
  'ledgersDueAt',
  'lastSuccessAt',
  'creditTurn',
  'closedPeriod',
  'addedAt',
  'removedAt',
] as const;

export async function insertCompany(db: Db, vault: Vault, company: NewCompany): Promise<void> {
  const file: EnrolledFile = { expected: company.marker, alsoAccepts: [''], written: false };
  await db
    .insertInto('companies')
    .values({
      companyId: company.companyId,
      name: company.name,
      mtUrl: company.mtUrl,
      mtCompany: company.mtCompany,
      mtUser: company.mtUser,
      mtPassword: await sealInto(db, vault, company.mtPassword, passwordPlace(company.companyId)),
      mtKeyId: vault.keyId,
      stage: company.stage ?? 'onboarding',
      pause: null,
      block: null,
      settings: JSON.stringify(company.settings ?? {}),
      rules: JSON.stringify(company.rules ?? {}),
      file: JSON.stringify(file),
      preferences: null,
      watermarks: '{}',
      payablesWatermarks: '{}',
      load: null,
      firstLoadDoneAt: null,
      sweptAt: null,
      ledgersDueAt: null,
      lastSuccessAt: null,
      creditTurn: null,
      closedPeriod: null,
      addedAt: company.at,
      removedAt: null,
    })
    .execute();
}

/** A company that has not been removed. @throws StoreError `companyUnknown`, `companyRemoved` */
export async function getCompany(db: Db, companyId: string): Promise<Company> {
  const company = await findCompany(db, companyId);
  if (company === undefined) throw new StoreError('companyUnknown', `no company ${companyId}`);
  if (company.removedAt !== undefined) throw new StoreError('companyRemoved', `company ${companyId} was removed`);
  return company;
}

export async function findCompany(db: Db, companyId: string): Promise<Company | undefined> {
  const row = await db.selectFrom('companies').select(COLUMNS).where('companyId', '=', companyId).executeTakeFirst();
  return row && companyOf(row);
}

/** All companies that have not been removed, by name. */
export async function listCompanies(db: Db): Promise<readonly Company[]> {
  const rows = await db
    .selectFrom('companies')
    .select(COLUMNS)
    .where('removedAt', 'is', null)
    .orderBy('name')
    .orderBy('companyId')
    .execute();
  return rows.map(companyOf);
}

/** How to log in to MineralTree for a company. The password is plain here and nowhere else. */
export async function payablesLogin(
  db: Db,
  vault: Vault,
  companyId: string,
): Promise<{ readonly url: string; readonly company: string; readonly user: string; readonly password: string }> {
  const row = await db
    .selectFrom('companies')
    .select(['mtUrl', 'mtCompany', 'mtUser', 'mtPassword'])
    .where('companyId', '=', companyId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw new StoreError('companyUnknown', `no company ${companyId}`);
  return {
    url: row.mtUrl,
    company: row.mtCompany,
    user: row.mtUser,
    password: await openFrom(db, vault, row.mtPassword, passwordPlace(companyId)),
  };
}

export async function changeCompany(db: Db, companyId: string, change: CompanyChange): Promise<void> {
  const {
    pause,
    block,
    settings,
    rules,
    file,
    preferences,
    watermarks,
    payablesWatermarks,
    load,
    closedPeriod,
    ...plain
  } = change;
  const json = { pause, block, settings, rules, file, preferences, watermarks, payablesWatermarks, load, closedPeriod };
  const set = {
    ...plain,
    ...Object.fromEntries(
      Object.entries(json)
        .filter(([, value]) => value !== undefined)
        .map(([column, value]) => [column, value === null ? null : JSON.stringify(value)]),
    ),
  };
  if (Object.keys(set).length === 0) return;
  await db.updateTable('companies').set(set).where('companyId', '=', companyId).execute();
}

/** Changes the MineralTree password: it is sealed anew. */
export async function changePassword(db: Db, vault: Vault, companyId: string, password: string): Promise<void> {
  const mtPassword = await sealInto(db, vault, password, passwordPlace(companyId));
  await db
    .updateTable('companies')
    .set({ mtPassword, mtKeyId: vault.keyId })
    .where('companyId', '=', companyId)
    .execute();
}

interface CompanyRow {
  readonly companyId: string;
  readonly name: string;
  readonly mtUrl: string;
  readonly mtCompany: string;
  readonly mtUser: string;
  readonly stage: Stage;
  readonly epoch: number;
  readonly pause: Pause | null;
  readonly block: Blocked | null;
  readonly settings: Partial<Settings>;
  readonly rules: Partial<CompanyRules>;
  readonly file: EnrolledFile;
  readonly preferences: LedgerPreferences | null;
  readonly watermarks: Watermarks;
  readonly payablesWatermarks: PayablesWatermarks;
  readonly load: unknown;
  readonly listsChangedAt: number;
  readonly firstLoadDoneAt: number | null;
  readonly sweptAt: number | null;
  readonly ledgersDueAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly creditTurn: string | null;
  readonly closedPeriod: ClosedPeriod | null;
  readonly addedAt: number;
  readonly removedAt: number | null;
}

function companyOf(row: CompanyRow): Company {
  const {
    pause,
    block,
    preferences,
    load,
    firstLoadDoneAt,
    sweptAt,
    ledgersDueAt,
    lastSuccessAt,
    creditTurn,
    closedPeriod,
    removedAt,
    ...always
  } = row;
  return {
    ...always,
    settings: { ...DEFAULT_SETTINGS, ...row.settings },
    rules: { ...DEFAULT_RULES, ...row.rules },
    ...(pause !== null && { pause }),
    ...(block !== null && { block }),
    ...(preferences !== null && { preferences }),
    ...(load !== null && { load }),
    ...(firstLoadDoneAt !== null && { firstLoadDoneAt }),
    ...(sweptAt !== null && { sweptAt }),
    ...(ledgersDueAt !== null && { ledgersDueAt }),
    ...(lastSuccessAt !== null && { lastSuccessAt }),
    ...(creditTurn !== null && { creditTurn }),
    ...(closedPeriod !== null && { closedPeriod }),
    ...(removedAt !== null && { removedAt }),
  };
}
