import assert from 'node:assert/strict';
import type { CompanyRecords } from '../../src/mineraltree/index.ts';
import { isEmpty } from '../../src/mineraltree/index.ts';
import { failsWith, listed, type Stage, staged, withPeer } from './sandbox.ts';

/** A vendor, a bank account, and a bill of the ledger over 100.00. */
async function withBill(acme: CompanyRecords) {
  const vendor = await acme.vendors.create({ name: 'Harwood', externalId: '80000004-1', active: true });
  const bank = await acme.paymentMethods.create({
    externalId: '80000003-1',
    name: 'Checking',
    type: 'ACH',
    status: 'Active',
  });
  const bill = await acme.bills.create({
    externalId: '1A-1',
    vendor: { id: vendor.id },
    transactionDate: '2026-10-01',
    dueDate: '2026-10-31',
    invoiceNumber: 'N-1',
    amountCents: 10_000,
    balanceCents: 10_000,
    state: 'Open',
    expenses: [{ lineNumber: 0, amountCents: 10_000 }],
    items: [],
  });
  return { vendor, bank, bill };
}

/** A person queues, approves and processes a payment of the bill; its ID. */
async function paid({ post, companyId: company }: Stage, bill: string, more: object = {}): Promise<string> {
  const queued = await post('/people/queue-payment', {
    company,
    bills: [{ bill }],
    paymentMethod: 'Checking',
    fundMethod: 'CHECK',
    date: '2026-10-05',
  });
  const [{ id: payment }] = queued.payments as [{ id: string }];
  await post('/people/approve-payment', { company, payment });
  await post('/people/process', { company, payment, ...more });
  return payment;
}

