/**
 * Every problem of the catalogue ends with its way out. Most are in the tables beside this file, which bring each about, do
 * what it says, and see it closed; of the others it is said here which test shows that, or why none does.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PROBLEMS } from '../../../src/sync/problems/catalogue.ts';

/** Codes by the test, under `test`, that sees them closed. */
const SHOWN_IN: Readonly<Record<string, readonly string[]>> = {
  'activities/mineraltree/pulls.test.ts': [
    'anotherFile',
    'answerRefused',
    'mineralTreeAnswerLost',
    'mineralTreeUnavailable',
    'notAuthorized',
    'refusedByMineralTree',
    'unreadableInQuickBooks',
  ],
  'activities/mineraltree/posting.test.ts': ['amountDiffers', 'closedPeriod', 'postingUncertain'],
  'activities/mineraltree/payments.test.ts': ['discountNotPosted', 'paymentDiffers'],
  'activities/mineraltree/control.test.ts': ['ledgersDisagree'],
  'activities/mineraltree/firstLoad.test.ts': ['vendorInOtherCurrency', 'waitsFor'],
  'activities/mineraltree/switches.test.ts': ['referenceRefused'],
  'scenarios/bills.test.ts': ['inactiveInQuickBooks', 'textTooLong'],
  'scenarios/vendors.test.ts': ['vendorConflict'],
};

/** Codes that no test sees closed, each with what is known of its end. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  connectorTooOld: 'ends with the next visit of a newer connector, as every block does',
  dateDrivenTerms: 'stays for as long as QuickBooks has the terms: nothing is to be done',
  billInOtherCurrency:
    'ends when the bill is paid, as billWithGroupLines does; a bill in euros cannot become one in dollars',
  editedInBoth: 'is only to be seen: ends when a person marks it so',
  editedInMineralTree: 'is only to be seen, or ends when the edit is taken back',
  waitingSinceBeforeFirstDay:
    'ends when MineralTree wants the invoice in QuickBooks no more: its ID filled in, or deleted',
  entryMergedInQuickBooks:
    'is asked for as entryDeletedInQuickBooks is: ends when the entry is inactive in MineralTree',
  missingInQuickBooks: 'is asked for as deletedInQuickBooks is',
  deletedInMineralTree: 'ends when the bill is gone from QuickBooks too, as voidedInMineralTree does',
  notAllowed: 'Tandem makes no posting that a connector of its release refuses',
};

async function codesOfTables(): Promise<readonly string[]> {
  const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((file) => readFile(path.join(import.meta.dirname, file), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/(?:code: |refusal\(\s*)'(\w+)'/g)].flatMap(([, code = '']) => (code in PROBLEMS ? [code] : [])),
  );
}

describe('the way out of every problem', () => {
  it('is gone in a table, shown by another test, or told here', async () => {
    const named = [...(await codesOfTables()), ...Object.values(SHOWN_IN).flat(), ...Object.keys(NOT_SHOWN)];
    assert.deepEqual([...new Set(named)].sort(), Object.keys(PROBLEMS).sort());
  });

  for (const [file, codes] of Object.entries(SHOWN_IN))
    it(`${file} knows ${codes.join(', ')}`, async () => {
      const text = await readFile(path.join(import.meta.dirname, '..', '..', file), 'utf8');
      const unknown = codes.filter((code) => !text.includes(`'${code}'`));
      assert.deepEqual(unknown, []);
    });
});
