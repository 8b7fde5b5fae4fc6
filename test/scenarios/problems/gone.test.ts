/** What is gone, void or changed on one side after both had it, and what is twice: each ends when the other side follows. */
import type { Company } from '../company.ts';
import { Integration } from './integration.ts';
import { type Provoked, provoked } from './provoked.ts';

const onlyInvoice = async (company: Company): Promise<string> => (await company.payables()).bills[0]?.id ?? '';
const onlyPayment = async (company: Company): Promise<string> => (await company.payables()).payments[0]?.id ?? '';
const deleteInvoice = async (company: Company) =>
  company.mineralTree('delete-invoice', { bill: await onlyInvoice(company) });
const voidInMineralTree = async (company: Company) =>
  company.mineralTree('void-payment', { payment: await onlyPayment(company) });

/** A bill that both sides have. */
async function bill(company: Company): Promise<string> {
  const id = await company.bill();
  await company.settle();
  return id;
}

/** 40.00 of a bill, paid in QuickBooks and told to MineralTree. */
async function paidThere(company: Company): Promise<{ readonly billId: string; readonly paymentId: string }> {
  const billId = await bill(company);
  const [paymentId = ''] = await company.payInQuickBooks([{ txnId: billId, amount: '40.00' }]);
  await company.settle();
  return { billId, paymentId };
}

/** A bill paid by MineralTree, and the payment in QuickBooks. */
async function paidHere(company: Company): Promise<{ readonly billId: string; readonly paymentId: string }> {
  const billId = await bill(company);
  await company.payInMineralTree([{ bill: await onlyInvoice(company) }]);
  await company.settle();
  const [there] = await company.paymentsOn(billId);
  return { billId, paymentId: there?.id ?? '' };
}

const credit = async (company: Company): Promise<string> => {
  const id = await company.credit({ amount: '30.00' });
  await company.settle();
  return id;
};
const voidCredit = async (company: Company) =>
  company.mineralTree('void-credit', { credit: (await company.payables()).credits[0]?.id });

const rows: readonly Provoked[] = [
  {
    code: 'deletedInQuickBooks',
    name: 'a bill is deleted in QuickBooks, then its invoice in MineralTree',
    story: async (company) => {
      const id = await bill(company);
      await company.quickBooks('delete-bill', { txnId: id });
      return ['bill', id];
    },
    ends: deleteInvoice,
    orElse: {
      'an integration voids the invoice': async (company) =>
        (await Integration.of(company)).change('bill', 'bill', await onlyInvoice(company), { state: 'Voided' }),
    },
  },
  {
    code: 'voidedInQuickBooks',
    name: 'a bill is voided in QuickBooks, then its invoice deleted in MineralTree',
    story: async (company) => {
      const id = await bill(company);
      await company.quickBooks('void-bill', { txnId: id });
      return ['bill', id];
    },
    ends: deleteInvoice,
  },
  {
    code: 'creditDeletedInQuickBooks',
    name: 'a credit is deleted in QuickBooks, then void in MineralTree',
    story: async (company) => {
      const id = await credit(company);
      await company.quickBooks('delete-credit', { txnId: id });
      return ['credit', id];
    },
    ends: voidCredit,
  },
  {
    code: 'creditVoidedInQuickBooks',
    name: 'a credit is voided in QuickBooks, then in MineralTree',
    story: async (company) => {
      const id = await credit(company);
      await company.quickBooks('void-credit', { txnId: id });
      return ['credit', id];
    },
    ends: voidCredit,
  },
  {
    code: 'paymentVoidedInQuickBooks',
    name: 'a payment of QuickBooks is voided there, then its record in MineralTree',
    story: async (company) => {
      const { paymentId } = await paidThere(company);
      await company.quickBooks('void-payment', { txnId: paymentId });
      return ['checkPayment', paymentId];
    },
    ends: voidInMineralTree,
  },
  {
    code: 'paymentVoidedInQuickBooks',
    name: 'a payment of MineralTree is voided in QuickBooks, then in MineralTree',
    story: async (company) => {
      const { paymentId } = await paidHere(company);
      await company.quickBooks('void-payment', { txnId: paymentId });
      return ['checkPayment', paymentId];
    },
    ends: voidInMineralTree,
    orElse: {
      'the payment is entered in QuickBooks again, and the old one voided in MineralTree': async (company) => {
        const [unpaid] = (await company.ledger()).bills;
        const old = await onlyPayment(company);
        await company.payInQuickBooks([{ txnId: unpaid?.id }]);
        await company.cycle();
        await company.mineralTree('void-payment', { payment: old });
      },
    },
  },
  {
    code: 'paymentDeletedInQuickBooks',
    name: 'one payment of two bills is deleted: told once',
    story: async (company) => {
      const [first, second] = [await company.bill(), await company.bill()];
      await company.settle();
      const [paymentId = ''] = await company.payInQuickBooks([{ txnId: first }, { txnId: second }]);
      await company.settle();
      await company.quickBooks('delete-payment', { txnId: paymentId });
      return ['checkPayment', paymentId];
    },
    ends: voidInMineralTree,
  },
  {
    code: 'paymentTakenBack',
    name: 'a payment of QuickBooks is lowered there, and its record in MineralTree voided',
    story: async (company) => {
      const { billId, paymentId } = await paidThere(company);
      await company.quickBooks('edit-payment', { txnId: paymentId, bills: [{ txnId: billId, amount: '10.00' }] });
      return ['bill', billId];
    },
    ends: voidInMineralTree,
    orElse: {
      'it is put back as it was': async (company) => {
        const [there] = (await company.ledger()).payments;
        const txnId = there?.bills[0]?.billId;
        await company.quickBooks('edit-payment', { txnId: there?.id, bills: [{ txnId, amount: '40.00' }] });
      },
    },
  },
  {
    code: 'postedPaymentChanged',
    name: 'a payment of MineralTree is lowered in QuickBooks, and put back as it was',
    story: async (company) => {
      const { billId, paymentId } = await paidHere(company);
      await company.quickBooks('edit-payment', { txnId: paymentId, bills: [{ txnId: billId, amount: '10.00' }] });
      return ['bill', billId];
    },
    ends: async (company) => {
      const [there] = (await company.ledger()).payments;
      const txnId = there?.bills[0]?.billId;
      await company.quickBooks('edit-payment', { txnId: there?.id, bills: [{ txnId, amount: '100.00' }] });
    },
  },
  {
    code: 'mayBePaidTwice',
    name: 'a bill that MineralTree has scheduled is paid in QuickBooks; the payment is recalled',
    story: async (company) => {
      const id = await bill(company);
      await company.approvePayment([{ bill: await onlyInvoice(company) }]);
      await company.settle();
      await company.payInQuickBooks([{ txnId: id }]);
      return ['bill', id];
    },
    ends: async (company) => company.mineralTree('recall', { payment: await onlyPayment(company) }),
  },
  {
    code: 'duplicateNumber',
    name: 'one bill is entered on both sides; the invoice is deleted in MineralTree',
    story: async (company) => {
      const id = await company.invoice({ invoiceNumber: 'SAME-1' });
      await company.bill({ refNumber: 'SAME-1' });
      return ['invoice', id];
    },
    ends: async (company) => {
      await deleteInvoice(company);
      company.later(60);
    },
    orElse: {
      'the invoice gets another number': async (company) => {
        await company.mineralTree('edit-invoice', { bill: await onlyInvoice(company), invoiceNumber: 'OTHER-1' });
        company.later(60);
      },
    },
  },
];

provoked('problems of what one side has let go of, and of what is twice', rows);
