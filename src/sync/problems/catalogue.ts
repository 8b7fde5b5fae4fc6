/**
 * The catalogue of problems: one entry for each code, in an accountant's words. `docs/problems.md` lists them all, and a
 * test compares the two.
 *
 * 1. Every code that a decision, the connector or the contract can give is here.
 * 2. A code, once published, keeps its meaning: people search for it.
 */
import { BLOCKS, COMPANY_PROBLEMS } from './company.ts';
import type { ProblemEntry } from './entry.ts';
import { PAYMENT_PROBLEMS } from './payments.ts';
import { OUTCOME_PROBLEMS, REFUSALS } from './refusals.ts';
import { SETTLEMENT_PROBLEMS } from './settlements.ts';
import { TO_MINERALTREE_PROBLEMS } from './toMineralTree.ts';
import { TO_QUICKBOOKS_PROBLEMS } from './toQuickBooks.ts';

const ALL = {
  ...BLOCKS,
  ...COMPANY_PROBLEMS,
  ...TO_MINERALTREE_PROBLEMS,
  ...SETTLEMENT_PROBLEMS,
  ...TO_QUICKBOOKS_PROBLEMS,
  ...PAYMENT_PROBLEMS,
  ...REFUSALS,
  ...OUTCOME_PROBLEMS,
};

export type ProblemCode = keyof typeof ALL;
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemEntry>> = ALL;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
