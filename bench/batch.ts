/**
 * How often QuickBooks is called for a batch of k bills: bills approved and posted in MineralTree, then one cycle. The
 * calls of the cycle's pull are counted apart. The company's very first batch, which also writes the marker into the file,
 * is told as a remark.
 */
import { move } from '../src/cli/demo/sandboxes.ts';
import { until } from '../src/cli/until.ts';
import { type CallCount, countCalls } from './callCount.ts';
import { type CompanyAtWork, withCompanyAtWork } from './companyAtWork.ts';
import type { Figure } from './figure.ts';
import type { Result } from './report.ts';

const SIZES = [1, 5, 20];
const BESIDE_THE_BILLS = 3;
/** No cycle but those asked for. */
const INTERVAL_MS = 86_400_000;

export async function batch(say: (line: string) => void): Promise<Result> {
  const choice = { name: 'Batch', seed: 'small', settings: { intervalMs: INTERVAL_MS }, withinMs: 120_000 };
  return withCompanyAtWork(choice, async (at) => {
    const count = await countCalls(at.stage.quickBooks.url, 0);
    await quiet(at, count);
    const first = await callsFor(at, count, ['B-0']);
    const figures: Figure[] = [];
    for (const size of SIZES) {
      await quiet(at, count);
      const numbers = Array.from({ length: size }, (_, index) => `B-${size}-${index}`);
      const calls = await callsFor(at, count, numbers);
      say(`${size} bills: ${calls} calls`);
      const name = size === 1 ? 'calls for 1 bill' : `calls for ${size} bills`;
      figures.push({ name, unit: 'count', measured: calls, limit: size + BESIDE_THE_BILLS });
    }
    await count.end();
    return {
      bench: 'batch',
      figures,
      remarks: [`the company's first posting, with the marker of the file: ${first} calls`],
    };
  });
}

/** Enters bills of these numbers, lets one cycle run, waits until all are in QuickBooks and said to be; gives the calls beside the pull. */
async function callsFor(at: CompanyAtWork, count: CallCount, numbers: readonly string[]): Promise<number> {
  const { stage, company } = at;
  for (const invoiceNumber of numbers) {
    const { id } = await move<{ readonly id: string }>(stage.mineralTree, 'enter-invoice', {
      company: company.mtCompany,
      vendor: 'Acorn Supply',
      apAccount: 'Accounts Payable',
      invoiceNumber,
      transactionDate: '2026-11-03',
      dueDate: '2026-12-03',
      amount: '12.50',
      expenses: [{ glAccount: 'Office Supplies', amount: '12.50' }],
    });
    for (const step of ['approve', 'post'])
      await move(stage.mineralTree, step, { company: company.mtCompany, bill: id });
  }
  const before = (await count.counted()).others;
  await cycle(at, count);
  const posted = await billNumbers(at);
  const missing = numbers.filter((number) => posted.filter((one) => one === number).length !== 1);
  if (missing.length > 0) throw new Error(`these bills are not in QuickBooks, or twice: ${missing.join(', ')}`);
  return (await count.counted()).others - before;
}

/** Runs cycles until one calls QuickBooks for its pull alone. */
async function quiet(at: CompanyAtWork, count: CallCount): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    const before = (await count.counted()).others;
    await cycle(at, count);
    if ((await count.counted()).others === before) return;
  }
  throw new Error('the company does not come to rest');
}

/** One cycle, from the asking to the waiting for the next. */
async function cycle({ stage, company, status }: CompanyAtWork, count: CallCount): Promise<void> {
  const before = await count.counted();
  await stage.tandem(['company', 'sync-now', company.id]);
  await until(
    'the cycle',
    async () => (await count.counted()).pulls > before.pulls && (await status()).phase.kind === 'waiting',
    { withinMs: 60_000, describe: async () => JSON.stringify(await status()) },
  );
}

async function billNumbers({ stage, company }: CompanyAtWork): Promise<readonly (string | undefined)[]> {
  const answer = await fetch(`${stage.quickBooks.url}/books/file?file=${encodeURIComponent(company.file)}`);
  const { bills } = (await answer.json()) as { readonly bills: readonly { readonly refNumber?: string }[] };
  return bills.map(({ refNumber }) => refNumber);
}
