/** Reading the books of both sandboxes from their `/books` addresses. What they hold is in the two files beside this one. */
import type { MineralTreeBooks } from './mineralTreeBooks.ts';
import type { QuickBooksBooks } from './quickBooksBooks.ts';

export type * from './mineralTreeBooks.ts';
export type * from './quickBooksBooks.ts';

/** Both books of one company. */
export interface BothBooks {
  readonly quickBooks: QuickBooksBooks;
  readonly mineralTree: MineralTreeBooks;
}

/** Reads the books of one company file from a running QuickBooks sandbox. */
export async function readQuickBooks(url: string, file: string): Promise<QuickBooksBooks> {
  return read(`${url}/books/file?file=${encodeURIComponent(file)}`);
}

/** Reads the books of one company from a running MineralTree sandbox. */
export async function readMineralTree(url: string, company: string): Promise<MineralTreeBooks> {
  return read(`${url}/books/company?id=${encodeURIComponent(company)}`);
}

async function read<T>(address: string): Promise<T> {
  // Again, once: the sandbox may close a connection at the moment at which it is used another time.
  const answer = await fetch(address).catch(() => fetch(address));
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}
