/** Problems that show when a posting comes back from QuickBooks. */
import type { RefusalCode } from '../../contract/posting.ts';
import type { ProblemEntry } from './entry.ts';

/** Those of the contract: what the connector or QuickBooks says. */
export const REFUSALS = {
  refusedByQuickBooks: {
    severity: 'error',
    whose: 'us',
    title: 'QuickBooks refuses a record',
    sentence: 'QuickBooks does not take {record}[. It says: {text}].',
    ways: [
      'Correct the record in MineralTree if the words of QuickBooks say what is wrong; it is then sent again by itself.',
      'Else send this page to the makers of Tandem.',
    ],
  },
  closedPeriod: {
    severity: 'error',
    whose: 'accountant',
    title: 'The books are closed for this date',
    sentence: '{record} is dated in a period that is closed in QuickBooks[. QuickBooks says: {text}].',
    ways: [
      'Change the date of an invoice in MineralTree to one after the closing date. The date of a payment stays: the money moved on that day.',
      'Or move the closing date in QuickBooks before that date; it is sent again with the next cycle. Then set the closing date again.',
    ],
  },
  duplicateNumber: {
    severity: 'error',
    whose: 'accountant',
    title: 'QuickBooks has a bill with this number',
    sentence: '{record} is not posted: QuickBooks has another bill of the same vendor with the same number.',
    ways: [
      'If it is the same bill, delete the invoice in MineralTree: the bill comes there from QuickBooks.',
      'If it is another bill, give the invoice another number in MineralTree.',
    ],
  },
  termsTaken: {
    severity: 'error',
    whose: 'accountant',
    title: 'QuickBooks has other terms of this name',
    sentence: '{record} are not posted: QuickBooks has terms of the same name that are not the same[: {text}].',
    ways: ['Give the terms in MineralTree another name, or the days and the discount that they have in QuickBooks.'],
  },
  balanceDiffers: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'The money has moved, and the bill is not open for it',
    sentence:
      '{record} is not posted, for what is open in QuickBooks is not what was paid[: {text}]. Money has moved, so it has to be booked.',
    ways: [
      'If the payment is in QuickBooks already, entered by hand: void or delete it there, and Tandem posts the one of MineralTree; or have MineralTree fill in its QuickBooks ID on the payment.',
      'Else open the bill again in QuickBooks, by taking back what settled it; the payment is then posted by itself.',
    ],
  },
  changedInQuickBooks: {
    severity: 'info',
    whose: 'us',
    title: 'Changed in QuickBooks meanwhile',
    sentence:
      '{record} was changed in QuickBooks while an edit from MineralTree was on its way. It is read again and decided anew.',
    ways: ['Nothing, it settles itself with the next cycle.'],
  },
  notAllowed: {
    severity: 'error',
    whose: 'operator',
    title: 'The connector does not send this',
    sentence: 'The connector at the customer refuses to send {record}[: {text}].',
    ways: [
      'Install the newest connector on the computer of QuickBooks.',
      'If it lasts, send this page to the makers of Tandem. Until then enter the record in QuickBooks by hand.',
    ],
  },
} as const satisfies Record<RefusalCode, ProblemEntry>;

