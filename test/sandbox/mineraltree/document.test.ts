import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'mocha';
import { STATUS_NUMBERS } from '../../../src/sandbox/mineraltree/billLedger.ts';
import { ENTITIES } from '../../../src/sandbox/mineraltree/entities.ts';
import { createMineralTreeSandbox } from '../../../src/sandbox/mineraltree/index.ts';
import { KNOBS } from '../../../src/sandbox/mineraltree/knobs.ts';
import { MOVES } from '../../../src/sandbox/mineraltree/moves.ts';
import { FUND_TYPES } from '../../../src/sandbox/mineraltree/paymentFields.ts';
import { PAID_FOR_EXPORT, PAYMENT_STATUSES } from '../../../src/sandbox/mineraltree/paymentStatus.ts';
import { SEARCH_FIELDS } from '../../../src/sandbox/mineraltree/search.ts';

const DOCUMENT = new URL('../../../docs/mineraltree-sandbox.md', import.meta.url);
const ADDRESS = 'http://127.0.0.1:8090';
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  id: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  time: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ',
  session: '[0-9a-f]{64}',
};

interface Example {
  readonly line: number;
  readonly script: string;
  /** Undefined: nothing is printed. */
  readonly expected?: { readonly form: 'json' | 'text'; readonly text: string };
}

/** Every block to be run, with what is shown to come out of it. */
function examplesOf(markdown: string): Example[] {
  const blocks = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([whole, language = '', content = ''], index) => ({
      index,
      language,
      content,
      at: markdown.indexOf(whole),
    }),
  );
  return blocks.flatMap(({ index, language, content, at }) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    const line = markdown.slice(0, at).split('\n').length;
    return next?.language === 'json' || next?.language === 'text'
      ? [{ line, script: content, expected: { form: next.language, text: next.content.trim() } }]
      : [{ line, script: content }];
  });
}

/** Runs all examples in one shell, as a reader would, and answers what each printed. */
async function run(examples: readonly Example[], url: string, cwd: string): Promise<string[]> {
  const mark = '-- end of an example --';
  const script = examples.map((example) => `${example.script}\nprintf '%s\\n' '${mark}'`).join('\n');
  const shell = spawn('bash', ['-u'], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, problems, , ended] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    shell.stdin.end(script.replaceAll(ADDRESS, url)),
    once(shell, 'exit'),
  ]);
  assert.deepEqual([problems, ended[0]], ['', 0]);
  return out.split(`${mark}\n`).slice(0, -1);
}

const pattern = (shown: string): RegExp =>
  new RegExp(
    `^${shown
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/<(id|time|session)>/g, (_, name: string) => PLACEHOLDERS[name] ?? name)}$`,
  );

/** Compares JSON member by member; a member "..." stands for any others. */
function assertLike(found: unknown, shown: unknown, at: string): void {
  if (typeof shown === 'string') assert.match(String(found), pattern(shown), at);
  else if (Array.isArray(shown)) {
    assert.ok(Array.isArray(found), `${at} is a list`);
    assert.equal(found.length, shown.length, `length of ${at}`);
    for (const [index, entry] of shown.entries()) assertLike(found[index], entry, `${at}[${index}]`);
  } else if (typeof shown === 'object' && shown !== null) {
    assert.ok(typeof found === 'object' && found !== null, `${at} is an object`);
    const names = Object.keys(shown).filter((name) => name !== '...');
    if (names.length === Object.keys(shown).length) assert.deepEqual(Object.keys(found).sort(), names.sort(), at);
    const members = new Map<string, unknown>(Object.entries(found));
    for (const [name, entry] of Object.entries(shown))
      if (name !== '...') assertLike(members.get(name), entry, `${at}.${name}`);
  } else assert.equal(found, shown, at);
}

