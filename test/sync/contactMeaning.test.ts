import assert from 'node:assert/strict';
import {
  type ContactOfLedger,
  type ContactOfPayables,
  contactOfLedger,
  contactOfPayables,
  mergeVendor,
} from '../../src/sync/index.ts';
import { payablesVendor, vendor, without } from './acme.ts';

const ledger = contactOfLedger(vendor());
const payables = contactOfPayables(payablesVendor());
const merge = (mine: ContactOfLedger, theirs: ContactOfPayables) =>
  mergeVendor({ name: 'Acme Paper', ledger: mine, payables: theirs, base: { ledger, payables }, vendorEdits: true });

describe('what MineralTree makes of a value by itself is no edit', () => {
  const address = payables.address ?? { lines: [] };
  const rows: readonly [story: string, theirs: ContactOfPayables][] = [
    ['a phone number without punctuation', { ...payables, phone: '6175550100' }],
    ['a phone number with the 1 of North America', { ...payables, phone: '+1 (617) 555-0100' }],
    ['an e-mail address in small letters', { ...payables, email: ' AR@acme.example ' }],
    ['a name on checks with fewer spaces', { ...payables, legalName: 'Acme  Paper Inc. ' }],
    [
      'an address in capitals, without an empty line',
      { ...payables, address: { ...address, lines: ['ACME PAPER', ' 1 MILL  STREET', ''], town: 'LOWELL' } },
    ],
    ['a country by another of its names', { ...payables, address: { ...address, country: 'usa' } }],
  ];
  for (const [story, theirs] of rows)
    it(`${story}: whenever it comes, nothing goes to QuickBooks`, () =>
      assert.deepEqual(merge(ledger, theirs), { conflicts: [], settled: [], posting: [] }));

  const edits: readonly [story: string, theirs: ContactOfPayables, field: string][] = [
    ['another digit', { ...payables, phone: '617-555-0101' }, 'phone'],
    ['an extension', { ...payables, phone: '617-555-0100 x2' }, 'phone'],
    ['a name on checks in capitals, for it is printed', { ...payables, legalName: 'ACME PAPER INC.' }, 'nameOnCheck'],
    ['another street', { ...payables, address: { ...address, lines: ['Acme Paper', '2 Mill Street'] } }, 'address'],
    ['no country any more', { ...payables, address: without(address, 'country') }, 'address'],
    ['a phone number in words', { ...payables, phone: 'ask Mary' }, 'phone'],
    ['a field that was emptied', { ...payables, phone: '  ' }, 'phone'],
  ];
  for (const [story, theirs, field] of edits)
    it(`${story} is one`, () => assert.deepEqual(merge(ledger, theirs).posting, [field]));

  it('the whole address goes over, when any of it was edited, with the note that only QuickBooks has', () => {
    const { toLedger } = merge(ledger, { ...payables, address: { ...address, postalCode: '01851' } });
    assert.deepEqual(toLedger, { address: { ...ledger.address, postalCode: '01851' } });
  });

  it('changed on both sides to the same number, written differently: they agree', () =>
    assert.deepEqual(merge({ ...ledger, phone: '(617) 555-0199' }, { ...payables, phone: '6175550199' }), {
      conflicts: [],
      settled: ['phone'],
      posting: [],
    }));
});
