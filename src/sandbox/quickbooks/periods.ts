/**
 * Which dates can still be written to: the closing date, and the dividing date while an accountant has a copy.
 *
 * 1. A date is closed when it is on or before the closing date; a change is held to its old and its new date.
 * 2. Without a password the closing date stops nobody. With one it stops applications, which have no way to give it, and
 *    people who do not give it.
 * 3. What is dated on or before the dividing date is the accountant's: nobody changes it here.
 *
 * Unverified against a live file: the code of an Add in a closed period (a switch), and what an accountant's copy answers.
 */
import type { CompanyFile } from './companyFile.ts';
import type { CreatedBy, TxnType } from './records.ts';
import { closedPeriod, closedToDeletion, dividedPeriod } from './refusal.ts';

/** Who writes. */
export interface Author {
  readonly createdBy: CreatedBy;
  /** The closing date's password, as a person gives it. */
  readonly closingPassword?: string;
}

export const APPLICATION: Author = { createdBy: 'application' };
export const PERSON: Author = { createdBy: 'person' };

export interface Dated {
  readonly write: 'add' | 'modify' | 'void' | 'delete';
  readonly type: TxnType;
  /** The date that the transaction has, and the one that it shall have. */
  readonly dates: readonly string[];
  /** Of a deletion: the transaction. */
  readonly id?: string;
}

/** Throws `Refused` 3171, 3161 (a deletion) or 3180 (an accountant's copy) when a date can no longer be written to. */
export function checkPeriod(company: CompanyFile, author: Author, { write, type, dates, id = '' }: Dated): void {
  const { closingDate, closingPassword, dividingDate } = company.head;
  const upTo = (limit: string | undefined): boolean => limit !== undefined && dates.some((date) => date <= limit);
  if (upTo(dividingDate)) throw dividedPeriod(type);
  if (closingPassword === undefined || !upTo(closingDate)) return;
  if (author.createdBy === 'person' && author.closingPassword === closingPassword) return;
  if (write === 'delete') throw closedToDeletion(id);
  throw closedPeriod(type, write === 'add' ? company.switches().closedPeriodAdd : 3171);
}
