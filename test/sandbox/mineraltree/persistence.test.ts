import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createMineralTreeSandbox } from '../../../src/sandbox/mineraltree/index.ts';
import { type Journal, openJournal, type Row } from '../../../src/sandbox/mineraltree/journal.ts';
import { type Json, rows } from './sandbox.ts';

describe('the books on disk', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'mineraltree-books-'));
  });
  afterEach(() => fs.rm(dir, { recursive: true, force: true }));

  /** A table of one kind, as the books keep it. */
  const opened = async (
    rewriteAfterBytes = 1_000_000,
  ): Promise<{ journal: Journal; table: Map<string, unknown>; put(id: string, value: object | null): void }> => {
    const table = new Map<string, unknown>();
    const apply = ([, id, value]: Row): void => {
      if (value === null) table.delete(id);
      else table.set(id, value);
    };
    const snapshot = (): Row[] => [...table].map(([id, value]) => ['row', id, Object(value)]);
    const journal = await openJournal({ dir, replay: apply, rows: snapshot, rewriteAfterBytes });
    const put = (id: string, value: object | null): void => {
      journal.append([['row', id, value]]);
      apply(['row', id, value]);
    };
    return { journal, table, put };
  };
  const files = async (): Promise<string[]> => (await fs.readdir(dir)).filter((name) => name.startsWith('books-'));

  it('are as they were after closing and opening', async () => {
    const first = await opened();
    first.put('a', { n: 1 });
    first.put('b', { n: 2 });
    first.put('a', { n: 3 });
    first.put('b', null);
    await first.journal.close();
    const second = await opened();
    assert.deepEqual([...second.table], [['a', { n: 3 }]]);
    await second.journal.close();
  });

  it('lose a last line that is cut off, and nothing else, and go on from there', async () => {
    const first = await opened();
    first.put('a', { n: 1 });
    await first.journal.close();
    const [file = ''] = await files();
    await fs.appendFile(path.join(dir, file), '[["row","b",{"n"');
    const second = await opened();
    assert.deepEqual([...second.table.keys()], ['a']);
    second.put('c', { n: 3 });
    await second.journal.close();
    const third = await opened();
    assert.deepEqual([...third.table.keys()], ['a', 'c']);
    await third.journal.close();
  });

  it('are not opened when a line in the middle is broken; the error names file and line', async () => {
    await fs.writeFile(path.join(dir, 'books-00000003.jsonl'), '[["row","a",{}]]\nnonsense\n[["row","b",{}]]\n');
    await assert.rejects(opened(), /books-00000003\.jsonl, line 2: not a write/);
  });

  it('are rewritten beside further writes, and lose none of them', async () => {
    const first = await opened(2_000);
    const generations = new Set<string>();
    for (let turn = 0; turn < 3_000; turn += 1) {
      first.put(`k${turn % 40}`, { turn });
      if (turn % 7 === 0) first.put(`gone${turn}`, { turn });
      if (turn % 7 === 3) first.put(`gone${turn - 3}`, null);
      if (turn % 50 === 0) {
        await new Promise(setImmediate);
        for (const name of await files()) generations.add(name);
      }
    }
    await first.journal.close();
    assert.ok(generations.size > 3, `rewritten ${generations.size} times`);
    assert.equal((await files()).length, 1);
    const second = await opened();
    assert.deepEqual(new Map([...second.table].sort()), new Map([...first.table].sort()));
    await second.journal.close();
  });

  it('of an interrupted rewriting the older whole file counts, of a finished one the newer', async () => {
    const line = (id: string): string => `[["row","${id}",{}]]\n`;
    await fs.writeFile(path.join(dir, 'books-00000001.jsonl'), line('old'));
    await fs.writeFile(path.join(dir, 'books-00000002.jsonl.draft'), line('half'));
    const first = await opened();
    assert.deepEqual([...first.table.keys()], ['old']);
    await first.journal.close();
    await fs.writeFile(path.join(dir, 'books-00000002.jsonl'), line('new'));
    const second = await opened();
    assert.deepEqual([...second.table.keys()], ['new']);
    assert.deepEqual(await files(), ['books-00000002.jsonl']);
    await second.journal.close();
  });

  it('belong to one process at a time', async () => {
    await fs.writeFile(path.join(dir, 'owner.pid'), String(process.ppid));
    await assert.rejects(createMineralTreeSandbox({ dataDir: dir }), new RegExp(`in use by process ${process.ppid}`));
    await fs.writeFile(path.join(dir, 'owner.pid'), '999999999');
    await (await createMineralTreeSandbox({ dataDir: dir })).close();
    assert.deepEqual(await fs.readdir(dir), ['books-00000000.jsonl']);
  });
});

