/** Problems of records on their way from QuickBooks to MineralTree, and of records that vanished. */
import type { ProblemEntry } from './entry.ts';

export const TO_MINERALTREE_PROBLEMS = {
  unreadableInQuickBooks: {
    severity: 'error',
    whose: 'us',
    title: 'A record of QuickBooks could not be read',
    sentence: 'QuickBooks sent a record that could not be read[: {reason}]. It is not moved; everything else is.',
    ways: [
      'Look at the record in QuickBooks: a field that holds something unusual can be corrected there.',
      'Else send this page to the makers of Tandem.',
    ],
  },
  waitsFor: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A bill waits for something that is not in MineralTree yet',
    sentence: 'The bill {number} of {vendor} names {what} "{name}", which is not in MineralTree.',
    ways: [
      'Nothing, if it is on its way: the bill follows by itself.',
      'If there is a problem with that record, solve it first.',
    ],
  },
  dateDrivenTerms: {
    severity: 'info',
    whose: 'accountant',
    title: 'Terms that MineralTree cannot hold',
    sentence:
      'The terms "{terms}" count from a day of the month. MineralTree knows only terms that count from the date of the bill. Bills carry their due dates all the same.',
    ways: ['Nothing. To use these terms in MineralTree, enter the due date by hand.'],
  },
  vendorInOtherCurrency: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A vendor in another currency',
    sentence: 'The vendor {vendor} is kept in {currency}. Only US dollars are moved.',
    ways: ['Pay this vendor in QuickBooks.'],
  },
  billInOtherCurrency: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A bill in another currency',
    sentence: 'The bill {number} of {vendor} is kept in {currency}. Only US dollars are moved.',
    ways: ['Pay this bill in QuickBooks.'],
  },
  billWithGroupLines: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A bill with item groups',
    sentence:
      'The bill {number} of {vendor} over {amount} has item groups, which MineralTree cannot hold. It is not moved.',
    ways: ['Pay this bill in QuickBooks.', 'Replace the group on the bill by its items; the bill is then moved.'],
  },
  billLinesDoNotSum: {
    severity: 'error',
    whose: 'accountant',
    title: 'The lines of a bill are not its amount',
    sentence: 'The lines of the bill {number} of {vendor} make {lines}, but its amount is {amount}. It is not moved.',
    ways: ['Open the bill in QuickBooks, press Recalculate, and save it.'],
  },
  unmatchedOnFirstDay: {
    severity: 'error',
    whose: 'accountant',
    title: 'In both ledgers, but not known to be the same',
    sentence:
      'MineralTree has {what} "{name}" already, without the name that QuickBooks gives it. Tandem does not guess that the two are one, and makes no second one.',
    ways: [
      'If the two are one, have MineralTree fill in the QuickBooks ID {ledgerId} on its record; Tandem then takes it.',
      'If they are two, give one of them another name.',
    ],
  },
  ambiguousInMineralTree: {
    severity: 'error',
    whose: 'operator',
    title: 'Two records of MineralTree name the same record of QuickBooks',
    sentence: 'MineralTree has {count} records for {what} "{name}" of QuickBooks. Tandem writes to none of them.',
    ways: ['Ask MineralTree to take the QuickBooks ID {ledgerId} off all of them but one.'],
  },
  refusedByMineralTree: {
    severity: 'error',
    whose: 'operator',
    title: 'MineralTree refuses a record',
    sentence: 'MineralTree does not take {what} "{name}"[. It says: {text}].',
    ways: [
      'Correct the record in QuickBooks if the words say what is wrong; it is then sent again.',
      'Else ask MineralTree, with these words.',
    ],
  },
  mineralTreeAnswerLost: {
    severity: 'warning',
    whose: 'operator',
    title: 'It is not known whether MineralTree took a record',
    sentence: 'The answer of MineralTree about {what} "{name}" was lost. Tandem looks for it before it writes again.',
    ways: ['Nothing, if it passes with the next cycles.'],
  },
  voidedInQuickBooks: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'Voided in QuickBooks: do not pay',
    sentence:
      'The bill {number} of {vendor} was voided in QuickBooks. MineralTree still has it[ over {amount}]. Do not pay it.',
    ways: [
      'Void or delete the invoice in MineralTree as well.',
      'If the void was a mistake, enter the bill again in QuickBooks.',
    ],
  },
  deletedInQuickBooks: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'Deleted in QuickBooks: do not pay',
    sentence: 'The bill {number}[ of {vendor}] was deleted in QuickBooks. MineralTree still has it. Do not pay it.',
    ways: [
      'Delete the invoice in MineralTree as well.',
      'If the deletion was a mistake, enter the bill again in QuickBooks.',
    ],
  },
  entryDeletedInQuickBooks: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A list entry was deleted in QuickBooks',
    sentence: '{what} "{name}" was deleted in QuickBooks, or merged into another. MineralTree still has it.',
    ways: ['Make it inactive in MineralTree, and change invoices that use it.'],
  },
  entryMergedInQuickBooks: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A list entry was merged into another in QuickBooks',
    sentence:
      '{what} "{name}" was merged into "{into}" in QuickBooks; its bills ({count} that Tandem knows) now name that one. MineralTree still has both.',
    ways: [
      'Make "{name}" inactive in MineralTree, and choose "{into}" on invoices that are not posted yet.',
      'If they were merged by mistake, QuickBooks cannot undo it: restore a backup, or enter it anew.',
    ],
  },
  missingInQuickBooks: {
    severity: 'error',
    whose: 'accountant',
    title: 'Gone from QuickBooks without a trace',
    sentence:
      '{what} "{name}" is not in QuickBooks any more, and QuickBooks keeps no record of its deletion (it forgets after about 90 days). MineralTree still has it.',
    ways: [
      'Make sure that it was deleted on purpose, then delete it in MineralTree as well or make it inactive.',
      'If many records are gone, ask whether a backup was restored.',
    ],
  },
} as const satisfies Record<string, ProblemEntry>;
