import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createMachineClock } from '../../../src/sandbox/quickbooks/machineClock.ts';

const second = (text: string): number => Date.parse(text) / 1000;
const clockAt = (zone: string, now = '2026-07-01T12:00:00Z') => createMachineClock(() => Date.parse(now), zone);

describe('QuickBooks sandbox: times', () => {
  const written: readonly [zone: string, at: string, defect: boolean, text: string][] = [
    ['America/Los_Angeles', '2010-10-04T02:15:35Z', true, '2010-10-03T19:15:35-08:00'],
    ['America/Los_Angeles', '2010-10-04T02:15:35Z', false, '2010-10-03T19:15:35-07:00'],
    ['America/Los_Angeles', '2010-01-04T02:15:35Z', true, '2010-01-03T18:15:35-08:00'],
    ['Europe/Paris', '2026-07-01T10:00:00Z', true, '2026-07-01T12:00:00+01:00'],
    ['Australia/Sydney', '2026-01-01T00:00:00Z', true, '2026-01-01T11:00:00+10:00'],
    ['Asia/Kolkata', '2026-01-01T00:00:00Z', true, '2026-01-01T05:30:00+05:30'],
    ['UTC', '2026-07-01T10:00:00Z', true, '2026-07-01T10:00:00+00:00'],
  ];
  for (const [zone, at, defect, text] of written)
    it(`${at} in ${zone} is written ${text} ${defect ? 'with' : 'without'} the daylight-saving defect`, () => {
      assert.equal(clockAt(zone).written(second(at), defect), text);
    });

  const read: readonly [text: string, end: boolean, at: string | undefined][] = [
    ['2026-07-01T08:00:00', false, '2026-07-01T12:00:00Z'],
    ['2026-01-15T08:00:00', false, '2026-01-15T13:00:00Z'],
    ['2026-07-01', false, '2026-07-01T04:00:00Z'],
    ['2026-07-01', true, '2026-07-02T03:59:59Z'],
    ['2026-07-01T08:00:00-05:00', false, '2026-07-01T13:00:00Z'],
    // The hour that comes twice: the first of the two. The hour that never comes: after the jump.
    ['2026-11-01T01:30:00', false, '2026-11-01T05:30:00Z'],
    ['2026-03-08T02:30:00', false, '2026-03-08T06:30:00Z'],
    ['2026-13-01', false, undefined],
    ['yesterday', false, undefined],
  ];
  for (const [text, end, at] of read)
    it(`${text} in New York ${end ? 'as an end ' : ''}is ${at ?? 'no time'}`, () => {
      assert.equal(clockAt('America/New_York').read(text, end), at === undefined ? undefined : second(at));
    });

  it('today is the day on the wall, not in Greenwich', () => {
    assert.equal(clockAt('America/New_York', '2026-07-02T03:00:00Z').today(), '2026-07-01');
  });
});
