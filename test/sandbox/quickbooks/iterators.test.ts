import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, openDesk, type Session } from './desk.ts';

describe('QuickBooks sandbox: iterators', () => {
  let desk: Desk;
  let qb: Session;
  before(async () => {
    desk = await openDesk();
    qb = await desk.session();
  });
  after(() => desk.stop());

  const page = (session: Session, step: string, query = 'BillQuery', count = '<MaxReturned>2</MaxReturned>') =>
    session.one(`<${query}Rq iterator=${step}>${count}</${query}Rq>`);
  const next = (id: string | undefined, step = 'Continue'): string => `"${step}" iteratorID="${id}"`;

  it('all bills come, page by page, each once, and the count goes down to nothing', async () => {
    const seen: (string | undefined)[] = [];
    const counts: (number | undefined)[] = [];
    let answer = await page(qb, '"Start"');
    for (;;) {
      seen.push(...recordsOf(answer, 'BillRet').map(({ RefNumber }) => RefNumber));
      counts.push(answer.iteratorRemainingCount);
      if (answer.iteratorRemainingCount === 0) break;
      answer = await page(qb, next(answer.iteratorID));
    }
    assert.deepEqual(seen, ['S-1001', 'S-1002', 'S-1003', 'S-1004', 'S-1005']);
    assert.deepEqual(counts, [3, 1, 0]);
    assert.equal((await page(qb, next(answer.iteratorID))).status.code, 3000);
  });

  it('what is deleted or entered between pages: the deleted one is left out, the new one does not come', async () => {
    const bill = await desk.move('enter-bill', {
      vendor: 'Acorn Tools',
      txnDate: '2027-01-01',
      expenseLines: [{ account: 'Rent', amount: '5.00' }],
    });
    const first = await page(qb, '"Start"', 'BillQuery', '<MaxReturned>4</MaxReturned>');
    await desk.move('delete-bill', { txnId: bill.id });
    await desk.move('enter-bill', {
      vendor: 'Acorn Tools',
      refNumber: 'LATE',
      expenseLines: [{ account: 'Rent', amount: '5.00' }],
    });
    const rest = await page(qb, next(first.iteratorID), 'BillQuery', '<MaxReturned>100</MaxReturned>');
    assert.deepEqual(
      recordsOf(rest, 'BillRet').map(({ RefNumber }) => RefNumber),
      ['S-1005'],
    );
    assert.equal(rest.iteratorRemainingCount, 0);
  });

  it('contents are read when the page is asked for', async () => {
    const first = await page(qb, '"Start"', 'VendorQuery', '<MaxReturned>9</MaxReturned>');
    await desk.move('edit-vendor', { vendor: 'Acorn Paint', phone: '1' });
    const rest = await page(qb, next(first.iteratorID), 'VendorQuery');
    assert.deepEqual(
      recordsOf(rest, 'VendorRet').map(({ Name, Phone }) => [Name, Phone]),
      [['Acorn Paint', '1']],
    );
  });

  it('an iterator is over when it is stopped, when another query asks, and when its session ends', async () => {
    const { iteratorID } = await page(qb, '"Start"');
    assert.equal((await page(qb, next(iteratorID), 'VendorQuery')).status.code, 3000);
    assert.equal((await qb.one(`<BillQueryRq iterator=${next(iteratorID, 'Stop')}/>`)).status.code, 0);
    assert.equal((await page(qb, next(iteratorID))).status.code, 3000);

    const before = await page(qb, '"Start"');
    await qb.end();
    qb = await desk.session();
    const { status } = await page(qb, next(before.iteratorID));
    assert.deepEqual(
      [status.code, status.message],
      [3000, `The given object ID "${before.iteratorID}" in the field "iteratorID" is invalid.`],
    );
  });

  it('another processor does not see it', async () => {
    const { iteratorID } = await page(qb, '"Start"');
    const other = await desk.session({ processor: 'other' });
    assert.equal((await page(other, next(iteratorID))).status.code, 3000);
    assert.equal((await page(qb, next(iteratorID))).status.code, 0);
  });

  it('an iterator without MaxReturned is refused', async () => {
    assert.equal((await page(qb, '"Start"', 'BillQuery', '')).status.code, 3150);
  });
});
