/** The reports of an accountant, of two sandboxes with a sync between them. */
import assert from 'node:assert/strict';
import { readClose } from '../../../src/activities/mineraltree/closeReading.ts';
import { createPayablesConnections } from '../../../src/activities/mineraltree/index.ts';
import type { Outcome } from '../../../src/contract/index.ts';
import { agingOf, type CloseCheck, closeCheck, type LedgersReport } from '../../../src/sync/index.ts';
import { log } from '../../store/postgres.ts';
import { type Scene, scene } from './payablesScene.ts';
import { World } from './world.ts';

const DAY = '2026-04-30';
const AP = 'Accounts Payable';

const agingIn = (report: LedgersReport) => {
  assert.ok(report.payables);
  return agingOf(report.payables, { companyName: report.companyName, readAt: report.readAt.quickBooks, day: DAY });
};
const closing = async ({ world }: Pick<Scene, 'world'>, month: string): Promise<CloseCheck> => {
  const { store, companyId, now: clock } = world;
  const mineralTree = createPayablesConnections({ store, log, allowInsecureLoopback: true });
  try {
    const pause = async (): Promise<void> => undefined;
    return closeCheck(await readClose({ store, mineralTree, clock, pause, log }, companyId, month));
  } finally {
    await mineralTree.close();
  }
};

