/** Bills, credits and payments on both sides, told by what people do: two sandboxes, the activities between them. */
import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { CLOUD_FAILURE } from '../../../src/activities/mineraltree/index.ts';
import type { CompanyRules } from '../../../src/store/index.ts';
import { FILE, type Stage, staged } from '../../quickbooks/stage.ts';
import { Both } from './bothLedgers.ts';
import { type BookBill, type PayablesBooks, World } from './world.ts';

export interface BookPayment {
  readonly id: string;
  readonly externalId?: string;
  readonly fundMethod: string;
  readonly amountCents: number;
  readonly status: number;
}

/** A payment as QuickBooks' books show it. */
export interface LedgerBookPayment {
  readonly id: string;
  readonly method: string;
  readonly account: string;
  readonly refNumber?: string;
  readonly memo?: string;
  readonly txnDate: string;
  readonly amountCents: number;
  readonly guid?: string;
  readonly createdBy: string;
  readonly voided: boolean;
}

export interface Scene {
  readonly run: Both;
  readonly world: World;
  readonly stage: Stage;
  /** Name of the vendor. */
  readonly vendor: string;
  /** A bill of the vendor over 100.00 (or as given) is on both sides; its TxnID. */
  bill(amount?: string, more?: object): Promise<string>;
  /** A credit of the vendor is on both sides; its TxnID. */
  credit(amount: string): Promise<string>;
  /** A person in QuickBooks, then cycles until there is no more to do at once. */
  then(move: string, body: object): Promise<Record<string, unknown>>;
  /** A person in QuickBooks, without a cycle. */
  quietly(move: string, body: object): Promise<Record<string, unknown>>;
  /** Cycles until there is no more to do at once, some seconds later. */
  settle(): Promise<void>;
  /** The same, while something is wrong with MineralTree: an activity may fail, to be tried again. */
  settleOrFail(): Promise<void>;
  inMineralTree(txnId: string): Promise<BookBill>;
  payments(): Promise<readonly BookPayment[]>;
  ledgerPayments(): Promise<readonly LedgerBookPayment[]>;
  openInQuickBooks(txnId: string): Promise<number>;
  /** A payment in MineralTree of these bills, up to a stage of its life; its ID. */
  pay(
    txnIds: readonly string[],
    how?: {
      readonly until?: 'queued' | 'scheduled' | 'paid';
      readonly fundMethod?: string;
      readonly paymentMethod?: string;
      readonly amount?: string;
      readonly date?: string;
      readonly more?: object;
    },
  ): Promise<string>;
  /** What people are told, but for what the sample file brings. */
  problems(): Promise<readonly string[]>;
}

export const BANK = 'Checking';

export const scene = (story: (scene: Scene) => Promise<void>, rules: Partial<CompanyRules> = {}) =>
  staged(async (stage) => {
    const world = await World.create(rules);
    const run = new Both(world, { ...stage, file: FILE }, { allowVoids: true });
    await run.settle();
    const [first] = (await stage.books()).vendors;
    assert.ok(first);
    let count = 0;
    const quietly: Scene['quietly'] = async (move, body) => {
      stage.later();
      const answer = await stage.person(move, body);
      stage.later();
      return answer;
    };
    const settle: Scene['settle'] = async () => {
      world.ahead += 2_000;
      stage.later();
      await run.settle();
    };
    const then: Scene['then'] = async (move, body) => {
      const answer = await quietly(move, body);
      await settle();
      return answer;
    };
    const inMineralTree: Scene['inMineralTree'] = async (txnId) => {
      const found = (await world.books()).bills.find(({ externalId }) => externalId === txnId);
      assert.ok(found);
      return found;
    };
    await story({
      run,
      world,
      stage,
      vendor: first.name,
      then,
      quietly,
      settle,
      async settleOrFail() {
        try {
          await settle();
        } catch (error) {
          assert.ok(error instanceof ApplicationFailure && error.type === CLOUD_FAILURE.mineralTree, String(error));
        }
      },
      inMineralTree,
      async bill(amount = '100.00', more = {}) {
        count += 1;
        const made = await then('enter-bill', {
          vendor: first.name,
          refNumber: `S-${count}`,
          txnDate: '2026-03-10',
          dueDate: '2026-04-09',
          expenseLines: [{ account: 'Rent', amount }],
          ...more,
        });
        return String(made.id);
      },
      async credit(amount) {
        count += 1;
        const made = await then('enter-credit', {
          vendor: first.name,
          refNumber: `CM-${count}`,
          txnDate: '2026-03-12',
          expenseLines: [{ account: 'Rent', amount }],
        });
        return String(made.id);
      },
      payments: async () => ((await world.books()) as PayablesBooks & { payments: readonly BookPayment[] }).payments,
      ledgerPayments: async () =>
        ((await stage.books()) as object as { payments: readonly LedgerBookPayment[] }).payments,
      async openInQuickBooks(txnId) {
        const found = (await stage.books()).bills.find(({ id }) => id === txnId);
        assert.ok(found);
        return found.openCents;
      },
      async pay(
        txnIds,
        { until = 'paid', fundMethod = 'CHECK', paymentMethod = BANK, amount, date = '2026-04-15', more = {} } = {},
      ) {
        const bills = await Promise.all(
          txnIds.map(async (txnId) => ({ bill: (await inMineralTree(txnId)).id, ...(amount && { amount }) })),
        );
        const queued = await world.person<{ readonly payments: readonly [{ readonly id: string }] }>('queue-payment', {
          bills,
          paymentMethod,
          fundMethod,
          date,
        });
        const [{ id: payment }] = queued.payments;
        if (until !== 'queued') await world.person('approve-payment', { payment });
        if (until === 'paid') await world.person('process', { payment, date, ...more });
        return payment;
      },
      problems: async () => (await world.problems()).filter((code) => code !== 'dateDrivenTerms'),
    });
  });
