/**
 * BillQuery, BillAdd, BillMod.
 *
 * A query answers lines and links only when asked; an Add and a Mod answer the lines unasked. Links to purchase orders
 * cannot be made: the sandbox keeps none.
 */
import type { RecordOf, RequestMessage } from '../../../qbxml/index.ts';
import { answered, onlyElements } from '../answer.ts';
import { isPaid, openCents, vendorBalance } from '../balance.ts';
import type { ExpenseLineDraft, GroupLineDraft, ItemLineDraft } from '../billLines.ts';
import { type BillChange, enterBill, modifyBill } from '../bills.ts';
import type { CompanyFile } from '../companyFile.ts';
import { billTotal } from '../journal.ts';
import { withoutUndefined } from '../lists.ts';
import { answerPage } from '../paging.ts';
import type { Bill, ExpenseLine, GroupLine, ItemLine } from '../records.ts';
import { notFound } from '../refusal.ts';
import { selectBills } from '../selection.ts';
import { given, type Handler, optionalRef, record, ref, times } from './context.ts';
import { changedAddress, writtenAddress } from './vendor.ts';

type BillRet = RecordOf<'BillRet'>;
type BillAdd = RequestMessage<'BillAdd'>['body']['BillAdd'];
type BillMod = RequestMessage<'BillMod'>['body']['BillMod'];
type ExpenseWire = NonNullable<BillAdd['ExpenseLineAdd']>[number] | NonNullable<BillMod['ExpenseLineMod']>[number];
type ItemWire =
  | Extract<NonNullable<BillAdd['ItemLines']>[number], { ItemLineAdd: unknown }>['ItemLineAdd']
  | Extract<NonNullable<BillMod['ItemLines']>[number], { ItemLineMod: unknown }>['ItemLineMod'];

interface Shown {
  readonly lines: boolean;
  readonly links: boolean;
}

function billRet(company: CompanyFile, bill: Bill, shown: Shown): BillRet {
  const { openAmount } = company.switches();
  const open = openAmount === 'vendorTotal' ? vendorBalance(company, bill.vendorId) : openCents(bill);
  return {
    TxnID: bill.id,
    ...times(company, bill),
    TxnNumber: bill.txnNumber,
    VendorRef: ref(company, 'vendor', bill.vendorId),
    ...given('VendorAddress', bill.address === undefined ? undefined : writtenAddress(bill.address)),
    APAccountRef: ref(company, 'account', bill.apAccountId),
    TxnDate: bill.txnDate,
    ...given('DueDate', bill.dueDate),
    AmountDue: billTotal(bill),
    ...given('RefNumber', bill.refNumber),
    ...optionalRef('TermsRef', company, 'terms', bill.termsId),
    ...given('Memo', bill.memo),
    IsPaid: isPaid(bill),
    ...given('ExternalGUID', bill.guid),
    ...(shown.lines ? writtenLines(company, bill) : {}),
    ...(openAmount === 'missing' ? {} : { OpenAmount: open }),
  };
}

function writtenLines(company: CompanyFile, bill: Bill): Pick<BillRet, 'ExpenseLineRet' | 'ItemLines'> {
  return {
    ExpenseLineRet: bill.expenseLines.map((line) => writtenExpense(company, line)),
    ItemLines: [
      ...bill.itemLines.map((line) => ({ ItemLineRet: writtenItem(company, line) })),
      ...bill.groupLines.map((group) => ({ ItemGroupLineRet: writtenGroup(company, group) })),
    ],
  };
}

function writtenExpense(company: CompanyFile, line: ExpenseLine) {
  return {
    TxnLineID: line.lineId,
    AccountRef: ref(company, 'account', line.accountId),
    Amount: line.amountCents,
    ...given('Memo', line.memo),
    ...writtenDetails(company, line),
  };
}

function writtenItem(company: CompanyFile, line: ItemLine) {
  return {
    TxnLineID: line.lineId,
    ItemRef: ref(company, 'item', line.itemId),
    ...given('Desc', line.description),
    ...given('Quantity', line.quantity),
    ...given('UnitOfMeasure', line.unitOfMeasure),
    ...given('Cost', line.cost),
    Amount: line.amountCents,
    ...writtenDetails(company, line),
  };
}

function writtenGroup(company: CompanyFile, group: GroupLine) {
  return {
    TxnLineID: group.lineId,
    ItemGroupRef: ref(company, 'item', group.itemId),
    ...given('Desc', group.description),
    ...given('Quantity', group.quantity),
    TotalAmount: group.lines.reduce((sum, line) => sum + line.amountCents, 0),
    ItemLineRet: group.lines.map((line) => writtenItem(company, line)),
  };
}