describe('the reports of an accountant', function () {
  this.timeout(180_000);

  it(
    'ledgers agree: bills, what is left of credits, and a journal entry that only QuickBooks has',
    scene(async ({ run, vendor, bill, credit, quietly, settle }) => {
      const txnId = await bill('100.00');
      const creditId = await credit('40.00');
      await quietly('set-credits', { bill: txnId, credits: [{ txnId: creditId, amount: '15.00' }] });
      await quietly('enter-journal', {
        refNumber: 'J-1',
        date: '2026-03-15',
        lines: [
          { account: AP, debit: '9.00', vendor },
          { account: 'Rent', credit: '9.00' },
        ],
      });
      await settle();
      const report = await run.report();
      assert.equal(report.agree, true, JSON.stringify(report.credits));
      assert.deepEqual(
        report.lines
          .filter(({ ledgerId }) => ledgerId === txnId)
          .map(({ apAccount, quickBooks }) => [apAccount, quickBooks]),
        [[AP, { amountCents: 10_000, openCents: 8_500 }]],
      );
      assert.deepEqual(
        report.credits?.map(({ what, quickBooksCents, mineralTreeCents, verdict }) => [
          what,
          quickBooksCents,
          mineralTreeCents,
          verdict,
        ]),
        [
          ['vendor credit', 2_500, 2_500, 'agrees'],
          ['journal entry', 900, undefined, 'explained'],
        ],
      );
    }),
  );

  it(
    'aging ties to the balance of each A/P account, with what is no open bill or credit named',
    scene(async ({ run, stage, vendor, bill, credit, quietly }) => {
      await quietly('add-account', { name: 'Retainage Payable', type: 'AccountsPayable' });
      await bill('100.00');
      await bill('30.00', { apAccount: 'Retainage Payable', dueDate: '2026-01-31' });
      await credit('40.00');
      await quietly('enter-journal', {
        refNumber: 'J-2',
        date: '2026-03-16',
        lines: [
          { account: 'Rent', debit: '7.00' },
          { account: AP, credit: '7.00', vendor },
        ],
      });
      await quietly('enter-item-receipt', {
        vendor,
        date: '2026-03-17',
        lines: [{ account: 'Freight', amount: '12.00' }],
      });
      const aging = agingIn(await run.report());
      assert.equal(aging.ties, true, JSON.stringify(aging.accounts.map((one) => ({ ...one, lines: [], vendors: [] }))));
      const books = (await stage.books()) as object as {
        payables: readonly { readonly account: string; readonly balanceCents: number }[];
      };
      assert.deepEqual(
        aging.accounts.map(({ account, balanceCents }) => [account, balanceCents]),
        books.payables.map(({ account, balanceCents }) => [account, balanceCents]),
      );
      const [trade, retainage] = aging.accounts;
      assert.deepEqual(
        trade?.others.map(({ what, number, cents }) => [what, number, cents]),
        [
          ['journal entry', 'J-2', 700],
          ['item receipt without a bill', '', 1_200],
        ],
      );
      assert.deepEqual(
        retainage?.lines.map(({ age, openCents }) => [age, openCents]),
        [['upTo90', 3_000]],
      );
    }),
  );

  it(
    'a payment that has left MineralTree is on its way, and a close waits for it, until QuickBooks has it',
    scene(async (scene) => {
      const { run, bill, pay, settle } = scene;
      const txnId = await bill('100.00');
      const { agree } = await run.report();
      assert.equal(agree, true);
      assert.deepEqual((await closing(scene, '2026-04')).lines, []);
      await pay([txnId], { more: { checkNumber: 1206 }, date: '2026-04-14' });
      const report = await run.report();
      assert.deepEqual([report.agree, report.unexplained], [true, 0]);
      assert.deepEqual(
        report.inFlight.filter(({ ledgerId }) => ledgerId === txnId).map(({ explanation }) => explanation),
        ['not open in MineralTree: paid in MineralTree (1206), not in QuickBooks yet'],
      );
      assert.deepEqual(
        report.payments.map(({ number, amountCents, problem }) => [number, amountCents, problem]),
        [['1206', 10_000, undefined]],
      );
      assert.deepEqual((await closing(scene, '2026-03')).lines, []);
      assert.deepEqual(
        (await closing(scene, '2026-04')).lines.map(({ kind, number, amountCents }) => [kind, number, amountCents]),
        [['payment', '1206', 10_000]],
      );
      await settle();
      await settle();
      assert.deepEqual(
        (await closing(scene, '2026-04')).lines.map(({ kind }) => kind),
        ['ledgers'],
      );
      const after = await run.report();
      assert.deepEqual([after.agree, after.payments, after.inFlight], [true, [], []]);
      assert.deepEqual((await closing(scene, '2026-04')).lines, []);
    }),
  );

  it(
    'money moved and the bill is not open: the report and the close check say why',
    scene(async (scene) => {
      const { run, bill, pay, quietly, settle } = scene;
      const txnId = await bill('100.00');
      await pay([txnId], { more: { checkNumber: 1301 }, date: '2026-04-14' });
      await quietly('pay-bills', {
        bills: [{ txnId }],
        account: 'Checking',
        method: 'check',
        refNumber: '77',
        date: '2026-04-14',
      });
      await settle();
      const { payments } = await run.report();
      assert.match(payments[0]?.problem ?? '', /1301/);
      const [line] = (await closing(scene, '2026-04')).lines;
      assert.equal(line?.kind, 'payment');
      assert.match(line?.open ?? '', /1301/);
    }),
  );

  it(
    'an invoice that is approved and not posted, and one that waits for approval, keep their month open',
    scene(async (scene) => {
      const { world, run, vendor, bill, settle } = scene;
      await bill('10.00');
      await run.report();
      const about = {
        vendor,
        invoiceNumber: 'INV-7',
        transactionDate: '2026-04-30',
        dueDate: '2026-05-30',
        apAccount: AP,
        amount: '80.00',
        expenses: [{ glAccount: 'Rent', amount: '80.00' }],
      };
      const lines = async (month: string) =>
        (await closing(scene, month)).lines
          .filter(({ kind }) => kind !== 'ledgers')
          .map(({ kind, number, amountCents }) => [kind, number, amountCents]);
      const entered = await world.person<{ readonly id: string }>('enter-invoice', about);
      assert.deepEqual([await lines('2026-03'), await lines('2026-04')], [[], [['notApproved', 'INV-7', 8_000]]]);
      await world.person('submit', { bill: entered.id });
      assert.deepEqual(await lines('2026-04'), [['notApproved', 'INV-7', 8_000]]);
      await world.person('approve', { bill: entered.id });
      await world.person('post', { bill: entered.id });
      assert.deepEqual(await lines('2026-04'), [['unposted', 'INV-7', 8_000]]);
      await settle();
      assert.deepEqual(await lines('2026-04'), []);
    }),
  );

  const unsettled: readonly (readonly [
    what: string,
    outcome: (messageSetId: string) => Outcome,
    kind: string,
    open: RegExp,
  ])[] = [
    [
      'a bill that QuickBooks refused',
      (messageSetId) => ({ kind: 'refused', messageSetId, code: 'duplicateNumber', text: 'in use', otherTxnId: 'B9' }),
      'refused',
      /INV-1/,
    ],
    [
      'a bill of which it is not certain whether QuickBooks has it',
      (messageSetId) => ({ kind: 'uncertain', messageSetId, text: 'no answer' }),
      'uncertain',
      /INV-1/,
    ],
  ];
  for (const [what, outcome, kind, open] of unsettled)
    it(`${what} keeps its month open, and stands once`, async () => {
      const world = await World.create();
      await world.settle();
      await world.invoice();
      world.file.refusing = ({ messageSetId }) => outcome(messageSetId);
      await world.cycle();
      const found = async (month: string) =>
        (await closing({ world }, month)).lines.filter((one) => one.kind !== 'ledgers');
      assert.deepEqual(await found('2026-02'), []);
      const [line, ...others] = await found('2026-03');
      assert.deepEqual(
        [line?.kind, line?.number, line?.date, line?.amountCents, others],
        [kind, 'INV-1', '2026-03-05', 10_000, []],
      );
      assert.match(line?.open ?? '', open);
    });
});
