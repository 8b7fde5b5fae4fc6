/** ItemQuery: items of all kinds in one answer, kind after kind as QuickBooks orders them. */
import type { AnyRecord, RecordOf } from '../../../qbxml/index.ts';
import { onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import { answerPage } from '../paging.ts';
import { ITEM_TYPES, type Item } from '../records.ts';
import { selectEntries } from '../selection.ts';
import { given, type Handler, levels, listIdentity, optionalRef, record, ref } from './context.ts';

const NONE = { units: 0, scale: 0 };

/** Bought and sold when it has an account for both, else one of the two: then the price is what it costs. */
function trade(company: CompanyFile, item: Item) {
  if (item.incomeAccountId !== undefined && item.purchaseAccountId !== undefined)
    return {
      SalesAndPurchase: {
        SalesPrice: NONE,
        IncomeAccountRef: ref(company, 'account', item.incomeAccountId),
        ...given('PurchaseDesc', item.description),
        PurchaseCost: item.purchaseCost ?? NONE,
        ExpenseAccountRef: ref(company, 'account', item.purchaseAccountId),
      },
    };
  return {
    SalesOrPurchase: {
      ...given('Desc', item.description),
      Price: item.purchaseCost ?? NONE,
      ...optionalRef('AccountRef', company, 'account', item.purchaseAccountId ?? item.incomeAccountId),
    },
  };
}

/** Quantities on hand are not kept: only bills are entered here, and nothing is sold. */
function inventory(company: CompanyFile, item: Item): RecordOf<'ItemInventoryRet'> {
  return {
    ...listIdentity(company, item),
    ...levels(company, 'item', item),
    ...optionalRef('IncomeAccountRef', company, 'account', item.incomeAccountId),
    ...given('PurchaseDesc', item.description),
    PurchaseCost: item.purchaseCost ?? NONE,
    ...optionalRef('COGSAccountRef', company, 'account', item.cogsAccountId),
    ...optionalRef('AssetAccountRef', company, 'account', item.purchaseAccountId),
  };
}

function itemRecord(company: CompanyFile, item: Item, wanted: readonly string[] | undefined): AnyRecord {
  const start = { ...listIdentity(company, item), ...levels(company, 'item', item), ...trade(company, item) };
  switch (item.type) {
    case 'Service':
      return record('ItemServiceRet', onlyElements(start, wanted));
    case 'NonInventory':
      return record('ItemNonInventoryRet', onlyElements(start, wanted));
    case 'OtherCharge':
      return record('ItemOtherChargeRet', onlyElements(start, wanted));
    case 'Inventory':
      return record('ItemInventoryRet', onlyElements(inventory(company, item), wanted));
    case 'Group': {
      const value: RecordOf<'ItemGroupRet'> = {
        ...listIdentity(company, item),
        Name: item.name,
        IsActive: item.active,
        ...given('ItemDesc', item.description),
        ItemGroupLine: (item.members ?? []).map(({ itemId, quantity }) => ({
          ItemRef: ref(company, 'item', itemId),
          Quantity: quantity,
        })),
      };
      return record('ItemGroupRet', onlyElements(value, wanted));
    }
  }
}

export const itemQuery: Handler<'ItemQuery'> = ({ company, iterators }, { body, ...attributes }) =>
  answerPage({
    query: 'ItemQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => {
      const { found, missing } = selectEntries(company, 'item', body);
      return { found: ITEM_TYPES.flatMap((type) => found.filter((item) => item.type === type)), missing };
    },
    get: (id) => company.tables.item.get(id),
    write: (item) => itemRecord(company, item, body.IncludeRetElement),
  });
