import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { SEARCH_FIELDS } from '../../../src/sandbox/mineraltree/search.ts';
import { cents, type Json, type Running, rows, startSandbox, withLists } from './sandbox.ts';

describe('MineralTree API: search', () => {
  let nowMs = Date.parse('2026-03-01T10:00:00Z');
  let mt: Running;
  let ids: Awaited<ReturnType<typeof withLists>>;
  before(async () => {
    mt = await startSandbox({ clock: () => nowMs });
    ids = await withLists(mt);
    // Bills N-0 to N-9, ten seconds apart; the odd ones are paid, every third one is not acknowledged.
    for (let n = 0; n < 10; n += 1) {
      nowMs += 10_000;
      await mt.api('POST', `/bill/${mt.company}`, {
        bill: {
          ...(n % 3 !== 0 && { externalId: `TX-${n}` }),
          invoiceNumber: `N-${n}`,
          vendor: { id: ids.vendor },
          transactionDate: `2026-01-0${Math.min(n + 1, 9)}`,
          ...(n !== 5 && { dueDate: '2026-02-10' }),
          amount: cents(1000 * (n + 1)),
          balance: cents(n % 2 === 1 ? 0 : 1000 * (n + 1)),
        },
      });
    }
    nowMs += 1_000;
    await mt.person('enter-invoice', { vendor: 'Northwind', invoiceNumber: 'D-1', transactionDate: '2026-01-01' });
    nowMs += 1_000;
    const waiting = await mt.person('enter-invoice', {
      vendor: 'Northwind',
      invoiceNumber: 'W-1',
      transactionDate: '2026-01-01',
    });
    await mt.person('submit', { bill: waiting.id });
  });
  after(() => mt.stop());

  const find = (body: object) => mt.api('POST', `/search/${mt.company}/objects`, { view: 'BILL', ...body });
  const numbers = (json: Json) =>
    rows(json.entities)
      .map(({ invoiceNumber }) => String(invoiceNumber))
      .join(' ');
  const vendorId = () => ids.vendor;

  const queries: readonly [query: string, found: string][] = [
    ['', 'N-0 N-1 N-2 N-3 N-4 N-5 N-6 N-7 N-8 N-9 D-1 W-1'],
    ["bill_externalId=='TX-4'", 'N-4'],
    ['bill_externalId=in=(TX-4,TX-7,TX-none)', 'N-4 N-7'],
    ["bill_externalId=='';billOrCredit_status=in=(1,2,3)", 'N-0 N-3 N-6 N-9'],
    ["bill_externalId!='';billOrCredit_status==1", 'N-2 N-4 N-8'],
    ['bill_externalId==TX*;billOrCredit_status==2', 'N-1 N-5 N-7'],
    ['billOrCredit_status==4', 'D-1'],
    ['billOrCredit_status==8', 'W-1'],
    ['billOrCredit_status=out=(1,2)', 'D-1 W-1'],
    ['bill_invoiceNumber==N-*;bill_invoiceNumber!=*-5', 'N-0 N-1 N-2 N-3 N-4 N-6 N-7 N-8 N-9'],
    ['bill_invoiceNumber==n-1', ''],
    ['modified>2026-03-01T10:01:20Z;bill_invoiceNumber==N-*', 'N-8 N-9'],
    ['modified=ge=2026-03-01T10:01:20Z;bill_invoiceNumber==N-*', 'N-7 N-8 N-9'],
    ['modified<2026-03-01T10:00:20Z', 'N-0'],
    ['modified<=2026-03-01T10:00:20Z', 'N-0 N-1'],
    ['modified==2026-03-01T10:00:20Z', 'N-1'],
    ['created>2026-03-01T10:01:30.500Z', 'N-9 D-1 W-1'],
    ['bill_txnDate=ge=2026-01-09;bill_invoiceNumber==N-*', 'N-8 N-9'],
    ['bill_dueDate<=2026-02-10', 'N-0 N-1 N-2 N-3 N-4 N-6 N-7 N-8 N-9'],
    ["bill_dueDate==''", 'N-5 D-1 W-1'],
    ['bill_balanceDue>7000', 'N-8'],
    ['bill_syncStatus==NotPosted', 'D-1 W-1'],
    ['bill_approvalStatus==Pending', 'W-1'],
    ['bill_dataSource==UI', 'D-1 W-1'],
    ['billOrCredit_vendorExternalId==V-1;billOrCredit_status==4', 'D-1'],
    ['billOrCredit_vendorId==nobody', ''],
  ];
  for (const [query, found] of queries)
    it(`${query || 'no query'} finds ${found || 'nothing'}`, async () => {
      const { json, text } = await find({ query });
      assert.equal(numbers(json), found, text.slice(0, 200));
      assert.equal(json.count, found === '' ? 0 : found.split(' ').length);
    });

  it('finds by ID, and by an ID that a reference would carry', async () => {
    const { json } = await find({ query: `billOrCredit_vendorId==${vendorId()}`, count: 1 });
    const id = rows(json.entities)[0]?.id;
    assert.equal(numbers((await find({ query: `id==${id}` })).json), 'N-0');
  });

  const views: readonly [view: string, query: string, found: string][] = [
    ['VENDOR', 'vendor_externalId==V-1;vendor_status==Active;vendor_availableCredit==0', 'Northwind'],
    ['GLACCOUNT', 'gl_account_number_externalId=in=(A-AP,A-RENT)', 'Accounts Payable Rent'],
    ['CLASS', 'dimension_externalId==C-EAST', 'Region:East'],
    ['ITEM', 'dimension_externalId==I-BOLT;dimension_status==Active', 'Bolt'],
    ['PROJECT', 'dimension_status==Inactive', ''],
    ['TERMS', 'externalId==T-30', 'Net 30'],
  ];
  for (const [view, query, found] of views)
    it(`view ${view} is searched by ${query}`, async () => {
      const { json } = await find({ view, query });
      const names = rows(json.entities).map(({ name }) => String(name));
      assert.equal(names.sort().join(' '), found);
    });

  it('pages are cut from one order, the last one short, then empty', async () => {
    const pages: string[] = [];
    for (let page = 0; page < 4; page += 1)
      pages.push(numbers((await find({ query: 'bill_invoiceNumber==N-*', page, count: 4 })).json));
    assert.deepEqual(pages, ['N-0 N-1 N-2 N-3', 'N-4 N-5 N-6 N-7', 'N-8 N-9', '']);
  });

  it('a page cap below what is asked for gives short pages that are not the end', async () => {
    await mt.knob('pageCap', 3);
    const { json } = await find({ query: 'bill_invoiceNumber==N-*', page: 1, count: 1000 });
    assert.equal(numbers(json), 'N-3 N-4 N-5');
    assert.equal(json.count, 10);
    await mt.knob('searchCount', 'page');
    assert.equal((await find({ query: 'bill_invoiceNumber==N-*', page: 3 })).json.count, 1);
    await mt.knob('searchCount', 'total');
    await mt.knob('pageCap', 10_000);
  });

  it('sorts by another field, and downwards', async () => {
    const query = 'bill_invoiceNumber==N-*;billOrCredit_status==1';
    assert.equal(
      numbers((await find({ query, sortField: 'bill_balanceDue', sortAsc: false })).json),
      'N-8 N-6 N-4 N-2 N-0',
    );
    assert.equal(numbers((await find({ query, sortField: 'modified', sortAsc: false, count: 1 })).json), 'N-8');
  });

  it('answers IDs alone at /ids, and takes PUT as the guide writes it', async () => {
    const body = { view: 'BILL', query: 'bill_externalId==TX-4' };
    const byPut = (await mt.api('PUT', `/search/${mt.company}/objects`, body)).json;
    const { json } = await mt.api('POST', `/search/${mt.company}/ids`, body);
    assert.deepEqual(rows(json.entities), [rows(byPut.entities)[0]?.id]);
  });

  it('does not see a write before it is as old as the index lag, nor that a record is gone', async () => {
    await mt.knob('indexLagMs', 6_000);
    const made = (await mt.api('POST', `/vendor/${mt.company}`, { vendor: { name: 'Late', externalId: 'V-L' } })).json;
    const late = async () =>
      rows((await find({ view: 'VENDOR', query: 'vendor_externalId==V-L' })).json.entities).map(({ name }) => name);
    assert.deepEqual(await late(), []);
    assert.equal((await mt.api('GET', `/vendor/${made.id}`)).json.name, 'Late');
    nowMs += 5_999;
    assert.deepEqual(await late(), []);
    nowMs += 1;
    assert.deepEqual(await late(), ['Late']);
    await mt.api('PUT', '/vendor', { vendor: { id: made.id, name: 'Later' } });
    assert.deepEqual(await late(), ['Late']);
    nowMs += 6_000;
    assert.deepEqual(await late(), ['Later']);

    const draft = await mt.person('enter-invoice', {
      vendor: 'Northwind',
      invoiceNumber: 'GONE',
      transactionDate: '2026-01-01',
    });
    nowMs += 6_000;
    await mt.person('delete-invoice', { bill: draft.id });
    const gone = async () => numbers((await find({ query: 'bill_invoiceNumber==GONE' })).json);
    assert.equal(await gone(), 'GONE');
    nowMs += 6_000;
    assert.equal(await gone(), '');
    await mt.knob('indexLagMs', 0);
  });

  const mistakes: readonly [body: object, words: RegExp][] = [
    [{ view: 'BILLS' }, /view: this sandbox has GLACCOUNT, CLASS, PROJECT, ITEM, TERMS, VENDOR, BILL/],
    [{ query: 'bill_number==1' }, /query: there is no field bill_number in this view; there are id, /],
    [{ query: 'vendor_externalId==1' }, /there is no field vendor_externalId/],
    [{ query: 'billOrCredit_status==Open' }, /billOrCredit_status is compared with an integer, not Open/],
    [{ query: 'modified>yesterday' }, /yesterday is no time/],
    [{ query: 'modified>' }, /expected a value at character 10/],
    [{ query: 7 }, /query: has to be a text/],
    [{ page: -1 }, /page: has to be an integer from 0/],
    [{ count: 0 }, /count: has to be an integer from 1/],
    [{ sortField: 'amount' }, /sortField: has to be one of id, /],
    [{ sortAsc: 'yes' }, /sortAsc: has to be true or false/],
  ];
  for (const [body, words] of mistakes)
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const answer = await find(body);
      assert.equal(answer.status, 400);
      assert.match(answer.text, words);
    });

  it('has fields for each kind that has a view', () => {
    assert.deepEqual(Object.keys(SEARCH_FIELDS).length, 9);
  });
});
