/**
 * Links between transactions, as both ends show them.
 *
 * 1. What lowers a document is a link of AMTTYPE with a negative amount, on the document and on the credit alike. The date
 *    is that of the other transaction: when a credit was applied is kept nowhere.
 * 2. A payment's link carries its cash, and its discount only where the switch `linkIncludesDiscount` says so.
 * 3. Links to purchase orders and item receipts are of QUANTYPE: no money.
 *
 * Unverified against a live file: signs on this side of the books, and what stands in a QUANTYPE link.
 */
import type { Cents } from '../../../domain/money.ts';
import type { RecordOf } from '../../../qbxml/index.ts';
import { creditsSetWith } from '../applications.ts';
import type { CompanyFile } from '../companyFile.ts';
import { paymentType } from '../payments.ts';
import type { GeneralTransaction, TxnType } from '../records.ts';
import { given } from './context.ts';

type LinkedTxn = NonNullable<RecordOf<'BillRet'>['LinkedTxn']>[number];

interface Named {
  readonly type: TxnType;
  readonly txnDate: string;
  readonly refNumber?: string;
}

/** What kind of transaction an ID is, with its date and number; undefined when it is gone. */
export function transactionNamed(company: CompanyFile, id: string): Named | undefined {
  const { bill: bills, vendorCredit: credits, payment: payments, general: others } = company.tables;
  const bill = bills.get(id);
  if (bill !== undefined) return { ...bill, type: 'Bill' };
  const credit = credits.get(id);
  if (credit !== undefined) return { ...credit, type: 'VendorCredit' };
  const payment = payments.get(id);
  if (payment !== undefined) return { ...payment, type: paymentType(payment.method) };
  return others.get(id);
}

function link(company: CompanyFile, id: string, LinkType: 'AMTTYPE' | 'QUANTYPE', cents: Cents): LinkedTxn[] {
  const other = transactionNamed(company, id);
  if (other === undefined) return [];
  return [
    {
      TxnID: id,
      TxnType: other.type,
      TxnDate: other.txnDate,
      ...given('RefNumber', other.refNumber),
      LinkType,
      Amount: cents,
    },
  ];
}

const lowered = (cents: Cents): Cents => (cents === 0 ? 0 : -cents);

/** The links of money of a bill, a credit, or another transaction that was set against one. */
export function moneyLinks(company: CompanyFile, txnId: string): LinkedTxn[] {
  const { linkIncludesDiscount } = company.switches();
  return company.settlements.of(txnId).flatMap((settlement) => {
    const cents = settlement.cents + (linkIncludesDiscount ? settlement.discountCents : 0);
    return link(company, settlement.txnId, 'AMTTYPE', lowered(cents));
  });
}

/** The links of a bill to the orders and receipts that it bills. */
export function orderLinks(company: CompanyFile, orderIds: readonly string[]): LinkedTxn[] {
  return orderIds.flatMap((id) => {
    const order = company.tables.general.get(id);
    return order === undefined ? [] : link(company, id, 'QUANTYPE', debits(order));
  });
}

/** The link of an order or a receipt to the bill that took it over. */
export const billLinks = (company: CompanyFile, order: GeneralTransaction): LinkedTxn[] =>
  order.billedBy === undefined ? [] : link(company, order.billedBy, 'QUANTYPE', debits(order));

/** The credits that were set together with a payment, as links of a bill that it pays. */
export const creditLinks = (company: CompanyFile, paymentId: string, billId: string): LinkedTxn[] =>
  creditsSetWith(company, paymentId, [billId]).flatMap(({ creditId, cents }) =>
    link(company, creditId, 'AMTTYPE', lowered(cents)),
  );

const debits = ({ lines }: GeneralTransaction): Cents =>
  lines.reduce((sum, { cents }) => (cents > 0 ? sum + cents : sum), 0);
