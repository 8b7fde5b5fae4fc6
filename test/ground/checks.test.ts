import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkClosure } from '../../scripts/checks/connectorClosure.js';
import { checkDocTables, LISTS } from '../../scripts/checks/docTables.js';
import { checkFixtures } from '../../scripts/checks/fixtureHashes.js';
import { checkImports } from '../../scripts/checks/importTable.js';

describe('npm run check', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tandem-check-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
  }

  describe('on who imports whom', () => {
    const table = [
      '# Architecture',
      '',
      '| folder | may import |',
      '| --- | --- |',
      '| domain | |',
      '| contract | domain |',
      '| workflows | contract, but contract/schema |',
      '| sandbox | domain/money |',
      '| sandbox/judge | domain/money |',
      '| cli | domain, sandbox |',
      '',
    ].join('\n');
    const cases: [name: string, file: string, text: string, said: RegExp | undefined][] = [
      ['takes what its row lists', 'contract/a.ts', "import type { A } from '../domain/a.ts';\n", undefined],
      [
        'takes its own folder and packages',
        'domain/a.ts',
        "import { z } from 'zod';\nexport * from './b.ts';\n",
        undefined,
      ],
      [
        'reaches for what is not listed',
        'domain/a.ts',
        "\nimport { A } from '../contract/a.ts';\n",
        /src\/domain\/a\.ts:2: domain may not import contract\/a .* nothing/,
      ],
      [
        'takes only a type, over several lines',
        'domain/a.ts',
        "import type {\n  A,\n} from '../contract/a.ts';\n",
        /src\/domain\/a\.ts:3: domain may not/,
      ],
      [
        'hands on what is not listed',
        'domain/a.ts',
        "export { A } from '../contract/a.ts';\n",
        /src\/domain\/a\.ts:1: domain may not/,
      ],
      [
        'imports when called',
        'domain/a.ts',
        "export const a = () => import('../contract/a.ts');\n",
        /src\/domain\/a\.ts:1: domain may not/,
      ],
      [
        'takes a part that is taken out',
        'workflows/a.ts',
        "import { A } from '../contract/schema/a.ts';\n",
        /workflows may not import contract\/schema\/a/,
      ],
      [
        'takes another part than the one allowed',
        'sandbox/qb/a.ts',
        "import { A } from '../../domain/dates.ts';\n",
        /sandbox may not import domain\/dates/,
      ],
      ['takes the part allowed', 'sandbox/qb/a.ts', "import { A } from '../../domain/money.ts';\n", undefined],
      [
        'is the judge and looks into a sandbox',
        'sandbox/judge/a.ts',
        "import { A } from '../qb/a.ts';\n",
        /sandbox\/judge may not import sandbox\/qb\/a/,
      ],
      ['is a command and takes a sandbox', 'cli/a.ts', "import { A } from '../sandbox/qb/a.ts';\n", undefined],
      ['lies in a folder without a row', 'gateway/a.ts', '', /src\/gateway\/a\.ts: no row of the import table/],
    ];
    for (const [name, file, text, said] of cases)
      it(`a file that ${name} is ${said === undefined ? 'let be' : 'named'}`, () => {
        write({ 'docs/architecture.md': table, [`src/${file}`]: text });
        const { problems } = checkImports(root);
        if (said === undefined) assert.deepEqual(problems, []);
        else assert.match(problems.join('\n'), said);
      });

    it('the table that the project has is read, and holds', () => {
      const { problems, files } = checkImports(path.resolve(import.meta.dirname, '../..'));
      assert.deepEqual(problems, []);
      assert.ok(files > 100);
    });
  });

  describe('on what the connector loads', () => {
    const forbidden: [name: string, files: Record<string, string>, said: RegExp][] = [
      [
        'the store',
        { 'dist/store/a.js': '' },
        /would load src\/store\/a\.ts: dist\/cli\/connector\.js > dist\/part\.js > dist\/store\/a\.js/,
      ],
      ['a sandbox', { 'dist/sandbox/a.js': '' }, /src\/sandbox\/a\.ts/],
      [
        'a database driver',
        { 'node_modules/pg/package.json': '{"name":"pg","main":"x.js"}', 'node_modules/pg/x.js': '' },
        /would load pg: /,
      ],
    ];
    for (const [name, files, said] of forbidden)
      it(`${name} at two removes is named, with the way to it`, async () => {
        const target = Object.keys(files).find((file) => file.startsWith('dist/'));
        const specifier = target === undefined ? 'pg' : `./${target.slice(5)}`;
        write({
          'package.json': '{"type":"module"}',
          'dist/cli/connector.js': "import { a } from '../part.js';\n",
          'dist/part.js': `export const a = () => import('${specifier}');\n`,
          ...files,
        });
        assert.match((await checkClosure(root)).problems.join('\n'), said);
      });

    it('a package that a package requires is followed, and all is counted', async () => {
      write({
        'package.json': '{"type":"module"}',
        'dist/cli/connector.js': "import 'outer';\nimport 'node:fs';\n",
        'node_modules/outer/package.json': '{"name":"outer","exports":{".":{"import":"./i.mjs"}}}',
        'node_modules/outer/i.mjs': "import { x } from 'inner';\n",
        'node_modules/inner/package.json': '{"name":"inner","main":"./m.js"}',
        'node_modules/inner/m.js': "try { require('optional') } catch {}\nrequire('undici');\n",
        'node_modules/undici/package.json': '{"name":"undici","main":"./u.js"}',
        'node_modules/undici/u.js': '',
      });
      const { problems, files, bytes, packages } = await checkClosure(root);
      assert.deepEqual(packages, ['inner', 'outer', 'undici']);
      assert.equal(files, 4);
      assert.ok(bytes > 100);
      assert.match(
        problems.join('\n'),
        /^the connector would load undici: .*outer\/i\.mjs > node_modules\/inner\/m\.js > node_modules\/undici\/u\.js$/,
      );
    });

    it('a connector that is not built is a failure', async () => {
      assert.match((await checkClosure(root)).problems.join('\n'), /connector\.js is not there: run npm run build/);
    });
  });

  describe('on lists in the documents', () => {
    const lists = [
      {
        name: 'signals',
        doc: 'docs/a.md',
        source: 'dist/signals.js',
        items: (module: { signals: string[] }) => module.signals,
      },
    ];
    const cases: [name: string, doc: string, said: RegExp | undefined][] = [
      [
        'a table that is right',
        '<!-- list: signals -->\n| signal | does |\n| --- | --- |\n| `pause` | x `y` |\n| `resume` | z |\n<!-- end -->\n',
        undefined,
      ],
      ['a list that is right', '<!-- list: signals -->\n- `resume`: x\n- `pause`: y\n<!-- end -->\n', undefined],
      ['one left out', '<!-- list: signals -->\n- `pause`\n<!-- end -->\n', /signals leaves out resume/],
      [
        'one too many',
        '<!-- list: signals -->\n- `pause`\n- `resume`\n- `stop`\n<!-- end -->\n',
        /signals names stop, which the code does not have/,
      ],
      ['no list', '# A\n', /the list signals .* is missing/],
      [
        'a list that nobody compares',
        '<!-- list: signals -->\n- `pause`\n- `resume`\n<!-- end -->\n<!-- list: colours -->\n<!-- end -->\n',
        /colours is compared with nothing/,
      ],
    ];
    for (const [name, doc, said] of cases)
      it(`${name} is ${said === undefined ? 'let be' : 'named'}`, async () => {
        write({
          'package.json': '{"type":"module"}',
          'docs/a.md': doc,
          'dist/signals.js': "export const signals = ['pause', 'resume'];\n",
        });
        const { problems } = await checkDocTables(root, lists);
        if (said === undefined) assert.deepEqual(problems, []);
        else assert.match(problems.join('\n'), said);
      });

    it('names of variables are compared with the sources that read them', async () => {
      write({
        'package.json': '{"type":"module"}',
        'docs/a.md': '<!-- list: environment -->\n- `TANDEM_DATA`\n<!-- end -->\n',
        'src/cli/a.ts': 'const data = env.TANDEM_DATA ?? env.TANDEM_CACHE;\n',
      });
      const environment = LISTS.filter(({ name }) => name === 'environment').map((list) => ({
        ...list,
        doc: 'docs/a.md',
      }));
      assert.deepEqual((await checkDocTables(root, environment)).problems, [
        'docs/a.md: environment leaves out TANDEM_CACHE',
      ]);
    });
  });

  describe('on recorded histories', () => {
    const sum = (text: string) => createHash('sha256').update(text).digest('hex');
    const cases: [name: string, files: Record<string, string>, said: RegExp | undefined][] = [
      ['listed and as they were', { 'a.json': 'one', SHA256SUMS: `${sum('one')}  a.json\n` }, undefined],
      [
        'changed',
        { 'a.json': 'two', SHA256SUMS: `${sum('one')}  a.json\n` },
        /a\.json was changed: a recorded history is never rewritten/,
      ],
      [
        'not listed',
        { 'a.json': 'one', SHA256SUMS: '' },
        /a\.json is not listed in SHA256SUMS; add the line: [0-9a-f]{64} {2}a\.json/,
      ],
      ['gone', { SHA256SUMS: `${sum('one')}  a.json\n` }, /a\.json is listed in SHA256SUMS and gone/],
    ];
    for (const [name, files, said] of cases)
      it(`that are ${name} are ${said === undefined ? 'let be' : 'named'}`, () => {
        write(files);
        const { problems } = checkFixtures(root);
        if (said === undefined) assert.deepEqual(problems, []);
        else assert.match(problems.join('\n'), said);
      });
  });
});
