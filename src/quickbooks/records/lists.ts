/** Accounts, classes, customers, items and terms: from the records of qbXML to those of the ledger. */
import type { LedgerAccount, LedgerClass, LedgerCustomer, LedgerItem, LedgerTerms } from '../../domain/ledger.ts';
import { type Decimal, sameDecimal } from '../../domain/money.ts';
import type { RecordName, RecordOf } from '../../qbxml/index.ts';
import { needed, present, textOrNone } from './reading.ts';

interface EntryRet {
  readonly ListID: string;
  readonly EditSequence?: string;
  readonly IsActive?: boolean;
}

/** ID, edit sequence and whether active: QuickBooks leaves IsActive out where it is true. */
export const entryOf = (ret: EntryRet, element: string) => ({
  id: ret.ListID,
  editSequence: needed(ret.EditSequence, `${element}/EditSequence`),
  active: ret.IsActive ?? true,
});

export const readAccount = (ret: RecordOf<'AccountRet'>): LedgerAccount => ({
  ...entryOf(ret, 'AccountRet'),
  fullName: needed(textOrNone(ret.FullName), 'AccountRet/FullName'),
  type: needed(ret.AccountType, 'AccountRet/AccountType'),
  ...present({ number: textOrNone(ret.AccountNumber), balanceCents: ret.Balance }),
});

export const readClass = (ret: RecordOf<'ClassRet'>): LedgerClass => ({
  ...entryOf(ret, 'ClassRet'),
  fullName: needed(textOrNone(ret.FullName), 'ClassRet/FullName'),
});

export const readCustomer = (ret: RecordOf<'CustomerRet'>): LedgerCustomer => ({
  ...entryOf(ret, 'CustomerRet'),
  fullName: needed(textOrNone(ret.FullName), 'CustomerRet/FullName'),
});

/** The records of an ItemQuery, each a kind of item. */
export const ITEM_RECORDS = [
  'ItemServiceRet',
  'ItemNonInventoryRet',
  'ItemOtherChargeRet',
  'ItemInventoryRet',
  'ItemInventoryAssemblyRet',
  'ItemFixedAssetRet',
  'ItemSubtotalRet',
  'ItemDiscountRet',
  'ItemPaymentRet',
  'ItemSalesTaxRet',
  'ItemSalesTaxGroupRet',
  'ItemGroupRet',
] as const satisfies readonly RecordName[];
export type ItemRecord = (typeof ITEM_RECORDS)[number];

/** Some kinds are flat and have a name but no full name. */
export function readItem(element: ItemRecord, ret: RecordOf<ItemRecord>): LedgerItem {
  const fullName = ('FullName' in ret ? ret.FullName : undefined) ?? ('Name' in ret ? ret.Name : undefined);
  return {
    ...entryOf(ret, element),
    fullName: needed(textOrNone(fullName), `${element}/FullName`),
    type: element.slice('Item'.length, -'Ret'.length),
    ...present({ purchaseCost: purchaseCostOf(ret) }),
  };
}

function purchaseCostOf(ret: RecordOf<ItemRecord>): Decimal | undefined {
  if ('PurchaseCost' in ret) return ret.PurchaseCost;
  if ('SalesAndPurchase' in ret) return ret.SalesAndPurchase?.PurchaseCost;
  return undefined;
}

/** Terms without a number of days are due at once, as QuickBooks counts them. */
export function readStandardTerms(ret: RecordOf<'StandardTermsRet'>): LedgerTerms {
  const discountPercent = ret.DiscountPct;
  const discounts = discountPercent !== undefined && !sameDecimal(discountPercent, { units: 0, scale: 0 });
  return {
    ...entryOf(ret, 'StandardTermsRet'),
    name: needed(textOrNone(ret.Name), 'StandardTermsRet/Name'),
    form: {
      kind: 'standard',
      dueDays: ret.StdDueDays ?? 0,
      ...(discounts ? { discountPercent, discountDays: ret.StdDiscountDays ?? 0 } : {}),
    },
  };
}

export const readDateDrivenTerms = (ret: RecordOf<'DateDrivenTermsRet'>): LedgerTerms => ({
  ...entryOf(ret, 'DateDrivenTermsRet'),
  name: needed(textOrNone(ret.Name), 'DateDrivenTermsRet/Name'),
  form: {
    kind: 'dateDriven',
    dayOfMonthDue: needed(ret.DayOfMonthDue, 'DateDrivenTermsRet/DayOfMonthDue'),
    ...present({ dueNextMonthDays: ret.DueNextMonthDays }),
  },
});
