/**
 * The queries of transactions that touch A/P without being bills, credits or bill payments: CheckQuery, DepositQuery,
 * JournalEntryQuery, CreditCardChargeQuery, CreditCardCreditQuery, ItemReceiptQuery.
 *
 * 1. Each shows the account of its head apart, and as lines all others. Amounts are positive on the side that the kind has:
 *    what a check spends, what a deposit brings, what a receipt is worth.
 * 2. The vendor of an A/P line stands where a person types it: in a journal or a deposit as the line's entity, in a check
 *    or a charge as the line's customer (unverified against a live file).
 *
 * Item receipts show what they are worth as expense lines: the sandbox keeps no items of them.
 */
import type { Cents } from '../../../domain/money.ts';
import type { AnyRecord, RecordOf, RequestAttributes } from '../../../qbxml/index.ts';
import { type Answer, onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import type { GeneralLine, GeneralTransaction, GeneralType } from '../records.ts';
import type { TransactionKind } from '../selection.ts';
import { given, type Handler, optionalRef, type RequestContext, record, ref, times } from './context.ts';
import { currencyAndRate, homeAmount } from './currency.ts';
import { billLinks, moneyLinks } from './links.ts';
import { answerTransactions, type Shown, type TransactionBody } from './transactions.ts';

type Write = (company: CompanyFile, transaction: GeneralTransaction, shown: Shown) => AnyRecord;

function kindOf(company: CompanyFile, type: GeneralType): TransactionKind<GeneralTransaction> {
  return {
    table: company.tables.general,
    among: (transaction) => transaction.type === type,
    accounts: ({ lines }) => lines.map(({ accountId }) => accountId),
  };
}

const identity = (company: CompanyFile, transaction: GeneralTransaction) => ({
  TxnID: transaction.id,
  ...times(company, transaction),
  TxnNumber: transaction.txnNumber,
  TxnDate: transaction.txnDate,
  ...given('Memo', transaction.memo),
});

const numbered = ({ refNumber }: GeneralTransaction) => given('RefNumber', refNumber);

/** The line of the head's account, and the others. A receipt's head is its A/P account. */
function parted({ type, lines, accountId, apAccountId }: GeneralTransaction): {
  head: GeneralLine | undefined;
  others: readonly GeneralLine[];
} {
  const account = type === 'ItemReceipt' ? apAccountId : accountId;
  const head = lines.find((line) => line.accountId === account) ?? lines[0];
  return { head, others: lines.filter((line) => line !== head) };
}

/** An amount as the kind shows it; `side` -1 where credits are what it shows as positive. */
const on = (side: 1 | -1, cents: Cents | undefined): Cents => side * (cents ?? 0) + 0;

const expenseLines = (company: CompanyFile, lines: readonly GeneralLine[], side: 1 | -1) =>
  lines.map((line) => ({
    TxnLineID: line.lineId,
    AccountRef: ref(company, 'account', line.accountId),
    Amount: on(side, line.cents),
    ...given('Memo', line.memo),
    ...optionalRef('CustomerRef', company, 'vendor', line.vendorId),
  }));

/** A check, charge or card credit: paid from one account, its lines on others. */
function spent(company: CompanyFile, transaction: GeneralTransaction, shown: Shown, side: 1 | -1) {
  const { head, others } = parted(transaction);
  const total = on(side === 1 ? -1 : 1, head?.cents);
  return {
    ...identity(company, transaction),
    ...optionalRef('AccountRef', company, 'account', head?.accountId),
    ...optionalRef('PayeeEntityRef', company, 'vendor', transaction.vendorId),
    ...numbered(transaction),
    Amount: total,
    ...currencyAndRate(company, transaction),
    ...homeAmount(company, 'AmountInHomeCurrency', total, transaction),
    ...(shown.lines ? { ExpenseLineRet: expenseLines(company, others, side) } : {}),
  };
}

const check: Write = (company, transaction, shown) =>
  record(
    'CheckRet',
    onlyElements(
      {
        ...spent(company, transaction, shown, 1),
        IsToBePrinted: transaction.refNumber === undefined,
        ...(shown.links ? { LinkedTxn: moneyLinks(company, transaction.id) } : {}),
      },
      shown.only,
    ),
  );

const charge: Write = (company, transaction, shown) =>
  record('CreditCardChargeRet', onlyElements(spent(company, transaction, shown, 1), shown.only));

const cardCredit: Write = (company, transaction, shown) =>
  record('CreditCardCreditRet', onlyElements(spent(company, transaction, shown, -1), shown.only));

const deposit: Write = (company, transaction, shown) => {
  const { head, others } = parted(transaction);
  const total = on(1, head?.cents);
  const value: RecordOf<'DepositRet'> = {
    ...identity(company, transaction),
    ...optionalRef('DepositToAccountRef', company, 'account', head?.accountId),
    DepositTotal: total,
    ...currencyAndRate(company, transaction),
    ...homeAmount(company, 'DepositTotalInHomeCurrency', total, transaction),
    ...(shown.lines
      ? {
          DepositLineRet: others.map((line) => ({
            TxnLineID: line.lineId,
            ...optionalRef('EntityRef', company, 'vendor', line.vendorId),
            AccountRef: ref(company, 'account', line.accountId),
            ...given('Memo', line.memo),
            Amount: on(-1, line.cents),
          })),
        }
      : {}),
  };
  return record('DepositRet', onlyElements(value, shown.only));
};

const journalEntry: Write = (company, transaction, shown) => {
  const value: RecordOf<'JournalEntryRet'> = {
    ...identity(company, transaction),
    ...numbered(transaction),
    IsAdjustment: false,
    ...currencyAndRate(company, transaction),
    ...(shown.lines ? { JournalLines: transaction.lines.map((line) => journalLine(company, line)) } : {}),
  };
  return record('JournalEntryRet', onlyElements(value, shown.only));
};

function journalLine(
  company: CompanyFile,
  line: GeneralLine,
): NonNullable<RecordOf<'JournalEntryRet'>['JournalLines']>[number] {
  const written = {
    TxnLineID: line.lineId,
    AccountRef: ref(company, 'account', line.accountId),
    Amount: Math.abs(line.cents),
    ...given('Memo', line.memo),
    ...optionalRef('EntityRef', company, 'vendor', line.vendorId),
  };
  return line.cents < 0 ? { JournalCreditLine: written } : { JournalDebitLine: written };
}

const itemReceipt: Write = (company, transaction, shown) => {
  const { head, others } = parted(transaction);
  const total = on(-1, head?.cents);
  const value: RecordOf<'ItemReceiptRet'> = {
    ...identity(company, transaction),
    ...numbered(transaction),
    ...optionalRef('VendorRef', company, 'vendor', transaction.vendorId),
    ...optionalRef('APAccountRef', company, 'account', transaction.apAccountId),
    TotalAmount: total,
    ...currencyAndRate(company, transaction),
    ...homeAmount(company, 'TotalAmountInHomeCurrency', total, transaction),
    ...(shown.links ? { LinkedTxn: billLinks(company, transaction) } : {}),
    ...(shown.lines ? { ExpenseLineRet: expenseLines(company, others, 1) } : {}),
  };
  return record('ItemReceiptRet', onlyElements(value, shown.only));
};

function answer(
  context: RequestContext,
  query: string,
  type: GeneralType,
  body: TransactionBody,
  attributes: RequestAttributes,
  write: Write,
): Answer {
  const { company } = context;
  return answerTransactions(context, {
    query,
    kind: kindOf(company, type),
    body,
    attributes,
    write: (transaction, shown) => write(company, transaction, shown),
  });
}

export const checkQuery: Handler<'CheckQuery'> = (context, { body, ...attributes }) =>
  answer(context, 'CheckQuery', 'Check', body, attributes, check);
export const depositQuery: Handler<'DepositQuery'> = (context, { body, ...attributes }) =>
  answer(context, 'DepositQuery', 'Deposit', body, attributes, deposit);
export const journalEntryQuery: Handler<'JournalEntryQuery'> = (context, { body, ...attributes }) =>
  answer(context, 'JournalEntryQuery', 'JournalEntry', body, attributes, journalEntry);
export const creditCardChargeQuery: Handler<'CreditCardChargeQuery'> = (context, { body, ...attributes }) =>
  answer(context, 'CreditCardChargeQuery', 'CreditCardCharge', body, attributes, charge);
export const creditCardCreditQuery: Handler<'CreditCardCreditQuery'> = (context, { body, ...attributes }) =>
  answer(context, 'CreditCardCreditQuery', 'CreditCardCredit', body, attributes, cardCredit);
export const itemReceiptQuery: Handler<'ItemReceiptQuery'> = (context, { body, ...attributes }) =>
  answer(context, 'ItemReceiptQuery', 'ItemReceipt', body, attributes, itemReceipt);
