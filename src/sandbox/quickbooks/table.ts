/**
 * The records of one kind of one company file, in memory, found by id, by a few keys, and by the time of their last change.
 *
 * 1. Records come out in the order in which they were first entered.
 * 2. What is asked for is found through an index: nothing here looks at every record unless all are wanted.
 */
import type { UnixSecond } from './machineClock.ts';
import type { Stamped } from './records.ts';

type KeyOf<T> = (record: T) => string | readonly string[] | undefined;

interface Change {
  readonly at: UnixSecond;
  readonly id: string;
}

export class Table<T extends Stamped> {
  readonly #records = new Map<string, T>();
  readonly #keys: ReadonlyMap<string, KeyOf<T>>;
  readonly #byKey: ReadonlyMap<string, Map<string, Set<string>>>;
  /** Sorted by time; an entry counts only while the record still has that time. */
  #changes: Change[] = [];

  /** @param keys by name, what records are looked up by; several keys find a record by each, undefined leaves it out of that index. */
  constructor(keys: Readonly<Record<string, KeyOf<T>>> = {}) {
    this.#keys = new Map(Object.entries(keys));
    this.#byKey = new Map(Object.keys(keys).map((name) => [name, new Map<string, Set<string>>()]));
  }

  get size(): number {
    return this.#records.size;
  }

  get(id: string): T | undefined {
    return this.#records.get(id);
  }

  all(): IterableIterator<T> {
    return this.#records.values();
  }

  put(record: T): void {
    const before = this.#records.get(record.id);
    if (before !== undefined) this.#unindex(before);
    this.#records.set(record.id, record);
    for (const [name, keyOf] of this.#keys) {
      const index = this.#index(name);
      for (const key of keysOf(keyOf(record))) {
        const ids = index.get(key);
        if (ids === undefined) index.set(key, new Set([record.id]));
        else ids.add(record.id);
      }
    }
    if (before?.modifiedAt !== record.modifiedAt) this.#note({ at: record.modifiedAt, id: record.id });
  }

  delete(id: string): void {
    const before = this.#records.get(id);
    if (before === undefined) return;
    this.#unindex(before);
    this.#records.delete(id);
  }

  /** The records that have the key, under the index of the given name. */
  find(name: string, key: string): T[] {
    const ids = this.#index(name).get(key);
    if (ids === undefined) return [];
    const found: T[] = [];
    for (const id of ids) {
      const record = this.#records.get(id);
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  /** The records last changed in that time, both ends included. */
  changed(from: UnixSecond | undefined, to: UnixSecond | undefined): T[] {
    const found: T[] = [];
    const seen = new Set<string>();
    for (let i = from === undefined ? 0 : this.#firstAt(from); i < this.#changes.length; i += 1) {
      const change = this.#changes[i];
      if (change === undefined || (to !== undefined && change.at > to)) break;
      const record = this.#records.get(change.id);
      if (record === undefined || record.modifiedAt !== change.at || seen.has(change.id)) continue;
      seen.add(change.id);
      found.push(record);
    }
    return found;
  }

  #index(name: string): Map<string, Set<string>> {
    const index = this.#byKey.get(name);
    if (index === undefined) throw new Error(`no index "${name}"; there are ${[...this.#byKey.keys()].join(', ')}`);
    return index;
  }

  #unindex(record: T): void {
    for (const [name, keyOf] of this.#keys) {
      const index = this.#index(name);
      for (const key of keysOf(keyOf(record))) {
        const ids = index.get(key);
        ids?.delete(record.id);
        if (ids?.size === 0) index.delete(key);
      }
    }
  }

  #note(change: Change): void {
    if (this.#changes.length > 2 * this.#records.size + 1_000) this.#dropStale();
    const last = this.#changes.at(-1);
    if (last === undefined || last.at <= change.at) this.#changes.push(change);
    else this.#changes.splice(this.#firstAt(change.at + 1), 0, change);
  }

  #dropStale(): void {
    this.#changes = this.#changes.filter(({ at, id }) => this.#records.get(id)?.modifiedAt === at);
  }

  /** Where the changes at or after that time begin. */
  #firstAt(at: UnixSecond): number {
    let [low, high] = [0, this.#changes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changes[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const keysOf = (keys: string | readonly string[] | undefined): readonly string[] =>
  keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;
