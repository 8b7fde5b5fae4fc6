import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../src/cli/commands.ts';
import { Fault, toldAs } from '../../src/cli/fault.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

function tandem(...args: string[]): { code: number | null; out: string; err: string } {
  const main = path.join(root, 'src/cli/main.ts');
  const code = `import { run } from ${JSON.stringify(main)}; await run(['node', 'tandem', ...${JSON.stringify(args)}]);`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', code],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return { code: status, out: stdout, err: stderr };
}

describe('the command line', () => {
  const cases: [name: string, args: string[], code: number, out: RegExp, err: RegExp][] = [
    ['prints its version', ['--version'], 0, new RegExp(`^${version.replaceAll('.', '\\.')}\n$`), /^$/],
    [
      'prints its help with every command',
      ['--help'],
      0,
      new RegExp(COMMANDS.map(({ name }) => `^  ${name} `).join('[^]*'), 'm'),
      /^$/,
    ],
    [
      'refuses a command it does not have',
      ['sandbix'],
      2,
      /^$/,
      /^error: unknown command 'sandbix'\n\(Did you mean sandbox\?\)/,
    ],
    [
      'refuses an option it does not have',
      ['sandbox', 'quickbooks', '--prot', '1'],
      2,
      /^$/,
      /^error: unknown option '--prot'\n\(Did you mean --port\?\)/,
    ],
    [
      'refuses a port that is none',
      ['sandbox', 'mineraltree', '--port', '70000'],
      2,
      /^$/,
      /'70000' is invalid\. a port is a whole number from 0 to 65535/,
    ],
    [
      'refuses a word that is not one of a few',
      ['sandbox', 'quickbooks', '--seed', 'huge'],
      2,
      /^$/,
      /Allowed choices are small, medium, large/,
    ],
  ];
  for (const [name, args, code, out, err] of cases)
    it(`${name}: tandem ${args.join(' ')}`, () => {
      const said = tandem(...args);
      assert.equal(said.code, code, said.err);
      assert.match(said.out, out);
      assert.match(said.err, err);
    });

  it('tells a failure in one line: what, where, what to do', () => {
    const fault = new Fault('the settings cannot be read', '/etc/tandem.json', 'name a file that exists');
    assert.deepEqual(toldAs(fault, false), {
      text: 'error: the settings cannot be read, in /etc/tandem.json; name a file that exists',
      exitCode: 1,
    });
    const { text } = toldAs(new Error('connect failed', { cause: new Error('ECONNREFUSED') }), false);
    assert.equal(text, 'error: connect failed: ECONNREFUSED (TANDEM_DEBUG=1 shows where in the program)');
    assert.match(toldAs(new Error('x'), true).text, /commandLine\.test\.ts/);
  });
});
