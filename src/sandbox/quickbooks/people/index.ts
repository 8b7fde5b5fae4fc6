/** Every move of a person, by name. */
import { BILL_MOVES } from './billMoves.ts';
import { CREDIT_MOVES } from './creditMoves.ts';
import { FILE_SETTINGS_MOVES } from './fileMoves.ts';
import { GENERAL_MOVES } from './generalMoves.ts';
import { LIST_MOVES } from './listMoves.ts';
import type { Move } from './move.ts';
import { PAYMENT_MOVES } from './paymentMoves.ts';
import { VENDOR_MOVES } from './vendorMoves.ts';

export type { Moved } from './move.ts';

export const MOVES: ReadonlyMap<string, Move> = new Map([
  ...BILL_MOVES,
  ...CREDIT_MOVES,
  ...PAYMENT_MOVES,
  ...GENERAL_MOVES,
  ...VENDOR_MOVES,
  ...LIST_MOVES,
  ...FILE_SETTINGS_MOVES,
]);
