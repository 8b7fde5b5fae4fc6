import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type MessageSetResponse, recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, FILE, openDesk, rows, type Session } from './desk.ts';

/** Every story is told with a message-set ID of its own. */
describe('QuickBooks sandbox: recovery of a lost answer', () => {
  let desk: Desk;
  let qb: Session;
  before(async () => {
    desk = await openDesk();
    qb = await desk.session();
  });
  after(() => desk.stop());

  const add = (number: string, amount = '1.00'): string =>
    `<BillAddRq requestID="7"><BillAdd><VendorRef><FullName>Acorn Tools</FullName></VendorRef><TxnDate>2026-01-02</TxnDate><RefNumber>${number}</RefNumber><ExternalGUID>{00000000-0000-0000-0000-0000000000ff}</ExternalGUID><ExpenseLineAdd><AccountRef><FullName>Rent</FullName></AccountRef><Amount>${amount}</Amount></ExpenseLineAdd></BillAdd></BillAddRq>`;
  const fresh = (id: string): string => `newMessageSetID="${id}"`;
  const status = (id: string): Promise<MessageSetResponse> =>
    qb.ask('', `newMessageSetID="${id}" oldMessageSetID="${id}"`);
  const clear = (id: string): Promise<MessageSetResponse> => qb.ask('', `oldMessageSetID="${id}"`);
  const code = ({ messageSetStatusCode }: MessageSetResponse): number | undefined => messageSetStatusCode;
  const entered = async (number: string): Promise<number> =>
    rows((await desk.books()).bills).filter(({ refNumber }) => refNumber === number).length;
  const recovery = (value: string): Promise<unknown> =>
    desk.move('set-switch', { file: FILE, name: 'recovery', value });
  const textOf = ({ responses }: MessageSetResponse): unknown =>
    responses.map(({ records, errorRecovery }) => ({ records, errorRecovery }));

  it('a set that comes again is not processed again: the kept answer comes', async () => {
    const first = await qb.ask(add('R-1'), fresh('S1'));
    const again = await qb.ask(add('R-1'), fresh('S1'));
    assert.deepEqual([code(first), first.newMessageSetID], [0, 'S1']);
    assert.deepEqual(again, first);
    assert.deepEqual(
      [first.responses[0]?.requestID, first.responses[0]?.errorRecovery?.ExternalGUID],
      ['7', '{00000000-0000-0000-0000-0000000000ff}'],
    );
    assert.equal(await entered('R-1'), 1);
  });

  it('an empty set with the ID as old and new asks only', async () => {
    assert.deepEqual([code(await status('S2')), (await status('S2')).responses], [9002, []]);
    const sent = await qb.ask(add('R-2'), fresh('S2'));
    const kept = await status('S2');
    assert.deepEqual([code(kept), textOf(kept)], [0, textOf(sent)]);
    assert.equal(await entered('R-2'), 1);
  });

  it('other content under a known ID is 9001, and nothing is done', async () => {
    await qb.ask(add('R-3'), fresh('S3'));
    const other = await qb.ask(add('R-3', '2.00'), fresh('S3'));
    assert.deepEqual([code(other), other.responses], [9001, []]);
    assert.equal(await entered('R-3'), 1);
  });

  it('a cleared ID is forgotten; one that was never there is 600', async () => {
    await qb.ask(add('R-4'), fresh('S4'));
    assert.deepEqual([code(await clear('S4')), code(await clear('S4')), code(await status('S4'))], [0, 600, 9002]);
    await qb.ask(add('R-4'), fresh('S4'));
    assert.equal(await entered('R-4'), 2);
  });

  it('the next set may clear the one before, also when it comes twice', async () => {
    await qb.ask(add('R-5'), fresh('S5'));
    const chained = 'oldMessageSetID="S5" newMessageSetID="S6"';
    const first = await qb.ask(add('R-6'), chained);
    assert.deepEqual(await qb.ask(add('R-6'), chained), first);
    assert.deepEqual([code(await status('S5')), code(await status('S6'))], [9002, 0]);
    assert.equal(await entered('R-6'), 1);
  });

  it('an ID over 24 characters is 9004, and nothing is done', async () => {
    assert.equal(code(await qb.ask(add('R-7'), fresh('x'.repeat(24)))), 0);
    assert.equal(code(await qb.ask(add('R-7'), fresh('x'.repeat(25)))), 9004);
    assert.equal(await entered('R-7'), 1);
  });

  it('a refusal is kept as well', async () => {
    const first = await qb.ask(add('R-8', '-1.00'), fresh('S8'));
    assert.equal(first.responses[0]?.status.code, 3180);
    assert.deepEqual(await qb.ask(add('R-8', '-1.00'), fresh('S8')), first);
  });

  it('another application has IDs of its own; ClearAllMessageSets clears those of one', async () => {
    await qb.ask(add('R-9'), fresh('S9'));
    const other = await desk.session({ processor: 'other', application: 'Another' });
    assert.equal(code(await other.ask('', 'newMessageSetID="S9" oldMessageSetID="S9"')), 9002);
    await other.ask(add('R-9b'), fresh('S9'));
    assert.equal(code(await other.ask('', 'oldMessageSetID="ClearAllMessageSets"')), 0);
    assert.equal(code(await other.ask('', 'newMessageSetID="S9" oldMessageSetID="S9"')), 9002);
    assert.equal(code(await status('S9')), 0);
    await other.end();
  });

  it('the records lie in the file: they outlive the session, are in a copy, and go back with a backup', async () => {
    await desk.move('backup', { backup: 'monday' });
    await qb.ask(add('R-10'), fresh('S10'));
    await desk.move('copy-company', { to: 'D:\\Copy.qbw' });
    await qb.end();
    const copy = await desk.session({ file: 'D:\\Copy.qbw', processor: 'copy' });
    assert.equal(code(await copy.ask('', 'newMessageSetID="S10" oldMessageSetID="S10"')), 0);
    qb = await desk.session();
    assert.equal(code(await status('S10')), 0);
    await desk.move('restore-backup', { backup: 'monday' });
    const { hresult } = await qb.raw('<?xml version="1.0"?>');
    assert.equal(hresult, '0x8004040C');
    await desk.member('CloseConnection');
    qb = await desk.session();
    assert.deepEqual([code(await status('S10')), await entered('R-10'), await entered('R-1')], [9002, 0, 1]);
  });

  it('without message-set IDs there is no status and no ErrorRecovery', async () => {
    const plain = await qb.ask(add('R-11'));
    assert.deepEqual(
      [code(plain), plain.newMessageSetID, plain.responses[0]?.errorRecovery],
      [undefined, undefined, undefined],
    );
  });

  it('with the switch at errorRecoveryOnly a kept answer has the identity of what was made, and no record', async () => {
    await recovery('errorRecoveryOnly');
    const first = await qb.ask(add('R-12'), fresh('S12'));
    const again = await qb.ask(add('R-12'), fresh('S12'));
    const [sent, kept] = [first.responses[0], again.responses[0]];
    assert.ok(sent && kept);
    assert.equal(recordsOf(sent, 'BillRet')[0]?.TxnID, sent.errorRecovery?.TxnID);
    assert.deepEqual([kept.records, kept.errorRecovery, kept.status.code], [[], sent.errorRecovery, 0]);
    assert.equal(await entered('R-12'), 1);
    await recovery('full');
  });

  it('with the switch at absent nothing is kept: a set that comes again is processed again', async () => {
    await recovery('absent');
    for (const _ of [1, 2]) await qb.ask(add('R-13'), fresh('S13'));
    assert.deepEqual([await entered('R-13'), code(await status('S13')), code(await clear('S13'))], [2, 9002, 600]);
    await recovery('full');
  });
});
