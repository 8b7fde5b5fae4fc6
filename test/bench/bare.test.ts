import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bareDrain, KINDS } from '../../bench/bareDrain.ts';
import { bareWrite } from '../../bench/bareWrite.ts';
import { countCalls } from '../../bench/callCount.ts';
import { NAIVE_QUESTIONS, naiveCycle } from '../../bench/naiveCycle.ts';
import { textIn } from '../../bench/processor.ts';
import { judge, readMineralTree, readQuickBooks } from '../../src/sandbox/judge/index.ts';
import { createMineralTreeSandbox } from '../../src/sandbox/mineraltree/index.ts';
import { createQuickBooksSandbox } from '../../src/sandbox/quickbooks/index.ts';

const FILE = 'C:\\Books\\Sample.qbw';
const ACCESS = { user: 'bare@example.com', password: 'only-for-the-bench' };

describe('the bare clients of the bench', () => {
  let folder = '';
  let quickBooks: Awaited<ReturnType<typeof createQuickBooksSandbox>>;
  let mineralTree: Awaited<ReturnType<typeof createMineralTreeSandbox>>;
  const urls = { quickBooks: '', mineralTree: '' };

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-bench-'));
    quickBooks = await createQuickBooksSandbox({ dataDir: path.join(folder, 'quickbooks'), seed: 'small' });
    mineralTree = await createMineralTreeSandbox({ dataDir: path.join(folder, 'mineraltree') });
    urls.quickBooks = (await quickBooks.listen(0)).url;
    urls.mineralTree = (await mineralTree.listen(0)).url;
  });
  after(async () => {
    await quickBooks.close();
    await mineralTree.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('move a company whole: the judge finds both ledgers alike', async () => {
    const drained = await bareDrain(urls.quickBooks, FILE);
    assert.equal(drained.records.Bill.length, 5);
    assert.equal(drained.records.Vendor.length, 10);
    assert.equal(drained.calls, KINDS.length);
    const response = await fetch(`${urls.mineralTree}/people/new-company`, {
      method: 'POST',
      body: JSON.stringify({ name: 'Bare', ...ACCESS }),
    });
    const { id } = (await response.json()) as { id: string };
    const written = await bareWrite({ apiUrl: `${urls.mineralTree}/mtapi/base`, company: id, ...ACCESS }, drained);
    const paymentAccounts = drained.records.Account.filter((one) =>
      /Bank|CreditCard/.test(textIn(one, 'AccountType') ?? ''),
    );
    const all = KINDS.reduce((sum, kind) => sum + drained.records[kind].length, 0);
    // A bank account is written twice, terms counted from a day of the month not at all.
    assert.equal(written.writes, all + paymentAccounts.length - 1);
    const [left, right] = await Promise.all([
      readQuickBooks(urls.quickBooks, FILE),
      readMineralTree(urls.mineralTree, id),
    ]);
    assert.deepEqual(judge(left, right).differences, []);
  });

  it('a naive cycle is one call for each question, none of which QuickBooks refuses', async () => {
    const count = await countCalls(urls.quickBooks, 0);
    await naiveCycle(urls.quickBooks, FILE);
    assert.deepEqual(await count.counted(), { pulls: 1, others: NAIVE_QUESTIONS.length - 1 });
    await count.end();
    await naiveCycle(urls.quickBooks, FILE);
    const faults = (await (await fetch(`${urls.quickBooks}/faults`)).json()) as unknown[];
    assert.equal(faults.length, 0);
  });
});
