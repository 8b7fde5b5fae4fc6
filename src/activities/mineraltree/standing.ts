/** How a company stands, for the workflow to copy; and the batches of postings that it hands to the site. */
import { randomUUID } from 'node:crypto';
import {
  type Block,
  type Blocked,
  MAX_BATCH,
  type Posting,
  type PostRequest,
  PROTOCOL,
  type Standing,
} from '../../contract/index.ts';
import {
  askedPull,
  type Company,
  changeCompany,
  closeProblemsUnder,
  countOpenProblems,
  getCompany,
  openProblems,
  pullAhead,
  type Tx,
} from '../../store/index.ts';
import { describeProblem } from '../../sync/index.ts';
import { prefixOf, problemOf } from './problemLedger.ts';
import { askNext, fileMark } from './pullRequest.ts';

/** Bytes of documents in one batch, so that a payload stays small. */
const MAX_BATCH_BYTES = 150_000;

export const companySubject = (companyId: string) => ({ kind: 'company', id: companyId });

/** How the company stands now. A request is made when none stands. */
export async function standingOf(tx: Tx, companyId: string, at: number): Promise<Standing> {
  const nextPull = (await askedPull(tx, companyId)) ?? (await askNext(tx, companyId, at));
  const company = await getCompany(tx, companyId);
  const { settings, firstLoadDoneAt, lastSuccessAt, block } = company;
  const ahead = block === undefined ? await pullAhead(tx, companyId) : undefined;
  return {
    settings,
    openProblems: await countOpenProblems(tx, companyId),
    firstLoadDone: firstLoadDoneAt !== undefined,
    ...(lastSuccessAt !== undefined && { lastSuccessAt }),
    ...(block && { block }),
    nextPull,
    ...(ahead && { ahead }),
  };
}

/** Keeps a block with what to do about it, as a problem too. */
export async function recordBlock(tx: Tx, companyId: string, block: Block, at: number): Promise<Blocked> {
  const { whatToDo } = describeProblem(block.code, block.detail);
  const blocked: Blocked = { ...block, whatToDo };
  await changeCompany(tx, companyId, { block: blocked });
  const problem = problemOf('company', companySubject(companyId), {
    code: block.code,
    params: block.detail,
    part: 'block',
  });
  await closeBlocks(tx, companyId, [problem.key], at);
  await openProblems(tx, companyId, [problem], at);
  return blocked;
}

/** The way is free again. */
export async function clearBlock(tx: Tx, companyId: string, at: number): Promise<void> {
  await changeCompany(tx, companyId, { block: null });
  await closeBlocks(tx, companyId, [], at);
}

const BLOCK_CODES = [
  'anotherFile',
  'olderCopy',
  'accountantCopy',
  'notAuthorized',
  'unsupportedQuickBooks',
  'connectorTooOld',
] as const satisfies readonly Block['code'][];

async function closeBlocks(tx: Tx, companyId: string, except: readonly string[], at: number): Promise<void> {
  const prefixes = BLOCK_CODES.map((code) => `${prefixOf('company', companySubject(companyId))}${code}`);
  await closeProblemsUnder(tx, companyId, prefixes, except, at);
}

/** What the activity `postPayments` carries out: money, after what it pays. */
const MONEY: ReadonlySet<Posting['kind']> = new Set([
  'BillPaymentCheckAdd',
  'BillPaymentCreditCardAdd',
  'TxnVoid',
] as const);

/** Batches in the given order, each of bearable length and size: first those without money, then those of money. */
export function batchesOf(
  company: Pick<Company, 'companyId' | 'file'>,
  postings: readonly Posting[],
  mayHaveBeenSent: boolean,
): readonly PostRequest[] {
  const others = postings.filter(({ kind }) => !MONEY.has(kind));
  const money = postings.filter(({ kind }) => MONEY.has(kind));
  const requestOf = (batch: readonly Posting[], activity: NonNullable<PostRequest['activity']>): PostRequest => ({
    protocol: PROTOCOL,
    companyId: company.companyId,
    batchId: randomUUID(),
    activity,
    postings: batch,
    mayHaveBeenSent,
    file: fileMark(company),
  });
  return [
    ...cut(others).map((batch) => requestOf(batch, 'postBills')),
    ...cut(money).map((batch) => requestOf(batch, 'postPayments')),
  ];
}

function cut(postings: readonly Posting[]): readonly (readonly Posting[])[] {
  const batches: Posting[][] = [];
  let bytes = 0;
  for (const posting of postings) {
    const size = JSON.stringify(posting).length;
    const last = batches.at(-1);
    if (last === undefined || last.length >= MAX_BATCH || bytes + size > MAX_BATCH_BYTES) {
      batches.push([posting]);
      bytes = size;
    } else {
      last.push(posting);
      bytes += size;
    }
  }
  return batches;
}
