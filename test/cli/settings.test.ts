import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { Fault } from '../../src/cli/fault.ts';
import { readSettings, settingsFrom } from '../../src/cli/settings.ts';

const schema = z.strictObject({
  temporal: z.strictObject({ address: z.string().min(1), namespace: z.string().default('default') }),
  companies: z
    .array(
      z.strictObject({ file: z.string().min(1), user: z.string().default('Admin'), password: z.string().optional() }),
    )
    .min(1),
  intervalMs: z.number().int().min(15_000).max(3_600_000).default(300_000),
  mode: z.enum(['online', 'offline']).default('online'),
  processor: z.union([z.literal('com'), z.strictObject({ sandbox: z.url() })]).describe('the way to QuickBooks'),
});
const right = { temporal: { address: 'a:1' }, companies: [{ file: 'C:\\A.qbw' }], processor: 'com' };

const mistakes: [name: string, settings: unknown, said: RegExp[]][] = [
  ['a key that is missing', { ...right, temporal: {} }, [/temporal\.address is missing \(allowed: text, not empty\)/]],
  ['a misspelt key', { ...right, intervallMs: 1 }, [/intervallMs is not a setting \(did you mean intervalMs\?\)/]],
  [
    'a misspelt key in a list',
    { ...right, companies: [{ file: 'x', usr: 'y' }] },
    [/companies\[0\]\.usr is not a setting \(did you mean user\?\)/],
  ],
  ['a key like no other', { ...right, zzzzzz: 1 }, [/zzzzzz is not a setting \(allowed: temporal, companies/]],
  [
    'a number too small',
    { ...right, intervalMs: 5 },
    [/intervalMs is 5 \(allowed: a whole number from 15000 up to 3600000\)/],
  ],
  [
    'a word that is not one of a few',
    { ...right, mode: 'onlin' },
    [/mode is "onlin" \(allowed: "online" or "offline"\)/],
  ],
  ['an empty list', { ...right, companies: [] }, [/companies is \[\] \(allowed: a list, at least 1 long/]],
  [
    'one form or another',
    { ...right, processor: 5 },
    [/processor is 5 \(allowed: "com", or an object with the keys sandbox: the way to QuickBooks\)/],
  ],
  ['two mistakes', { ...right, mode: 1, intervalMs: 'x' }, [/intervalMs is "x"/, /mode is 1/]],
  ['no object at all', [], [/the whole file is \[\]/]],
];

describe('a settings file', () => {
  for (const [name, settings, said] of mistakes)
    it(`with ${name} is refused, naming key, value and what is allowed`, () => {
      assert.throws(
        () => settingsFrom(JSON.stringify(settings), 'connector.json', schema),
        (error: unknown) => {
          assert.ok(error instanceof Fault);
          for (const pattern of said) assert.match(error.message, pattern);
          assert.match(error.message, /in connector\.json; correct/);
          return true;
        },
      );
    });

  it('never shows a secret', () => {
    const settings = { ...right, companies: [{ file: 'x', password: 12345 }] };
    assert.throws(
      () => settingsFrom(JSON.stringify(settings), 'f', schema),
      (error: unknown) =>
        error instanceof Fault &&
        /companies\[0\]\.password is a value not shown/.test(error.message) &&
        !error.message.includes('12345'),
    );
  });

  it('that is not JSON is refused with line and column', () => {
    assert.throws(
      () => settingsFrom('{\n  "a": 1,\n  oops\n}', 'f.json', schema),
      /not JSON \(.*line 3, column 3\), in f\.json/,
    );
  });

  it('that does not exist is refused with its name', () => {
    assert.throws(
      () => readSettings('/no/such/file.json', schema),
      /cannot be read .*ENOENT.*in \/no\/such\/file\.json/,
    );
  });

  it('is read with defaults, also when a Windows editor saved it with a byte order mark', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-settings-'));
    try {
      const file = path.join(folder, 'connector.json');
      writeFileSync(file, `\uFEFF${JSON.stringify(right)}`);
      assert.equal(readSettings(file, schema).intervalMs, 300_000);
      assert.equal(readSettings(file, schema).companies[0]?.user, 'Admin');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
