/** An old integration that writes to MineralTree's API itself, with the user of the company: what people cannot enter, it can. */
import assert from 'node:assert/strict';
import type { Company } from '../company.ts';

type Body = Readonly<Record<string, unknown>>;
interface Named {
  readonly id: string;
  readonly name?: string;
}

export const dollars = (amount: number) => ({ amount: Math.round(amount * 100), precision: 2, currency: 'USD' });

export class Integration {
  readonly #url: string;
  readonly #company: Company;
  readonly #session: string;

  private constructor(company: Company, session: string) {
    this.#company = company;
    this.#url = `${company.world.url}/mtapi/base/services`;
    this.#session = session;
  }

  static async of(company: Company): Promise<Integration> {
    const { mtUser } = await company.world.company();
    const answer = await fetch(`${company.world.url}/mtapi/base/security/login`, {
      method: 'POST',
      headers: { authorization: `MT ${mtUser}:secret` },
    });
    const session = answer.headers.get('etag');
    assert.ok(session, `login: ${answer.status}`);
    return new Integration(company, session);
  }

  async #call(method: string, path: string, body: Body): Promise<string> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { 'if-match': this.#session, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return (JSON.parse(text) as { id: string }).id;
  }

  /** Makes a record; its ID. `path` and `wrapper` as the API guide has them. */
  add = (path: string, wrapper: string, values: Body): Promise<string> =>
    this.#call('POST', `/${path}/${this.#company.world.mtCompany}`, { [wrapper]: values });

  change = (path: string, wrapper: string, id: string, values: Body): Promise<string> =>
    this.#call('PUT', `/${path}/${id}`, { [wrapper]: { id, ...values } });

  /** ID of a record by its name, in one of the lists of MineralTree's books. */
  async idOf(list: 'vendors' | 'glAccounts' | 'items' | 'paymentMethods' | 'terms', name: string): Promise<string> {
    const { url, mtCompany } = this.#company.world;
    const answer = await fetch(`${url}/books/company?id=${mtCompany}`);
    const books = (await answer.json()) as Readonly<Record<string, readonly Named[]>>;
    const found = books[list]?.find((one) => one.name === name);
    assert.ok(found, `${list}: ${name}`);
    return found.id;
  }

  /** A bill over 100.00 to Harwood Lumber, with one line, unless said otherwise. */
  async bill(values: Body = {}): Promise<string> {
    return this.add('bill', 'bill', {
      invoiceNumber: 'OLD-1',
      vendor: { id: await this.idOf('vendors', 'Harwood Lumber') },
      apAccount: { id: await this.idOf('glAccounts', 'Accounts Payable') },
      transactionDate: '2026-03-12',
      dueDate: '2026-04-11',
      amount: dollars(100),
      expenses: [await this.line()],
      ...values,
    });
  }

  async line(account = 'Rent', amount = 100): Promise<object> {
    return { glAccount: { id: await this.idOf('glAccounts', account) }, amountDue: dollars(amount), lineNumber: 0 };
  }

  /** A payment that was made elsewhere and that the ledger is not known to have. */
  async payment(bill: string, amount: number, values: Body = {}): Promise<string> {
    return this.add('payment', 'payment', {
      paymentMethod: { id: await this.idOf('paymentMethods', 'Checking') },
      fundMethod: { type: 'ACH' },
      bills: [{ id: bill, appliedPaymentAmount: dollars(amount) }],
      transactionDate: '2026-03-20',
      ...values,
    });
  }
}
