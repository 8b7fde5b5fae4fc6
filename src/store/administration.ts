/**
 * What operators do with companies: add, list, show, remove, accept a file, look at problems. Every change is audited.
 *
 * Leaves to others: pausing and resuming (signals to the company's workflow), words of problems (src/sync).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Settings } from '../contract/control.ts';
import { COMPANY_ID } from '../contract/names.ts';
import { LEDGER_KINDS, type LedgerKind } from '../domain/ledger.ts';
import { addAudit, type By } from './audit.ts';
import {
  type Company,
  changeCompany,
  changePassword,
  findCompany,
  getCompany,
  insertCompany,
  listCompanies,
} from './companies.ts';
import { retireCompanyKey } from './companyKeys.ts';
import { listConnectors, type SeenConnector } from './connectors.ts';
import { StoreError } from './errors.ts';
import { countOpenProblems } from './problems.ts';
import { newestReport, type StoredReport } from './reports.ts';
import type { CompanyRules, Stage } from './schema.ts';
import { countSnapshots, forgetVersions } from './snapshots.ts';
import type { Store } from './store.ts';

export interface CompanyToAdd extends By {
  readonly name: string;
  readonly mtUrl: string;
  /** ID or name of the company in MineralTree. */
  readonly mtCompany: string;
  readonly mtUser: string;
  readonly mtPassword: string;
  /** The marker's text for the company file (`markerText` of src/sync). */
  readonly markerOf: (enrolment: { readonly companyId: string; readonly enrolmentId: string }) => string;
  /** An ID to use instead of a random one. */
  readonly companyId?: string;
  readonly settings?: Partial<Settings>;
  readonly rules?: Partial<CompanyRules>;
  /** `live`: without a first day, for a company that has history on one side only. @default onboarding */
  readonly stage?: Stage;
}

export interface CompanyOverview {
  readonly company: Company;
  readonly openProblems: number;
  readonly connectors: readonly SeenConnector[];
  /** Records known of each kind, those that are gone left out. */
  readonly records: Readonly<Partial<Record<LedgerKind, number>>>;
  readonly report?: StoredReport;
}

/** Adds a company and returns its ID. @throws StoreError `inputWrong` */
export async function addCompany(store: Store, company: CompanyToAdd): Promise<string> {
  const companyId = company.companyId ?? randomBytes(10).toString('hex');
  if (!COMPANY_ID.test(companyId))
    throw wrong('the company ID', companyId, 'lower-case letters, digits and dashes, 8 to 40 characters');
  for (const [field, limit] of [
    ['name', 200],
    ['mtCompany', 200],
    ['mtUser', 200],
    ['mtPassword', 1_000],
  ] as const) {
    const length = company[field].trim().length;
    if (length === 0 || length > limit)
      throw new StoreError('inputWrong', `${field} must have 1 to ${limit} characters; it has ${length}`);
  }
  if (!URL.canParse(company.mtUrl) || !/^https?:$/.test(new URL(company.mtUrl).protocol))
    throw wrong('mtUrl', company.mtUrl, 'an address such as https://host');
  await store.db.transaction().execute(async (tx) => {
    const companies = await listCompanies(tx);
    const same = companies.find(({ mtUrl, mtCompany }) => mtUrl === company.mtUrl && mtCompany === company.mtCompany);
    if (same !== undefined)
      throw new StoreError('inputWrong', `this company of MineralTree is added already, as ${same.companyId}`);
    if ((await findCompany(tx, companyId)) !== undefined)
      throw new StoreError('inputWrong', `the company ID ${companyId} is taken`);
    await insertCompany(tx, store.vault, {
      companyId,
      name: company.name.trim(),
      mtUrl: company.mtUrl,
      mtCompany: company.mtCompany.trim(),
      mtUser: company.mtUser.trim(),
      mtPassword: company.mtPassword,
      marker: company.markerOf({ companyId, enrolmentId: randomUUID() }),
      ...(company.settings && { settings: company.settings }),
      ...(company.rules && { rules: company.rules }),
      ...(company.stage && { stage: company.stage }),
      at: company.at,
    });
    await addAudit(
      tx,
      companyId,
      { who: company.by, what: 'added company', detail: { name: company.name } },
      company.at,
    );
  });
  return companyId;
}

