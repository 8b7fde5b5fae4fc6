/**
 * The lowest so many of a stream of entries, in bounded memory: what a page of keys keeps of a list that it reads whole,
 * in whatever order QuickBooks answers.
 */
export interface Lowest<T> {
  add(entry: T): void;
  /** The lowest entries, in order. */
  taken(): readonly T[];
  /** Whether there was more than these. */
  readonly cut: boolean;
}

/** Keeps the lowest `most` entries by `compare`. */
export function lowest<T>(most: number, compare: (a: T, b: T) => number): Lowest<T> {
  let kept: T[] = [];
  let cut = false;
  const shorten = (): void => {
    kept.sort(compare);
    if (kept.length <= most) return;
    kept = kept.slice(0, most);
    cut = true;
  };
  return {
    add(entry) {
      kept.push(entry);
      if (kept.length >= most * 2) shorten();
    },
    taken() {
      shorten();
      return kept;
    },
    get cut() {
      shorten();
      return cut;
    },
  };
}

/** Order of texts by their UTF-16 units, the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
