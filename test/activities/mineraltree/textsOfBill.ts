/** A bill with one line of each kind, of which one text is written and read where each side keeps it: in qbXML, in JSON. */
import assert from 'node:assert/strict';
import type { BillLevel } from '../../../src/domain/billFields.ts';
import { type BodyOf, encodeRequest, type RecordOf, type RequestMessage } from '../../../src/qbxml/index.ts';
import type { Stage } from '../../quickbooks/stage.ts';
import type { Both } from './bothLedgers.ts';

type Json = Readonly<Record<string, unknown>>;
type BillRet = RecordOf<'BillRet'>;

export class TextsOfBill {
  readonly #run: Both;
  readonly #stage: Stage;
  readonly #level: BillLevel;
  readonly #place: { readonly quickBooks: string; readonly mineralTree: string };
  #session: string | undefined;

  constructor(
    run: Both,
    stage: Stage,
    level: BillLevel,
    place: { readonly quickBooks: string; readonly mineralTree: string },
  ) {
    this.#run = run;
    this.#stage = stage;
    this.#level = level;
    this.#place = place;
  }

  /** A program enters a bill in QuickBooks; its TxnID. */
  async entered(text: string): Promise<string> {
    this.#stage.later();
    const { vendors } = await this.#stage.books();
    const body: BodyOf<'BillAdd'> = {
      BillAdd: {
        VendorRef: { ListID: vendors[0]?.id ?? '' },
        TxnDate: '2026-05-04',
        DueDate: '2026-06-03',
        RefNumber: 'QB-1',
        ...this.#element('header', text),
        ExpenseLineAdd: [{ AccountRef: { FullName: 'Rent' }, Amount: 10_000, ...this.#element('expenseLine', text) }],
        ItemLines: [
          {
            ItemLineAdd: {
              ItemRef: { FullName: 'Installation' },
              Quantity: { units: 2, scale: 0 },
              Cost: { units: 6500, scale: 2 },
              ...this.#element('itemLine', text),
            },
          },
        ],
      },
    };
    return (await this.#write({ type: 'BillAdd', body })).TxnID;
  }

  /** A program changes the text in QuickBooks, and nothing else. */
  async edited(txnId: string, text: string): Promise<void> {
    const before = await this.#bill(txnId);
    const [expense] = before.ExpenseLineRet ?? [];
    const [item] = itemLines(before);
    assert.ok(expense !== undefined && item !== undefined);
    await this.#modify(before, {
      ...this.#element('header', text),
      ...(this.#level === 'expenseLine' && {
        ExpenseLineMod: [{ TxnLineID: expense.TxnLineID, ...this.#element('expenseLine', text) }],
      }),
      ...(this.#level === 'itemLine' && {
        ItemLines: [{ ItemLineMod: { TxnLineID: item.TxnLineID, ...this.#element('itemLine', text) } }],
      }),
    });
  }

  /** A program changes the due date in QuickBooks of the bill that an invoice became. */
  async dueLater(mtId: string, DueDate: string): Promise<void> {
    await this.#modify(await this.#bill(await this.#txnId(mtId)), { DueDate });
  }

  /** A person enters an invoice in MineralTree with the text, and posts it; its ID. */
  async approved(text: string): Promise<string> {
    const { world } = this.#run;
    const { id } = await world.person<{ id: string }>('enter-invoice', {
      vendor: (await this.#stage.books()).vendors[0]?.name,
      invoiceNumber: 'MT-1',
      transactionDate: '2026-05-05',
      dueDate: '2026-06-04',
      apAccount: 'Accounts Payable',
      amount: '230.00',
      expenses: [{ glAccount: 'Rent', amount: '100.00' }],
      items: [{ item: 'Installation', quantity: '2', cost: '65.00', amount: '130.00' }],
    });
    await this.rewritten(id, text);
    await world.person('post', { bill: id });
    return id;
  }

  /** The text is changed in MineralTree, and nothing else. */
  async rewritten(mtId: string, text: string): Promise<void> {
    const invoice = await this.#invoice(mtId);
    const put = (into: Json): Json => {
      const [property = '', part] = this.#place.mineralTree.split('.');
      return { ...into, [property]: part === undefined ? text : { ...objectAt(into, property), [part]: text } };
    };
    const lines = this.#linesName();
    const changed = lines === undefined ? put({}) : { [lines]: listAt(invoice, lines).map(put) };
    await this.#mineralTree(`/bill/${mtId}`, {
      method: 'PUT',
      body: JSON.stringify({ bill: { id: mtId, ...changed } }),
    });
  }

  async inMineralTree(txnId: string): Promise<unknown> {
    const bill = (await this.#run.world.books()).bills.find(({ externalId }) => externalId === txnId);
    assert.ok(bill !== undefined, `no invoice of ${txnId}`);
    return this.ofInvoice(bill.id);
  }

  async ofInvoice(mtId: string): Promise<unknown> {
    const invoice = await this.#invoice(mtId);
    const lines = this.#linesName();
    const holder = lines === undefined ? invoice : (listAt(invoice, lines)[0] ?? {});
    return this.#place.mineralTree
      .split('.')
      .reduce<unknown>((found, key) => new Map(Object.entries(found ?? {})).get(key), holder);
  }

  async dueInMineralTree(mtId: string): Promise<unknown> {
    return String((await this.#invoice(mtId)).dueDate).slice(0, 10);
  }

  /** What QuickBooks has of the bill that an invoice became. */
  async ofBill(mtId: string): Promise<unknown> {
    const bill = await this.#bill(await this.#txnId(mtId));
    const holder = { header: bill, expenseLine: bill.ExpenseLineRet?.[0], itemLine: itemLines(bill)[0] }[this.#level];
    return new Map<string, unknown>(Object.entries(holder ?? {})).get(this.#place.quickBooks);
  }

  #element(level: BillLevel, text: string): Record<string, string> {
    return level === this.#level ? { [this.#place.quickBooks]: text } : {};
  }

  #linesName(): 'expenses' | 'items' | undefined {
    return { header: undefined, expenseLine: 'expenses' as const, itemLine: 'items' as const }[this.#level];
  }

  async #txnId(mtId: string): Promise<string> {
    const { externalId } = await this.#invoice(mtId);
    assert.ok(typeof externalId === 'string' && externalId !== '', 'the invoice was not posted');
    return externalId;
  }

  async #bill(txnId: string): Promise<BillRet> {
    const answer = await this.#stage.visit((session) =>
      session.ask([{ type: 'BillQuery', requestID: '1', body: { TxnID: [txnId], IncludeLineItems: true } }]),
    );
    const record = answer.to('1').records?.find(({ element }) => element === 'BillRet');
    assert.ok(record !== undefined && record.element === 'BillRet');
    return record.value;
  }

  async #modify(before: BillRet, change: Partial<BodyOf<'BillMod'>['BillMod']>): Promise<void> {
    this.#stage.later();
    const { TxnID, EditSequence = '' } = before;
    await this.#write({ type: 'BillMod', body: { BillMod: { TxnID, EditSequence, ...change } } });
  }

  async #write(request: RequestMessage): Promise<BillRet> {
    const xml = encodeRequest({ onError: 'stopOnError', requests: [request] });
    const { responses } = await this.#stage.visit((session) => session.write(xml));
    const [response] = responses;
    assert.equal(response?.status.code, 0, response?.status.message);
    const [record] = response?.records ?? [];
    assert.ok(record !== undefined && record.element === 'BillRet');
    return record.value;
  }

  async #invoice(mtId: string): Promise<Json> {
    return this.#mineralTree(`/bill/${mtId}`);
  }

  /** MineralTree's API without our client. */
  async #mineralTree(path: string, init: RequestInit = {}): Promise<Json> {
    const { url } = this.#run.world;
    this.#session ??= await this.#logIn();
    const answer = await fetch(`${url}/mtapi/base/services${path}`, {
      ...init,
      headers: { 'if-match': this.#session, 'content-type': 'application/json' },
    });
    const body: unknown = await answer.json();
    assert.ok(answer.ok && isObject(body), JSON.stringify(body));
    return body;
  }

  async #logIn(): Promise<string> {
    const { url } = this.#run.world;
    const company = await this.#run.world.company();
    const answer = await fetch(`${url}/mtapi/base/security/login`, {
      method: 'POST',
      headers: { authorization: `MT ${company?.name}:secret` },
    });
    const etag = answer.headers.get('etag');
    assert.ok(answer.ok && etag !== null);
    return etag;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectAt(of: Json, property: string): Json {
  const value = of[property];
  return isObject(value) ? value : {};
}

function listAt(of: Json, property: string): readonly Json[] {
  const value = of[property];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function itemLines(bill: BillRet) {
  return (bill.ItemLines ?? []).flatMap((line) => ('ItemLineRet' in line ? [line.ItemLineRet] : []));
}