/** What is known of a company, at a glance. @throws StoreError `companyUnknown`, `companyRemoved` */
export async function showCompany(store: Store, companyId: string): Promise<CompanyOverview> {
  const company = await getCompany(store.db, companyId);
  const report = await newestReport(store.db, companyId);
  return {
    company,
    openProblems: await countOpenProblems(store.db, companyId),
    connectors: await listConnectors(store.db, companyId),
    records: await countSnapshots(store.db, companyId),
    ...(report && { report }),
  };
}

/** The company whose ID or name this is; a name must be unique. @throws StoreError `companyUnknown`, `inputWrong` */
export async function resolveCompany(store: Store, idOrName: string): Promise<Company> {
  const companies = await listCompanies(store.db);
  const byId = companies.find(({ companyId }) => companyId === idOrName);
  const named = companies.filter(({ name }) => name.toLowerCase() === idOrName.trim().toLowerCase());
  const found = byId ?? named[0];
  if (byId === undefined && named.length > 1)
    throw new StoreError('inputWrong', `${named.length} companies are called "${idOrName}": give the ID`);
  if (found === undefined) throw new StoreError('companyUnknown', `no company "${idOrName}"`);
  return found;
}

/**
 * Removes a company: nothing is synchronized any more, whatever runs; its password is forgotten, and no connector is given
 * its key any more. Its links and postings are kept, so that nothing is posted twice if it is added again from a backup.
 */
export async function removeCompany(store: Store, companyId: string, { by, at }: By): Promise<void> {
  const { epoch } = await getCompany(store.db, companyId);
  const fence = await store.takeFence(companyId, epoch);
  await fence.write(async (tx) => {
    await changePassword(tx, store.vault, companyId, randomUUID());
    await retireCompanyKey(tx, companyId, at);
    await tx.deleteFrom('connectorKeys').where('companyId', '=', companyId).where('usedAt', 'is', null).execute();
    await changeCompany(tx, companyId, { removedAt: at });
    await addAudit(tx, companyId, { who: by, what: 'removed company' }, at);
  });
}

/** Changes user or password in MineralTree. */
export async function changeSignIn(store: Store, companyId: string, password: string, { by, at }: By): Promise<void> {
  await getCompany(store.db, companyId);
  await store.db.transaction().execute(async (tx) => {
    await changePassword(tx, store.vault, companyId, password);
    await addAudit(tx, companyId, { who: by, what: 'changed MineralTree password' }, at);
  });
}

/**
 * Accepts the file that is open now as the company's: the one with the marker that the block names, one without a marker,
 * or an older copy of ours. Everything is then read and compared anew before anything is written.
 * Returns the block that this was the answer to, if there was one.
 */
export async function acceptFile(
  store: Store,
  companyId: string,
  { by, at }: By,
): Promise<Company['block'] | undefined> {
  const { epoch, block, file } = await getCompany(store.db, companyId);
  const fence = await store.takeFence(companyId, epoch);
  const found = block?.code === 'anotherFile' ? (block.detail.found ?? '') : '';
  await fence.write(async (tx) => {
    await forgetVersions(tx, companyId);
    await tx.deleteFrom('pulls').where('companyId', '=', companyId).where('state', 'in', ['asked', 'ahead']).execute();
    for (const kind of LEDGER_KINDS)
      await tx.deleteFrom('pendingKeys').where('companyId', '=', companyId).where('kind', '=', kind).execute();
    await changeCompany(tx, companyId, {
      block: null,
      file: { expected: file.expected, alsoAccepts: [...new Set(['', found])], written: false },
      watermarks: {},
      load: null,
      firstLoadDoneAt: null,
    });
    await addAudit(tx, companyId, { who: by, what: 'accepted file', detail: { found, block: block?.code ?? '' } }, at);
  });
  return block;
}

const wrong = (what: string, given: string, allowed: string): StoreError =>
  new StoreError('inputWrong', `${what} "${given.slice(0, 60)}" must be ${allowed}`);
