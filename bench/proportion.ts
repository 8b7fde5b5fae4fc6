/**
 * A quarter of the large company: 500 vendors, 5,000 bills, 25,000 lines, typed into a small one through the request
 * processor. Each bill has the lines that one of the large company has: three of expenses, two of items.
 */
import { bareDrain } from './bareDrain.ts';
import { openBareProcessor, textIn } from './processor.ts';

const VENDORS = 500;
export const QUARTER_BILLS = 5_000;
const IN_A_SET = 100;

/** Fills a company that was seeded as small. */
export async function fillToQuarter(url: string, file: string): Promise<void> {
  const { records } = await bareDrain(url, file);
  const ids = (kind: 'Account' | 'Item' | 'Vendor' | 'Class', type = /./) =>
    records[kind]
      .filter((node) => type.test(textIn(node, 'AccountType') ?? textIn(node, 'element') ?? ''))
      .map((node) => textIn(node, 'ListID') ?? '');
  const [accounts, items, classes] = [ids('Account', /^Expense$/), ids('Item', /Service|NonInventory/), ids('Class')];
  const processor = await openBareProcessor(url, file);
  const added = Array.from({ length: VENDORS - records.Vendor.length }, (_, index) => vendorAdd(index));
  for (const part of inParts(added)) await processor.ask(part.join(''));
  const vendors = Array.from({ length: added.length }, (_, index) => `Quarter Vendor ${index + 1}`);
  const bills = Array.from({ length: QUARTER_BILLS - records.Bill.length }, (_, index) => {
    const expenses = [0, 1, 2].map((line) =>
      expenseLine(at(accounts, index + line), at(classes, index), 1_000 + index + line),
    );
    const itemLines = [0, 1].map((line) => itemLine(at(items, index + line), 1 + (index % 9)));
    return billAdd(at(vendors, index * 7), index, [...expenses, ...itemLines].join(''));
  });
  for (const part of inParts(bills)) {
    const answer = JSON.stringify(await processor.ask(part.join('')));
    if (/"@statusSeverity":"Error"/.test(answer)) throw new Error(`a bill was refused: ${answer.slice(0, 500)}`);
  }
  await processor.close();
}

const at = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

const vendorAdd = (index: number): string => {
  const name = `Quarter Vendor ${index + 1}`;
  const address = `<Addr1>${name}</Addr1><Addr2>${index + 1} Main Street</Addr2><City>Portland</City><State>ME</State><PostalCode>04101</PostalCode>`;
  return `<VendorAddRq><VendorAdd><Name>${name}</Name><CompanyName>${name}</CompanyName><VendorAddress>${address}</VendorAddress><Phone>207-555-0100</Phone><NameOnCheck>${name}</NameOnCheck></VendorAdd></VendorAddRq>`;
};

const billAdd = (vendor: string, index: number, lines: string): string => {
  const day = `2025-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
  return `<BillAddRq><BillAdd><VendorRef><FullName>${vendor}</FullName></VendorRef><TxnDate>${day}</TxnDate><DueDate>${day}</DueDate><RefNumber>Q-${index + 1}</RefNumber>${lines}</BillAdd></BillAddRq>`;
};

const expenseLine = (account: string, className: string, cents: number): string =>
  `<ExpenseLineAdd><AccountRef><ListID>${account}</ListID></AccountRef><Amount>${(cents / 100).toFixed(2)}</Amount><ClassRef><ListID>${className}</ListID></ClassRef></ExpenseLineAdd>`;

const itemLine = (item: string, quantity: number): string =>
  `<ItemLineAdd><ItemRef><ListID>${item}</ListID></ItemRef><Quantity>${quantity}</Quantity><Cost>12.50</Cost></ItemLineAdd>`;

function* inParts(requests: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < requests.length; from += IN_A_SET) yield requests.slice(from, from + IN_A_SET);
}
