/** What QuickBooks says to a posting: "When a posting comes back from QuickBooks" in docs/problems.md. */
import assert from 'node:assert/strict';
import { closeSeen } from '../../../src/store/index.ts';
import { type Company, VENDORS } from '../company.ts';
import { Integration } from './integration.ts';
import { type About, type Provoked, provoked } from './provoked.ts';

const invoice = (id: string): About => ['invoice', id];
const payment = (id: string): About => ['payment', id];
const edit = (company: Company, bill: string, given: object) => company.mineralTree('edit-invoice', { bill, ...given });
const only = async (company: Company): Promise<string> => (await company.payables()).bills[0]?.id ?? '';

/** QuickBooks refuses new bills with this status and text; a person edits the invoice when it does not any more. */
const refusal = (code: Provoked['code'], name: string, statusCode: number, statusMessage: string): Provoked => ({
  code,
  name,
  story: async (company) => {
    await company.faultOfQuickBooks({
      match: { request: 'BillAdd' },
      action: 'status',
      statusCode,
      statusMessage,
      times: 1000,
    });
    return invoice(await company.invoice());
  },
  ends: async (company) => {
    await company.noFaults();
    await edit(company, await only(company), { memo: 'once more' });
  },
});

/** An invoice that QuickBooks has. */
async function posted(company: Company): Promise<string> {
  const id = await company.invoice();
  await company.settle();
  return id;
}

/** A person has compared the two, and says so. */
async function seen(company: Company) {
  const [problem] = await company.problems();
  const { store, companyId, now } = company.world;
  assert.ok(problem && (await closeSeen(store.db, companyId, problem.problemId, now())));
}

const SOUGHT = { request: 'TermsQuery', contains: 'requestID="record-' };

async function newTermsTaken(company: Company): Promise<About> {
  const { id } = await company.mineralTree<{ id: string }>('add-term', { name: 'Monthly', dueDays: 30 });
  await company.meanwhile(SOUGHT, () => company.quickBooks('add-terms', { name: 'Monthly', dueDays: 31 }));
  return ['term', id];
}

/** The same, looked at before the cycle that follows terms at once. */
async function newTermsJustTaken(company: Company): Promise<About> {
  const { id } = await company.mineralTree<{ id: string }>('add-term', { name: 'Monthly', dueDays: 30 });
  const fault = await company.faultOfQuickBooks({ match: SOUGHT, action: 'hold' });
  const cycle = company.run.cycle();
  await company.caught(fault);
  await company.quickBooks('add-terms', { name: 'Monthly', dueDays: 31 });
  await company.release(fault);
  await cycle;
  return ['term', id];
}

