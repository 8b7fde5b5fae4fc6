import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Commit, openLog, readLog, writeLog } from '../../../src/sandbox/quickbooks/fileLog.ts';
import { createQuickBooksSandbox } from '../../../src/sandbox/quickbooks/index.ts';
import { FILE, type Json, openDesk, rows } from './desk.ts';

describe('QuickBooks sandbox: the files on disk', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'tandem-quickbooks-'));
  });
  afterEach(() => fs.rm(dataDir, { recursive: true, force: true }));

  const commit = (txnNumber: number): Commit => ({
    head: { file: FILE, name: 'Sample', listCounter: 0, txnCounter: 0, txnNumber },
  });
  const numbers = (file: string): (number | undefined)[] => {
    const found: (number | undefined)[] = [];
    readLog(file, ({ head }) => found.push(head?.txnNumber));
    return found;
  };

  it('lose a last line that is cut off, and nothing else, and go on from there', async () => {
    const file = path.join(dataDir, 'a');
    writeLog(file, [commit(1), commit(2)]);
    await fs.appendFile(file, '{"head":{"txnNu');
    assert.deepEqual(numbers(file), [1, 2]);
    const log = openLog(file);
    log.append(commit(3));
    log.close();
    assert.deepEqual(numbers(file), [1, 2, 3]);
  });

  it('are not opened when another line is broken; the error names file and line', async () => {
    const file = path.join(dataDir, 'a');
    await fs.writeFile(file, `${JSON.stringify(commit(1))}\nnonsense\n${JSON.stringify(commit(3))}\n`);
    assert.throws(() => numbers(file), new RegExp(`${file}, line 2: not a commit`));
  });

  it('hold payments, credits and what is set of them: all is open as it was when the sandbox starts again', async () => {
    const first = await openDesk({ dataDir, seed: 'payables' });
    const [credit] = rows((await first.books()).credits).filter(({ refNumber }) => refNumber === 'C-202');
    const [bill] = rows((await first.books()).bills).filter(({ refNumber }) => refNumber === 'P-105');
    await first.move('close-books', { date: '2025-01-31', password: 'secret' });
    await first.move('backup', { backup: 'before' });
    const backedUp = { ...(await first.books()), clock: 0 };
    await first.move('set-credits', { bill: bill?.id, credits: [{ txnId: credit?.id, amount: '12.34' }] });
    const payment = rows((await first.books()).payments).find(({ refNumber }) => refNumber === '5002');
    await first.move('void-payment', { txnId: payment?.id });
    const books = { ...(await first.books()), clock: 0 };
    await first.stop();

    const second = await openDesk({ dataDir });
    assert.deepEqual({ ...(await second.books()), clock: 0 }, books);
    await second.move('restore-backup', { backup: 'before' });
    assert.deepEqual({ ...(await second.books()), clock: 0 }, backedUp);
    await second.stop();
  });

  it('are written anew when their lines have outgrown them', async () => {
    const file = path.join(dataDir, 'a');
    writeLog(file, [commit(0)]);
    const log = openLog(file, 1000);
    let rewritten = 0;
    for (let i = 1; i <= 100; i += 1) {
      log.append(commit(i));
      if (log.overgrown) {
        log.rewrite([commit(i)]);
        rewritten += 1;
      }
    }
    log.close();
    assert.ok(rewritten > 2, `${rewritten} times`);
    assert.equal(numbers(file).at(-1), 100);
    assert.ok((await fs.stat(file)).size < 2500);
    assert.deepEqual(await fs.readdir(dataDir), ['a']);
  });

  it('are the same after closing and opening: every record, the switches, the closing date, the IDs that follow', async () => {
    const first = await openDesk({ dataDir });
    await first.move('enter-bill', {
      vendor: 'Acorn Tools',
      txnDate: '2026-01-02',
      expenseLines: [{ account: 'Rent', amount: '12.00' }],
    });
    const gone = await first.move('enter-bill', {
      vendor: 'Acorn Tools',
      expenseLines: [{ account: 'Rent', amount: '1.00' }],
    });
    await first.move('delete-bill', { txnId: gone.id });
    await first.move('set-closing-date', { date: '2025-12-31' });
    await first.move('set-switch', { name: 'recovery', value: 'absent' });
    const before = await first.books();
    const switches = await first.page('GET', `/people/switches?file=${encodeURIComponent(FILE)}`);
    await first.stop();
    const second = await openDesk({ dataDir });
    const { clock: _a, ...now } = await second.books();
    const { clock: _b, ...then } = before;
    assert.deepEqual(now, then);
    assert.deepEqual(await second.page('GET', `/people/switches?file=${encodeURIComponent(FILE)}`), switches);
    const next = await second.move('enter-bill', {
      vendor: 'Acorn Tools',
      expenseLines: [{ account: 'Rent', amount: '1.00' }],
    });
    assert.equal(next.txnNumber, Number(gone.txnNumber) + 1);
    assert.equal(next.txnDate, '2026-01-02');
    await second.stop();
  });

  it('a process killed while people enter bills: all that was answered is there, and every bill is whole', async () => {
    const script = fileURLToPath(new URL('./process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import=tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    const url = String(line).trim();
    const answered: unknown[] = [];
    const entering = async (lane: number): Promise<void> => {
      for (let i = 0; ; i += 1) {
        const answer = await fetch(`${url}/people/enter-bill`, {
          method: 'POST',
          body: JSON.stringify({
            file: FILE,
            vendor: 'Acorn Tools',
            refNumber: `${lane}-${i}`,
            expenseLines: [
              { account: 'Rent', amount: '10.00' },
              { account: 'Freight', amount: '5.00' },
            ],
          }),
        });
        answered.push(((await answer.json()) as Json).id);
        if (answered.length === 100) child.kill('SIGKILL');
      }
    };
    const lanes = [1, 2, 3, 4].map((lane) => assert.rejects(entering(lane)));
    await once(child, 'exit');
    await Promise.all(lanes);

    const desk = await openDesk({ dataDir });
    const books = await desk.books();
    const kept = rows(books.bills).filter(
      ({ vendor, refNumber }) => vendor === 'Acorn Tools' && !String(refNumber).startsWith('S-'),
    );
    const ids = new Set(kept.map(({ id }) => id));
    assert.deepEqual(
      answered.filter((id) => !ids.has(id)),
      [],
    );
    for (const bill of kept) assert.deepEqual([bill.amountCents, rows(bill.expenseLines).length], [1500, 2]);
    const journal = new Map(rows(books.journal).map(({ txnId, entries }) => [txnId, rows(entries)]));
    for (const bill of rows(books.bills)) {
      const entries = journal.get(bill.id) ?? [];
      assert.equal(
        entries.reduce((sum, { cents }) => sum + Number(cents), 0),
        0,
      );
      assert.equal(entries[0]?.cents, -Number(bill.amountCents));
    }
    await desk.stop();
  });

  it('a seed fills an empty folder only', async () => {
    const first = await openDesk({ dataDir });
    await first.move('add-vendor', { name: 'Ours' });
    await first.stop();
    const second = await openDesk({ dataDir, seed: 'medium' });
    assert.equal(rows((await second.books()).vendors).length, 11);
    await second.stop();
  });

  it('an unknown seed is refused by name', async () => {
    await assert.rejects(
      createQuickBooksSandbox({ dataDir, seed: 'tiny' }),
      /seed: "tiny" is not one of small, medium, large, payables, history/,
    );
  });
});
