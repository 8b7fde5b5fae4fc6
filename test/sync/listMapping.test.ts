import assert from 'node:assert/strict';
import type { LedgerAccount } from '../../src/domain/ledger.ts';
import { mapAccount, mapClass, mapCustomer, mapItem, mapPaymentMethod, mapTerms } from '../../src/sync/index.ts';

const entry = { id: '80000001-1', editSequence: '1', active: true };
const account = (type: string, change: Partial<LedgerAccount> = {}): LedgerAccount => ({
  ...entry,
  fullName: 'Bank:Checking',
  type,
  ...change,
});

describe('accounts in MineralTree', () => {
  const kinds: Readonly<Record<string, string>> = {
    AccountsPayable: 'AP_ACCOUNT',
    Expense: 'EXPENSE_ACCOUNT',
    OtherExpense: 'EXPENSE_ACCOUNT',
    CostOfGoodsSold: 'EXPENSE_ACCOUNT',
    AccountsReceivable: 'ACCOUNT',
    Bank: 'ACCOUNT',
    CreditCard: 'ACCOUNT',
    Equity: 'ACCOUNT',
    FixedAsset: 'ACCOUNT',
    Income: 'ACCOUNT',
    LongTermLiability: 'ACCOUNT',
    NonPosting: 'ACCOUNT',
    OtherAsset: 'ACCOUNT',
    OtherCurrentAsset: 'ACCOUNT',
    OtherCurrentLiability: 'ACCOUNT',
    OtherIncome: 'ACCOUNT',
    SomethingNew: 'ACCOUNT',
  };
  for (const [type, ledgerType] of Object.entries(kinds))
    it(`${type} is ${ledgerType}`, () => assert.equal(mapAccount(account(type)).ledgerType, ledgerType));

  it('carry the ListID, the full name with colons, the number, and whether they are in use', () => {
    assert.deepEqual(mapAccount(account('Expense', { number: '6100', active: false, balanceCents: 5 })), {
      externalId: '80000001-1',
      name: 'Bank:Checking',
      active: false,
      ledgerType: 'EXPENSE_ACCOUNT',
      accountNumber: '6100',
    });
  });
});

describe('payment accounts in MineralTree', () => {
  it('are the bank accounts, with their balance', () => {
    assert.deepEqual(mapPaymentMethod(account('Bank', { balanceCents: 123456 })), {
      externalId: '80000001-1',
      name: 'Bank:Checking',
      type: 'ACH',
      status: 'Active',
      availableBalanceCents: 123456,
    });
  });

  it('and the credit cards', () => assert.equal(mapPaymentMethod(account('CreditCard'))?.type, 'CREDITCARD'));

  it('one that is not used any more is locked', () =>
    assert.equal(mapPaymentMethod(account('Bank', { active: false }))?.status, 'Locked'));

  for (const type of ['Expense', 'AccountsPayable', 'OtherCurrentAsset', 'SomethingNew'])
    it(`${type} is none`, () => assert.equal(mapPaymentMethod(account(type)), undefined));
});

describe('classes, customers and items in MineralTree', () => {
  it('a class keeps its levels', () =>
    assert.deepEqual(mapClass({ ...entry, fullName: 'Stores:East' }), {
      externalId: '80000001-1',
      name: 'Stores:East',
      active: true,
    }));

  it('a job becomes a project under its full name', () =>
    assert.deepEqual(mapCustomer({ ...entry, active: false, fullName: 'Smith:Kitchen' }), {
      externalId: '80000001-1',
      name: 'Smith:Kitchen',
      active: false,
    }));

  const items: Readonly<Record<string, string>> = {
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
    SomethingNew: 'NONE',
    constructor: 'NONE',
  };
  for (const [type, expected] of Object.entries(items))
    it(`an item of kind ${type} is ${expected}`, () =>
      assert.equal(mapItem({ ...entry, fullName: 'Office:Paper', type }).type, expected));

  it('an item carries its purchase cost to five decimals', () =>
    assert.deepEqual(
      mapItem({ ...entry, fullName: 'P', type: 'Service', purchaseCost: { units: 12345, scale: 5 } }).cost,
      {
        units: 12345,
        scale: 5,
      },
    ));
});

describe('terms in MineralTree', () => {
  it('standard terms count days, and say the discount', () =>
    assert.deepEqual(
      mapTerms({
        ...entry,
        name: '2% 10 Net 30',
        form: { kind: 'standard', dueDays: 30, discountDays: 10, discountPercent: { units: 2, scale: 0 } },
      }),
      {
        draft: {
          externalId: '80000001-1',
          name: '2% 10 Net 30',
          active: true,
          dueDays: 30,
          discountDays: 10,
          discountPercent: { units: 2, scale: 0 },
        },
      },
    ));

  it('terms that count from a day of the month are reported, not approximated', () =>
    assert.deepEqual(mapTerms({ ...entry, name: '15th', form: { kind: 'dateDriven', dayOfMonthDue: 15 } }), {
      problems: [{ code: 'dateDrivenTerms', params: { terms: '15th' } }],
    }));
});
