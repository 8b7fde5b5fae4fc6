/**
 * The next pull request, from what stands in the store: page, watermarks, versions seen, canaries, the file.
 *
 * 1. A request that was made is kept, and asked until it is answered or replaced.
 * 2. While records are read by their IDs, the page after the next is made too, with other IDs: the site may serve it
 *    ahead. It becomes the next one, ID and all, if it is still right then; else it is forgotten. Nothing is lost by
 *    that, for an ID is wanted until its record is stored, and asked for by one of the two at a time.
 */
import { randomUUID } from 'node:crypto';
import {
  type FileMark,
  MAX_PAGE_IDS,
  type Page,
  PROTOCOL,
  type PullRequest,
  type Watermarks,
} from '../../contract/index.ts';
import { LEDGER_KINDS, type LedgerKind } from '../../domain/ledger.ts';
import {
  askedPull,
  askPull,
  type Company,
  changeCompany,
  type Db,
  getCompany,
  newestCanaries,
  nextWanted,
  replaceAskedPull,
  seenKeys,
  type Tx,
  takePullAhead,
  vendorsWithCredits,
} from '../../store/index.ts';
import {
  creditVendorsInTurn,
  kindUnderWay,
  nextPage,
  type Readings,
  sameJson,
  sameWatermarks,
} from '../../sync/index.ts';

/** The host asks from its watermark less two hours, and QuickBooks' times may be an hour off (daylight saving). */
const OVERLAP_SECONDS = 3 * 3600;

export const fileMark = ({ file }: Pick<Company, 'file'>): FileMark => ({
  expected: file.expected,
  alsoAccepts: file.alsoAccepts,
});

/** Where the reading by keys stands. */
export const readingsOf = (company: Pick<Company, 'load'>): Readings => (company.load ?? {}) as Readings;

/**
 * Makes the next request, and the one ahead where there is one, and keeps them. The company is read anew: it carries what
 * the transaction has changed.
 */
export async function askNext(tx: Tx, companyId: string, at: number): Promise<PullRequest> {
  const company = await getCompany(tx, companyId);
  const readings = readingsOf(company);
  const kind = kindUnderWay(readings);
  // At most a page of IDs that were asked for and did not come, and the page ahead: that one is among the first two.
  const wanted = kind === undefined ? [] : await nextWanted(tx, companyId, kind, 2 * MAX_PAGE_IDS);
  const page = nextPage(readings, wanted);
  const made = await makeRequest(tx, company, page);
  const former = await takePullAhead(tx, companyId);
  const request = former !== undefined && isRight(former, made, wanted) ? former : made;
  await askPull(tx, companyId, request, at);
  if (request.page.kind !== 'records') return request;
  const asked = new Set(request.page.ids);
  const ids = wanted.filter((id) => !asked.has(id)).slice(0, MAX_PAGE_IDS);
  if (ids.length > 0)
    await askPull(tx, companyId, { ...made, pullId: randomUUID(), page: { ...request.page, ids } }, at, 'ahead');
  return request;
}

/** Whether a request made ahead may be asked instead of one made now: all that it asks for is wanted, the rest is equal. */
function isRight(former: PullRequest, made: PullRequest, wanted: readonly string[]): boolean {
  if (former.page.kind !== 'records' || made.page.kind !== 'records' || former.page.of !== made.page.of) return false;
  const still = new Set(wanted);
  return (
    former.page.ids.every((id) => still.has(id)) &&
    sameWatermarks(former.watermarks, made.watermarks) &&
    sameJson(former.file, made.file)
  );
}

async function makeRequest(tx: Tx, company: Company, page: Page): Promise<PullRequest> {
  const { companyId } = company;
  return {
    protocol: PROTOCOL,
    companyId,
    pullId: randomUUID(),
    page,
    watermarks: company.watermarks,
    seen: page.kind === 'changes' ? await seenKeys(tx, companyId, listed(company.watermarks), OVERLAP_SECONDS) : {},
    file: fileMark(company),
    canaries: await newestCanaries(tx, companyId),
    creditVendors: page.kind === 'changes' ? await creditVendors(tx, company) : [],
  };
}

/** A credit may be applied without any record's time changing: so balances of vendors with open credits, some in turn. */
async function creditVendors(tx: Tx, { companyId, creditTurn }: Company): Promise<readonly string[]> {
  const chosen = creditVendorsInTurn(await vendorsWithCredits(tx, companyId), creditTurn);
  const last = chosen.at(-1);
  if (last !== undefined) await changeCompany(tx, companyId, { creditTurn: last });
  return chosen;
}

/** The request that stands, with the file as it is accepted now; a first one when there is none. */
export async function standingRequest(tx: Tx, company: Company, at: number): Promise<PullRequest> {
  const asked = await askedPull(tx, company.companyId);
  if (asked === undefined) return askNext(tx, company.companyId, at);
  const file = fileMark(company);
  if (sameJson(file, asked.file)) return asked;
  const renewed = { ...asked, file };
  await takePullAhead(tx, company.companyId);
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
