/** What the chapters about money look at in the books of both sandboxes. */
import { until } from '../../until.ts';
import type { Stage, StageCompany } from '../stage.ts';

export interface BookedPayment {
  readonly id: string;
  readonly guid?: string;
  readonly method: 'check' | 'creditCard';
  readonly account: string;
  readonly refNumber?: string;
  readonly amountCents: number;
}

export interface MoneyBooks {
  readonly quickBooks: { readonly payments: readonly BookedPayment[] };
  readonly mineralTree: {
    readonly payments: readonly {
      readonly id: string;
      readonly externalId?: string;
      readonly applied: readonly { readonly invoice: { readonly name?: string }; readonly appliedCents: number }[];
    }[];
    readonly remittances: readonly {
      readonly payment: string;
      readonly lines: readonly { readonly kind: string; readonly cents: number }[];
      readonly totalCents: number;
    }[];
  };
}

/** Waits until the books show what is asked for. */
export const untilMoney = <T>(
  stage: Stage,
  { file, mtCompany }: StageCompany,
  what: string,
  look: (books: MoneyBooks) => T | undefined | false,
): Promise<T> =>
  until(
    what,
    async () =>
      look({
        quickBooks: await read(`${stage.quickBooks.url}/books/file?file=${encodeURIComponent(file)}`),
        mineralTree: await read(`${stage.mineralTree.url}/books/company?id=${encodeURIComponent(mtCompany)}`),
      }),
    { withinMs: 90_000 },
  );

async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as T;
}
