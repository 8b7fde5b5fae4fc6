import assert from 'node:assert/strict';
import { allKept, differencePercent, type Figure, median, ratioOf, shown, verdictOf } from '../../bench/figure.ts';

const figure = (rest: Partial<Figure>): Figure => ({ name: 'a figure', unit: 'count', measured: 10, ...rest });

describe('the figures of the bench', () => {
  const verdicts: readonly [told: string, figure: Figure, verdict: string][] = [
    ['no limit, no verdict', figure({}), ''],
    ['at its limit', figure({ limit: 10 }), 'ok'],
    ['above its limit', figure({ limit: 9.99 }), 'MISSED'],
    ['twice what it is beside, twice allowed', figure({ beside: { what: '', value: 5 }, limitTimes: 2 }), 'ok'],
    ['more than twice', figure({ beside: { what: '', value: 4.9 }, limitTimes: 2 }), 'MISSED'],
    [
      'within one limit and not the other',
      figure({ limit: 9, beside: { what: '', value: 5 }, limitTimes: 2 }),
      'MISSED',
    ],
    ['a ratio to nothing', figure({ beside: { what: '', value: 0 }, limitTimes: 2 }), 'MISSED'],
    ['a ratio limit and nothing beside', figure({ limitTimes: 2 }), 'MISSED'],
    ['nothing measured', figure({ measured: Number.NaN, limit: 10 }), 'MISSED'],
  ];
  for (const [told, given, verdict] of verdicts)
    it(`${told}: ${verdict || 'none'}`, () => assert.equal(verdictOf(given), verdict));

  it('are all kept only when none is missed', () => {
    assert.equal(allKept([figure({}), figure({ limit: 10 })]), true);
    assert.equal(allKept([figure({ limit: 10 }), figure({ limit: 1 })]), false);
  });

  it('have a ratio only beside something', () => {
    assert.equal(ratioOf(figure({ beside: { what: '', value: 4 } })), 2.5);
    assert.equal(ratioOf(figure({})), undefined);
    assert.equal(ratioOf(figure({ beside: { what: '', value: 0 } })), undefined);
  });

  it('differ by percents of the smaller one, whichever it is', () => {
    assert.equal(differencePercent(115, 100), 15);
    assert.equal(differencePercent(100, 115), 15);
    assert.equal(differencePercent(100, 100), 0);
    assert.ok(Number.isNaN(differencePercent(100, 0)));
    assert.ok(Number.isNaN(differencePercent(Number.NaN, 100)));
  });

  it('take the middle one of several measurements', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 2, 9]), 3);
    assert.ok(Number.isNaN(median([])));
  });

  const shownAs: readonly [number, Figure['unit'], string][] = [
    [9_999.4, 'ms', '9999 ms'],
    [12_340, 'ms', '12.3 s'],
    [262_144, 'bytes', '256.0 KB'],
    [262_144_000, 'bytes', '250.0 MB'],
    [14.96, 'percent', '15.0 %'],
    [17, 'count', '17'],
    [Number.NaN, 'ms', 'none'],
    [Number.NEGATIVE_INFINITY, 'bytes', 'none'],
  ];
  for (const [value, unit, text] of shownAs)
    it(`are shown in their unit: ${text}`, () => assert.equal(shown(value, unit), text));
});
