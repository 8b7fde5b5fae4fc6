import assert from 'node:assert/strict';
import type { CompanyRecords } from '../../src/mineraltree/index.ts';
import { failsWith, listed, type Stage, staged } from './sandbox.ts';

const vendorDraft = (name: string, externalId: string) => ({ name, externalId, active: true });

async function withLists(acme: CompanyRecords) {
  const vendor = await acme.vendors.create(vendorDraft('Harwood', '80000004-1'));
  const paper = await acme.glAccounts.create({
    externalId: '80000001-1',
    name: 'Office:Paper',
    active: true,
    ledgerType: 'EXPENSE_ACCOUNT',
  });
  const payable = await acme.glAccounts.create({
    externalId: '80000001-2',
    name: 'Accounts Payable',
    active: true,
    ledgerType: 'AP_ACCOUNT',
  });
  const nails = await acme.items.create({ externalId: '80000002-1', name: 'Nails', active: true, type: 'INVENTORY' });
  const east = await acme.classifications.create({ externalId: '80000005-1', name: 'East', active: true });
  return { vendor, paper, payable, nails, east };
}

/** An invoice that a person enters and posts. */
async function posted({ post, companyId }: Stage, invoiceNumber: string, currency = 'USD'): Promise<string> {
  const bill = await post('/people/enter-invoice', {
    company: companyId,
    vendor: 'Harwood',
    currency,
    invoiceNumber,
    transactionDate: '2026-10-01',
    dueDate: '2026-10-31',
    apAccount: 'Accounts Payable',
    amount: '123.45',
    expenses: [{ glAccount: 'Office:Paper', classification: 'East', amount: '100.00', memo: 'Paper' }],
    items: [{ item: 'Nails', quantity: '23.45', cost: '1.00', amount: '23.45' }],
  });
  await post('/people/post', { company: companyId, bill: bill.id as string });
  return String(bill.id);
}