describe('a MineralTree sandbox that is killed', () => {
  let dir: string;
  const started: ChildProcess[] = [];
  beforeEach(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'mineraltree-killed-'));
  });
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await fs.rm(dir, { recursive: true, force: true });
  });

  const start = async () => {
    const script = fileURLToPath(new URL('./process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import=tsx', script, dir, '60000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    const ended = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    return { url: String(line).trim(), child, ended };
  };

  it('has every write that it answered, each once, though eight wrote while it was killed and rewrote its books', async function () {
    this.timeout(60_000);
    const { url, child, ended } = await start();
    const post = async (at: string, body: unknown, headers: Record<string, string> = {}) => {
      const answer = await fetch(url + at, { method: 'POST', headers, body: JSON.stringify(body) });
      const json: Json = JSON.parse(await answer.text());
      return { status: answer.status, etag: answer.headers.get('etag') ?? '', json };
    };
    const company = (await post('/people/new-company', { name: 'Acme', user: 'u', password: 'p' })).json.id;
    const session = (await post('/mtapi/base/security/login', {}, { authorization: 'MT u:p' })).etag;
    const services = (at: string, body: unknown) => post(`/mtapi/base/services${at}`, body, { 'if-match': session });
    const vendor = (await services(`/vendor/${company}`, { vendor: { name: 'Northwind' } })).json.id;

    const answered = new Map<string, number>();
    let next = 0;
    const writer = async (): Promise<void> => {
      for (;;) {
        const n = next;
        next += 1;
        const { status, json } = await services(`/bill/${company}`, {
          bill: {
            externalId: `TX-${n % 300}`,
            vendor: { id: vendor },
            transactionDate: '2026-03-01',
            amount: { amount: n, precision: 2 },
          },
        });
        assert.equal(status, 200);
        const id = String(json.externalId);
        answered.set(id, Math.max(answered.get(id) ?? 0, Number(json.amount?.amount)));
        if (answered.size === 300 && next > 900) child.kill('SIGKILL');
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: 8 }, writer));
    assert.ok(ends.every(({ status }) => status === 'rejected'));
    assert.equal((await ended)[1], 'SIGKILL');

    const sandbox = await createMineralTreeSandbox({ dataDir: dir });
    try {
      const again = (await sandbox.listen(0)).url;
      const books: Json = JSON.parse(await (await fetch(`${again}/books/company?id=${company}`)).text());
      const kept = new Map<string, number>();
      for (const { externalId, amountCents } of rows(books.bills)) {
        assert.ok(!kept.has(String(externalId)), `${externalId} is there twice`);
        kept.set(String(externalId), Number(amountCents));
      }
      assert.equal(kept.size, 300);
      for (const [id, amount] of answered)
        assert.ok((kept.get(id) ?? -1) >= amount, `${id}: ${kept.get(id)} after ${amount} was answered`);
      assert.ok(
        (await fs.readdir(dir)).some((name) => /^books-0000000[1-9]\.jsonl$/.test(name)),
        'rewritten meanwhile',
      );
    } finally {
      await sandbox.close();
    }
  });
});
