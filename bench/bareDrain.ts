/**
 * Draining a company file with the barest client: every account, class, customer, item, terms, vendor and bill with its
 * lines, by iterators of 100 where QuickBooks has them, one request after the other.
 *
 * It is the first of the two halves that a first load is compared with, and was written before the load was measured.
 */
import { child, children, type Node, openBareProcessor } from './processor.ts';

export const KINDS = ['Account', 'Class', 'Customer', 'Item', 'Terms', 'Vendor', 'Bill'] as const;
export type Kind = (typeof KINDS)[number];

export interface Drained {
  readonly records: Readonly<Record<Kind, readonly Node[]>>;
  readonly ms: number;
  readonly calls: number;
}

const PAGE = 100;
/** QuickBooks answers these whole: it has no iterators for them. */
const WHOLE: ReadonlySet<Kind> = new Set(['Account', 'Class', 'Terms']);

export async function bareDrain(url: string, file: string): Promise<Drained> {
  const began = performance.now();
  const processor = await openBareProcessor(url, file);
  let calls = 0;
  const drain = async (kind: Kind): Promise<Node[]> => {
    const found: Node[] = [];
    for (let iterator = WHOLE.has(kind) ? '' : ' iterator="Start"'; ; ) {
      const answer = child(await processor.ask(queryOf(kind, iterator)), `${kind}QueryRs`);
      calls += 1;
      for (const name of Object.keys(answer))
        if (name.endsWith('Ret')) found.push(...children(answer, name).map(named(name)));
      if (iterator === '' || answer['@iteratorRemainingCount'] === '0') return found;
      iterator = ` iterator="Continue" iteratorID="${answer['@iteratorID']}"`;
    }
  };
  const records: Partial<Record<Kind, readonly Node[]>> = {};
  for (const kind of KINDS) records[kind] = await drain(kind);
  await processor.close();
  const ms = performance.now() - began;
  return { records: records as Drained['records'], ms, calls };
}

/** Items come as several elements; which one it was is kept. */
const named =
  (element: string) =>
  (node: Node): Node => ({ ...node, element });

function queryOf(kind: Kind, iterator: string): string {
  const most = iterator === '' ? '' : `<MaxReturned>${PAGE}</MaxReturned>`;
  const what = kind === 'Bill' ? '<IncludeLineItems>true</IncludeLineItems>' : '<ActiveStatus>All</ActiveStatus>';
  return `<${kind}QueryRq requestID="1"${iterator}>${most}${what}</${kind}QueryRq>`;
}
