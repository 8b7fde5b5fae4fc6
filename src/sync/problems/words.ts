/** Problems in words for a person. */
export interface ProblemWords {
  readonly severity: 'info' | 'warning' | 'error' | 'urgent';
  readonly whose: 'accountant' | 'customer' | 'operator' | 'us';
  readonly title: string;
  readonly sentence: string;
  /** What to do: one way out each. */
  readonly ways: readonly string[];
  /** The ways as one text. */
  readonly whatToDo: string;
  /** Nothing is written for the company until it is resolved. */
  readonly blocksCompany: boolean;
}
/** Never throws: an unknown code gets words of its own. */
export function describeProblem(_code: string, _params: Readonly<Record<string, string>>): ProblemWords {
  throw new Error('being written');
}
