/**
 * Writing to MineralTree what a company file holds, with the barest client: undici, eight writes at once, one login, no
 * checks, no retries, IDs remembered in memory. The entities and their fields are those that the product writes.
 *
 * It is the second of the two halves that a first load is compared with, and was written before the load was measured.
 */
import { Pool } from 'undici';
import type { Drained } from './bareDrain.ts';
import { child, children, type Node, textIn } from './processor.ts';

const AT_ONCE = 8;

export interface Written {
  readonly ms: number;
  readonly writes: number;
}

export interface BareAccount {
  /** Where the sandbox's API is. */
  readonly apiUrl: string;
  readonly company: string;
  readonly user: string;
  readonly password: string;
  /** Nothing names its counterpart in QuickBooks, as if people had typed it. */
  readonly typed?: boolean;
}

export async function bareWrite(account: BareAccount, { records }: Drained): Promise<Written> {
  const began = performance.now();
  const { origin, pathname } = new URL(account.apiUrl);
  const pool = new Pool(origin, { connections: AT_ONCE, pipelining: 1 });
  const login = await pool.request({
    method: 'POST',
    path: `${pathname}/security/login`,
    headers: { authorization: `MT ${account.user}:${account.password}` },
  });
  await login.body.dump();
  const headers = { 'content-type': 'application/json', 'if-match': String(login.headers.etag) };
  let writes = 0;

  const create = async (resource: string, wrapper: string, given: object): Promise<string> => {
    const entity = account.typed === true ? { ...given, externalId: undefined } : given;
    const answer = await pool.request({
      method: 'POST',
      path: `${pathname}/services/${resource}/${account.company}`,
      headers,
      body: JSON.stringify({ [wrapper]: entity }),
    });
    if (answer.statusCode !== 200) throw new Error(`${resource}: ${answer.statusCode} ${await answer.body.text()}`);
    writes += 1;
    return ((await answer.body.json()) as { id: string }).id;
  };
  /** Writes each, eight at once; gives MineralTree's IDs by QuickBooks' ones. */
  const createAll = async (
    nodes: readonly Node[],
    resource: string,
    wrapper: string,
    entityOf: (node: Node) => object,
  ): Promise<Ids> => {
    const ids = new Map<string, string>();
    const left = nodes.values();
    const worker = async (): Promise<void> => {
      for (const node of left) ids.set(idOf(node), await create(resource, wrapper, entityOf(node)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return ids;
  };

  const accounts = await createAll(records.Account, 'glaccount', 'glAccount', glAccount);
  await createAll(records.Account.filter(isPaymentAccount), 'pm', 'paymentMethod', paymentMethod);
  const classes = await createAll(records.Class, 'classification', 'classification', named);
  const projects = await createAll(records.Customer, 'project', 'project', named);
  const items = await createAll(records.Item, 'item', 'item', item);
  const standard = records.Terms.filter((node) => textIn(node, 'element') === 'StandardTermsRet');
  const terms = await createAll(standard, 'term', 'term', term);
  const vendors = await createAll(records.Vendor, 'vendor', 'vendor', vendor);
  await createAll(records.Bill, 'bill', 'bill', bill({ accounts, classes, projects, items, terms, vendors }));
  await pool.close();
  return { ms: performance.now() - began, writes };
}

type Ids = ReadonlyMap<string, string>;
const idOf = (node: Node): string => textIn(node, 'ListID') ?? textIn(node, 'TxnID') ?? '';
const cents = (text: string | undefined): number => Math.round(Number(text ?? '0') * 100);
const money = (text: string | undefined) => ({ amount: cents(text), precision: 2, currency: 'USD' });

function decimal(text: string): { readonly value: number; readonly precision: number } {
  const decimals = text.split('.')[1]?.length ?? 0;
  return { value: Math.round(Number(text) * 10 ** decimals), precision: decimals };
}

function price(text: string): { readonly amount: number; readonly precision: number; readonly currency: string } {
  const { value, precision } = decimal(text);
  return { amount: value, precision, currency: 'USD' };
}

const named = (node: Node) => ({
  externalId: idOf(node),
  name: textIn(node, 'FullName') ?? textIn(node, 'Name'),
  active: textIn(node, 'IsActive') === 'true',
});

const glAccount = (node: Node) => {
  const type = textIn(node, 'AccountType') ?? '';
  const ledgerType =
    type === 'AccountsPayable' ? 'AP_ACCOUNT' : /Expense|CostOfGoodsSold/.test(type) ? 'EXPENSE_ACCOUNT' : 'ACCOUNT';
  return { ...named(node), ledgerType, accountNumber: textIn(node, 'AccountNumber') };
};

const isPaymentAccount = (node: Node): boolean => /^(Bank|CreditCard)$/.test(textIn(node, 'AccountType') ?? '');
const paymentMethod = (node: Node) => {
  const { externalId, name } = named(node);
  if (textIn(node, 'AccountType') === 'CreditCard')
    return { externalId, type: 'CREDITCARD', status: 'Active', card: { name } };
  const accountBalance = { availableBalance: money(textIn(node, 'Balance')) };
  return { externalId, type: 'ACH', status: 'Active', bankAccount: { name, accountBalance } };
};

const ITEM_TYPES: Readonly<Record<string, string>> = {
  ItemServiceRet: 'SERVICE',
  ItemNonInventoryRet: 'NON_INVENTORY',
  ItemInventoryRet: 'INVENTORY',
  ItemGroupRet: 'ITEMGROUP',
};
const item = (node: Node) => {
  const cost = textIn(node, 'PurchaseCost') ?? textIn(child(node, 'SalesAndPurchase'), 'PurchaseCost');
  const type = ITEM_TYPES[textIn(node, 'element') ?? ''] ?? 'NONE';
  return { ...named(node), type, ...(cost !== undefined && { cost: price(cost) }) };
};

const term = (node: Node) => ({
  ...named(node),
  dueDays: Number(textIn(node, 'StdDueDays')),
  discountDays: Number(textIn(node, 'StdDiscountDays')),
  discountPercent: Number(textIn(node, 'DiscountPct')),
});

const vendor = (node: Node) => {
  const address = child(node, 'VendorAddress');
  return {
    ...named(node),
    legalName: textIn(node, 'NameOnCheck'),
    address: {
      address1: textIn(address, 'Addr1') ?? '',
      address2: textIn(address, 'Addr2') ?? '',
      address3: '',
      address4: '',
      address5: '',
      town: textIn(address, 'City') ?? '',
      ctrySubDivision: textIn(address, 'State') ?? '',
      postalCode: textIn(address, 'PostalCode') ?? '',
      country: '',
    },
    phones: [
      { number: textIn(node, 'Phone') ?? '', isFax: false },
      { number: '', isFax: true },
    ],
  };
};

interface KnownIds {
  readonly accounts: Ids;
  readonly classes: Ids;
  readonly projects: Ids;
  readonly items: Ids;
  readonly terms: Ids;
  readonly vendors: Ids;
}

const bill = (known: KnownIds) => (node: Node) => {
  const reference = (from: Node, element: string, ids: Ids) => {
    const externalId = textIn(child(from, element), 'ListID') ?? '';
    const id = ids.get(externalId);
    return id === undefined ? undefined : { id };
  };
  const line = (from: Node, lineNumber: number) => ({
    lineNumber,
    amountDue: money(textIn(from, 'Amount')),
    classification: reference(from, 'ClassRef', known.classes),
  });
  const expenses = children(node, 'ExpenseLineRet').map((from, index) => ({
    ...line(from, index),
    glAccount: reference(from, 'AccountRef', known.accounts),
    memo: textIn(from, 'Memo'),
  }));
  const items = children(node, 'ItemLineRet').map((from, index) => {
    return {
      ...line(from, expenses.length + index),
      companyItem: reference(from, 'ItemRef', known.items),
      quantity: decimal(textIn(from, 'Quantity') ?? '0'),
      cost: price(textIn(from, 'Cost') ?? '0'),
    };
  });
  return {
    externalId: idOf(node),
    vendor: reference(node, 'VendorRef', known.vendors),
    term: reference(node, 'TermsRef', known.terms),
    transactionDate: textIn(node, 'TxnDate'),
    dueDate: textIn(node, 'DueDate'),
    invoiceNumber: textIn(node, 'RefNumber'),
    amount: money(textIn(node, 'AmountDue')),
    balance: money(textIn(node, 'AmountDue')),
    memo: textIn(node, 'Memo'),
    state: 'Open',
    expenses,
    items,
  };
};
