/** Item lines in an edit of a bill: a line whose amount or quantity was changed stays the same line in QuickBooks. */
import assert from 'node:assert/strict';
import type { Draft, Invoice, InvoiceItem } from '../../src/domain/payables.ts';
import { lineMapOf, planBillMod } from '../../src/sync/index.ts';
import { matchLines } from '../../src/sync/lineMap.ts';
import { ACME, bill, context, invoice, link, mt, without } from './acme.ts';

const [item] = invoice().items;
const [billItem] = bill().itemLines;
assert.ok(item !== undefined && billItem !== undefined);
const kit = { id: 'kit' };

describe('an item line of an edited invoice', () => {
  it('with another quantity keeps its line in QuickBooks, and what the line has there', () => {
    const edited = { ...item, quantity: { units: 4, scale: 0 }, amountCents: 10_000 };
    const planned = planBillMod(
      { invoice: invoice({ amountCents: 20_000, items: [edited] }), bill: bill(), link: link() },
      context(),
    );
    assert.ok('plan' in planned, JSON.stringify(planned));
    assert.deepEqual(
      planned.plan.lines?.itemLines.map(({ lineId, amountCents }) => [lineId, amountCents]),
      [[billItem.lineId, 10_000]],
    );
    assert.equal(planned.plan.lines?.clearItemLines, false);
  });

  const line = (lineNumber: number, amountCents: number, more: Partial<InvoiceItem> = {}): InvoiceItem => ({
    lineNumber,
    amountCents,
    item: mt(ACME.paper),
    ...more,
  });
  const table: readonly (readonly [
    what: string,
    edited: readonly InvoiceItem[],
    before: readonly InvoiceItem[],
    was: readonly (string | undefined)[],
  ])[] = [
    ['its amount changed', [line(0, 150)], [line(0, 100)], ['L0']],
    ['two of one item, one amount changed', [line(0, 100), line(1, 250)], [line(0, 100), line(1, 200)], ['L0', 'L1']],
    ['two of one item, the first taken off', [line(0, 200)], [line(0, 100), line(1, 200)], ['L1']],
    ['another item in its place', [line(0, 150, { item: kit, memo: 'kit' })], [line(0, 100)], [undefined]],
    [
      'two without an item are told apart by amount and words',
      [without(line(0, 200, { memo: 'b' }), 'item'), without(line(1, 100, { memo: 'a' }), 'item')],
      [without(line(0, 100, { memo: 'a' }), 'item'), without(line(1, 200, { memo: 'b' }), 'item')],
      ['L1', 'L0'],
    ],
    [
      'two without an item are not the same for that alone',
      [without(line(0, 300, { memo: 'c' }), 'item')],
      [without(line(0, 100, { memo: 'a' }), 'item')],
      [undefined],
    ],
  ];
  for (const [what, edited, before, was] of table)
    it(what, () => {
      const old = before.map((one) => ({ line: one, lineId: `L${one.lineNumber}` }));
      assert.deepEqual(
        matchLines(edited, old).map((match) => match.was?.lineId),
        was,
      );
    });

  it('is not known to be any line once a person has added one in QuickBooks', () => {
    const draft: Draft<Invoice> = without(without(invoice(), 'id'), 'modified');
    assert.deepEqual(lineMapOf(draft, bill({ itemLines: [billItem, { ...billItem, lineId: 'new' }] })), []);
    assert.equal(lineMapOf(draft, bill()).filter(({ kind }) => kind === 'item').length, 1);
  });
});
