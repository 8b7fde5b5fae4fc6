/**
 * Lists of QuickBooks as MineralTree keeps them: accounts, payment accounts, classes, customers and jobs, items, terms.
 *
 * 1. Names are full names, with colons between levels: two sublevels of one name stay apart.
 * 2. Nothing is left out because it is inactive: it goes as inactive (payment accounts: locked), so that choices vanish.
 * 3. Terms counted from a day of the month have no form in MineralTree: reported, never approximated.
 */
import type { LedgerAccount, LedgerClass, LedgerCustomer, LedgerItem, LedgerTerms } from '../domain/ledger.ts';
import type {
  Classification,
  CompanyItem,
  Draft,
  GlAccount,
  PaymentMethod,
  Project,
  Term,
} from '../domain/payables.ts';
import type { Mapped } from './finding.ts';

const EXPENSE_KINDS: ReadonlySet<string> = new Set(['Expense', 'OtherExpense', 'CostOfGoodsSold']);

/** Item kinds of qbXML and what the API guide calls them; a kind that is not here is `NONE`. */
const ITEM_TYPES: Readonly<Record<string, string>> = {
  Service: 'SERVICE',
  NonInventory: 'NON_INVENTORY',
  OtherCharge: 'OTHER_CHARGE',
  Inventory: 'INVENTORY',
  InventoryAssembly: 'ASSEMBLY_BILL_OF_MATERIALS',
  FixedAsset: 'NONE',
  Subtotal: 'SUBTOTAL',
  Discount: 'DISCOUNT',
  Payment: 'NONE',
  SalesTax: 'NONE',
  SalesTaxGroup: 'NONE',
  Group: 'ITEMGROUP',
};

/** Every account is a glAccount: payables, expenses (with cost of goods sold), and the others. */
export function mapAccount(account: LedgerAccount): Draft<GlAccount> {
  return {
    externalId: account.id,
    name: account.fullName,
    active: account.active,
    ledgerType: ledgerTypeOf(account.type),
    ...(account.number === undefined ? {} : { accountNumber: account.number }),
  };
}

function ledgerTypeOf(type: string): GlAccount['ledgerType'] {
  if (type === 'AccountsPayable') return 'AP_ACCOUNT';
  return EXPENSE_KINDS.has(type) ? 'EXPENSE_ACCOUNT' : 'ACCOUNT';
}

/** The payment account that a bank or credit-card account is as well; undefined for any other account. */
export function mapPaymentMethod(account: LedgerAccount): Draft<PaymentMethod> | undefined {
  if (account.type !== 'Bank' && account.type !== 'CreditCard') return undefined;
  return {
    externalId: account.id,
    name: account.fullName,
    type: account.type === 'Bank' ? 'ACH' : 'CREDITCARD',
    status: account.active ? 'Active' : 'Locked',
    ...(account.balanceCents === undefined ? {} : { availableBalanceCents: account.balanceCents }),
  };
}

export function mapClass(entry: LedgerClass): Draft<Classification> {
  return { externalId: entry.id, name: entry.fullName, active: entry.active };
}

/** A customer or job becomes a project, the only dimension that MineralTree has left for it. */
export function mapCustomer(entry: LedgerCustomer): Draft<Project> {
  return { externalId: entry.id, name: entry.fullName, active: entry.active };
}

export function mapItem(item: LedgerItem): Draft<CompanyItem> {
  return {
    externalId: item.id,
    name: item.fullName,
    active: item.active,
    type: (Object.hasOwn(ITEM_TYPES, item.type) ? ITEM_TYPES[item.type] : undefined) ?? 'NONE',
    ...(item.purchaseCost === undefined ? {} : { cost: item.purchaseCost }),
  };
}

/** Standard terms; date-driven ones are the problem `dateDrivenTerms`, and bills carry their due dates all the same. */
export function mapTerms(terms: LedgerTerms): Mapped<Draft<Term>> {
  if (terms.form.kind === 'dateDriven')
    return { problems: [{ code: 'dateDrivenTerms', params: { terms: terms.name } }] };
  const { dueDays, discountDays, discountPercent } = terms.form;
  return {
    draft: {
      externalId: terms.id,
      name: terms.name,
      active: terms.active,
      dueDays,
      ...(discountDays === undefined ? {} : { discountDays }),
      ...(discountPercent === undefined ? {} : { discountPercent }),
    },
  };
}