describe('docs/mineraltree-sandbox.md', () => {
  it('shows what really comes out of every example', async function () {
    this.timeout(30_000);
    const examples = examplesOf(await fs.readFile(DOCUMENT, 'utf8'));
    assert.ok(examples.length > 20);
    const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'mineraltree-document-'));
    const sandbox = await createMineralTreeSandbox({ dataDir: path.join(dir, 'books') });
    try {
      const { url } = await sandbox.listen(0);
      const printed = await run(examples, url, dir);
      assert.equal(printed.length, examples.length);
      for (const [index, { line, expected }] of examples.entries()) {
        const found = printed[index] ?? '';
        const where = `the example at line ${line}, which printed ${found}`;
        if (expected === undefined) assert.equal(found, '', where);
        else if (expected.form === 'json') assertLike(JSON.parse(found), JSON.parse(expected.text), where);
        else assertSameLines(found, expected.text, where);
      }
    } finally {
      await sandbox.close();
      await fs.rm(dir, { recursive: true, force: true });
    }
  });

  const tables: readonly [name: string, heading: RegExp, rows: () => string[]][] = [
    [
      'knobs',
      /knob/,
      () => Object.entries(KNOBS).map(([name, { value, does }]) => `| \`${name}\` | ${value} | ${does} |`),
    ],
    [
      'records',
      /record/,
      () =>
        Object.values(ENTITIES).map(
          (entity) =>
            `| \`${entity.path}\` | \`${entity.wrapper}\` | ${'view' in entity ? `${entity.view} ` : ''}| ${entity.required.join(', ')} |`,
        ),
    ],
    ['states', /state/, () => Object.entries(STATUS_NUMBERS).map(([state, number]) => `| ${state} | ${number} |`)],
    [
      'search fields',
      /view/,
      () =>
        Object.values(ENTITIES).flatMap((entity) => {
          const kind = Object.entries(ENTITIES).find(([, other]) => other === entity)?.[0];
          const fields = Object.entries(SEARCH_FIELDS).find(([name]) => name === kind)?.[1];
          const own = Object.keys(fields ?? {}).filter(
            (name) => !['id', 'companyId', 'modified', 'created'].includes(name),
          );
          return 'view' in entity ? [`| ${entity.view} | ${own.map((name) => `\`${name}\``).join(' ')} |`] : [];
        }),
    ],
    ['moves', /move/, () => Object.keys(MOVES).map((name) => `| \`${name}\` |`)],
  ];
  for (const [name, heading, rows] of tables)
    it(`lists the ${name} that there are, all of them and no others`, async () => {
      const lines = (await fs.readFile(DOCUMENT, 'utf8')).split('\n');
      const start = lines.findIndex((line) => new RegExp(`^\\| ${heading.source} \\|`).test(line)) + 2;
      const end = lines.findIndex((line, index) => index >= start && !line.startsWith('|'));
      const listed = lines.slice(start, end).filter((line) => !line.startsWith('| all |'));
      assert.equal(listed.length, rows().length);
      for (const row of rows())
        assert.ok(
          listed.some((line) => line.includes(row)),
          `a row with ${row}`,
        );
    });

  it('says of every status of a payment how it is reached, with the numbers of statuses and fund types', async () => {
    const markdown = await fs.readFile(DOCUMENT, 'utf8');
    const table = markdown.slice(
      markdown.indexOf('| status | number | how a payment'),
      markdown.indexOf('An export takes'),
    );
    const listed = table.split('\n').filter((row) => row.startsWith('| '));
    for (const [status, { name }] of PAYMENT_STATUSES) {
      const shown = status > 4000 && status < 4080 ? 4000 : status;
      const row = listed.find((line) => new RegExp(`\\b${shown}\\b`).test(line.split('|')[2] ?? '')) ?? '';
      assert.ok(row.startsWith('| any other |') || row.includes(name), `status ${status} ${name}: ${row}`);
    }
    for (const [type, number] of Object.entries(FUND_TYPES))
      if (number !== undefined) assert.ok(markdown.includes(`${type} ${number}`), type);
    assert.ok(
      markdown.includes(`An export takes ${PAID_FOR_EXPORT.slice(0, -1).join(', ')} and ${PAID_FOR_EXPORT.at(-1)}`),
    );
  });

  it('names every member that a move may have', async () => {
    const markdown = await fs.readFile(DOCUMENT, 'utf8');
    for (const [name, schema] of Object.entries(MOVES)) {
      const row = markdown.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
      for (const member of Object.keys(schema.shape)) assert.ok(row.includes(`\`${member}\``), `${member} of ${name}`);
    }
  });
});

function assertSameLines(found: string, shown: string, where: string): void {
  const [lines, wanted] = [found.trimEnd().split('\n'), shown.split('\n')];
  assert.equal(lines.length, wanted.length, where);
  for (const [index, line] of wanted.entries()) assert.match(lines[index] ?? '', pattern(line), where);
}
