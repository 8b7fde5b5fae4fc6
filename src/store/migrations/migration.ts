/** One step of the store's form: numbered from 1 without gaps, applied in one transaction, never undone. */
import type { RawBuilder } from 'kysely';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly RawBuilder<unknown>[];
}
