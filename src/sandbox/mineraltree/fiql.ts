/**
 * The query language of search: the part of FIQL that the API guide shows.
 *
 *     bill_externalId=='';billOrCredit_status=in=(1,2,3);modified>2018-10-05T15:15:08Z
 *
 * 1. Comparisons joined by `;`, all of which have to hold. There is no OR and no grouping.
 * 2. Operators `==` `!=` `=lt=` `<` `=le=` `<=` `=gt=` `>` `=ge=` `>=` `=in=(..)` `=out=(..)`.
 * 3. A value is bare or in quotes of either kind, a backslash before a character of a quoted value takes it literally.
 *    `''` is empty; `*` in a value of `==` or `!=` stands for any characters.
 */
import { Refusal } from './refusal.ts';

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'out';

export interface Comparison {
  readonly field: string;
  readonly operator: Operator;
  /** One, but for `in` and `out`. */
  readonly values: readonly string[];
}

const FIELD = /\s*([A-Za-z][A-Za-z0-9_]*)\s*/y;
const OPERATOR = /(==|!=|=lt=|=le=|=gt=|=ge=|=in=|=out=|<=|>=|<|>)\s*/y;
const BARE = /[^;,()'"]+/y;
const WORDS: Readonly<Record<string, Operator>> = {
  '=lt=': '<',
  '=le=': '<=',
  '=gt=': '>',
  '=ge=': '>=',
  '=in=': 'in',
  '=out=': 'out',
};

/** Reads a query; an empty one has no comparisons. Throws `Refusal` with the position of a mistake. */
export function parseQuery(query: string): readonly Comparison[] {
  const reader = new Reader(query);
  const comparisons: Comparison[] = [];
  if (query.trim() === '') return comparisons;
  do {
    const field = reader.match(FIELD, 'the name of a field');
    const written = reader.match(OPERATOR, 'an operator');
    const operator = WORDS[written] ?? (written as Operator);
    const values = operator === 'in' || operator === 'out' ? reader.list() : [reader.value()];
    comparisons.push({ field, operator, values });
  } while (reader.skip(';'));
  reader.end();
  return comparisons;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[1];
    if (found === undefined) throw this.#mistake(what);
    this.#at = pattern.lastIndex;
    return found;
  }

  skip(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  list(): readonly string[] {
    if (!this.skip('(')) throw this.#mistake('"("');
    const values = [this.value()];
    while (this.skip(',')) values.push(this.value());
    if (!this.skip(')')) throw this.#mistake('"," or ")"');
    return values;
  }

  value(): string {
    this.#space();
    const quote = this.#text[this.#at];
    if (quote === "'" || quote === '"') return this.#quoted(quote);
    BARE.lastIndex = this.#at;
    const found = BARE.exec(this.#text)?.[0];
    if (found === undefined) throw this.#mistake('a value');
    this.#at = BARE.lastIndex;
    return found.trim();
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#mistake('";" or the end');
  }

  #quoted(quote: string): string {
    let value = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const character = this.#text[at];
      if (character === quote) {
        this.#at = at + 1;
        return value;
      }
      if (character === '\\') at += 1;
      value += this.#text[at] ?? '';
    }
    throw this.#mistake(`a closing ${quote}`);
  }

  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }

  #mistake(expected: string): Refusal {
    return new Refusal(
      400,
      `query: expected ${expected} at character ${this.#at + 1} of ${JSON.stringify(this.#text)}`,
    );
  }
}
