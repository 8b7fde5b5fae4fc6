/**
 * The transactions of A/P as /books shows them, and what each A/P account consists of.
 *
 * Amounts are integer cents in the vendor's currency. A credit's and a bill's `openCents` is what is left of them; the row
 * of an application says how much of a credit was set against which bill. `payables` is for whoever judges the books: of
 * each A/P account the balance by the journal, and apart from it what is open on either side.
 */
import { type Cents, formatDecimal } from '../../domain/money.ts';
import { apDocument, payableLine } from './apDocuments.ts';
import { openCents, unbilledReceipts } from './balance.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal, paymentTotal, shownBalance } from './journal.ts';
import { withoutUndefined } from './lists.ts';
import type {
  Bill,
  BillPayment,
  CreditApplication,
  ExpenseLine,
  GeneralTransaction,
  ItemLine,
  ListName,
  Stamped,
  VendorCredit,
} from './records.ts';

export const nameOf = (company: CompanyFile, list: ListName, id: string | undefined): string | undefined =>
  id === undefined ? undefined : company.list(list).get(id)?.fullName;

export const currencyName = (company: CompanyFile, id: string | undefined): string | undefined =>
  id === undefined ? undefined : company.tables.currency.get(id)?.name;

export const stamps = (record: Stamped) => ({
  id: record.id,
  editSequence: String(record.modifiedAt),
  created: record.createdAt,
  modified: record.modifiedAt,
});

const lineDetails = (company: CompanyFile, line: ExpenseLine | ItemLine) => ({
  classId: line.classId,
  class: nameOf(company, 'class', line.classId),
  customerId: line.customerId,
  customer: nameOf(company, 'customer', line.customerId),
  billable: line.billable,
});

const itemLineBooks = (company: CompanyFile, line: ItemLine) =>
  withoutUndefined({
    lineId: line.lineId,
    itemId: line.itemId,
    item: nameOf(company, 'item', line.itemId),
    description: line.description,
    quantity: line.quantity === undefined ? undefined : formatDecimal(line.quantity),
    cost: line.cost === undefined ? undefined : formatDecimal(line.cost),
    amountCents: line.amountCents,
    ...lineDetails(company, line),
  });

/** What bills, credits and payments have in common. */
export const vendorTransactionBooks = (company: CompanyFile, record: Bill | VendorCredit | BillPayment) => ({
  ...stamps(record),
  txnNumber: record.txnNumber,
  guid: record.guid,
  vendorId: record.vendorId,
  vendor: nameOf(company, 'vendor', record.vendorId) ?? '',
  apAccountId: record.apAccountId,
  apAccount: nameOf(company, 'account', record.apAccountId) ?? '',
  refNumber: record.refNumber,
  txnDate: record.txnDate,
  memo: record.memo,
  currency: currencyName(company, company.tables.vendor.get(record.vendorId)?.currencyId),
  exchangeRate: record.exchangeRate === undefined ? undefined : formatDecimal(record.exchangeRate),
  voided: record.voided,
  createdBy: record.createdBy,
});

/** The lines of a bill or credit. */
export const linesBooks = (
  company: CompanyFile,
  { expenseLines, itemLines, groupLines }: Pick<Bill, 'expenseLines' | 'itemLines' | 'groupLines'>,
) => ({
  expenseLines: expenseLines.map((line) =>
    withoutUndefined({
      lineId: line.lineId,
      accountId: line.accountId,
      account: nameOf(company, 'account', line.accountId),
      amountCents: line.amountCents,
      memo: line.memo,
      ...lineDetails(company, line),
    }),
  ),
  itemLines: itemLines.map((line) => itemLineBooks(company, line)),
  groupLines:
    groupLines.length === 0
      ? undefined
      : groupLines.map((group) =>
          withoutUndefined({
            lineId: group.lineId,
            item: nameOf(company, 'item', group.itemId),
            quantity: group.quantity === undefined ? undefined : formatDecimal(group.quantity),
            lines: group.lines.map((line) => itemLineBooks(company, line)),
          }),
        ),
});

