/**
 * The lines of a bill or vendor credit: what was entered becomes what QuickBooks keeps.
 *
 * 1. References are resolved and must be active; a line must have an account to post to.
 * 2. Of quantity, cost and amount of an item line, the missing one follows: amount from quantity and cost (the item's
 *    own cost when none is given), cost from amount and quantity with five decimals.
 * 3. A line of a change starts from the line that it names; what it does not mention stays.
 */
import { type Cents, type Decimal, productCents, trimDecimal } from '../../domain/money.ts';
import type { CompanyFile } from './companyFile.ts';
import { withoutUndefined } from './lists.ts';
import type { Billable, ExpenseLine, GroupLine, Item, ItemLine, TxnType } from './records.ts';
import { isEmptyRef, type Ref, resolveActive } from './references.ts';
import { missing, noAccount, notSaved } from './refusal.ts';

export interface LineDraft {
  readonly amountCents?: Cents;
  readonly customer?: Ref;
  readonly class?: Ref;
  readonly billable?: Billable;
}
export interface ExpenseLineDraft extends LineDraft {
  readonly account?: Ref;
  readonly memo?: string;
}
export interface ItemLineDraft extends LineDraft {
  readonly item?: Ref;
  readonly description?: string;
  readonly quantity?: Decimal;
  readonly unitOfMeasure?: string;
  readonly cost?: Decimal;
  readonly overrideAccount?: Ref;
}
export interface GroupLineDraft {
  readonly group: Ref;
  readonly quantity?: Decimal;
}

/** A line without the id that it gets when the bill is put. */
export type Unnumbered<L> = Omit<L, 'lineId'>;
export type UnnumberedGroup = Omit<GroupLine, 'lineId' | 'lines'> & { readonly lines: readonly Unnumbered<ItemLine>[] };

const COST_SCALE = 5;

/** Throws `Refused`: 3140 bad reference, 3180 an account that a bill cannot be posted to, 3270 no account. */
export function expenseLine(
  company: CompanyFile,
  draft: ExpenseLineDraft,
  base?: ExpenseLine,
  type: TxnType = 'Bill',
): Unnumbered<ExpenseLine> {
  const account = draft.account === undefined ? undefined : resolveActive(company, 'account', draft.account, type);
  if (account !== undefined && (account.type === 'AccountsPayable' || account.type === 'NonPosting'))
    throw notSaved(type, `The account "${account.fullName}" cannot be used on a line.`);
  const accountId = account?.id ?? base?.accountId;
  if (accountId === undefined) throw noAccount('an expense line has no AccountRef');
  return {
    accountId,
    amountCents: draft.amountCents ?? base?.amountCents ?? 0,
    ...textField('memo', draft.memo, base?.memo),
    ...details(company, draft, base, type),
  };
}

/** Throws `Refused`: 3140 bad reference, 3150 no item, 3180 a group as a plain line, 3270 an item without account. */
export function itemLine(
  company: CompanyFile,
  draft: ItemLineDraft,
  base?: ItemLine,
  type: TxnType = 'Bill',
): Unnumbered<ItemLine> {
  const item = draft.item === undefined ? baseItem(company, base) : resolveActive(company, 'item', draft.item, type);
  if (item.type === 'Group') throw notSaved(type, `The item "${item.fullName}" is a group: it needs a group line.`);
  const override =
    draft.overrideAccount === undefined || isEmptyRef(draft.overrideAccount)
      ? base?.overrideAccountId
      : resolveActive(company, 'account', draft.overrideAccount, type).id;
  if (override === undefined && item.purchaseAccountId === undefined)
    throw noAccount(`the item "${item.fullName}" has no account for purchases`);
  return {
    itemId: item.id,
    ...textField('description', draft.description, base?.description ?? item.description),
    ...textField('unitOfMeasure', draft.unitOfMeasure, base?.unitOfMeasure),
    ...amounts(draft, item, base, company.switches().itemAmount, type),
    ...details(company, draft, base, type),
    ...(override === undefined ? {} : { overrideAccountId: override }),
  };
}

