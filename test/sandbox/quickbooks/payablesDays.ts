/** Random days at a desk with all of accounts payable: what people do, as data, and how it is done to a company file. */
import fc from 'fast-check';
import { apDocument } from '../../../src/sandbox/quickbooks/apDocuments.ts';
import { setCredits, unapplyCredit } from '../../../src/sandbox/quickbooks/applications.ts';
import { enterBill, modifyBill } from '../../../src/sandbox/quickbooks/bills.ts';
import { CompanyFile } from '../../../src/sandbox/quickbooks/companyFile.ts';
import { addCurrency, currencyIdOf, setHomeCurrency } from '../../../src/sandbox/quickbooks/currencies.ts';
import { enterGeneral } from '../../../src/sandbox/quickbooks/generalTransactions.ts';
import { addEntry } from '../../../src/sandbox/quickbooks/lists.ts';
import { mergeEntries } from '../../../src/sandbox/quickbooks/merging.ts';
import { enterPayment, modifyPayment } from '../../../src/sandbox/quickbooks/payments.ts';
import { PERSON } from '../../../src/sandbox/quickbooks/periods.ts';
import { byName } from '../../../src/sandbox/quickbooks/references.ts';
import { seededCompany } from '../../../src/sandbox/quickbooks/seed.ts';
import {
  deleteTransaction,
  transactionOf,
  typeOf,
  voidTransaction,
} from '../../../src/sandbox/quickbooks/transactions.ts';
import { enterCredit, modifyCredit } from '../../../src/sandbox/quickbooks/vendorCredits.ts';

const amount = fc.integer({ min: 1, max: 60_000 });
const small = fc.integer({ min: 0, max: 20_000 });
const vendor = fc.constantFrom('Acorn Supply', 'Acorn Tools', 'Euro Parts');
const which = fc.nat(30);
const part = fc.record({
  which,
  cents: small,
  discountCents: fc.oneof(fc.constant(0), small),
  credit: which,
  creditCents: small,
});