function writtenDetails(company: CompanyFile, line: ExpenseLine | ItemLine) {
  return {
    ...optionalRef('CustomerRef', company, 'customer', line.customerId),
    ...optionalRef('ClassRef', company, 'class', line.classId),
    ...given('BillableStatus', line.billable),
  };
}

const expenseDraft = (wire: ExpenseWire): ExpenseLineDraft =>
  withoutUndefined({
    account: wire.AccountRef,
    amountCents: wire.Amount,
    memo: wire.Memo,
    customer: wire.CustomerRef,
    class: wire.ClassRef,
    billable: wire.BillableStatus,
  });

const itemDraft = (wire: ItemWire): ItemLineDraft =>
  withoutUndefined({
    item: wire.ItemRef,
    description: wire.Desc,
    quantity: wire.Quantity,
    unitOfMeasure: wire.UnitOfMeasure,
    cost: wire.Cost,
    amountCents: wire.Amount,
    customer: wire.CustomerRef,
    class: wire.ClassRef,
    billable: wire.BillableStatus,
    overrideAccount: wire.OverrideItemAccountRef,
  });

export const billQuery: Handler<'BillQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const shown = { lines: body.IncludeLineItems === true, links: body.IncludeLinkedTxns === true };
  return answerPage({
    query: 'BillQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectBills(company, body, isPaid),
    get: (id) => company.tables.bill.get(id),
    write: (bill) => record('BillRet', onlyElements(billRet(company, bill, shown), body.IncludeRetElement)),
  });
};

export const billAdd: Handler<'BillAdd'> = ({ company }, { body }) => {
  const wire = body.BillAdd;
  const items: ItemLineDraft[] = [];
  const groups: GroupLineDraft[] = [];
  for (const line of wire.ItemLines ?? []) {
    if ('ItemLineAdd' in line) items.push(itemDraft(line.ItemLineAdd));
    else
      groups.push({ group: line.ItemGroupLineAdd.ItemGroupRef, ...given('quantity', line.ItemGroupLineAdd.Quantity) });
  }
  const bill = enterBill(
    company,
    {
      vendor: wire.VendorRef,
      ...withoutUndefined({
        address: wire.VendorAddress === undefined ? undefined : changedAddress(undefined, wire.VendorAddress),
        apAccount: wire.APAccountRef,
        txnDate: wire.TxnDate,
        dueDate: wire.DueDate,
        refNumber: wire.RefNumber,
        terms: wire.TermsRef,
        memo: wire.Memo,
        guid: wire.ExternalGUID,
      }),
      expenseLines: (wire.ExpenseLineAdd ?? []).map(expenseDraft),
      itemLines: items,
      groupLines: groups,
    },
    'application',
  );
  return written(company, bill, body.IncludeRetElement);
};

export const billMod: Handler<'BillMod'> = ({ company }, { body }) => {
  const wire = body.BillMod;
  const before = company.tables.bill.get(wire.TxnID);
  if (before === undefined) throw notFound(wire.TxnID);
  const bill = modifyBill(company, before, changeOf(before, wire), wire.EditSequence);
  return written(company, bill, body.IncludeRetElement);
};

function changeOf(before: Bill, wire: BillMod): BillChange {
  const itemLines: NonNullable<BillChange['itemLines']>[number][] = [];
  const groupLines: NonNullable<BillChange['groupLines']>[number][] = [];
  for (const line of wire.ItemLines ?? []) {
    if ('ItemLineMod' in line) itemLines.push({ ...itemDraft(line.ItemLineMod), lineId: line.ItemLineMod.TxnLineID });
    else {
      const { TxnLineID: lineId, ItemGroupRef: group, Quantity: quantity } = line.ItemGroupLineMod;
      groupLines.push({ lineId, ...withoutUndefined({ group, quantity }) });
    }
  }
  return {
    ...withoutUndefined({
      vendor: wire.VendorRef,
      address: wire.VendorAddress === undefined ? undefined : changedAddress(before.address, wire.VendorAddress),
      apAccount: wire.APAccountRef,
      txnDate: wire.TxnDate,
      dueDate: wire.DueDate,
      refNumber: wire.RefNumber,
      terms: wire.TermsRef,
      memo: wire.Memo,
      clearExpenseLines: wire.ClearExpenseLines,
      clearItemLines: wire.ClearItemLines,
    }),
    expenseLines: (wire.ExpenseLineMod ?? []).map((line) => ({ ...expenseDraft(line), lineId: line.TxnLineID })),
    itemLines,
    groupLines,
  };
}

function written(company: CompanyFile, bill: Bill, wanted: readonly string[] | undefined) {
  const value = onlyElements(billRet(company, bill, { lines: true, links: false }), wanted);
  return answered(record('BillRet', value), {
    TxnID: bill.id,
    TxnNumber: bill.txnNumber,
    EditSequence: String(bill.modifiedAt),
    ...given('ExternalGUID', bill.guid),
  });
}
