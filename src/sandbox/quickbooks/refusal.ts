/**
 * What QuickBooks refuses, as status code and text; the texts are as recorded from real answers where those exist.
 *
 * Texts marked "unverified" were never seen from a real QuickBooks: only the code is stated by its documentation.
 */

import { type Cents, formatCents } from '../../domain/money.ts';

/** A request, or a person's move, that QuickBooks refuses. `message` is the statusMessage. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

const NOT_IN_LIST = 'Invalid argument.  The specified record does not exist in the list.';
const because = (why: string): string => `QuickBooks error message: ${why}`;

/** 3000: an ID that has not the form of one. */
export const invalidId = (id: string, field: string): Refused =>
  new Refused(3000, `The given object ID "${id}" in the field "${field}" is invalid.`);

/** 3020: text unverified. */
export const invalidDate = (text: string): Refused =>
  new Refused(3020, `The date "${text}" is not valid or out of range.`);

/** 3030: text unverified. */
export const invertedDates = (from: string, to: string): Refused =>
  new Refused(3030, `The date range is invalid: the from date "${from}" is later than the to date "${to}".`);

/** 3070: text unverified. */
export const tooLong = (field: string, limit: number): Refused =>
  new Refused(3070, `The string in the field "${field}" is too long. The maximum length is ${limit}.`);

/** 3090: a value that the field cannot hold. */
export const notStored = (value: string, field: string, why: string): Refused =>
  new Refused(3090, `There was an error when storing "${value}" in the "${field}" field. ${because(why)}`);

/** 3100: a name that another entry has. */
export const nameInUse = (name: string): Refused =>
  new Refused(3100, `The name "${name}" of the list element is already in use.`);

/** 3120: the record that the request is about does not exist. */
export const notFound = (id: string): Refused =>
  new Refused(3120, `Object "${id}" specified in the request cannot be found.  ${because(NOT_IN_LIST)}`);

/** 3121: a line that the transaction does not have; text unverified. */
export const lineNotFound = (lineId: string): Refused =>
  new Refused(3121, `The transaction line "${lineId}" specified in the request cannot be found.`);

/** 3140: a reference to an entry that does not exist. `kind` is the list, `where` the record: Vendor, Bill. */
export const invalidReference = (kind: string, name: string, where: string, why = NOT_IN_LIST): Refused =>
  new Refused(3140, `There is an invalid reference to QuickBooks ${kind} "${name}" in the ${where}.  ${because(why)}`);

/** 3140: a reference to an inactive entry; code and text unverified. */
export const inactiveReference = (kind: string, name: string, where: string): Refused =>
  invalidReference(kind, name, where, 'The specified record is inactive.');

/** 3150: text unverified. */
export const missing = (element: string): Refused => new Refused(3150, `There is a missing element: "${element}".`);

/** 3160: an entry or transaction that is in use. `why`, where given, is unverified. */
export const notDeletable = (id: string, why?: string): Refused =>
  new Refused(
    3160,
    `Cannot delete the object specified by the id = "${id}".${why === undefined ? '' : `  ${because(why)}`}`,
  );

/** 3177: text unverified. */
export const linkedTwice = (id: string): Refused =>
  new Refused(3177, `The transaction "${id}" is linked to more than once.`);

/** 3180: a transaction that cannot be saved. The part after "QuickBooks error message" is unverified. */
export const notSaved = (kind: string, why: string): Refused =>
  new Refused(3180, `There was an error when saving a ${kind}.  ${because(why)}`);

/** 3161: text unverified. */
export const closedToDeletion = (id: string): Refused =>
  new Refused(
    3161,
    `Cannot delete the object specified by the id = "${id}".  ${because('The transaction is dated on or before the closing date of the company.')}`,
  );

/** 3171, or the code that `closedPeriodAdd` says: a write dated on or before a closing date with a password. */
export const closedPeriod = (kind: string, statusCode: number): Refused =>
  new Refused(
    statusCode,
    `An attempt was made to modify a ${kind} with a date that is on or before the closing date of the company. If you are sure you really want to do this, please ask a user with Admin privileges to remove the password for editing transactions on or before to closing date (this setting is in the Accounting Company Preferences), then try again.`,
  );

/** 3180: dated on or before the dividing date of an accountant's copy; code and text unverified. */
export const dividedPeriod = (kind: string): Refused =>
  notSaved(kind, "The date is on or before the dividing date of the accountant's copy.");

/** 3185: a transaction that cannot be voided; the reason is unverified. */
export const notVoidable = (id: string, why: string): Refused =>
  new Refused(3185, `Cannot void the object specified by the id = "${id}".  ${because(why)}`);

/** 3200: the record was changed since it was read. The blank at the end is QuickBooks' own. */
export const outOfDate = (editSequence: string): Refused =>
  new Refused(3200, `The provided edit sequence "${editSequence}" is out-of-date. `);

/** 3210: an amount above what is open. `field` as recorded: `AppliedToTxnAdd payment amount`; others unverified. */
export const moreThanDue = (field: string, cents: Cents): Refused =>
  new Refused(
    3210,
    `The "${field}" field has an invalid value "${formatCents(cents)}".  ${because('You cannot pay more than the amount due.')}`,
  );

/** 3210: an amount that cannot stand in that field; reason unverified. */
export const invalidAmount = (field: string, cents: Cents, why: string): Refused =>
  new Refused(3210, `The "${field}" field has an invalid value "${formatCents(cents)}".  ${because(why)}`);

/** 3170: two entries of a list that cannot become one; the text ends as recorded. */
export const notMergeable = (kind: string): Refused =>
  new Refused(3170, `There was an error when modifying a ${kind}. ${because('Cannot merge list elements')}`);

/** 3231: everything after the first failure of a message set with stopOnError. */
export const notProcessed = (): Refused => new Refused(3231, 'The request has not been processed.');

/** 3270: nothing to post to; text unverified. */
export const noAccount = (what: string): Refused => new Refused(3270, `Missing posting account: ${what}.`);