describe('records in the sandbox', () => {
  it(
    'every kind that is created is read back as it was written',
    staged(async ({ acme }) => {
      const { vendor, paper } = await withLists(acme);
      const rows = [
        [
          acme.glAccounts,
          { externalId: '1', name: 'Cash', active: true, ledgerType: 'ACCOUNT', accountNumber: '1000' },
        ],
        [acme.classifications, { externalId: '2', name: 'West', active: false }],
        [acme.projects, { externalId: '3', name: 'Acme:Roof', active: true }],
        [
          acme.items,
          { externalId: '4', name: 'Labor', active: true, type: 'SERVICE', cost: { units: 12345, scale: 5 } },
        ],
        [
          acme.terms,
          {
            externalId: '5',
            name: '2% 10',
            active: true,
            dueDays: 30,
            discountDays: 10,
            discountPercent: { units: 25, scale: 1 },
          },
        ],
        [
          acme.accountingPeriods,
          { externalId: '6', name: 'Books closed', started: '2000-01-01', ended: '2026-09-30', closed: true },
        ],
        [
          acme.paymentMethods,
          { externalId: '7', name: 'Checking', type: 'ACH', status: 'Active', availableBalanceCents: -1250 },
        ],
        [acme.paymentMethods, { externalId: '8', name: 'Visa', type: 'CREDITCARD', status: 'Locked' }],
        [
          acme.vendors,
          {
            externalId: '9',
            name: "O'Hara",
            active: true,
            legalName: "O'Hara Inc.",
            address: { lines: ['1 Main', 'Rear'], town: 'Troy', region: 'NY', postalCode: '12180', country: 'USA' },
            phone: '555-0100',
            fax: '555-0199',
            email: 'ap@ohara.example',
            customerAccount: 'C-77',
          },
        ],
        [
          acme.bills,
          {
            externalId: '10',
            vendor: { id: vendor.id, externalId: '80000004-1' },
            transactionDate: '2026-10-01',
            dueDate: '2026-10-31',
            invoiceNumber: 'A-17',
            amountCents: 10000,
            balanceCents: 4000,
            memo: 'Paper',
            state: 'Open',
            expenses: [{ lineNumber: 0, amountCents: 10000, glAccount: { id: paper.id, externalId: '80000001-1' } }],
            items: [],
          },
        ],
      ] as const;
      for (const [records, draft] of rows) {
        const { create, get } = records as {
          create(draft: object): Promise<{ id: string }>;
          get(id: string): Promise<object>;
        };
        const { id } = await create(draft);
        const { modified: _modified, ...kept } = (await get(id)) as { modified: string };
        const lines =
          'expenses' in draft ? { expenses: draft.expenses.map((line) => ({ billable: false, ...line })) } : {};
        assert.deepEqual(kept, { ...draft, ...lines, id });
      }
    }),
  );

  it(
    'a list record keeps its externalId when it is renamed, and takes what a replacement leaves out as empty',
    staged(async ({ acme }) => {
      const { paper } = await withLists(acme);
      const numbered = await acme.glAccounts.update(paper.id, { name: 'Paper', accountNumber: '6010' });
      assert.deepEqual([numbered.externalId, numbered.name, numbered.accountNumber], ['80000001-1', 'Paper', '6010']);
      const replaced = await acme.glAccounts.replace(paper.id, {
        externalId: 'is not sent',
        name: 'Office:Paper',
        active: true,
        ledgerType: 'EXPENSE_ACCOUNT',
      });
      assert.equal(replaced.externalId, '80000001-1');
      assert.equal('accountNumber' in replaced, false);
    }),
  );

  it(
    'a vendor whose phone went loses it, and the rest of the vendor stays',
    staged(async ({ acme }) => {
      const { id } = await acme.vendors.create({
        ...vendorDraft('Lee', '1'),
        phone: '1',
        fax: '2',
        email: 'a@b.example',
      });
      const changed = await acme.vendors.update(id, { phone: null, fax: '2' });
      assert.deepEqual(
        [changed.phone, changed.fax, changed.email, changed.name],
        [undefined, '2', 'a@b.example', 'Lee'],
      );
      const replaced = await acme.vendors.replace(id, vendorDraft('Lee', '1'));
      assert.deepEqual([replaced.phone, replaced.fax, replaced.email], [undefined, undefined, undefined]);
    }),
  );

  it(
    'updates go to the addresses that the API guide names, with the knob that insists on them',
    staged(async ({ acme, knob }) => {
      const { vendor, east } = await withLists(acme);
      const checking = await acme.paymentMethods.create({ name: 'Checking', type: 'ACH', status: 'Active' });
      await knob('strictPutPath', true);
      await acme.vendors.update(vendor.id, { legalName: 'Harwood Inc.' });
      await acme.classifications.update(east.id, { name: 'Far East' });
      await acme.paymentMethods.update(checking.id, { type: 'ACH', name: 'Main', availableBalanceCents: 100 });
      assert.equal((await acme.paymentMethods.get(checking.id)).availableBalanceCents, 100);
    }),
  );

  it(
    'the companies of the user come with their payment methods',
    staged(async ({ acme, client, companyId }) => {
      const { modified: _modified, ...method } = await acme.paymentMethods.create({
        externalId: '7',
        name: 'Checking',
        type: 'ACH',
        status: 'Active',
      });
      const [company] = await client.companies();
      assert.ok(company !== undefined && 'record' in company);
      assert.deepEqual([company.record.id, company.record.name], [companyId, 'Acme']);
      const [found] = company.record.paymentMethods;
      assert.ok(found !== undefined && 'record' in found);
      assert.deepEqual({ ...found.record, modified: undefined }, { ...method, modified: undefined });
      assert.ok((await client.user()).id.length > 0);
    }),
  );

  it(
    'an invoice posted by a person wants posting until it is acknowledged',
    staged(async (stage) => {
      const { acme } = stage;
      const { paper, payable, nails, east } = await withLists(acme);
      const id = await posted(stage, 'A-17');
      const [invoice] = await listed(acme.bills.wantingPosting());
      assert.ok(invoice !== undefined);
      assert.equal(invoice.id, id);
      assert.deepEqual(
        [invoice.amountCents, invoice.balanceCents, invoice.state, invoice.externalId, invoice.apAccount],
        [12345, 12345, 'Open', undefined, { id: payable.id, externalId: '80000001-2' }],
      );
      assert.deepEqual(
        invoice.expenses.map(({ glAccount, classification, memo, amountCents }) => [
          glAccount?.id,
          classification?.id,
          memo,
          amountCents,
        ]),
        [[paper.id, east.id, 'Paper', 10000]],
      );
      assert.deepEqual(
        invoice.items.map(({ item, quantity, cost, amountCents }) => [item?.id, quantity, cost, amountCents]),
        [[nails.id, { units: 2345, scale: 2 }, { units: 100, scale: 2 }, 2345]],
      );

      await acme.bills.acknowledge(id, '1A-1197766271');
      await acme.bills.acknowledge(id, '1A-1197766271');
      assert.deepEqual(await listed(acme.bills.wantingPosting()), []);
      const known = await acme.bills.get(id);
      assert.deepEqual([known.externalId, known.amountCents, known.expenses.length], ['1A-1197766271', 12345, 1]);
      await failsWith(acme.bills.acknowledge(id, '1B-1'), 'refused', 'notApplied', /externalId: cannot be updated/);
    }),
  );

  it(
    'a draft neither wants posting nor counts as changed; it is found by its state, even without an amount',
    staged(async (stage) => {
      const { acme, post, companyId } = stage;
      await withLists(acme);
      const draft = { company: companyId, vendor: 'Harwood', transactionDate: '2026-10-01', amount: '1.00' };
      const { id } = await post('/people/enter-invoice', draft);
      await post('/people/enter-invoice', { ...draft, amount: null });
      assert.deepEqual(await listed(acme.bills.wantingPosting()), []);
      assert.deepEqual(await listed(acme.bills.modifiedSince('2000-01-01T00:00:00Z')), []);
      const drafts: unknown[] = [];
      for await (const reading of acme.bills.wantingPosting(['Draft']))
        drafts.push('record' in reading ? reading.record.id : reading.reason);
      assert.deepEqual(new Set(drafts), new Set([id, 'amount: is not set']));
    }),
  );

  it(
    'an invoice in another currency is handed on as unreadable, and the others come',
    staged(async (stage) => {
      const { acme } = stage;
      await withLists(acme);
      const foreign = await posted(stage, 'A-16', 'CAD');
      const id = await posted(stage, 'A-17');
      const found: unknown[] = [];
      for await (const reading of acme.bills.modifiedSince('2000-01-01T00:00:00Z'))
        found.push('record' in reading ? reading.record.id : reading);
      assert.deepEqual(
        new Set(found),
        new Set([id, { unreadable: foreign, reason: 'amount.currency: another currency than USD' }]),
      );
      await failsWith(acme.bills.get(foreign), 'unreadable', 'notApplied', /another currency/);
    }),
  );

  it(
    'a refusal carries what MineralTree says',
    staged(async ({ acme }) => {
      const term = { name: 'Net', active: true, dueDays: -1 };
      const error = await failsWith(acme.terms.create(term), 'refused', 'notApplied', /term\.dueDays: has to be/);
      assert.deepEqual([error.status, error.disposition], [400, 'person']);
      assert.match(error.words, /refused the record/);
      await failsWith(acme.vendors.get('80000000-0000-4000-8000-000000000000'), 'notFound', 'notApplied');
      await failsWith(acme.vendors.get('../company'), 'unwritable', 'notSent');
    }),
  );

  it(
    "another user's company is forbidden, and nobody is logged in again for it",
    staged(async ({ client }) => {
      await client.user();
      const other = client.company('80000000-0000-4000-8000-000000000000');
      await failsWith(other.vendors.create(vendorDraft('Lee', '1')), 'forbidden', 'notApplied');
    }),
  );
});

