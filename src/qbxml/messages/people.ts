/** What vendors and customers share: a person's name, ways to reach them, contacts, notes. Limits: qbXML 13.0. */
import { element, expected, optional, repeated, required } from '../declare.ts';
import { date, dateTime, editSequence, id, int, text } from '../scalars.ts';

export const personName = [
  optional('Salutation', text(15)),
  optional('FirstName', text(25)),
  optional('MiddleName', text(5)),
  optional('LastName', text(25)),
  optional('Suffix', text()),
] as const;

const phone = text(21);
const mail = text(1023);
export const communication = [
  optional('Phone', phone),
  optional('Mobile', phone),
  optional('Pager', phone),
  optional('AltPhone', phone),
  optional('Fax', phone),
  optional('Email', mail),
  optional('Cc', mail),
  optional('Contact', text(41)),
  optional('AltContact', text(41)),
] as const;

const contactRef = element([required('ContactName', text(40)), required('ContactValue', text(255))]);
export const additionalContacts = repeated('AdditionalContactRef', contactRef, { max: 8 });
export const contact = [
  optional('Salutation', text(15)),
  required('FirstName', text(25)),
  optional('MiddleName', text(5)),
  optional('LastName', text(25)),
  optional('JobTitle', text(41)),
  repeated('AdditionalContactRef', contactRef, { max: 5 }),
] as const;

/** A person at a vendor or customer, as an answer carries it. */
export const contactsRet = element([
  optional('ListID', id),
  expected('TimeCreated', dateTime),
  expected('TimeModified', dateTime),
  optional('EditSequence', editSequence),
  optional('Contact', text(41)),
  ...contact,
]);
export const contactsMod = element([optional('ListID', id), optional('EditSequence', editSequence), ...contact]);

export const note = required('Note', text(4095));
export const additionalNotesRet = element([required('NoteID', int()), expected('Date', date), note]);
