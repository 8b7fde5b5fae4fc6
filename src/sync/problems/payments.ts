/** Problems of payments, their voids and terms on their way from MineralTree to QuickBooks, found before anything is sent. */
import type { ProblemEntry } from './entry.ts';

const MOVED = 'Do not pay again: the money has left by MineralTree.';
const BY_HAND =
  'Else enter the payment in QuickBooks by hand, and have MineralTree fill in its QuickBooks ID on the payment; Tandem then leaves it alone.';

export const PAYMENT_PROBLEMS = {
  paymentFromBeforeFirstDay: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment from before the first day',
    sentence:
      'The payment {payment} to {vendor} over {amount} was waiting in MineralTree before this company was added. It may be in QuickBooks already, so it is not posted.',
    ways: [
      'If QuickBooks has it, have MineralTree fill in its QuickBooks ID on the payment.',
      'If QuickBooks does not have it, enter it there by hand, and have MineralTree fill in its QuickBooks ID on the payment.',
      'If the payment was never made, void it in MineralTree.',
    ],
  },
  paymentWaitsForInvoice: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A payment waits for its invoice',
    sentence:
      'The payment {payment} to {vendor} over {amount} pays the invoice {number}, which is not in QuickBooks yet. The payment is posted after it.',
    ways: [
      'Nothing, if the invoice is on its way.',
      'If there is a problem with the invoice, solve it first; the payment follows by itself.',
      MOVED,
    ],
  },
  paymentVendorDiffers: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment of bills of another vendor',
    sentence:
      'The payment {payment} to {vendor} over {amount} pays the bill {number}, which belongs to the vendor {billVendor} in QuickBooks.',
    ways: ['Correct the vendor of the bill in QuickBooks; the payment is then posted by itself.', BY_HAND, MOVED],
  },
  paymentApAccountUnknown: {
    severity: 'error',
    whose: 'us',
    title: 'A payment of a bill without A/P account',
    sentence:
      'The payment {payment} to {vendor} over {amount} pays the bill {number}, of which QuickBooks names no A/P account.',
    ways: [
      'Open the bill in QuickBooks, choose its A/P account and save it; the payment is then posted by itself.',
      MOVED,
    ],
  },
  paymentAccountUnknown: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment from an account that QuickBooks does not have',
    sentence:
      'The payment {payment} to {vendor} over {amount} was made from a payment account[ "{account}"] of MineralTree that is no account of QuickBooks.',
    ways: [
      'Have MineralTree put the payment on the payment account that came from QuickBooks, or, where there is none, fill in the QuickBooks ID of the account on this payment account; the payment is then posted by itself.',
      BY_HAND,
      MOVED,
    ],
  },
  paymentAccountOfOtherKind: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment from an account that is neither bank nor credit card',
    sentence:
      'The payment {payment} to {vendor} over {amount} was made from the account "{account}". In QuickBooks that is {type}, and bills are paid only from bank and credit-card accounts.',
    ways: [
      'Have MineralTree correct the QuickBooks ID of this payment account to that of a bank or credit-card account; the payment is then posted by itself.',
      BY_HAND,
      MOVED,
    ],
  },
  paymentAccountInactive: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment from an inactive account',
    sentence:
      'The payment {payment} to {vendor} over {amount} was made from the account "{account}", which is inactive in QuickBooks.',
    ways: ['Make the account active again in QuickBooks; the payment is then posted by itself.', MOVED],
  },
  paymentInOtherCurrency: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment of a bill in another currency',
    sentence:
      'The payment {payment} to {vendor} over {amount} pays the bill {number}, which is kept in {currency}. Only US dollars are moved.',
    ways: ['Give the bill a vendor in US dollars again, if it was moved by mistake.', BY_HAND, MOVED],
  },
  moneyMovedBillNotOpen: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'Money has moved, but the bill is not open',
    sentence:
      'MineralTree has paid {paid} on the bill {number} of {vendor} (payment {payment} over {amount}), but in QuickBooks {open} of it is open[: {reason}]. Nothing of this payment was posted.',
    ways: [
      'If the payment stands in QuickBooks already, entered by hand: void it there, and Tandem posts the one of MineralTree; or have MineralTree fill in its QuickBooks ID on the payment.',
      'If the bill was paid twice, ask the vendor to pay one back or to give a credit; then enter this payment in QuickBooks by hand, as a check of the vendor to the A/P account.',
      'If a credit was applied to the bill, or its amount was lowered, after it was paid: take that back in QuickBooks; the payment is then posted by itself.',
      'If the payment in MineralTree did not leave, void it there.',
    ],
  },
  paymentInClosedPeriod: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A payment dated in a closed period',
    sentence:
      'The payment {payment} to {vendor} over {amount} is dated {date}; the books of QuickBooks are closed up to {closingDate}. The money has moved, so it has to be booked, and Tandem changes no date by itself.',
    ways: [
      'Move the closing date in QuickBooks before {date}; the payment is posted with the next cycle. Then set the closing date again.',
      'Or enter the payment in QuickBooks by hand with a date in the open period, and have MineralTree fill in its QuickBooks ID.',
    ],
  },
  paymentDoesNotSum: {
    severity: 'error',
    whose: 'us',
    title: 'A payment that is not the sum of what it pays',
    sentence: 'The payment {payment} to {vendor} is over {amount}, but pays {paid} on its invoices. It is not posted.',
    ways: ['Have MineralTree correct the payment; it is then posted by itself.', BY_HAND, MOVED],
  },
  paymentNotPositive: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment over nothing, or less',
    sentence:
      'The payment {payment} to {vendor} over {amount} pays {paid} on the invoice {number}. QuickBooks takes only payments of more than 0.00.',
    ways: [
      'If no money has moved, void the payment in MineralTree; the problem then closes.',
      'If money came back from the vendor, enter it in QuickBooks by hand, as a deposit and a credit, and void the payment in MineralTree.',
    ],
  },
  discountNotPosted: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A discount that is not posted',
    sentence:
      'MineralTree took a discount of {discount} on the invoice {number} of {vendor} with the payment {payment}. This company posts no discounts: QuickBooks has the cash alone, and {discount} stays open there.',
    ways: [
      'Set the discount on the bill in QuickBooks (Pay Bills, Set Discount).',
      'Or choose a discount account for this company; discounts of later payments are then posted.',
    ],
  },
  paymentStatusUnknown: {
    severity: 'warning',
    whose: 'us',
    title: 'A payment in a state that Tandem does not know',
    sentence:
      'MineralTree has the payment {payment} to {vendor} over {amount} in the state {status}, which Tandem does not know. It is not posted.',
    ways: [
      'Look at the payment in MineralTree. If no money has left, void it there.',
      'If the money has left, enter the payment in QuickBooks by hand, have MineralTree fill in its QuickBooks ID on the payment, and send this page to the makers of Tandem.',
    ],
  },
  paymentReversedAfterPosting: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A payment was taken back after it was posted',
    sentence:
      'In MineralTree the payment {payment} to {vendor} over {amount} is {status} now. QuickBooks has it as paid[: {posted}].',
    ways: [
      'Void the payment in QuickBooks; its bills are then open on both sides, and the problem closes.',
      'If the money came back on a later day, enter that in QuickBooks as your bank shows it (a deposit); the bill is then to be opened again by a bill credit or a new bill, as your accountant does it. The problem stays here for as long as QuickBooks has the payment.',
      'If the payment is good after all, correct it in MineralTree.',
    ],
  },
  reversedPaymentChanged: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A payment to be voided was changed in QuickBooks',
    sentence:
      'In MineralTree the payment {payment} to {vendor} over {amount} is {status} now. In QuickBooks it is over {quickBooks} instead of {posted}, so that Tandem does not void it.',
    ways: [
      'Look at the payment in QuickBooks, and void it there by hand if it is to be void; the problem then closes.',
    ],
  },
  voidInClosedPeriod: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A void in a closed period',
    sentence:
      'In MineralTree the payment {payment} to {vendor} over {amount} is {status} now. In QuickBooks it is dated {date}, and the books are closed up to {closingDate}: it cannot be voided without changing a closed period.',
    ways: [
      'Move the closing date in QuickBooks before {date}; the payment is voided with the next cycle. Then set the closing date again.',
      'Or leave the payment, and enter in QuickBooks with a current date that the money came back. The problem stays here for as long as QuickBooks has the payment.',
    ],
  },
  termsDiffer: {
    severity: 'error',
    whose: 'accountant',
    title: 'Terms of one name that are not the same',
    sentence:
      'MineralTree has new terms "{terms}" ({mineralTree}). QuickBooks has other terms of this name: {quickBooks}. Neither was changed, and invoices with the new terms are not posted.',
    ways: [
      'Give the terms in MineralTree another name; they then go to QuickBooks.',
      'Or have their days and discount made those of QuickBooks; the two are then one.',
      'Or make them inactive in MineralTree, and use those of QuickBooks, which come within about an hour.',
    ],
  },
  termsTwice: {
    severity: 'error',
    whose: 'accountant',
    title: 'Terms that MineralTree has twice',
    sentence: 'MineralTree has new terms "{terms}", beside those of the same name that came from QuickBooks.',
    ways: ['Make the new ones inactive in MineralTree, and use the others; or give them another name.'],
  },
  termsInactive: {
    severity: 'error',
    whose: 'accountant',
    title: 'New terms that are inactive in QuickBooks',
    sentence: 'MineralTree has new terms "{terms}". QuickBooks has them already, but inactive.',
    ways: [
      'Make the terms active in QuickBooks; the two are then one.',
      'Or give the terms in MineralTree another name; they then go to QuickBooks as new ones.',
    ],
  },
  termsImpossible: {
    severity: 'error',
    whose: 'accountant',
    title: 'Terms that QuickBooks cannot hold',
    sentence: 'The terms "{terms}" of MineralTree ({mineralTree}) cannot stand in QuickBooks: {reason}.',
    ways: ['Correct the terms in MineralTree; they then go to QuickBooks by themselves.'],
  },
} as const satisfies Record<string, ProblemEntry>;