const rows: readonly Provoked[] = [
  refusal(
    'refusedByQuickBooks',
    'a value that QuickBooks cannot store',
    3090,
    'There was an error when storing "Memo".',
  ),
  refusal('nameInUse', 'a name of another list', 3100, 'The name is already in use.'),
  refusal('recordInUse', 'somebody has the list open', 3175, 'There was an error adding, modifying or deleting.'),
  refusal('permissionRefused', 'the user may not enter bills', 3260, 'Insufficient permission level.'),
  refusal('featureOff', 'a feature that is off', 3250, 'This feature is not enabled or not available.'),
  refusal('itemWithoutPostingAccount', 'an item without account', 3270, 'Missing posting account.'),
  refusal('requestMalformed', 'a field that QuickBooks misses', 3150, 'Missing element.'),
  {
    code: 'changedInQuickBooks',
    name: 'somebody edits the bill in QuickBooks while the edit of MineralTree is on its way',
    atOnce: true,
    story: async (company) => {
      const id = await posted(company);
      const { id: txnId } = await company.billOf(id);
      await edit(company, id, { memo: 'edited in MineralTree' });
      await company.meanwhile({ request: 'BillMod' }, () =>
        company.quickBooks('edit-bill', { txnId, memo: 'edited in QuickBooks' }),
      );
      return invoice(id);
    },
    // Nothing is to be done.
    ends: async () => undefined,
    left: ['editedInBoth'],
  },
  {
    code: 'voidNotAllowedAtSite',
    name: 'a payment is voided, and the machine of the connector allows no voids',
    options: { voidPayments: true, allowVoids: false },
    story: async (company) => {
      const bill = await posted(company);
      const id = await company.payInMineralTree([{ bill }]);
      await company.settle();
      await company.mineralTree('void-payment', { payment: id });
      return payment(id);
    },
    ends: async (company) => {
      company.run.allowVoids = true;
      company.later(60);
    },
    orElse: {
      'the payment is voided in QuickBooks by hand': async (company) => {
        const [there] = (await company.ledger()).payments;
        await company.quickBooks('void-payment', { txnId: there?.id });
      },
    },
  },
  {
    code: 'termsTaken',
    name: 'somebody enters other terms of the name in QuickBooks just before: until they are read, and told with their days',
    atOnce: true,
    story: newTermsJustTaken,
    // Nothing is to be done.
    ends: async () => undefined,
    left: ['termsDiffer'],
  },
  {
    code: 'termsDiffer',
    name: 'somebody enters other terms of the name in QuickBooks just before',

    story: newTermsTaken,
    ends: async (company) => {
      const term = (await company.payables()).terms.find(({ name }) => name === 'Monthly');
      await (await Integration.of(company)).change('term', 'term', term?.id ?? '', { dueDays: 31 });
    },
  },
  {
    code: 'balanceDiffers',
    name: 'somebody pays a part in QuickBooks while the payment of MineralTree is on its way; it is deleted again',
    atOnce: true,
    story: async (company) => {
      const bill = await posted(company);
      const { id: txnId } = await company.billOf(bill);
      const id = await company.payInMineralTree([{ bill }]);
      await company.meanwhile({ request: 'BillPaymentCheckAdd' }, () =>
        company.payInQuickBooks([{ txnId, amount: '50.00' }]),
      );
      return payment(id);
    },
    ends: async (company) => {
      const [byHand] = (await company.ledger()).payments;
      await company.quickBooks('delete-payment', { txnId: byHand?.id });
    },
  },
  {
    code: 'vendorDiffers',
    name: 'the answer is lost, and somebody gives the bill to another vendor',
    options: { switches: { recovery: 'absent' } },
    story: async (company) => {
      const id = await company.invoice();
      await company.faultOfQuickBooks({ point: 'committed', match: { request: 'BillAdd' }, action: 'drop' });
      await assert.rejects(company.cycle(), /connection dropped/);
      const [there] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', { txnId: there?.id, vendor: VENDORS[1] });
      return invoice(id);
    },
    ends: async (company) => {
      const [there] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', { txnId: there?.id, vendor: VENDORS[0] });
    },
  },
  {
    code: 'duplicatePayment',
    name: 'somebody entered the check of MineralTree by hand',
    story: async (company) => {
      const bill = await posted(company);
      const other = await company.bill({ amount: '300.00' });
      await company.settle();
      await company.quickBooks('pay-bills', {
        bills: [{ txnId: other, amount: '100.00' }],
        account: 'Checking',
        method: 'check',
        refNumber: '7001',
        date: '2026-03-20',
      });
      return payment(await company.payInMineralTree([{ bill }], { number: 7001 }));
    },
    ends: async (company) => {
      const there = (await company.ledger()).payments.find(({ refNumber }) => refNumber === '7001');
      await company.quickBooks('delete-payment', { txnId: there?.id });
    },
    left: ['paymentDeletedInQuickBooks'],
  },
  {
    code: 'resemblesAnotherPayment',
    name: 'a payment without number, and QuickBooks has one like it',
    story: async (company) => {
      const bill = await posted(company);
      const other = await company.bill({ amount: '300.00' });
      await company.settle();
      await company.payInQuickBooks([{ txnId: other, amount: '100.00' }]);
      return payment(await (await Integration.of(company)).payment(bill, 100));
    },
    ends: seen,
  },
  {
    code: 'resemblesAnotherBill',
    name: 'an invoice without number, and QuickBooks has a bill like it',
    story: async (company) => {
      await company.bill({ txnDate: '2026-03-11' });
      await company.settle();
      return invoice(await company.invoice({ invoiceNumber: null }));
    },
    ends: seen,
  },
];

provoked('problems of postings that come back from QuickBooks', rows);
