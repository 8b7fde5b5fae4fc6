/** What people of a company type on both sides, in a few words; the rest is usual. Who carries it out is another’s. */
import type { MineralTreeBooks, QuickBooksBooks } from '../../src/sandbox/judge/index.ts';
import { CARD, CHECKING, VENDORS } from './furnishing.ts';
import type { Paying, Typed } from './typing.ts';

export abstract class People {
  /** TxnIDs of payments on which a person took a discount in QuickBooks. */
  readonly discounted = new Set<string>();
  #numbers = 0;

  /** A person's move in QuickBooks, or in MineralTree: what the sandbox answers. */
  abstract quickBooks<T = Record<string, unknown>>(move: string, body?: object): Promise<T>;
  abstract mineralTree<T = Record<string, unknown>>(move: string, body?: object): Promise<T>;
  abstract readonly ledger: () => Promise<QuickBooksBooks>;
  abstract readonly payables: () => Promise<MineralTreeBooks>;
  /** A cycle, to its end. */
  abstract cycle(): Promise<unknown>;

  /** Everything on both sides, as text. */
  async standing(): Promise<string> {
    const [left, right] = await Promise.all([this.ledger(), this.payables()]);
    const { clock: _, ...rest } = left as QuickBooksBooks & { readonly clock: number };
    return JSON.stringify([rest, right]);
  }

  /** Enters a bill in QuickBooks, over 100.00 unless said; its TxnID. */
  async bill(typed: Typed = {}): Promise<string> {
    const { id } = await this.quickBooks<{ id: string }>('enter-bill', {
      dueDate: '2026-04-09',
      ...this.#document(typed),
    });
    return id;
  }

  async credit(typed: Typed = {}): Promise<string> {
    const { id } = await this.quickBooks<{ id: string }>('enter-credit', this.#document(typed));
    return id;
  }

  #document({ amount = '100.00', ...typed }: Typed): object {
    this.#numbers += 1;
    return {
      vendor: VENDORS[0],
      refNumber: `Q-${this.#numbers}`,
      txnDate: '2026-03-10',
      ...(typed.itemLines === undefined && { expenseLines: [{ account: 'Rent', amount }] }),
      ...typed,
    };
  }

  /** Enters and posts an invoice in MineralTree, over 100.00 unless said; its ID. */
  async invoice({ amount = '100.00', ...typed }: Typed = {}): Promise<string> {
    this.#numbers += 1;
    const { id } = await this.mineralTree<{ id: string }>('enter-invoice', {
      vendor: VENDORS[0],
      invoiceNumber: `M-${this.#numbers}`,
      transactionDate: '2026-03-12',
      dueDate: '2026-04-11',
      apAccount: 'Accounts Payable',
      amount,
      expenses: [{ glAccount: 'Rent', amount }],
      ...typed,
    });
    await this.mineralTree('post', { bill: id });
    return id;
  }

  /** Pays bills in QuickBooks, by check unless the account is the card; TxnIDs of the payments. */
  async payInQuickBooks(bills: readonly object[], { date = '2026-03-20', account = CHECKING }: Paying = {}) {
    this.#numbers += 1;
    const { payments } = await this.quickBooks<{ payments: readonly { id: string }[] }>('pay-bills', {
      bills,
      account,
      method: account === CARD ? 'creditCard' : 'check',
      refNumber: String(5000 + this.#numbers),
      date,
    });
    return payments.map(({ id }) => id);
  }

  /** Queues invoices in MineralTree and has the payment approved; its ID. */
  async approvePayment(bills: readonly object[], paying: Paying = {}): Promise<string> {
    const { date = '2026-03-20', account = CHECKING, fundMethod = account === CARD ? 'CREDITCARD' : 'CHECK' } = paying;
    const queued = await this.mineralTree<{ payments: readonly { id: string }[] }>('queue-payment', {
      bills,
      paymentMethod: account,
      fundMethod,
      date,
    });
    const id = queued.payments[0]?.id ?? '';
    await this.mineralTree('approve-payment', { payment: id });
    return id;
  }

  /** The same, and the money goes out. */
  async payInMineralTree(bills: readonly object[], paying: Paying = {}): Promise<string> {
    const id = await this.approvePayment(bills, paying);
    await this.mineralTree('process', {
      payment: id,
      ...(paying.number !== undefined && { checkNumber: paying.number }),
    });
    return id;
  }
}
