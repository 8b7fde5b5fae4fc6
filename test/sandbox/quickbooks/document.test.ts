import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { HRESULTS } from '../../../src/sandbox/quickbooks/hresult.ts';
import { MEMBERS } from '../../../src/sandbox/quickbooks/members.ts';
import { MOVES } from '../../../src/sandbox/quickbooks/people/index.ts';
import { type Desk, openDesk } from './desk.ts';

const text = readFileSync(new URL('../../../docs/quickbooks-sandbox.md', import.meta.url), 'utf8');
const BREAK = '----- next block -----';

interface Block {
  readonly commands: string;
  /** What the page shows as the answer, and how it is to be read. */
  readonly shown?: { readonly kind: string; readonly text: string };
}

const blocks: readonly Block[] = [
  ...text.matchAll(/^```bash\n([\s\S]*?)^```\n(?:```(json|xml|text)\n([\s\S]*?)^```\n)?/gm),
].map(([, commands = '', kind, answer]) => ({
  commands,
  ...(kind === undefined || answer === undefined ? {} : { shown: { kind, text: answer } }),
}));

/** What the words in ‹kind:name› stand for. */
const KINDS: Readonly<Record<string, string>> = {
  id: '[0-9A-F]+-[0-9]+',
  second: '[0-9]{10}',
  zone: '[A-Za-z_/+-]+[A-Za-z0-9_/+-]*',
};

/** Values that stand under one name must be the same on the whole page. */
function compare(shown: string, found: string, known: Map<string, string>): void {
  const names: string[] = [];
  const pattern = shown
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/"‹second:(\w+)›"|‹(\w+):(\w+)›/g, (whole, number, kind, name) => {
      // A number of JSON is shown as a text, since its value is not known.
      const [of, as] = number === undefined ? [kind, name] : ['second', number];
      names.push(`${of}:${as}`);
      const form = KINDS[of];
      assert.ok(form !== undefined, `unknown placeholder ${whole}`);
      return number === undefined ? `(${form})` : `"?(${form})"?`;
    });
  const match = new RegExp(`^${pattern}$`).exec(found);
  assert.ok(match !== null, `the page shows\n${shown}\nbut the answer was\n${found}`);
  names.forEach((name, index) => {
    const value = match[index + 1] ?? '';
    assert.equal(known.get(name) ?? value, value, name);
    known.set(name, value);
  });
}

/** Several JSON values one after the other, each written in one way. */
function jsonValues(source: string): string {
  const values: string[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const end = [...rest.matchAll(/\}/g)].map(({ index }) => index + 1).find((at) => parses(rest.slice(0, at)));
    assert.ok(end !== undefined, `not JSON: ${rest}`);
    values.push(JSON.stringify(JSON.parse(rest.slice(0, end))));
    rest = rest.slice(end).trim();
  }
  return values.join('\n');
}

function parses(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const normal = (kind: string, answer: string): string =>
  kind === 'json' ? jsonValues(answer) : kind === 'xml' ? answer.replaceAll(/>\s+</g, '><').trim() : answer.trim();

/** The table that begins with this heading. */
const table = (heading: string): string => text.slice(text.indexOf(`| ${heading} |`)).split('\n\n')[0] ?? '';

/** The first column of a table. */
const column = (heading: string): string[] =>
  [...table(heading).matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell = '']) => cell);

describe('docs/quickbooks-sandbox.md', () => {
  let desk: Desk;
  let answers: readonly string[];
  before(async () => {
    desk = await openDesk();
    const script = blocks.map(({ commands }) => `${commands}\necho '${BREAK}'`).join('\n');
    const { stdout } = await promisify(execFile)('bash', ['-uo', 'pipefail', '-c', script], {
      env: { PATH: process.env.PATH, QB: desk.url },
      maxBuffer: 16 * 1024 * 1024,
      timeout: 60_000,
    });
    answers = stdout.split(`${BREAK}\n`);
  });
  after(() => desk.stop());

  const known = new Map<string, string>();
  blocks.forEach(({ commands, shown }, index) => {
    const [first = ''] = commands.trim().split('\n');
    it(`${index + 1}: ${first.slice(0, 90)}`, () => {
      assert.ok(shown !== undefined, 'the page shows no answer');
      compare(normal(shown.kind, shown.text), normal(shown.kind, answers[index] ?? ''), known);
    });
  });

  it('names every member of the processor', () => {
    assert.deepEqual(column('member').toSorted(), ['ProcessRequest', ...MEMBERS.keys()].toSorted());
  });

  it('names every HRESULT', () => {
    assert.deepEqual(column('HRESULT').toSorted(), HRESULTS.toSorted());
  });

  it('names every move', () => {
    const files = ['new-company', 'copy-company', 'backup', 'restore-backup', 'set-switch', 'move-clock'];
    assert.deepEqual(column('move').toSorted(), [...files, ...MOVES.keys()].toSorted());
  });

  it('names every switch, its values, and the default first', async () => {
    const rows = [...table('switch').matchAll(/^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|/gm)];
    const { json } = await desk.page('GET', '/people/switches');
    assert.deepEqual(
      rows.map(([, name]) => name),
      Object.keys(json),
    );
    for (const [, name = '', cell = ''] of rows) {
      const values = [...cell.matchAll(/`(\w+)`/g)].map(([, value = '']) =>
        parses(value) ? JSON.parse(value) : value,
      );
      assert.equal(values[0], json[name], name);
      for (const value of values.toReversed()) await desk.move('set-switch', { name, value });
      const wrong = await desk.page('POST', '/people/set-switch', { name, value: 'something else' });
      assert.equal(wrong.status, 400);
      for (const value of values)
        assert.ok(
          String(wrong.json.error).includes(typeof value === 'boolean' ? 'boolean' : value),
          `${name} ${value}`,
        );
    }
  });
});
