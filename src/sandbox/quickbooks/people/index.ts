/** Every move of a person, by name. */
import { BILL_MOVES } from './billMoves.ts';
import { LIST_MOVES } from './listMoves.ts';
import type { Move } from './move.ts';
import { VENDOR_MOVES } from './vendorMoves.ts';

export type { Moved } from './move.ts';

export const MOVES: ReadonlyMap<string, Move> = new Map([...BILL_MOVES, ...VENDOR_MOVES, ...LIST_MOVES]);
