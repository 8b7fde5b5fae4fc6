/**
 * A cycle as one would write it first: one message set for each question, one after the other. The questions are those of
 * a quiet cycle of the product.
 */
import { openBareProcessor } from './processor.ts';

/** Nothing was changed since then: quiet. */
const SINCE = '2037-01-01T00:00:00';
const changed = (kind: string) =>
  `<${kind}QueryRq><ActiveStatus>All</ActiveStatus><FromModifiedDate>${SINCE}</FromModifiedDate></${kind}QueryRq>`;
const deleted = (kind: 'Txn' | 'List', of: string) =>
  `<${kind}DeletedQueryRq><${kind}DelType>${of}</${kind}DelType><DeletedDateRangeFilter><FromDeletedDate>${SINCE}</FromDeletedDate></DeletedDateRangeFilter></${kind}DeletedQueryRq>`;

export const NAIVE_QUESTIONS: readonly string[] = [
  '<HostQueryRq/>',
  '<CompanyQueryRq/>',
  '<PreferencesQueryRq/>',
  deleted('Txn', 'Bill'),
  deleted('List', 'Vendor'),
  // The newest vendor and the newest bill that are known, to see that the file is not an older copy.
  '<VendorQueryRq><MaxReturned>1</MaxReturned></VendorQueryRq>',
  '<BillQueryRq><MaxReturned>1</MaxReturned></BillQueryRq>',
  ...['Account', 'Class', 'Customer', 'Item', 'Terms', 'Vendor'].map(changed),
  `<BillQueryRq><ModifiedDateRangeFilter><FromModifiedDate>${SINCE}</FromModifiedDate></ModifiedDateRangeFilter></BillQueryRq>`,
];

/** Asks them all; milliseconds, with opening and closing the session. */
export async function naiveCycle(url: string, file: string): Promise<number> {
  const began = performance.now();
  const processor = await openBareProcessor(url, file);
  for (const question of NAIVE_QUESTIONS) {
    const answer = JSON.stringify(await processor.ask(question));
    if (answer.includes('"@statusSeverity":"Error"')) throw new Error(`refused: ${question}: ${answer}`);
  }
  await processor.close();
  return performance.now() - began;
}
