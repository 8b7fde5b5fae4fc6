/**
 * Problems found while records are worked on, written with them: what was looked at and has no problem any more is closed.
 *
 * A key names the way, the record and the code, so that everything about one record on one way is found by its beginning.
 * What is only to be seen by a person has a beginning of its own and one row for each version of it, for nothing that is
 * looked at later takes it back.
 */

import {
  closeProblemsUnder,
  type NewProblem,
  openProblems,
  type Subject,
  TO_BE_SEEN,
  type Tx,
} from '../../store/index.ts';
import { digestOf, type Finding } from '../../sync/index.ts';

/**
 * On which way a problem was found: from QuickBooks to MineralTree; the settlement of a bill, the same way; a record of
 * MineralTree on its way to QuickBooks; an edit; the outcome of a posting; telling MineralTree of it; a record that is
 * gone; a discount that only one side has; the company as a whole.
 */
export type Way = 'push' | 'settle' | 'add' | 'edit' | 'post' | 'acknowledge' | 'gone' | 'discount' | 'company';

export const prefixOf = (way: Way, { kind, id }: Pick<Subject, 'kind' | 'id'>): string => `${way}:${kind}:${id}:`;

export function problemOf(way: Way, subject: Subject, finding: Finding): NewProblem {
  const part = finding.part === undefined ? '' : `:${finding.part}`;
  const key = finding.toBeSeen
    ? `${TO_BE_SEEN}${subject.kind}:${subject.id}:${finding.code}:${digestOf(finding.params)}`
    : `${prefixOf(way, subject)}${finding.code}${part}`;
  return {
    key,
    code: finding.code,
    subject,
    params: finding.params,
  };
}

export interface ProblemLedger {
  /** A record was looked at on a way: these are all its problems there, none included. */
  looked(way: Way, subject: Subject, findings?: readonly Finding[]): void;
  /** One more problem, the others as they are. */
  found(way: Way, subject: Subject, finding: Finding): void;
  /** One problem of a record on a way is over, the others as they are. */
  over(way: Way, subject: Subject, code: Finding['code']): void;
  write(tx: Tx, companyId: string, at: number): Promise<void>;
}

export function createProblemLedger(): ProblemLedger {
  const problems = new Map<string, NewProblem>();
  const prefixes = new Set<string>();
  const add = (way: Way, subject: Subject, finding: Finding): void => {
    const problem = problemOf(way, subject, finding);
    problems.set(problem.key, problem);
  };
  return {
    looked(way, subject, findings = []) {
      prefixes.add(prefixOf(way, subject));
      for (const finding of findings) add(way, subject, finding);
    },
    found: add,
    over: (way, subject, code) => void prefixes.add(`${prefixOf(way, subject)}${code}`),
    async write(tx, companyId, at) {
      await closeProblemsUnder(tx, companyId, [...prefixes], [...problems.keys()], at);
      await openProblems(tx, companyId, [...problems.values()], at);
    },
  };
}
