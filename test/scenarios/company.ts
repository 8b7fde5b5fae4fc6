/**
 * A company on the stage: people in QuickBooks and in MineralTree, the real sync between the two sandboxes, and the judge.
 * One sandbox and one host serve all companies of a test file. Nothing waits: time passes when the story says so.
 */
import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { CLOUD_FAILURE } from '../../src/activities/mineraltree/index.ts';
import type { Pushed } from '../../src/contract/index.ts';
import type { QuickBooksHost } from '../../src/quickbooks/index.ts';
import {
  type Exceptions,
  judge,
  type MineralTreeBill,
  type MineralTreeBooks,
  type MineralTreePayment,
  type QuickBooksBill,
  type QuickBooksBooks,
  type QuickBooksPayment,
  readMineralTree,
  readQuickBooks,
  type Verdict,
} from '../../src/sandbox/judge/index.ts';
import { listProblems, type Problem } from '../../src/store/index.ts';
import { Both } from '../activities/mineraltree/bothLedgers.ts';
import { post, World } from '../activities/mineraltree/world.ts';
import { DISCOUNTS, furnish } from './furnishing.ts';
import { machineOfAll, now, stageClock, timePasses, wiredHost } from './machine.ts';
import { People } from './people.ts';
import type { CompanyOptions } from './typing.ts';
import { wireTo } from './wire.ts';

export { CARD, CHECKING, DISCOUNTS, VENDORS } from './furnishing.ts';
export type { CompanyOptions, Paying, Typed } from './typing.ts';

let files = 0;

export class Company extends People {
  readonly world: World;
  readonly run: Both;
  readonly file: string;
  readonly #url: string;

  private constructor(world: World, url: string, file: string, host: QuickBooksHost, allowVoids: boolean) {
    super();
    this.world = world;
    this.file = file;
    this.#url = url;
    this.run = new Both(world, { url, host, file }, { clock: now, allowVoids });
  }

  /** A company file of three vendors, read for the first time, and its MineralTree company. */
  static async open(options: CompanyOptions = {}): Promise<Company> {
    const { place } = options;
    const { url, host } = place?.quickBooks ?? (await machineOfAll());
    files += 1;
    const { voidPayments = false, file = `C:\\Books\\Company ${files}.qbw`, hears, reads } = options;
    const made = await post<{ id: string }>(url, '/people/new-company', { file, name: `Company ${files}` });
    assert.ok(made);
    for (const [name, value] of Object.entries(options.switches ?? {}))
      await post(url, '/people/set-switch', { file, name, value });
    const discount = await furnish(url, file);
    const world = await World.create(
      {
        voidPayments,
        ...(options.discountAccount !== undefined && { discountAccount: { id: discount, name: DISCOUNTS } }),
      },
      reads && ((address) => wireTo(address, reads)),
      place?.mineralTree,
    );
    world.ahead = stageClock.aheadMs;
    const heard = hears === undefined ? host : await wiredHost(url, hears);
    const company = new Company(world, url, file, heard, options.allowVoids ?? voidPayments);
    await options.before?.(company);
    await company.run.settle();
    return company;
  }