export const creditBooks = (company: CompanyFile, credit: VendorCredit) =>
  withoutUndefined({
    ...vendorTransactionBooks(company, credit),
    amountCents: billTotal(credit),
    openCents: openCents(company, credit),
    ...linesBooks(company, credit),
  });

export const paymentBooks = (company: CompanyFile, payment: BillPayment) =>
  withoutUndefined({
    ...vendorTransactionBooks(company, payment),
    method: payment.method,
    accountId: payment.accountId,
    account: nameOf(company, 'account', payment.accountId),
    toBePrinted: payment.toBePrinted,
    amountCents: paymentTotal(payment),
    bills: payment.applications.map((application) =>
      withoutUndefined({
        billId: application.billId,
        amountCents: application.cents,
        discountCents: application.discountCents,
        discountAccountId: application.discountAccountId,
        discountAccount: nameOf(company, 'account', application.discountAccountId),
        discountClass: nameOf(company, 'class', application.discountClassId),
      }),
    ),
  });

/** So much of a credit on a bill; `payments` names those that parts of it were set with. */
export const applicationBooks = (company: CompanyFile, row: CreditApplication) => ({
  creditTxnId: row.creditTxnId,
  creditType: apDocument(company, row.creditTxnId)?.type,
  billTxnId: row.billTxnId,
  billType: apDocument(company, row.billTxnId)?.type,
  amountCents: row.cents,
  created: row.createdAt,
  payments: row.byPayment.map(({ paymentId, cents }) => ({ paymentId, amountCents: cents })),
});

export const generalBooks = (company: CompanyFile, other: GeneralTransaction) => {
  const document = apDocument(company, other.id);
  return withoutUndefined({
    ...stamps(other),
    type: other.type,
    txnNumber: other.txnNumber,
    refNumber: other.refNumber,
    txnDate: other.txnDate,
    memo: other.memo,
    vendorId: other.vendorId,
    vendor: nameOf(company, 'vendor', other.vendorId),
    apAccountId: other.apAccountId,
    apAccount: nameOf(company, 'account', other.apAccountId),
    account: nameOf(company, 'account', other.accountId),
    side: document?.side,
    amountCents: document?.totalCents,
    openCents: document?.openCents,
    billedBy: other.billedBy,
    voided: other.voided,
    createdBy: other.createdBy,
    lines: other.lines.map((line) =>
      withoutUndefined({
        lineId: line.lineId,
        accountId: line.accountId,
        account: nameOf(company, 'account', line.accountId),
        cents: line.cents,
        vendor: nameOf(company, 'vendor', line.vendorId),
        memo: line.memo,
      }),
    ),
  });
};

/** What each A/P account consists of, in its own currency: its balance is owed - credits + unbilled. */
export function payablesBooks(company: CompanyFile) {
  const { account: accounts, bill, vendorCredit, general } = company.tables;
  const sums = new Map<string, { owed: Cents; credits: Cents; unbilled: Cents }>();
  const of = (accountId: string) => {
    const sum = sums.get(accountId) ?? { owed: 0, credits: 0, unbilled: 0 };
    sums.set(accountId, sum);
    return sum;
  };
  for (const each of bill.all()) of(each.apAccountId).owed += openCents(company, each);
  for (const each of vendorCredit.all()) of(each.apAccountId).credits += openCents(company, each);
  for (const { id } of general.all()) {
    const document = apDocument(company, id);
    if (document !== undefined)
      of(document.apAccountId)[document.side === 'owed' ? 'owed' : 'credits'] += document.openCents;
  }
  for (const receipt of unbilledReceipts(company)) of(receipt.apAccountId ?? '').unbilled -= payableLine(receipt);
  return [...accounts.all()]
    .filter(({ type }) => type === 'AccountsPayable')
    .map((account) => {
      const { owed, credits, unbilled } = of(account.id);
      return withoutUndefined({
        accountId: account.id,
        account: account.fullName,
        currency: currencyName(company, account.currencyId),
        balanceCents: shownBalance(account, company.balances),
        owedCents: owed,
        creditsCents: credits,
        unbilledCents: unbilled,
      });
    });
}
