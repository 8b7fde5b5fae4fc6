/** A JSON column: read as a value, written as text. */
import type { ColumnType } from 'kysely';

export type Json<T> = ColumnType<T, string, string>;
