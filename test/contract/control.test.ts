/** What people type into Temporal UI: taken in or answered in words, never thrown at the workflow. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  firstRun,
  hear,
  phaseDetails,
  readConfigure,
  readSaid,
  SIGNALS,
} from '../../src/contract/index.ts';

describe('a signal typed by hand', () => {
  const cases: readonly (readonly [what: string, argument: unknown, by: string, reason: string])[] = [
    ['as described', { by: 'Ada', reason: 'month end' }, 'Ada', 'month end'],
    ['without an argument', undefined, 'someone', ''],
    ['with null', null, 'someone', ''],
    ['with a bare text', 'Ada', 'someone', ''],
    ['with a list', ['Ada'], 'someone', ''],
    ['with a number for a name', { by: 7, reason: 'month end' }, 'someone', 'month end'],
    ['with escapes of a terminal', { by: '\u001b[31mAda\u0007', reason: 'a\nb' }, '[31mAda', 'a b'],
    ['with a payload that could not be read', { unreadable: 'a payload of encoding "x"' }, 'someone', ''],
  ];
  for (const [what, argument, by, reason] of cases)
    it(`${what} is read as by "${by}"`, () => assert.deepEqual(readSaid(argument), { by, reason }));

  it('is cut at 200 characters', () => assert.equal(readSaid({ by: 'x'.repeat(5_000) }).by.length, 200));

  it('never throws, whatever it is, and changes only what its name says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(SIGNALS)), fc.anything(), (name, argument) => {
        const state = firstRun(1_000);
        hear(state, name, argument, 2_000);
        assert.equal(state.pause !== undefined, name === 'pause');
        assert.equal(state.handOver, name === 'handOver');
        assert.equal(state.reportFor !== undefined, name === 'reconcile');
        assert.equal(state.woken, ['resume', 'syncNow', 'reconcile'].includes(name));
      }),
    );
  });

  it('of an unknown name changes nothing and says which names there are', () => {
    const state = firstRun(1_000);
    hear(state, 'Pause', { by: 'Ada' }, 2_000);
    assert.deepEqual({ ...state, notes: [] }, firstRun(1_000));
    assert.match(state.notes[0] ?? '', /unknown signal "Pause": nothing was changed; the signals are pause, resume/);
    assert.match(phaseDetails(state), /unknown signal "Pause"/);
  });

  it('changes nothing when its argument cannot be read, and says so', () => {
    const state = firstRun(1_000);
    for (const name of Object.keys(SIGNALS)) {
      hear(state, name, { unreadable: 'it cannot be opened' }, 2_000);
      assert.match(state.notes[0] ?? '', new RegExp(`"${name}" whose argument cannot be read: nothing was changed`));
    }
    assert.deepEqual({ ...state, notes: [] }, firstRun(1_000));
  });

  it('that pauses twice keeps the first reason', () => {
    const state = firstRun(1_000);
    hear(state, 'pause', { by: 'Ada', reason: 'first' }, 2_000);
    hear(state, 'pause', { by: 'Bob', reason: 'second' }, 3_000);
    assert.deepEqual(state.pause, { by: 'Ada', reason: 'first', at: 2_000 });
  });
});

describe('the update configure', () => {
  const cases: readonly (readonly [argument: unknown, expected: RegExp | object])[] = [
    [{ intervalMs: 60_000 }, { settings: { intervalMs: 60_000 } }],
    [{}, { settings: {} }],
    [undefined, /configure takes an object with any of: intervalMs/],
    [{ interval: 5 }, /knows no "interval"; allowed: intervalMs/],
    [{ intervalMs: '5 min' }, /intervalMs must be a whole number of milliseconds from 1000 to 86400000/],
    [{ intervalMs: 0 }, /intervalMs must be/],
    [{ heartbeatMs: 1.5e9 }, /heartbeatMs must be/],
    [{ ['__proto__']: 1, constructor: 1 }, /knows no/],
  ];
  for (const [argument, expected] of cases)
    it(`given ${JSON.stringify(argument) ?? 'nothing'}`, () => {
      const read = readConfigure(argument);
      if (expected instanceof RegExp) assert.match('wrong' in read ? read.wrong : 'accepted', expected);
      else assert.deepEqual(read, expected);
    });

  it('accepts the defaults', () => assert.deepEqual(readConfigure(DEFAULT_SETTINGS), { settings: DEFAULT_SETTINGS }));
});
