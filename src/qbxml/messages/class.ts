/** Classes: a hierarchy without iterator. */
import { element, optional } from '../declare.ts';
import { query } from '../message.ts';
import { bool, int, text } from '../scalars.ts';
import { anyRef, listIdentity } from './references.ts';
import { listQuery } from './selectors.ts';

const classRet = element([
  ...listIdentity,
  optional('Name', text(31)),
  optional('FullName', text(159)),
  optional('IsActive', bool),
  optional('ParentRef', anyRef),
  optional('Sublevel', int()),
]);

export const classMessages = {
  ClassQuery: query('ClassQuery', listQuery([]), { ClassRet: classRet }, 'metaData'),
};