describe('payments and credits in the sandbox', () => {
  it(
    'an external payment lowers the bill, stands under its key of the ledger, and wants no posting',
    staged(async ({ acme }) => {
      const { bank, bill, vendor } = await withBill(acme);
      const recorded = await acme.payments.recordExternal({
        externalId: '5C-1',
        paymentMethod: { id: bank.id },
        fundMethod: 'CHECK',
        applied: [{ invoice: { id: bill.id }, appliedCents: 4_000 }],
        amountCents: 4_000,
        transactionDate: '2026-10-04',
        checkNumber: 1044,
        sequenceText: '1044',
      });
      assert.deepEqual(
        [recorded.externalId, recorded.status, recorded.vendor?.externalId, recorded.applied[0]?.invoice.externalId],
        ['5C-1', 1010, vendor.externalId, '1A-1'],
      );
      assert.equal((await acme.bills.get(bill.id)).balanceCents, 6_000);
      assert.deepEqual(await acme.payments.get(recorded.id), recorded);
      assert.deepEqual(
        (await listed(acme.payments.byExternalId(['5C-1', '5C-2']))).map(({ id }) => id),
        [recorded.id],
      );
      assert.deepEqual(await listed(acme.payments.wantingPosting([1010])), []);
    }),
  );

  it(
    'a payment that MineralTree made wants posting until it is acknowledged, which may be repeated',
    staged(async (stage) => {
      const { acme } = stage;
      const { bill } = await withBill(acme);
      const id = await paid(stage, bill.id, { checkNumber: 1206 });
      const [wanting] = await listed(acme.payments.wantingPosting([1010, 1070]));
      assert.deepEqual([wanting?.id, wanting?.checkNumber, wanting?.amountCents], [id, 1206, 10_000]);
      assert.deepEqual(await listed(acme.payments.wantingPosting([1070])), []);
      await acme.payments.acknowledge(id, '7D-1');
      await acme.payments.acknowledge(id, '7D-1');
      assert.deepEqual(await listed(acme.payments.wantingPosting([1010])), []);
      assert.deepEqual((await listed(acme.payments.search(isEmpty('payment_externalId')))).length, 0);
      assert.equal((await acme.payments.get(id)).externalId, '7D-1');
    }),
  );

  it(
    'a credit applied lowers the bill and stands on it; voided, the bill is as it was',
    staged(async ({ acme }) => {
      const { bill, vendor } = await withBill(acme);
      const credit = await acme.credits.create({
        externalId: '2B-1',
        vendor: { id: vendor.id },
        creditNumber: 'CM-7',
        transactionDate: '2026-10-02',
        amountCents: 3_000,
        status: 'Open',
      });
      const applied = await acme.billCredits.create({
        invoice: { id: bill.id },
        credit: { id: credit.id },
        transactionDate: '2026-10-02',
        appliedCents: 2_500,
      });
      assert.equal((await acme.bills.get(bill.id)).balanceCents, 7_500);
      assert.deepEqual(await acme.bills.reductions(bill.id), {
        credits: [{ id: applied.id, credit: { id: credit.id, externalId: '2B-1' }, appliedCents: 2_500 }],
        discountCents: 0,
      });
      const standsFor = await listed(acme.payments.wantingPosting([1010]));
      assert.deepEqual(
        standsFor.map(({ fundMethod }) => fundMethod),
        ['CREDIT'],
      );
      await acme.billCredits.void(applied.id);
      assert.equal((await acme.bills.get(bill.id)).balanceCents, 10_000);
      assert.deepEqual((await acme.bills.reductions(bill.id)).credits, []);
    }),
  );

  it(
    'more credit than there is is refused, and nothing is done',
    staged(async ({ acme }) => {
      const { bill, vendor } = await withBill(acme);
      const credit = await acme.credits.create({
        externalId: '2B-1',
        vendor: { id: vendor.id },
        transactionDate: '2026-10-02',
        amountCents: 3_000,
        status: 'Open',
      });
      const draft = {
        invoice: { id: bill.id },
        credit: { id: credit.id },
        transactionDate: '2026-10-02',
        appliedCents: 3_001,
      };
      await failsWith(acme.billCredits.create(draft), 'refused', 'notApplied');
      assert.equal((await acme.bills.get(bill.id)).balanceCents, 10_000);
    }),
  );

  it('voiding is a GET with an effect: when its answer is lost, it may have been carried out', () =>
    withPeer(
      (request, response) => {
        assert.equal(request.method, 'GET');
        response.destroy();
      },
      {},
      async (client) => {
        const { billCredits } = client.company('acme');
        await failsWith(billCredits.void('2f436ea7-427d-4a12-9af5-73c8975c545d'), 'connection', 'unknown');
      },
    ));

  it('an external payment without a key of the ledger is not sent', () =>
    withPeer(
      (_request, response) => void response.writeHead(500).end(),
      {},
      async (client) => {
        const draft = {
          externalId: '',
          fundMethod: 'CHECK',
          applied: [],
          amountCents: 1,
          transactionDate: '2026-10-02',
        } as const;
        await failsWith(client.company('acme').payments.recordExternal(draft), 'unwritable', 'notSent');
      },
    ));

  it('a payment with a status that is no number, or a bill without amount, is unreadable and named', () =>
    withPeer(
      (_request, response) => {
        const rows = [
          { status: 'Paid', bills: [] },
          { status: 1010, bills: [{ id: 'a' }] },
        ].map((row, index) => ({
          id: `p${index}`,
          modified: '2026-10-05T15:15:08Z',
          fundMethod: { type: 'CHECK' },
          amount: { amount: 1, precision: 2, currency: 'USD' },
          transactionDate: '2026-10-05',
          ...row,
        }));
        response.writeHead(200).end(JSON.stringify({ count: 2, entities: rows }));
      },
      {},
      async (client) => {
        const reasons: string[] = [];
        for await (const reading of client.company('acme').payments.wantingPosting([1010]))
          reasons.push('reason' in reading ? `${reading.unreadable} ${reading.reason.split(':')[0]}` : 'read');
        assert.deepEqual(reasons, ['p0 status', 'p1 bills.0.appliedPaymentAmount']);
      },
    ));
});