export const OUTCOME_PROBLEMS = {
  voidNotAllowedAtSite: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'Voided in MineralTree, and the computer of QuickBooks does not allow voids',
    sentence:
      'In MineralTree the payment {payment} to {vendor} over {amount} is {status}; no money leaves by it. In QuickBooks the payment stands over {posted}, and its bills show as paid. This company has payments voided in QuickBooks too, but the connector on the computer of QuickBooks is set to allow no voids.',
    ways: [
      'Have the administrator of that computer allow voids for this company in the settings of the connector ("allowVoids") and start the connector again; the payment is voided in QuickBooks within about an hour, and its bills are open on both sides.',
      'Or void the payment in QuickBooks by hand (open it, Edit, Void); Tandem sees it with the next cycles, and the bills are open on both sides.',
    ],
  },
  nameInUse: {
    severity: 'error',
    whose: 'accountant',
    title: 'The name is in use in QuickBooks',
    sentence:
      'QuickBooks does not take {record}: another vendor, customer, employee or other name has this name[. It says: {text}].',
    ways: ['Choose another name in MineralTree; it is then sent again.'],
  },
  referenceRefused: {
    severity: 'error',
    whose: 'accountant',
    title: 'QuickBooks does not find something on the record',
    sentence:
      'QuickBooks does not take {record}: something that it names was deleted, merged or cannot be used here[. It says: {text}].',
    ways: ['Choose another account, item, class, customer or terms in MineralTree; it is then sent again.'],
  },
  recordInUse: {
    severity: 'info',
    whose: 'customer',
    title: 'In use in QuickBooks',
    sentence:
      '{record} could not be written, for somebody has it, or something linked to it, open in QuickBooks. It is tried again.',
    ways: ['Nothing, if it passes. If it lasts, close the window in QuickBooks.'],
  },
  permissionRefused: {
    severity: 'error',
    whose: 'customer',
    title: 'The QuickBooks user may not do this',
    sentence: 'QuickBooks does not let the user of the connector write {record}[. It says: {text}].',
    ways: ['Give this QuickBooks user the right to enter and change bills and vendors, or sign in as another user.'],
  },
  featureOff: {
    severity: 'error',
    whose: 'customer',
    title: 'A feature is turned off in QuickBooks',
    sentence:
      'QuickBooks cannot take {record}, for a feature that it needs is off or missing in this edition[. It says: {text}].',
    ways: [
      'Turn the feature on in the preferences of QuickBooks; it is then sent again.',
      'Or correct the record in MineralTree so that it does not need it.',
    ],
  },
  itemWithoutPostingAccount: {
    severity: 'error',
    whose: 'accountant',
    title: 'An item without account in QuickBooks',
    sentence: 'QuickBooks does not take {record}: an item on it has no account to post to[. It says: {text}].',
    ways: [
      'Give the item a purchase account in QuickBooks; it is sent again when the item has changed.',
      'Use another item.',
    ],
  },
  requestMalformed: {
    severity: 'error',
    whose: 'us',
    title: 'QuickBooks does not understand the request',
    sentence: 'QuickBooks does not understand the form of what was sent for {record}[. It says: {text}].',
    ways: ['Send this page to the makers of Tandem. Until then enter the record in QuickBooks by hand.'],
  },
  amountDiffers: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'The bill in QuickBooks has another amount',
    sentence:
      '{record} is in QuickBooks, but over {quickBooks} instead of {mineralTree}. MineralTree was not told that it is posted, so that it cannot be paid.',
    ways: ['Correct the bill in QuickBooks to the amount of the invoice; the rest follows by itself.'],
  },
  vendorDiffers: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'The bill in QuickBooks has another vendor',
    sentence:
      '{record} is in QuickBooks, but under the vendor {quickBooks} instead of {mineralTree}. MineralTree was not told that it is posted, so that it cannot be paid.',
    ways: ['Correct the bill in QuickBooks to the vendor of the invoice; the rest follows by itself.'],
  },
  duplicatePayment: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'QuickBooks has such a payment',
    sentence:
      '{record} is not posted: QuickBooks has another payment from the same account with the same number, date and amount, which Tandem did not make.',
    ways: [
      'If it is the same payment, entered by hand: void or delete it in QuickBooks, and Tandem posts the one of MineralTree; or have MineralTree fill in its QuickBooks ID on the payment.',
      'If it is another payment, give it another number in QuickBooks; the one of MineralTree is then posted.',
    ],
  },
  paymentDiffers: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'The payment in QuickBooks is another',
    sentence:
      '{record} is in QuickBooks, but not as it was made: {differences}. MineralTree was not told that it is posted.',
    ways: ['Correct the payment in QuickBooks to what was paid; the rest follows by itself.'],
  },
  postingUncertain: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'It is not known whether QuickBooks took it',
    sentence:
      'The answer of QuickBooks about {record} was lost, and it is not known whether it was written[: {text}]. Tandem looks again with every cycle and sends nothing twice.',
    ways: [
      'Look for the record in QuickBooks. If it is there as it should be, nothing is to be done.',
      'Do not enter it by hand before Tandem has settled it.',
    ],
  },
  resemblesAnotherPayment: {
    severity: 'warning',
    whose: 'accountant',
    title: 'Perhaps entered twice',
    sentence:
      '{record} was posted. It has no number, and QuickBooks has a payment to the same vendor from the same account, of the same date and amount.',
    ways: [
      'Compare the two payments. If they are one, void one of them in QuickBooks. Then mark this problem as seen.',
    ],
  },
  resemblesAnotherBill: {
    severity: 'warning',
    whose: 'accountant',
    title: 'Perhaps entered twice',
    sentence:
      '{record} was posted. It has no number, and QuickBooks has a bill of the same vendor with the same amount and nearly the same date.',
    ways: ['Compare the two bills. If they are one, delete one of them on both sides. Then mark this problem as seen.'],
  },
} as const satisfies Record<string, ProblemEntry>;
