/**
 * The workflow of a company on the real server, with the real store, sandboxes and connectors: what an operator sees and
 * does in Temporal UI. Every history made here is replayed at the end.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import pino from 'pino';
import { newBooks, PASSWORD, readBooks, USER } from '../../src/cli/demo/cast.ts';
import { arrangeFault, move } from '../../src/cli/demo/sandboxes.ts';
import { type Stage, type StageCompany, startStage } from '../../src/cli/demo/stage.ts';
import { statusOf } from '../../src/cli/demo/status.ts';
import { until } from '../../src/cli/until.ts';
import type { Phase, Settings } from '../../src/contract/index.ts';
import { workflowIdOf } from '../../src/contract/index.ts';
import { startRun } from '../../src/workers/cloud/index.ts';
import { historiesOf, presentBundle, replay } from '../replay/histories.ts';

const SETTINGS: Partial<Settings> = {
  intervalMs: 600_000,
  heartbeatMs: 4_000,
  siteRetryMs: 1_000,
  offlineAfterMs: 600_000,
};

describe('the workflow of a company', function () {
  this.timeout(120_000);
  let stage: Stage;
  const companies: StageCompany[] = [];

  before(async () => {
    stage = await startStage({ env: process.env, log: pino({ level: 'silent' }), ui: false, temporalInFile: true });
    await stage.startCloud();
  });
  after(() => stage?.stop());

  const handle = ({ id }: StageCompany) => stage.client.workflow.getHandle(workflowIdOf(id));
  const status = (company: StageCompany) => statusOf(stage, company);
  const phase = <K extends Phase['kind']>(company: StageCompany, kind: K) =>
    until(
      `the phase ${kind}`,
      async () => {
        const { phase: now } = await status(company);
        return now.kind === kind ? (now as Extract<Phase, { kind: K }>) : undefined;
      },
      { describe: async () => JSON.stringify(await status(company)) },
    );
  const attribute = async (company: StageCompany) =>
    (await handle(company).describe()).searchAttributes.TandemPhase?.[0];

  async function newCompany(name: string, settings: Partial<Settings> = {}): Promise<StageCompany> {
    const books = await newBooks(stage, name);
    const company = await stage.addCompany({
      name,
      ...books,
      user: USER,
      password: PASSWORD,
      settings: { ...SETTINGS, ...settings },
    });
    companies.push(company);
    await startRun(stage.client, company);
    return company;
  }

  it('waits for its connector, is offline when none comes, and goes on when one does', async () => {
    const company = await newCompany('Offline', { intervalMs: 1_000, offlineAfterMs: 2_000 });
    await phase(company, 'waiting');
    await phase(company, 'offline');
    assert.equal(await attribute(company), 'offline');
    const connector = await stage.startConnector('late', [company]);
    await until(
      'a cycle that succeeded',
      async () => (await status(company)).lastSuccess !== undefined && (await attribute(company)) === 'running',
    );
    await connector.stop();
  });

  it('is paused at once while nobody has picked up its task, stays paused when terminated, and resumes', async () => {
    const company = await newCompany('Paused');
    await handle(company).signal('pause', { by: 'Ada', reason: 'month end' });
    const { by, reason } = await phase(company, 'paused');
    assert.deepEqual([by, reason, await attribute(company)], ['Ada', 'month end', 'paused']);
    await handle(company).terminate('by the test');
    await startRun(stage.client, company);
    assert.equal((await phase(company, 'paused')).reason, 'month end');
    await handle(company).signal('resume', { by: 'Ada' });
    await phase(company, 'syncing');
  });

  it('that is paused in the middle of posting finishes the message set, records it, and then is paused', async () => {
    const company = await newCompany('Posting');
    const { file, mtCompany } = company;
    await move(stage.quickBooks, 'add-account', { file, name: 'Office Supplies', type: 'Expense' });
    await move(stage.quickBooks, 'add-vendor', { file, name: 'Cascade Supply' });
    const connector = await stage.startConnector('one', [company]);
    await until(
      'the vendor in MineralTree',
      async () => (await readBooks(stage, company)).mineralTree.vendors.length === 1,
    );
    await until('the first load done', async () => (await status(company)).firstLoadDone);
    const fault = await arrangeFault(stage.quickBooks, {
      point: 'committed',
      match: { file, request: 'BillAdd' },
      action: 'hold',
    });
    const { id } = await move<{ id: string }>(stage.mineralTree, 'enter-invoice', {
      company: mtCompany,
      vendor: 'Cascade Supply',
      apAccount: 'Accounts Payable',
      invoiceNumber: 'CS-9',
      transactionDate: '2026-11-02',
      dueDate: '2026-12-02',
      amount: '7319.46',
      expenses: [{ glAccount: 'Office Supplies', amount: '7319.46' }],
    });
    for (const name of ['approve', 'post']) await move(stage.mineralTree, name, { company: mtCompany, bill: id });
    await handle(company).signal('syncNow', { by: 'Ada' });
    await fault.reached(60_000);
    await handle(company).signal('pause', { by: 'Ada', reason: 'now' });
    await fault.release();
    await phase(company, 'paused');
    const { quickBooks, mineralTree } = await readBooks(stage, company);
    assert.equal(quickBooks.bills.length, 1);
    assert.equal(mineralTree.bills[0]?.externalId, quickBooks.bills[0]?.id);
    await connector.stop();
  });

  it('answers what is typed wrong in words, and changes nothing', async () => {
    const company = await newCompany('Mistyped');
    const before = await status(company);
    await handle(company).signal('pauze', { by: 'Ada' });
    await handle(company).signal('syncNow', 'please');
    await until('the note', async () => (await status(company)).notes[0]?.includes('unknown signal "pauze"'));
    assert.equal((await status(company)).phase.kind, before.phase.kind);
    const refused = async (argument: unknown, words: RegExp) =>
      assert.rejects(handle(company).executeUpdate('configure', { args: [argument] }), (error) => {
        assert.ok(error instanceof WorkflowUpdateFailedError);
        assert.match(error.cause?.message ?? '', words);
        return true;
      });
    await refused({ intervalMs: 'soon' }, /intervalMs must be a whole number of milliseconds/);
    await refused(undefined, /configure takes an object/);
    const settings = await handle(company).executeUpdate<Settings, [object]>('configure', {
      args: [{ intervalMs: 120_000 }],
    });
    assert.equal(settings.intervalMs, 120_000);
  });

  it('is the only one of its company', async () => {
    const company = await newCompany('Alone');
    assert.equal(await startRun(stage.client, company), false);
  });

  it('costs 17 events and two activities a quiet cycle', async () => {
    const company = await newCompany('Quiet', { intervalMs: 1_000 });
    const connector = await stage.startConnector('quiet', [company]);
    await until('the first load done', async () => (await status(company)).firstLoadDone);
    const events = async () => (await historiesOf(stage.client, company.id)).at(-1)?.history.events ?? [];
    const starts = async () =>
      (await events()).flatMap(({ eventId, timerStartedEventAttributes: timer }) => (timer ? [Number(eventId)] : []));
    const loaded = (await starts()).length;
    await until('eight quiet cycles', async () => (await starts()).length >= loaded + 8);
    const cycles = (await starts()).slice(-6);
    assert.deepEqual(
      cycles.slice(1).map((start, index) => start - (cycles[index] ?? 0)),
      [17, 17, 17, 17, 17],
    );
    const last = (await events()).filter(
      ({ eventId }) => Number(eventId) >= (cycles[4] ?? 0) && Number(eventId) < (cycles[5] ?? 0),
    );
    const names = last.flatMap(
      ({ activityTaskScheduledEventAttributes: activity }) => activity?.activityType?.name ?? [],
    );
    assert.deepEqual(names, ['pullQuickBooks', 'pushMineralTree']);
    await connector.stop();
  });

  it('hands over when asked, in a new run that goes on where the old one was', async () => {
    const company = await newCompany('HandedOver');
    await phase(company, 'syncing');
    const before = await handle(company).describe();
    await handle(company).signal('pause', { by: 'Ada', reason: 'deploy' });
    await phase(company, 'paused');
    await handle(company).signal('handOver');
    await until('another run', async () => (await handle(company).describe()).runId !== before.runId);
    assert.equal((await phase(company, 'paused')).reason, 'deploy');
  });

  it('replays every history made here on the present bundle', async () => {
    const { code } = presentBundle();
    let replayed = 0;
    for (const { id } of companies)
      for (const { history } of await historiesOf(stage.client, id)) {
        await replay(code, history, id);
        replayed += 1;
      }
    assert.ok(replayed > companies.length, `${replayed} histories of ${companies.length} companies`);
  });

  it('leaves nothing in Temporal’s database that can be read: no names, numbers, amounts or passwords', async () => {
    const folder = path.join(stage.folder, 'temporal');
    const files = await readdir(folder);
    const kept = Buffer.concat(await Promise.all(files.map((name) => readFile(path.join(folder, name)))));
    const passed = [
      ...['Cascade Supply', 'Office Supplies', 'Accounts Payable', 'CS-9', '731946', '7319.46', 'qbw', 'month end'],
      ...[PASSWORD, USER, ...companies.map(({ name }) => `"${name}"`)],
    ];
    assert.deepEqual(
      passed.filter((words) => kept.includes(words)),
      [],
    );
    for (const { id } of companies) assert.ok(kept.includes(workflowIdOf(id)), 'the database is searched');
  });
});
