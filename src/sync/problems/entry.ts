/** What the catalogue says about one kind of problem. */

export type Severity =
  /** Good to know; nothing waits for anybody. */
  | 'info'
  /** Worth a look; everything goes on. */
  | 'warning'
  /** A record does not move until somebody acts. */
  | 'error'
  /** Money may go wrong, or nothing moves for the company. */
  | 'urgent';

/** Whose job it is: the accountant's at the customer, the customer's administrator, the operator of Tandem, its makers. */
export type Owner = 'accountant' | 'customer' | 'operator' | 'us';

export interface ProblemEntry {
  readonly severity: Severity;
  readonly whose: Owner;
  readonly title: string;
  /**
   * One or two sentences for a person. `{name}` stands for a text; a part in square brackets is left out when a text that
   * it needs is not known.
   */
  readonly sentence: string;
  /** What to do: each way out as a sentence. */
  readonly ways: readonly [string, ...string[]];
  /** Nothing is written for the company until it is resolved. */
  readonly blocksCompany?: true;
}
