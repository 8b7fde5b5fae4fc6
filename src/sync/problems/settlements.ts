/** Problems of payments and credits of QuickBooks on their way to MineralTree, and of what was taken back of them. */
import type { ProblemEntry } from './entry.ts';

export const SETTLEMENT_PROBLEMS = {
  negativeBill: {
    severity: 'error',
    whose: 'accountant',
    title: 'A bill over less than nothing',
    sentence: 'The bill {number} of {vendor} in QuickBooks is over {amount}. MineralTree cannot pay it.',
    ways: ['Enter it in QuickBooks as a credit of the vendor instead, and delete the bill.'],
  },
  linkNotUnderstood: {
    severity: 'error',
    whose: 'accountant',
    title: 'Something settles a bill that Tandem does not know',
    sentence:
      'The bill {number} of {vendor} over {amount} is settled in QuickBooks by a {type}[ {other}] over {linked}. Tandem does not know what that does to the bill, so MineralTree was told nothing new about what is left of it.',
    ways: [
      'Settle the bill in QuickBooks by a bill payment or a vendor credit instead.',
      'Until then, look in QuickBooks before you pay this bill.',
    ],
  },
  balancesDisagree: {
    severity: 'error',
    whose: 'accountant',
    title: 'What is left of a bill cannot be told',
    sentence:
      'QuickBooks says that {open} is left of the bill {number} of {vendor} over {amount}. But payments of {payments}, discounts of {discounts} and credits of {credits} would leave {computed}. MineralTree was told nothing new about what is left of it.',
    ways: [
      'Nothing, if it passes: the bill may have been read while somebody paid it.',
      'Open the bill, its payments and its credits in QuickBooks and save them again; if it lasts, let QuickBooks verify its data (File, Utilities).',
      'Until then, look in QuickBooks before you pay this bill.',
    ],
  },
  billNotListed: {
    severity: 'warning',
    whose: 'accountant',
    title: 'An unpaid bill that QuickBooks does not list',
    sentence:
      'QuickBooks has the bill {number} of {vendor} over {amount} as unpaid, but does not list it among the bills to pay. MineralTree was told nothing new about what is left of it.',
    ways: [
      'Nothing, if it passes: the bill may have been read while somebody paid it.',
      'If the bill is marked as pending in QuickBooks, mark it as final.',
    ],
  },
  mayBePaidTwice: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'May be paid twice',
    sentence:
      'MineralTree has the bill {number} of {vendor} over {amount} on its way to be paid. Meanwhile it was settled in QuickBooks: {settled}. What is left is {open}; MineralTree had {before}.',
    ways: [
      'If the payment in MineralTree has not left, take it out of the queue (or recall it), and pay what is left.',
      'If it has left, and QuickBooks has a payment too, stop one of the two, or ask the vendor to pay it back; then void that one where it was made.',
    ],
  },
  creditInOtherCurrency: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A credit in another currency',
    sentence: 'The credit {number} of {vendor} is kept in {currency}. Only US dollars are moved.',
    ways: ['Apply this credit in QuickBooks, and pay those bills there.'],
  },
  creditWaits: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A credit waits for its vendor',
    sentence: 'The credit {number} over {amount} belongs to the vendor "{name}", which is not in MineralTree.',
    ways: [
      'Nothing, if the vendor is on its way: the credit follows by itself.',
      'If there is a problem with the vendor, solve it first.',
    ],
  },
  creditVoidedInQuickBooks: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A credit was voided in QuickBooks',
    sentence: 'The credit {number} of {vendor} was voided in QuickBooks. MineralTree may still have it.',
    ways: [
      'Delete the credit in MineralTree, if it stands there.',
      'If the void was a mistake, enter the credit again in QuickBooks.',
    ],
  },
  creditDeletedInQuickBooks: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A credit was deleted in QuickBooks',
    sentence: 'The credit {number}[ of {vendor}][ over {amount}] was deleted in QuickBooks. MineralTree still has it.',
    ways: [
      'Delete the credit in MineralTree as well.',
      'If the deletion was a mistake, enter the credit again in QuickBooks.',
    ],
  },
  creditNotInMineralTree: {
    severity: 'warning',
    whose: 'accountant',
    title: 'A credit was applied that MineralTree does not have',
    sentence:
      'In QuickBooks {credit} was applied to the bill {number} of {vendor}. MineralTree does not have this credit: the bill has the right amount left there ({open}), but the credit will not stand on the remittance.',
    ways: ['Nothing, if the credit is on its way.', 'If there is a problem with the credit itself, solve it first.'],
  },
  paymentTakenBack: {
    severity: 'error',
    whose: 'accountant',
    title: 'A payment of QuickBooks was changed or taken back',
    sentence:
      'A payment of the bill {number} of {vendor} that was made in QuickBooks was changed there, taken back, or put against other bills[; it is now {payment}]. MineralTree still shows it as it was[, over {paid}]. What is left of the bill is {open} of {amount}.',
    ways: [
      'If the change is right, void the record of the payment in MineralTree: it is there for the list of payments only, and what is left of the bill is right already. The problem then closes.',
      'If it is not, put the payment back in QuickBooks as it was.',
      'Before you pay what is left, make sure that the money has not left or has come back.',
    ],
  },
  postedPaymentChanged: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A payment of MineralTree was changed or taken back in QuickBooks: do not pay again',
    sentence:
      'MineralTree has paid[ {paid} on] the bill {number} of {vendor}, and the payment was posted to QuickBooks. There it was changed, taken back, or put against other bills[; it is now {payment}], so that {open} of {amount} is left. MineralTree keeps what it paid as paid.',
    ways: [
      'If the money has left, put the payment back in QuickBooks as it was; the problem then closes.',
      'If the money has not left or has come back, void the payment in MineralTree too; the bill is then open on both sides.',
    ],
  },
  paymentPaysOtherBills: {
    severity: 'info',
    whose: 'accountant',
    title: 'A payment that pays bills which MineralTree does not have',
    sentence:
      'The {payment} to {vendor} in QuickBooks pays bills that MineralTree does not have: {unknown} of it. MineralTree was told of the other {known}.',
    ways: ['Nothing. In MineralTree this payment is smaller than in QuickBooks, and that is right.'],
  },
  paymentDeletedInQuickBooks: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A payment was deleted in QuickBooks: do not pay again before it is clear why',
    sentence:
      'The payment {payment}[ to {vendor}][ over {amount}] was deleted in QuickBooks, and its bills are open again there. MineralTree still has the payment. If MineralTree made it, its bills stay paid there; if it was made in QuickBooks, they are open again in MineralTree too.',
    ways: [
      'If the money has not left or has come back, void the payment in MineralTree as well; the bills are then open on both sides, and the problem closes.',
      'If the money has left: enter the payment again in QuickBooks, on the same account and bills; it then comes to MineralTree beside the old one. Have the old one voided in MineralTree without stopping the money; the problem then closes.',
    ],
  },
  paymentVoidedInQuickBooks: {
    severity: 'urgent',
    whose: 'accountant',
    title: 'A payment was voided in QuickBooks: do not pay again before it is clear why',
    sentence:
      'The payment {payment} to {vendor}[ over {amount}] was voided in QuickBooks, and its bills are open again there. MineralTree still has the payment. If MineralTree made it, its bills stay paid there; if it was made in QuickBooks, they are open again in MineralTree too.',
    ways: [
      'If the money has not left or has come back, void the payment in MineralTree as well; the bills are then open on both sides, and the problem closes.',
      'If the money has left: enter the payment again in QuickBooks, on the same account and bills; it then comes to MineralTree beside the old one. Have the old one voided in MineralTree without stopping the money; the problem then closes.',
    ],
  },
} as const satisfies Record<string, ProblemEntry>;
