/**
 * What an answer of QuickBooks, or the failure of a call, means for those who asked: what to do with the request, whose
 * job it is, and how to say it to a person.
 */

/**
 * What to do with a request that was answered so.
 * - `done`: carried out; `empty`: carried out, nothing matches; `partial`: carried out, but not all of it is there
 * - `retry`: not carried out; the same request may go again at once, in a new session where it is a matter of one
 * - `wait`: not carried out; something is in the way that passes or that someone at the machine removes
 * - `reread`: not carried out; the record changed meanwhile: read it and decide anew
 * - `settle`: it is not known whether a write was carried out: find out before anything else
 * - `person`: not carried out, and it will not be until a person acts
 * - `bug`: not carried out; Tandem sent what it should not have sent
 */
export type Disposition = 'done' | 'empty' | 'partial' | 'retry' | 'wait' | 'reread' | 'settle' | 'person' | 'bug';

/** Whose job it is: someone at the customer's machine, who keeps the books, Tandem's makers; nobody where all is well. */
export type Job = 'customer' | 'accountant' | 'us' | 'nobody';

/**
 * How sure the meaning is: seen in answers or in Intuit's files, stated by documents, or only recalled. What is recalled
 * is unverified against a live QuickBooks.
 */
export type Source = 'seen' | 'documented' | 'recalled';

export type Severity = 'Info' | 'Warn' | 'Error';

/** One row of the tables of status codes and HRESULTs. */
export interface Meaning {
  readonly code: number;
  /** A stable name for logs, problems and switches. */
  readonly name: string;
  readonly severity: Severity;
  readonly disposition: Disposition;
  readonly job: Job;
  readonly source: Source;
  /** What it means, for an engineer. */
  readonly meaning: string;
  /** What happened, in a sentence for the person whose job it is. */
  readonly says: string;
  /** What this person should do, in a sentence. */
  readonly toDo: string;
}

/** Whether a write that was answered so may have been carried out. */
export const outcomeUnknown = ({ disposition }: Pick<Meaning, 'disposition'>): boolean => disposition === 'settle';

/** A row of a table: code, name, disposition, job, source, meaning, words for a person, what to do. */
export type Row = readonly [
  code: number,
  name: string,
  disposition: Disposition,
  job: Job,
  source: Source,
  meaning: string,
  says: string,
  toDo: string,
];

export const rows = (severity: Severity, table: readonly Row[]): readonly Meaning[] =>
  table.map(([code, name, disposition, job, source, meaning, says, toDo]) => ({
    code,
    name,
    severity,
    disposition,
    job,
    source,
    meaning,
    says,
    toDo,
  }));
