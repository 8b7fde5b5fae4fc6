/** Bills with lines and links: from BillRet to the ledger's record. */
import { type BillElements, type BillLevel, type BillTexts, eachBillField } from '../../domain/billFields.ts';
import type { LedgerBill, LedgerExpenseLine, LedgerItemLine, LedgerLine, LedgerLink } from '../../domain/ledger.ts';
import type { RecordOf } from '../../qbxml/index.ts';
import { needed, present, refOrNone, textOrNone } from './reading.ts';

type BillRet = RecordOf<'BillRet'>;
type ExpenseRet = NonNullable<BillRet['ExpenseLineRet']>[number];
type LinesRet = NonNullable<BillRet['ItemLines']>[number];
type ItemRet = Extract<LinesRet, { readonly ItemLineRet: unknown }>['ItemLineRet'];
type LinkRet = NonNullable<BillRet['LinkedTxn']>[number];

/** Lines of item groups are counted and not carried. Throws `UnusableRecord` where a field that must be there is missing. */
export function readBill(ret: BillRet): LedgerBill {
  const lines = ret.ItemLines ?? [];
  const itemLines = lines.flatMap((line) => ('ItemLineRet' in line ? [readItemLine(line.ItemLineRet)] : []));
  return {
    id: ret.TxnID,
    editSequence: needed(ret.EditSequence, 'BillRet/EditSequence'),
    vendor: needed(refOrNone(ret.VendorRef), 'BillRet/VendorRef/ListID'),
    txnDate: needed(ret.TxnDate, 'BillRet/TxnDate'),
    amountDueCents: needed(ret.AmountDue, 'BillRet/AmountDue'),
    ...present({
      apAccount: refOrNone(ret.APAccountRef),
      dueDate: ret.DueDate,
      currency: refOrNone(ret.CurrencyRef),
      refNumber: textOrNone(ret.RefNumber),
      terms: refOrNone(ret.TermsRef),
      isPaid: ret.IsPaid,
      guid: ret.ExternalGUID === '0' ? undefined : ret.ExternalGUID,
    }),
    ...readTexts('header', ret),
    links: (ret.LinkedTxn ?? []).map(readLink),
    expenseLines: (ret.ExpenseLineRet ?? []).map(readExpenseLine),
    itemLines,
    groupLines: lines.length - itemLines.length,
  };
}

const readExpenseLine = (line: ExpenseRet): LedgerExpenseLine => ({
  ...lineOf(line),
  ...readTexts('expenseLine', line),
  ...present({ account: refOrNone(line.AccountRef) }),
});

const readItemLine = (line: ItemRet): LedgerItemLine => ({
  ...lineOf(line),
  ...readTexts('itemLine', line),
  ...present({ item: refOrNone(line.ItemRef), quantity: line.Quantity, cost: line.Cost }),
});

/** A line without an amount, such as a remark, is a line of nothing. */
const lineOf = (
  line: Pick<ExpenseRet, 'TxnLineID' | 'Amount' | 'CustomerRef' | 'ClassRef' | 'BillableStatus'>,
): LedgerLine => ({
  lineId: line.TxnLineID,
  amountCents: line.Amount ?? 0,
  ...present({
    customer: refOrNone(line.CustomerRef),
    class: refOrNone(line.ClassRef),
    billable: line.BillableStatus,
  }),
});

export const readLink = (link: LinkRet): LedgerLink => ({
  txnId: link.TxnID,
  txnType: link.TxnType,
  txnDate: link.TxnDate,
  amountCents: link.Amount,
  ...present({ refNumber: textOrNone(link.RefNumber), linkType: link.LinkType }),
});

/** The texts that are carried as they stand. */
function readTexts<L extends BillLevel>(level: L, from: BillElements<L>): BillTexts<L> {
  const texts = new Map<string, unknown>(Object.entries(from));
  return eachBillField(level, (_name, { element }) => {
    const text = texts.get(element);
    return typeof text === 'string' ? textOrNone(text) : undefined;
  });
}