export const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('bill' as const),
      vendor,
      amount,
      second: fc.boolean(),
      receipt: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('credit' as const), vendor, amount, second: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      card: fc.boolean(),
      all: fc.boolean(),
      parts: fc.array(part, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('repay' as const),
      payment: which,
      parts: fc.array(part, { maxLength: 2 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), which, credit: which, cents: amount }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('unapply' as const), which, cents: fc.option(amount, { nil: undefined }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      which,
      amount,
      vendor: fc.option(vendor, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('void' as const, 'delete' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('general' as const),
      type: fc.constantFrom(
        'Check' as const,
        'Deposit' as const,
        'CreditCardCharge' as const,
        'CreditCardCredit' as const,
        'JournalEntry' as const,
        'ItemReceipt' as const,
      ),
      vendor,
      amount,
      debit: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      list: fc.constantFrom('vendor' as const, 'account' as const),
      round: fc.nat(2),
    }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A small file with a second A/P account, and a vendor, an A/P account and a bank account in euros. */
export function companyWithEverything(paymentFreesCredits = true): CompanyFile {
  const seeded = seededCompany({ file: 'C:\\a.qbw', name: 'A', timeZone: 'UTC' }, 'small');
  const company = new CompanyFile(seeded.head, seeded.clock, () => ({ ...seeded.switches(), paymentFreesCredits }));
  for (const commit of seeded.snapshot()) company.replay(commit);
  addEntry(company, 'account', 'Other Payables', (entry) => ({ ...entry, type: 'AccountsPayable' }));
  addEntry(company, 'account', 'Old Rent', (entry) => ({ ...entry, type: 'Expense' }));
  setHomeCurrency(company, 'US Dollar', 'USD');
  addCurrency(company, 'Euro', 'EUR', { units: 10_937, scale: 4 });
  const currencyId = currencyIdOf(company, 'Euro', 'test') ?? '';
  addEntry(company, 'account', 'Payables EUR', (entry) => ({ ...entry, type: 'AccountsPayable', currencyId }));
  addEntry(company, 'account', 'Bank EUR', (entry) => ({ ...entry, type: 'Bank', currencyId }));
  addEntry(company, 'vendor', 'Euro Parts', (entry) => ({ ...entry, currencyId }));
  return company;
}

const at = <T>(records: Iterable<T>, index: number): T | undefined => {
  const all = [...records];
  return all.length === 0 ? undefined : all[index % all.length];
};

/** Does one thing. Throws `Refused` as QuickBooks would. */
export function take(company: CompanyFile, move: Step): void {
  const { tables } = company;
  const transactions = () =>
    [...tables.bill.all(), ...tables.vendorCredit.all(), ...tables.payment.all(), ...tables.general.all()].map(
      ({ id }) => id,
    );
  const documents = (side: 'owed' | 'credit') => transactions().filter((id) => apDocument(company, id)?.side === side);
  const lines = (cents: number) => ({
    expenseLines: [
      { account: byName('Rent'), amountCents: cents },
      { account: byName('Old Rent'), amountCents: 1 },
    ].filter(({ account }) => tables.account.find('name', account.FullName?.toLowerCase() ?? '').length > 0),
    itemLines: [],
  });
  const other = (second: boolean) => (second ? { apAccount: byName('Other Payables') } : {});
  const paidBills = (parts: Extract<Step, { do: 'pay' }>['parts'], all: boolean) =>
    parts.flatMap(({ which: of, cents, discountCents, credit, creditCents }) => {
      const billId = at(documents('owed'), of);
      const creditId = at(documents('credit'), credit);
      if (billId === undefined) return [];
      const open = apDocument(company, billId)?.openCents ?? 0;
      return [
        {
          billId,
          cents: all ? Math.max(0, open - discountCents) : cents,
          discountCents,
          discountAccount: byName('Sales'),
          credits: creditId === undefined || creditCents < 5_000 || all ? [] : [{ creditId, cents: creditCents }],
        },
      ];
    });
  switch (move.do) {
    case 'bill': {
      const receipt = move.receipt
        ? [...tables.general.all()].find(({ type, billedBy }) => type === 'ItemReceipt' && billedBy === undefined)
        : undefined;
      enterBill(
        company,
        {
          vendor: byName(move.vendor),
          ...other(move.second),
          ...lines(move.amount),
          ...(receipt ? { orderIds: [receipt.id] } : {}),
        },
        PERSON,
      );
      return;
    }
    case 'credit':
      enterCredit(company, { vendor: byName(move.vendor), ...other(move.second), ...lines(move.amount) }, PERSON);
      return;
    case 'pay': {
      const bills = paidBills(move.parts, move.all);
      const first = bills[0] === undefined ? undefined : apDocument(company, bills[0].billId);
      if (first === undefined) return;
      const euro = tables.vendor.get(first.vendorId)?.currencyId !== undefined;
      const account = move.card ? 'Company Card' : euro ? 'Bank EUR' : 'Checking';
      enterPayment(
        company,
        {
          method: move.card ? 'creditCard' : 'check',
          vendor: { ListID: first.vendorId },
          apAccount: { ListID: first.apAccountId },
          account: byName(account),
          bills,
        },
        PERSON,
      );
      return;
    }
    case 'repay': {
      const payment = at(tables.payment.all(), move.payment);
      if (payment !== undefined)
        modifyPayment(company, payment, { bills: paidBills(move.parts, false), memo: 'again' }, undefined, PERSON);
      return;
    }
    case 'set': {
      const billId = at(documents('owed'), move.which);
      const creditId = at(
        documents('credit').filter(
          (id) => apDocument(company, id)?.vendorId === apDocument(company, billId ?? '')?.vendorId,
        ),
        move.credit,
      );
      if (billId === undefined || creditId === undefined) return;
      const most = Math.min(apDocument(company, billId)?.openCents ?? 0, apDocument(company, creditId)?.openCents ?? 0);
      setCredits(company, billId, [{ creditId, cents: move.cents % 2 === 0 ? move.cents : most }]);
      return;
    }
    case 'unapply': {
      const row = at(tables.creditApplication.all(), move.which);
      if (row !== undefined) unapplyCredit(company, row.billTxnId, row.creditTxnId, move.cents);
      return;
    }
    case 'edit': {
      const id = at([...tables.bill.all(), ...tables.vendorCredit.all()], move.which)?.id ?? '';
      const change = {
        ...(move.vendor === undefined ? {} : { vendor: byName(move.vendor) }),
        clearItemLines: true,
        expenseLines: [{ lineId: '-1', account: byName('Freight'), amountCents: move.amount }],
      };
      const [bill, credit] = [tables.bill.get(id), tables.vendorCredit.get(id)];
      if (bill !== undefined) modifyBill(company, bill, change, undefined, PERSON);
      else if (credit !== undefined) modifyCredit(company, credit, change, undefined, PERSON);
      return;
    }
    case 'void':
    case 'delete': {
      const id = at(transactions(), move.which);
      if (id === undefined) return;
      const type = typeOf(transactionOf(company, id));
      if (move.do === 'void') voidTransaction(company, type, id, PERSON);
      else deleteTransaction(company, type, id, PERSON);
      return;
    }
    case 'general': {
      const sign =
        move.type === 'Deposit' || move.type === 'CreditCardCredit'
          ? -1
          : move.type === 'JournalEntry' && !move.debit
            ? -1
            : 1;
      const head = {
        Check: 'Checking',
        Deposit: 'Savings',
        CreditCardCharge: 'Company Card',
        CreditCardCredit: 'Company Card',
        ItemReceipt: 'Accounts Payable',
        JournalEntry: undefined,
      }[move.type];
      const line = {
        account: byName(move.type === 'ItemReceipt' ? 'Freight' : 'Accounts Payable'),
        cents: sign * move.amount,
      };
      enterGeneral(
        company,
        {
          type: move.type,
          vendor: byName(move.vendor),
          ...(head === undefined ? {} : { account: byName(head) }),
          lines: move.type === 'JournalEntry' ? [line, { account: byName('Rent'), cents: -line.cents }] : [line],
        },
        PERSON,
      );
      return;
    }
    case 'merge':
      if (move.list === 'account') mergeEntries(company, 'account', 'Old Rent', 'Rent');
      else mergeEntries(company, 'vendor', move.round === 0 ? 'Acorn Tools' : 'Acorn Electric', 'Acorn Supply');
      return;
  }
}
