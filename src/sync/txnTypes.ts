/** Types of transactions in words, for people; a type that is not here is shown as qbXML calls it. */
const WORDS: Readonly<Record<string, string>> = {
  Bill: 'bill',
  VendorCredit: 'vendor credit',
  JournalEntry: 'journal entry',
  Check: 'check',
  Deposit: 'deposit',
  CreditCardCharge: 'card charge',
  CreditCardCredit: 'card refund',
  ItemReceipt: 'item receipt without a bill',
};

export const txnTypeInWords = (type: string): string => (Object.hasOwn(WORDS, type) ? (WORDS[type] ?? type) : type);
