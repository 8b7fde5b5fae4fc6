/** The forms in which people write the lines of bills and credits. A line that names a group item is a group line. */
import { z } from 'zod';
import type { ExpenseLineDraft, GroupLineDraft, ItemLineDraft } from '../billLines.ts';
import type { CompanyFile } from '../companyFile.ts';
import type { LinesChange } from '../lineChanges.ts';
import { withoutUndefined } from '../lists.ts';
import { byName, entryNamed } from '../references.ts';
import { amount, decimal, name, text } from './move.ts';

const billable = z.enum(['Billable', 'NotBillable', 'HasBeenBilled']);
const lineDetails = { class: name.optional(), customer: name.optional(), billable: billable.optional() };
const expenseLine = z.strictObject({ account: name, amount, memo: text.optional(), ...lineDetails });
const itemLine = z.strictObject({
  item: name,
  description: text.optional(),
  quantity: decimal.optional(),
  cost: decimal.optional(),
  amount: amount.optional(),
  ...lineDetails,
});
const lineId = text.default('-1');

/** Lines as they are entered. */
export const enteredLineForms = {
  expenseLines: z.array(expenseLine).default([]),
  itemLines: z.array(itemLine).default([]),
};

/** Lines of a change: those given replace those of their kind; with `lineId` a line stays itself. */
export const changedLineForms = {
  expenseLines: z.array(expenseLine.extend({ lineId })).optional(),
  itemLines: z.array(itemLine.extend({ lineId })).optional(),
};

interface DetailsGiven {
  readonly class?: string | undefined;
  readonly customer?: string | undefined;
  readonly billable?: z.infer<typeof billable> | undefined;
}

const detailsOf = (given: DetailsGiven) => ({
  class: given.class === undefined ? undefined : byName(given.class),
  customer: given.customer === undefined ? undefined : byName(given.customer),
  billable: given.billable,
});

/** The drafts of lines that a person wrote. */
export function linesOf(
  company: CompanyFile,
  expenses: readonly z.infer<typeof expenseLine>[],
  items: readonly z.infer<typeof itemLine>[],
): { expenseLines: ExpenseLineDraft[]; itemLines: ItemLineDraft[]; groupLines: GroupLineDraft[] } {
  const itemLines: ItemLineDraft[] = [];
  const groupLines: GroupLineDraft[] = [];
  for (const { item, amount: amountCents, ...given } of items) {
    const { quantity, cost, description } = given;
    if (isGroup(company, item)) groupLines.push({ group: byName(item), ...withoutUndefined({ quantity }) });
    else
      itemLines.push(
        withoutUndefined({ item: byName(item), quantity, cost, description, amountCents, ...detailsOf(given) }),
      );
  }
  return {
    expenseLines: expenses.map(({ account, amount: amountCents, memo, ...given }) =>
      withoutUndefined({ account: byName(account), amountCents, memo, ...detailsOf(given) }),
    ),
    itemLines,
    groupLines,
  };
}

type Numbered<L> = readonly (L & { readonly lineId: string })[] | undefined;

/** The change of lines that a person wrote: of a kind that is given, all others go. */
export function lineChangeOf(
  company: CompanyFile,
  expenses: Numbered<z.infer<typeof expenseLine>>,
  items: Numbered<z.infer<typeof itemLine>>,
): LinesChange {
  const lines = linesOf(company, expenses ?? [], items ?? []);
  const ids = <T>(drafts: readonly T[], from: readonly { lineId: string }[] | undefined) =>
    drafts.map((draft, index) => ({ ...draft, lineId: from?.[index]?.lineId ?? '-1' }));
  const singles = items?.filter(({ item }) => !isGroup(company, item));
  const groups = items?.filter(({ item }) => isGroup(company, item));
  return {
    ...(expenses === undefined ? {} : { expenseLines: ids(lines.expenseLines, expenses), clearExpenseLines: true }),
    ...(items === undefined
      ? {}
      : { itemLines: ids(lines.itemLines, singles), groupLines: ids(lines.groupLines, groups), clearItemLines: true }),
  };
}

const isGroup = (company: CompanyFile, item: string): boolean => entryNamed(company, 'item', item)?.type === 'Group';