/** A group stands for its members, each with its own quantity times the group's. Throws `Refused` 3140, 3180. */
export function groupLine(company: CompanyFile, draft: GroupLineDraft, type: TxnType = 'Bill'): UnnumberedGroup {
  const item = resolveActive(company, 'item', draft.group, type);
  if (item.type !== 'Group') throw notSaved(type, `The item "${item.fullName}" is not a group.`);
  const count = draft.quantity ?? { units: 1, scale: 0 };
  const lines = (item.members ?? []).map((member) => {
    const quantity = trimDecimal({
      units: member.quantity.units * count.units,
      scale: member.quantity.scale + count.scale,
    });
    return itemLine(company, { item: { ListID: member.itemId }, quantity }, undefined, type);
  });
  return {
    itemId: item.id,
    lines,
    ...textField('description', undefined, item.description),
    ...(draft.quantity === undefined ? {} : { quantity: draft.quantity }),
  };
}

function baseItem(company: CompanyFile, base: ItemLine | undefined): Item {
  const item = base === undefined ? undefined : company.tables.item.get(base.itemId);
  if (item === undefined) throw missing('ItemRef');
  return item;
}

function amounts(
  draft: ItemLineDraft,
  item: Item,
  base: ItemLine | undefined,
  whenInconsistent: 'kept' | 'recalculated',
  type: TxnType,
): Pick<ItemLine, 'quantity' | 'cost' | 'amountCents'> {
  const quantity = draft.quantity ?? base?.quantity;
  const untouched = draft.quantity === undefined && draft.cost === undefined;
  const amountCents = draft.amountCents ?? (untouched ? base?.amountCents : undefined);
  if (amountCents === undefined) {
    const cost = draft.cost ?? base?.cost ?? item.purchaseCost;
    const total = cost === undefined ? 0 : productCents(quantity ?? { units: 1, scale: 0 }, cost);
    if (total === undefined) throw notSaved(type, 'The amount of a line is too large.');
    return withoutUndefined({ quantity, cost, amountCents: total });
  }
  const given = draft.cost ?? (draft.amountCents === undefined ? base?.cost : undefined);
  const cost = given ?? (quantity === undefined ? undefined : costOf(amountCents, quantity));
  const product = quantity !== undefined && given !== undefined ? productCents(quantity, given) : undefined;
  const recalculated = whenInconsistent === 'recalculated' && product !== undefined;
  return withoutUndefined({ quantity, cost, amountCents: recalculated ? product : amountCents });
}

/** Amount by quantity with five decimals, rounded half up away from zero; undefined for a quantity of zero. */
function costOf(amountCents: Cents, quantity: Decimal): Decimal | undefined {
  if (quantity.units === 0) return undefined;
  const dividend = BigInt(amountCents) * 10n ** BigInt(COST_SCALE + quantity.scale - 2);
  const divisor = BigInt(quantity.units);
  const negative = dividend < 0n !== divisor < 0n;
  const [top, bottom] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const units = Number((top * 2n + bottom) / (bottom * 2n));
  return trimDecimal({ units: negative ? 0 - units : units, scale: COST_SCALE });
}

/** Customer, class and billable; a line with a customer is billable unless it says otherwise (unverified). */
function details(
  company: CompanyFile,
  draft: LineDraft,
  base: LineDraftBase | undefined,
  type: TxnType,
): { customerId?: string; classId?: string; billable?: Billable } {
  const customerId = refField(company, 'customer', draft.customer, base?.customerId, type);
  const classId = refField(company, 'class', draft.class, base?.classId, type);
  const billable = customerId === undefined ? undefined : (draft.billable ?? base?.billable ?? 'Billable');
  return withoutUndefined({ customerId, classId, billable });
}
type LineDraftBase = Pick<ExpenseLine, 'customerId' | 'classId' | 'billable'>;

function refField(
  company: CompanyFile,
  list: 'customer' | 'class',
  ref: Ref | undefined,
  base: string | undefined,
  type: TxnType,
): string | undefined {
  if (ref === undefined) return base;
  return isEmptyRef(ref) ? undefined : resolveActive(company, list, ref, type).id;
}

/** The field when there is a text for it: the draft's, where empty clears, else the base's. */
function textField<K extends string>(key: K, draft: string | undefined, base?: string): { [P in K]?: string } {
  const text = draft ?? base;
  return (text === undefined || text === '' ? {} : { [key]: text }) as { [P in K]?: string };
}
