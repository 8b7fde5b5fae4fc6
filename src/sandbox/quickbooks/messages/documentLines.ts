/**
 * The lines of bills, vendor credits and other documents: as an answer carries them, and as a request gives them.
 *
 * Expense lines come before item lines, and groups after single items, whatever order a person typed.
 */
import type { RecordOf, RequestMessage } from '../../../qbxml/index.ts';
import type { ExpenseLineDraft, GroupLineDraft, ItemLineDraft } from '../billLines.ts';
import type { CompanyFile } from '../companyFile.ts';
import { everyItemLine } from '../journal.ts';
import { withoutUndefined } from '../lists.ts';
import type { ExpenseLine, GroupLine, ItemLine } from '../records.ts';
import { given, optionalRef, ref } from './context.ts';

type BillAdd = RequestMessage<'BillAdd'>['body']['BillAdd'];
type BillMod = RequestMessage<'BillMod'>['body']['BillMod'];
type ExpenseWire = NonNullable<BillAdd['ExpenseLineAdd']>[number] | NonNullable<BillMod['ExpenseLineMod']>[number];
type ItemWire =
  | Extract<NonNullable<BillAdd['ItemLines']>[number], { ItemLineAdd: unknown }>['ItemLineAdd']
  | Extract<NonNullable<BillMod['ItemLines']>[number], { ItemLineMod: unknown }>['ItemLineMod'];

/** What has lines as a bill has them. */
export interface Lined {
  readonly apAccountId: string;
  readonly expenseLines: readonly ExpenseLine[];
  readonly itemLines: readonly ItemLine[];
  readonly groupLines: readonly GroupLine[];
}

/** The accounts that a document touches: its A/P account, and those to which its lines are posted. */
export function accountsOf(company: CompanyFile, document: Lined): Set<string> {
  const accounts = new Set([document.apAccountId, ...document.expenseLines.map(({ accountId }) => accountId)]);
  for (const line of everyItemLine(document)) {
    const account = line.overrideAccountId ?? company.tables.item.get(line.itemId)?.purchaseAccountId;
    if (account !== undefined) accounts.add(account);
  }
  return accounts;
}

export function writtenLines(
  company: CompanyFile,
  document: Lined,
): Pick<RecordOf<'BillRet'>, 'ExpenseLineRet' | 'ItemLines'> {
  return {
    ExpenseLineRet: document.expenseLines.map((line) => writtenExpense(company, line)),
    ItemLines: [
      ...document.itemLines.map((line) => ({ ItemLineRet: writtenItem(company, line) })),
      ...document.groupLines.map((group) => ({ ItemGroupLineRet: writtenGroup(company, group) })),
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

/** The lines of an Add. */
export function draftedLines(wire: Pick<BillAdd, 'ExpenseLineAdd' | 'ItemLines'>) {
  const itemLines: ItemLineDraft[] = [];
  const groupLines: GroupLineDraft[] = [];
  for (const line of wire.ItemLines ?? []) {
    if ('ItemLineAdd' in line) itemLines.push(itemDraft(line.ItemLineAdd));
    else
      groupLines.push({
        group: line.ItemGroupLineAdd.ItemGroupRef,
        ...given('quantity', line.ItemGroupLineAdd.Quantity),
      });
  }
  return { expenseLines: (wire.ExpenseLineAdd ?? []).map(expenseDraft), itemLines, groupLines };
}

type Named<D> = D & { readonly lineId: string };

/** The lines of a Mod, each with the ID of the line that it changes, or -1. */
export function changedLines(
  wire: Pick<BillMod, 'ClearExpenseLines' | 'ExpenseLineMod' | 'ClearItemLines' | 'ItemLines'>,
) {
  const itemLines: Named<ItemLineDraft>[] = [];
  const groupLines: Named<Partial<GroupLineDraft>>[] = [];
  for (const line of wire.ItemLines ?? []) {
    if ('ItemLineMod' in line) itemLines.push({ ...itemDraft(line.ItemLineMod), lineId: line.ItemLineMod.TxnLineID });
    else {
      const { TxnLineID: lineId, ItemGroupRef: group, Quantity: quantity } = line.ItemGroupLineMod;
      groupLines.push({ lineId, ...withoutUndefined({ group, quantity }) });
    }
  }
  return {
    ...withoutUndefined({ clearExpenseLines: wire.ClearExpenseLines, clearItemLines: wire.ClearItemLines }),
    expenseLines: (wire.ExpenseLineMod ?? []).map((line) => ({ ...expenseDraft(line), lineId: line.TxnLineID })),
    itemLines,
    groupLines,
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
