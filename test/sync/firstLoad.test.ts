import assert from 'node:assert/strict';
import type { Key, Page, Watermarks } from '../../src/contract/pull.ts';
import { LEDGER_KINDS, type LedgerKind } from '../../src/domain/ledger.ts';
import {
  advanceWatermarks,
  afterKeys,
  finishReading,
  kindUnderWay,
  nextPage,
  progressOf,
  type Readings,
  startReading,
  withWanted,
} from '../../src/sync/index.ts';

const keys = (of: LedgerKind, ids: readonly string[], clock: number, next?: string) => ({
  clock,
  keys: { of, found: ids.map((id): Key => [id, '1']), ...(next === undefined ? {} : { next }) },
});

describe('a first load', () => {
  it('goes kind by kind, keys then records, a hundred at a time, and then to changes', () => {
    const wanted: Record<string, string[]> = {
      account: Array.from({ length: 250 }, (_, index) => `a${index}`),
      bill: ['b1'],
    };
    const told: string[] = [];
    let readings = startReading({}, LEDGER_KINDS, 'first');
    let watermarks: Watermarks = {};
    let clock = 1000;
    for (let step = 0; step < 100; step += 1) {
      const kind = kindUnderWay(readings);
      const waiting = kind === undefined ? [] : (wanted[kind] ?? []);
      if (kind !== undefined && readings[kind]?.step === 'records' && waiting.length === 0) {
        const finished = finishReading(readings, kind, watermarks);
        readings = finished.readings;
        watermarks = advanceWatermarks(watermarks, finished.watermarks);
        continue;
      }
      const page = nextPage(readings, waiting);
      told.push(inWords(page));
      if (page.kind === 'changes') break;
      if (page.kind === 'records') {
        assert.deepEqual(page.ids, waiting.slice(0, 100));
        wanted[page.of] = waiting.slice(page.ids.length);
        continue;
      }
      clock += 1;
      readings = afterKeys(readings, keys(page.of, wanted[page.of] ?? [], clock));
    }
    assert.deepEqual(told, [
      'keys of account',
      '100 of account',
      '100 of account',
      '50 of account',
      'keys of class',
      'keys of customer',
      'keys of item',
      'keys of terms',
      'keys of vendor',
      'keys of bill',
      '1 of bill',
      'keys of credit',
      'keys of checkPayment',
      'keys of cardPayment',
      'changes',
    ]);
    assert.deepEqual(watermarks, {
      account: 1001,
      class: 1002,
      customer: 1003,
      item: 1004,
      terms: 1005,
      vendor: 1006,
      bill: 1007,
      credit: 1008,
      checkPayment: 1009,
      cardPayment: 1010,
      deletedTransactions: 1001,
      deletedEntries: 1001,
    });
  });

  it('asks for the next keys where the last page ended, and takes the clock of the first page', () => {
    let readings = startReading({}, ['bill'], 'first');
    readings = afterKeys(readings, keys('bill', ['1', '2'], 500, 'after 2'));
    assert.deepEqual(nextPage(readings, []), { kind: 'keys', of: 'bill', after: 'after 2' });
    readings = afterKeys(readings, keys('bill', ['3'], 900));
    assert.deepEqual(readings.bill, { step: 'records', why: 'first', listed: 3, watermark: 500 });
    assert.equal(finishReading(readings, 'bill', {}).watermarks.bill, 500);
  });

  it('keys that come late, of a kind that is not listed any more, change nothing', () => {
    const readings = afterKeys(startReading({}, ['bill'], 'first'), keys('bill', ['1'], 500));
    assert.equal(afterKeys(readings, keys('bill', ['9'], 100)), readings);
    assert.equal(afterKeys(readings, keys('vendor', ['9'], 100)), readings);
    assert.equal(afterKeys(readings, { clock: 1 }), readings);
  });

  it('says how far it is', () => {
    let readings: Readings = startReading({}, ['bill'], 'first');
    assert.equal(progressOf(readings, 0), 'bills: listing, 0 so far');
    readings = withWanted(afterKeys(readings, keys('bill', ['1'], 500)), 'bill', 20_000);
    assert.equal(progressOf(readings, 18_800), 'bills 1,200 of 20,000');
    assert.equal(progressOf(readings, 0), 'bills 20,000 of 20,000');
    assert.equal(progressOf({}, 0), undefined);
  });
});

describe('a kind with more changes than a page holds', () => {
  it('is read by keys, before the next changes', () => {
    const readings = startReading({}, ['vendor'], 'again');
    assert.deepEqual(nextPage(readings, []), { kind: 'keys', of: 'vendor' });
  });

  it('does not set the logs of deletions back', () => {
    const readings = afterKeys(startReading({}, ['vendor'], 'again'), keys('vendor', [], 500));
    const stored = { vendor: 1, deletedTransactions: 400, deletedEntries: 400 };
    assert.deepEqual(finishReading(readings, 'vendor', stored), { readings: {}, watermarks: { vendor: 500 } });
  });

  it('asked for twice goes on where it is', () => {
    const readings = afterKeys(startReading({}, ['vendor'], 'again'), keys('vendor', ['1'], 500, 'x'));
    assert.deepEqual(startReading(readings, ['vendor', 'bill'], 'again').vendor, readings.vendor);
  });

  it('that is being read for the first time goes on as it is; a sweep gives way', () => {
    const first = afterKeys(startReading({}, LEDGER_KINDS, 'first'), keys('account', ['1'], 500, 'x'));
    assert.deepEqual(startReading(first, ['account'], 'again'), first);
    const sweep = afterKeys(startReading({}, ['bill'], 'sweep'), keys('bill', ['1'], 500, 'x'));
    assert.deepEqual(startReading(sweep, ['bill'], 'again').bill, { step: 'keys', why: 'again', listed: 0 });
  });
});

describe('the sweep by night', () => {
  it('looks at open records alone, moves no watermark and shows no progress', () => {
    let readings = startReading({}, ['bill'], 'sweep');
    assert.deepEqual(nextPage(readings, []), { kind: 'keys', of: 'bill', openOnly: true });
    readings = afterKeys(readings, keys('bill', ['1'], 500));
    assert.equal(progressOf(readings, 1), undefined);
    assert.deepEqual(finishReading(readings, 'bill', {}), { readings: {}, watermarks: {} });
  });
});

describe('any kinds to read', () => {
  it('come in the order in which MineralTree needs them', () => {
    const readings = startReading({}, [...LEDGER_KINDS].reverse(), 'again');
    assert.equal(kindUnderWay(readings), 'account');
    assert.equal(kindUnderWay({}), undefined);
    assert.deepEqual(withWanted({}, 'bill', 3), {});
  });
});

const inWords = (page: Page): string =>
  page.kind === 'changes'
    ? 'changes'
    : page.kind === 'keys'
      ? `keys of ${page.of}`
      : `${page.ids.length} of ${page.of}`;