  /** A person in QuickBooks. Edit sequences count whole seconds: two pass before each move. */
  quickBooks<T = Record<string, unknown>>(move: string, body: object = {}): Promise<T> {
    this.#pass(2_000);
    return post<T>(this.#url, `/people/${move}`, { file: this.file, ...body });
  }

  /** What goes wrong at QuickBooks, in this file; the fault's number. */
  async faultOfQuickBooks({ match = {}, ...fault }: { readonly match?: object; readonly [field: string]: unknown }) {
    const all = { point: 'before', match: { file: this.file, ...match }, ...fault };
    return (await post<{ id: string }>(this.#url, '/faults', all)).id;
  }

  /** Waits until a fault of QuickBooks has caught something, or lets go what it holds. */
  async caught(fault: string): Promise<void> {
    const { reached } = (await (await fetch(`${this.#url}/faults/${fault}?wait=20000`)).json()) as { reached: number };
    assert.ok(reached > 0, 'nothing came that the fault is for');
  }
  async release(fault: string): Promise<void> {
    await post(this.#url, `/faults/${fault}/release`, {});
  }

  /** All faults of both sandboxes are over. */
  async noFaults(): Promise<void> {
    await fetch(`${this.#url}/faults`, { method: 'DELETE' });
    await this.world.clearFaults();
  }

  /** A person in MineralTree. */
  mineralTree<T = Record<string, unknown>>(move: string, body: object = {}): Promise<T> {
    return this.world.person<T>(move, body);
  }

  #pass(ms: number): void {
    this.world.ahead = timePasses(ms);
  }

  /** Days go by, for both systems and for Tandem. */
  later(minutes: number): void {
    this.#pass(minutes * 60_000);
  }

  /** All clocks go on to the next second: MineralTree's counts whole ones. */
  beginningOfASecond(): void {
    this.#pass(1_000 - (now() % 1_000));
  }

  /** One cycle, five minutes after the last. */
  async cycle(): Promise<Pushed> {
    this.#pass(300_000);
    let pushed = await this.run.cycle();
    for (let page = 0; pushed.more && page < 50; page += 1) pushed = await this.run.cycle(pushed.standing);
    return pushed;
  }

  /** One cycle as the workflow goes on after it: a call of MineralTree that fails is made again later. */
  async cycleThatMayFail(): Promise<void> {
    try {
      await this.cycle();
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.type !== CLOUD_FAILURE.mineralTree) throw error;
    }
  }

  /** Cycles until two of them write nothing; a company that does not come to rest is a failure. */
  async settle(most = 12): Promise<void> {
    await this.rest(undefined, most);
  }

  /** Cycles until one leaves everything as the last one did, or as `before` says; how everything stands then. */
  async rest(before: string | undefined, most = 12): Promise<string> {
    let last = before;
    for (let turn = 0; turn < most; turn += 1) {
      const pushed = await this.cycle();
      const books = await this.standing();
      if (pushed.batches.length === 0 && books === last) return books;
      last = books;
    }
    assert.fail(`the company does not come to rest within ${most} cycles`);
  }

  ledger = (): Promise<QuickBooksBooks> => readQuickBooks(this.#url, this.file);
  payables = (): Promise<MineralTreeBooks> => readMineralTree(this.world.url, this.world.mtCompany);

  async verdict(exceptions: Exceptions = {}): Promise<Verdict> {
    return judge(await this.ledger(), await this.payables(), exceptions);
  }

  /** A cycle in the middle of which people do something: while QuickBooks holds a request, not processed yet. */
  async meanwhile(match: object, act: () => Promise<unknown>): Promise<void> {
    const fault = await this.faultOfQuickBooks({ match, action: 'hold' });
    const cycle = this.cycle();
    await this.caught(fault);
    await act();
    await this.release(fault);
    await cycle;
  }

  async problems(): Promise<readonly Problem[]> {
    return listProblems(this.world.store.db, this.world.companyId);
  }

  /** ListID of an entry of QuickBooks, by its name. */
  async entryId(list: 'accounts' | 'vendors' | 'classes' | 'items' | 'terms', name: string): Promise<string> {
    const answer = await fetch(`${this.#url}/books/file?file=${encodeURIComponent(this.file)}`);
    const books = (await answer.json()) as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
    const found = books[list]?.find((entry) => entry.fullName === name || entry.name === name);
    return String(some(found).id);
  }

  async invoiceOf(txnId: string): Promise<MineralTreeBill> {
    return some((await this.payables()).bills.find(({ externalId }) => externalId === txnId));
  }

  async billOf(invoiceId: string): Promise<QuickBooksBill> {
    const { bills } = await this.payables();
    const { externalId } = some(bills.find(({ id }) => id === invoiceId));
    return some((await this.ledger()).bills.find(({ id }) => id === externalId));
  }

  /** The payments of QuickBooks that pay something of the bill, void ones left out. */
  async paymentsOn(billId: string): Promise<readonly QuickBooksPayment[]> {
    const { payments } = await this.ledger();
    return payments.filter(({ voided, bills }) => !voided && bills.some((paid) => paid.billId === billId));
  }

  async paymentOf(id: string): Promise<MineralTreePayment> {
    return some((await this.payables()).payments.find((payment) => payment.id === id));
  }
}

function some<T>(found: T | undefined): T {
  assert.ok(found !== undefined, 'it is not there');
  return found;
}