describe('searches in the sandbox', () => {
  for (const [pageSize, pageCap] of [
    [500, 10_000],
    [7, 10_000],
    [500, 4],
  ] as const)
    it(
      `forty vendors come once each, with pages of ${pageSize} and a cap of ${pageCap}`,
      staged(async ({ acme, knob }) => {
        await knob('pageCap', pageCap);
        const numbers = Array.from({ length: 40 }, (_, number) => number);
        const made = await Promise.all(numbers.map((n) => acme.vendors.create(vendorDraft(`V${n}`, `8-${n}`))));
        const found = await listed(acme.vendors.modifiedSince('2000-01-01T00:00:00Z', { pageSize }));
        assert.deepEqual(found.map(({ id }) => id).sort(), made.map(({ id }) => id).sort());
        const some = await listed(acme.vendors.byExternalId(['8-3', '8-39', 'unknown'], { pageSize }));
        assert.deepEqual(some.map(({ name }) => name).sort(), ['V3', 'V39']);
        assert.deepEqual(await listed(acme.vendors.byExternalId([])), []);
      }),
    );

  it(
    'sixty keys are asked for in batches',
    staged(async ({ acme }) => {
      const keys = Array.from({ length: 60 }, (_, number) => `8-${number}`);
      await Promise.all(keys.map((key) => acme.projects.create({ externalId: key, name: key, active: true })));
      assert.deepEqual((await listed(acme.projects.byExternalId(keys))).map(({ name }) => name).sort(), keys.sort());
    }),
  );

  it(
    'every kind with a view is found by the key of the ledger',
    staged(async ({ acme }) => {
      const { vendor, paper, nails, east } = await withLists(acme);
      const term = await acme.terms.create({ externalId: '5', name: 'Net', active: true, dueDays: 30 });
      const roof = await acme.projects.create({ externalId: '3', name: 'Roof', active: true });
      const ids = async (found: AsyncIterable<{ readonly record: { id: string } } | { readonly reason: string }>) =>
        (await listed(found)).map(({ id }) => id);
      assert.deepEqual(await ids(acme.vendors.byExternalId(['80000004-1'])), [vendor.id]);
      assert.deepEqual(await ids(acme.glAccounts.byExternalId(['80000001-1'])), [paper.id]);
      assert.deepEqual(await ids(acme.items.byExternalId(['80000002-1'])), [nails.id]);
      assert.deepEqual(await ids(acme.classifications.byExternalId(['80000005-1'])), [east.id]);
      assert.deepEqual(await ids(acme.terms.byExternalId(['5'])), [term.id]);
      assert.deepEqual(await ids(acme.projects.byExternalId(['3'])), [roof.id]);
    }),
  );

  it(
    'invoices acknowledged while the search runs do not hide others',
    staged(async (stage) => {
      const { acme } = stage;
      await withLists(acme);
      const ids: string[] = [];
      for (let number = 0; number < 9; number += 1) ids.push(await posted(stage, `A-${number}`));
      const seen: string[] = [];
      for await (const reading of acme.bills.wantingPosting(['Open'], { pageSize: 2 })) {
        assert.ok('record' in reading);
        seen.push(reading.record.id);
        await acme.bills.acknowledge(reading.record.id, `1A-${seen.length}`);
      }
      assert.deepEqual(seen.sort(), ids.sort());
    }),
  );

  it(
    'a search does not see what was just written, but the answer of the write does',
    staged(async ({ acme, knob }) => {
      await knob('indexLagMs', 10_000);
      const made = await acme.vendors.create(vendorDraft('Lee', '1'));
      assert.deepEqual(await listed(acme.vendors.byExternalId(['1'])), []);
      assert.deepEqual(await acme.vendors.get(made.id), made);
      await knob('indexLagMs', 0);
      assert.deepEqual(await listed(acme.vendors.byExternalId(['1'])), [made]);
    }),
  );
});
