/** Problems of records on their way from MineralTree to QuickBooks, found before anything is sent. */
import type { ProblemEntry } from './entry.ts';

const CORRECT = 'Correct the invoice in MineralTree; it is then posted by itself.';

export const TO_QUICKBOOKS_PROBLEMS = {
  unreadableInMineralTree: {
    severity: 'error',
    whose: 'us',
    title: 'A record of MineralTree could not be read',
    sentence: 'MineralTree sent a record that could not be read[: {reason}]. It is not moved; everything else is.',
    ways: [
      'Look at the record in MineralTree: another currency than US dollars, or amounts with more than two decimals, cannot be carried. Correct it, or delete it and enter it anew; it then goes by itself.',
      'Else send this page to the makers of Tandem.',
    ],
  },
  waitingSinceBeforeFirstDay: {
    severity: 'error',
    whose: 'accountant',
    title: 'An invoice from before the first day',
    sentence:
      'The invoice {number} of {vendor} over {amount} was waiting in MineralTree before this company was added. It may be in QuickBooks already, so it is not posted.',
    ways: [
      'If QuickBooks has it, delete the invoice in MineralTree: the bill comes there from QuickBooks within about an hour. Or have MineralTree fill in the QuickBooks ID of the bill on the invoice.',
      'If QuickBooks does not have it, delete it in MineralTree and enter it anew; it is then posted.',
    ],
  },
  negativeInvoice: {
    severity: 'error',
    whose: 'accountant',
    title: 'A negative invoice',
    sentence: 'The invoice {number} of {vendor} is over {amount}. QuickBooks takes no negative bill.',
    ways: [
      'Enter it in QuickBooks as a credit of the vendor, which comes to MineralTree by itself, and delete the invoice in MineralTree.',
    ],
  },
  invoiceWithoutLines: {
    severity: 'error',
    whose: 'accountant',
    title: 'An invoice without lines',
    sentence: 'The invoice {number} of {vendor} over {amount} has no expense or item line. It is not posted.',
    ways: [CORRECT],
  },
  linesDoNotSum: {
    severity: 'error',
    whose: 'accountant',
    title: 'The lines of an invoice are not its amount',
    sentence:
      'The lines of the invoice {number} of {vendor} make {lines}, but its amount is {amount}. It is not posted.',
    ways: [CORRECT],
  },
  lineWithoutAccount: {
    severity: 'error',
    whose: 'accountant',
    title: 'An expense line without account',
    sentence: 'Line {line} of the invoice {number} of {vendor} has no account. The invoice is not posted.',
    ways: [CORRECT],
  },
  lineWithoutItem: {
    severity: 'error',
    whose: 'accountant',
    title: 'An item line without item',
    sentence: 'Line {line} of the invoice {number} of {vendor} has no item. The invoice is not posted.',
    ways: [CORRECT],
  },
  notInQuickBooks: {
    severity: 'error',
    whose: 'accountant',
    title: 'Something on the invoice is not in QuickBooks',
    sentence:
      'The invoice {number} of {vendor} names {what}[ "{name}"][ on line {line}], which is not in QuickBooks. The invoice is not posted.',
    ways: ['Enter it in QuickBooks; the invoice follows when it has come to MineralTree.', CORRECT],
  },
  inactiveInQuickBooks: {
    severity: 'error',
    whose: 'accountant',
    title: 'Something on the invoice is inactive in QuickBooks',
    sentence:
      'The invoice {number} of {vendor} names {what} "{name}"[ on line {line}], which is inactive in QuickBooks. The invoice is not posted.',
    ways: ['Make it active again in QuickBooks; the invoice follows by itself.', CORRECT],
  },
  accountTakesNoBills: {
    severity: 'error',
    whose: 'accountant',
    title: 'An account that takes no bills',
    sentence:
      'Line {line} of the invoice {number} of {vendor} names the account "{name}", which takes no entries from bills. The invoice is not posted.',
    ways: [CORRECT],
  },
  itemTakesNoBills: {
    severity: 'error',
    whose: 'accountant',
    title: 'An item that cannot be bought',
    sentence:
      'Line {line} of the invoice {number} of {vendor} names the item "{name}", a {type}, which cannot stand on a bill line. The invoice is not posted.',
    ways: ['Use the single items of a group instead of the group.', CORRECT],
  },
  dueDateMissing: {
    severity: 'error',
    whose: 'accountant',
    title: 'An invoice without due date',
    sentence: 'The invoice {number} of {vendor} has no due date. It is not posted.',
    ways: [CORRECT],
  },
  textTooLong: {
    severity: 'error',
    whose: 'accountant',
    title: 'A text that is too long for QuickBooks',
    sentence: '{what} of {record} has {length}; QuickBooks takes {limit}. It is not cut short.',
    ways: ['Shorten it in MineralTree; it is then sent by itself.'],
  },
  charactersUnknown: {
    severity: 'error',
    whose: 'accountant',
    title: 'Characters that QuickBooks cannot keep',
    sentence:
      '{what} of {record} holds characters that QuickBooks cannot keep: {characters}. Nothing of it is sent until they are gone.',
    ways: ['Replace them in MineralTree; it is then sent by itself.'],
  },
  invoiceInClosedPeriod: {
    severity: 'error',
    whose: 'accountant',
    title: 'An invoice dated in a closed period',
    sentence:
      'The invoice {number} of {vendor} is dated {date}; the books of QuickBooks are closed up to {closingDate}. It is not posted.',
    ways: [
      'Change the date in MineralTree to one after the closing date; it is then posted by itself.',
      'Or move the closing date in QuickBooks before {date}; the invoice is posted with the next cycle. Then set the closing date again.',
    ],
  },
  editInClosedPeriod: {
    severity: 'error',
    whose: 'accountant',
    title: 'An edit in a closed period',
    sentence:
      'The invoice {number} of {vendor} was edited in MineralTree, but the bill is dated {date}[ (now {newDate})], and the books of QuickBooks are closed up to {closingDate}. The bill in QuickBooks is as it was.',
    ways: [
      'Move the closing date in QuickBooks before {date}; the edit is posted with one of the next cycles. Then set the closing date again.',
      'Or move the closing date, take the edit back in MineralTree, and set the closing date again: while a month is closed, MineralTree takes no edits of its invoices either.',
    ],
  },
  editNotPossible: {
    severity: 'error',
    whose: 'accountant',
    title: 'An edit that cannot be carried to QuickBooks',
    sentence:
      'The lines of the invoice {number} of {vendor} were edited in MineralTree, but {reason}. The bill in QuickBooks is as it was.',
    ways: ['Make the same edit in QuickBooks.', 'Take the edit back in MineralTree.'],
  },
  editedInMineralTree: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A bill of QuickBooks was edited in MineralTree',
    sentence:
      'The bill {number} of {vendor} was entered in QuickBooks and edited in MineralTree ({fields}). Such edits do not go to QuickBooks. MineralTree had {mineralTree}; QuickBooks has {quickBooks}.',
    ways: [
      'If the edit is right, make it in QuickBooks; it then comes to MineralTree.',
      'If it is not, take it back in MineralTree; number, dates, terms and memo go back by themselves. Such an edit stays here until it is marked as seen.',
    ],
  },
  editedInBoth: {
    severity: 'warning',
    whose: 'accountant',
    title: 'Edited on both sides',
    sentence:
      'The bill {number} of {vendor} was edited in QuickBooks and in MineralTree. QuickBooks was kept: {quickBooks}. MineralTree had: {mineralTree}.',
    ways: [
      'If the edit of MineralTree was right, make it again. If not, nothing is to be done. Then mark this problem as seen.',
    ],
  },
  vendorConflict: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A vendor was changed on both sides',
    sentence:
      '{what} of the vendor {vendor} was changed on both sides: QuickBooks has "{quickBooks}", MineralTree has "{mineralTree}". Neither was overwritten.',
    ways: [
      'Enter the right value on both sides.',
      'Put back the former value on the side that is wrong; the other then wins.',
    ],
  },
  voidedInMineralTree: {
    severity: 'error',
    whose: 'accountant',
    title: 'Voided in MineralTree',
    sentence:
      'The invoice {number} of {vendor} was voided in MineralTree: it is not paid from there. QuickBooks still has the bill[ over {amount}] as open.',
    ways: [
      'Void or delete the bill in QuickBooks as well; the problem then closes.',
      'If the void was a mistake: void or delete the bill in QuickBooks first, then enter the invoice anew in MineralTree. It is posted as a new bill.',
    ],
  },
  deletedInMineralTree: {
    severity: 'error',
    whose: 'accountant',
    title: 'Deleted in MineralTree',
    sentence:
      'The invoice {number}[ of {vendor}] is not in MineralTree any more. QuickBooks still has the bill[ over {amount}].',
    ways: ['Delete the bill in QuickBooks as well.', 'If the deletion was a mistake, ask MineralTree.'],
  },
} as const satisfies Record<string, ProblemEntry>;
