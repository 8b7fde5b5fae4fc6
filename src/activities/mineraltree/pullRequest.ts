/**
 * The next pull request, from what stands in the store: page, watermarks, versions seen, canaries, the file.
 * A request that was made is kept, and asked until it is answered or replaced.
 */
import { randomUUID } from 'node:crypto';
import { type FileMark, PROTOCOL, type PullRequest, type Watermarks } from '../../contract/index.ts';
import { LEDGER_KINDS, type LedgerKind } from '../../domain/ledger.ts';
import {
  askedPull,
  askPull,
  type Company,
  type Db,
  getCompany,
  newestCanaries,
  nextWanted,
  replaceAskedPull,
  seenKeys,
  type Tx,
} from '../../store/index.ts';
import { kindUnderWay, nextPage, type Readings, sameJson } from '../../sync/index.ts';

/** The host asks from its watermark less two hours, and QuickBooks' times may be an hour off (daylight saving). */
const OVERLAP_SECONDS = 3 * 3600;
const MAX_PAGE_IDS = 100;

export const fileMark = ({ file }: Pick<Company, 'file'>): FileMark => ({
  expected: file.expected,
  alsoAccepts: file.alsoAccepts,
});

/** Where the reading by keys stands. */
export const readingsOf = (company: Pick<Company, 'load'>): Readings => (company.load ?? {}) as Readings;

/** Makes the next request and keeps it. The company is read anew: it carries what the transaction has changed. */
export async function askNext(tx: Tx, companyId: string, at: number): Promise<PullRequest> {
  const company = await getCompany(tx, companyId);
  const readings = readingsOf(company);
  const kind = kindUnderWay(readings);
  const wanted = kind === undefined ? [] : await nextWanted(tx, companyId, kind, MAX_PAGE_IDS);
  const page = nextPage(readings, wanted);
  const request: PullRequest = {
    protocol: PROTOCOL,
    companyId,
    pullId: randomUUID(),
    page,
    watermarks: company.watermarks,
    seen: page.kind === 'changes' ? await seenKeys(tx, companyId, listed(company.watermarks), OVERLAP_SECONDS) : {},
    file: fileMark(company),
    canaries: await newestCanaries(tx, companyId),
    creditVendors: [],
  };
  await askPull(tx, companyId, request, at);
  return request;
}

/** The request that stands, with the file as it is accepted now; a first one when there is none. */
export async function standingRequest(tx: Tx, company: Company, at: number): Promise<PullRequest> {
  const asked = await askedPull(tx, company.companyId);
  if (asked === undefined) return askNext(tx, company.companyId, at);
  const file = fileMark(company);
  if (sameJson(file, asked.file)) return asked;
  const renewed = { ...asked, file };
  await replaceAskedPull(tx, company.companyId, renewed);
  return renewed;
}

export const requestThatStands = (db: Db, companyId: string): Promise<PullRequest | undefined> =>
  askedPull(db, companyId);

function listed(watermarks: Watermarks): Partial<Record<LedgerKind, number>> {
  return Object.fromEntries(
    LEDGER_KINDS.flatMap((kind) => {
      const watermark = watermarks[kind];
      return watermark === undefined ? [] : [[kind, watermark]];
    }),
  );
}
