/**
 * Whether a record reads as it should after a modification: how it is found out that one was applied whose answer is
 * lost. In doubt it does not: then a person looks, where otherwise an edit would be lost without a word.
 */
import type { BillModMatch, ExpectedLine, VendorModMatch } from '../../contract/index.ts';
import { type BillLevel, type BillTextChanges, type BillTexts, billFields } from '../../domain/billFields.ts';
import type {
  LedgerAddress,
  LedgerBill,
  LedgerExpenseLine,
  LedgerItemLine,
  LedgerVendor,
} from '../../domain/ledger.ts';
import { sameDecimal } from '../../domain/money.ts';

/** A field that the target leaves out is not compared; null means empty. Lines are compared as a whole, in order. */
export function billReadsAs(bill: LedgerBill, target: BillModMatch['target']): boolean {
  return (
    bill.amountDueCents === target.amountCents &&
    (target.vendorId === undefined || target.vendorId === bill.vendor.id) &&
    (target.txnDate === undefined || target.txnDate === bill.txnDate) &&
    (target.dueDate === undefined || target.dueDate === bill.dueDate) &&
    isText(target.refNumber, bill.refNumber) &&
    areTexts('header', target, bill) &&
    isText(target.termsId, bill.terms?.id) &&
    areLines(target.expenseLines, bill.expenseLines, isExpenseLine) &&
    areLines(target.itemLines, bill.itemLines, isItemLine)
  );
}

export function vendorReadsAs(vendor: LedgerVendor, target: VendorModMatch['target']): boolean {
  return (
    isText(target.phone, vendor.phone) &&
    isText(target.fax, vendor.fax) &&
    isText(target.email, vendor.email) &&
    isText(target.nameOnCheck, vendor.nameOnCheck) &&
    (target.address === undefined || isAddress(target.address, vendor.address))
  );
}

/** QuickBooks keeps line ends and blanks at the ends of a text in its own way. */
const plain = (text: string | undefined): string => (text ?? '').replace(/\r\n?/g, '\n').trim();

const isText = (wanted: string | null | undefined, found: string | undefined): boolean =>
  wanted === undefined || plain(wanted ?? '') === plain(found);

const areTexts = <L extends BillLevel>(level: L, wanted: BillTextChanges<L>, found: BillTexts<L>): boolean =>
  billFields(level).every(([name]) => isText(wanted[name], found[name]));

function areLines<T>(
  wanted: readonly ExpectedLine[] | undefined,
  found: readonly T[],
  is: (wanted: ExpectedLine, found: T) => boolean,
): boolean {
  if (wanted === undefined) return true;
  return (
    wanted.length === found.length &&
    wanted.every((line, index) => {
      const there = found[index];
      return there !== undefined && is(line, there);
    })
  );
}

const isExpenseLine = (wanted: ExpectedLine, found: LedgerExpenseLine): boolean =>
  wanted.accountId === found.account?.id && areTexts('expenseLine', wanted, found) && isLine(wanted, found);

/** QuickBooks may fill in a quantity that was not sent. */
const isItemLine = (wanted: ExpectedLine, found: LedgerItemLine): boolean =>
  wanted.itemId === found.item?.id &&
  (wanted.quantity === undefined || (found.quantity !== undefined && sameDecimal(wanted.quantity, found.quantity))) &&
  areTexts('itemLine', wanted, found) &&
  isLine(wanted, found);

const isLine = (wanted: ExpectedLine, found: LedgerExpenseLine | LedgerItemLine): boolean =>
  wanted.amountCents === found.amountCents &&
  wanted.classId === found.class?.id &&
  wanted.customerId === found.customer?.id;

function isAddress(wanted: LedgerAddress | null, found: LedgerAddress | undefined): boolean {
  const [a, b] = [wanted ?? { lines: [] }, found ?? { lines: [] }];
  const lines = ({ lines: all }: LedgerAddress): string => all.map(plain).filter(Boolean).join('\n');
  return (
    lines(a) === lines(b) &&
    plain(a.city) === plain(b.city) &&
    plain(a.state) === plain(b.state) &&
    plain(a.postalCode) === plain(b.postalCode) &&
    plain(a.country) === plain(b.country) &&
    plain(a.note) === plain(b.note)
  );
}
