import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, dataFolder } from '../../src/cli/places.ts';

const asRoot = process.getuid?.() === 0;
const root = path.resolve(import.meta.dirname, '../..');

describe('where files are kept', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'tandem-home-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('data: in the folder that TANDEM_DATA names, which is made', () => {
    const given = path.join(home, 'a', 'b');
    assert.equal(dataFolder({ TANDEM_DATA: given, HOME: '/nowhere' }), given);
    assert.ok(lstatSync(given).isDirectory());
  });

  it('data: for root in the temp folder, for others in their own', () => {
    const found = dataFolder({ HOME: home });
    assert.equal(found, asRoot ? path.join(os.tmpdir(), 'tandem') : path.join(home, '.local/share/tandem'));
    if (!asRoot)
      assert.equal(dataFolder({ HOME: home, XDG_DATA_HOME: path.join(home, 'x') }), path.join(home, 'x/tandem'));
  });

  it('downloads: in the folder that TANDEM_CACHE names, else in the user’s cache, else in the temp folder', () => {
    assert.equal(cacheFolder({ TANDEM_CACHE: path.join(home, 'c') }), path.join(home, 'c'));
    assert.equal(cacheFolder({ HOME: home }), path.join(home, '.cache/tandem'));
    assert.equal(cacheFolder({ HOME: home, XDG_CACHE_HOME: path.join(home, 'x') }), path.join(home, 'x/tandem'));
    const without = cacheFolder({ HOME: '/no/such/home' });
    assert.equal(path.dirname(without), os.tmpdir());
    assert.match(path.basename(without), /^tandem-cache/);
  });

  it('a folder that cannot be made is an error that names the variable', () => {
    const file = path.join(home, 'file');
    writeFileSync(file, '');
    assert.throws(
      () => dataFolder({ TANDEM_DATA: path.join(file, 'x') }),
      /cannot be used: .*, in TANDEM_DATA; name a folder that you can write/,
    );
  });

  it('a folder in the temp folder that somebody else made is not used', () => {
    // The temp folder is the process's own, so another process looks.
    const temp = path.join(home, 'temp');
    mkdirSync(path.join(temp, 'tandem'), { recursive: true });
    const name = asRoot ? 'tandem' : `tandem-${process.getuid?.()}`;
    rmSync(path.join(temp, name), { recursive: true, force: true });
    // A link to a folder of ours stands for the trap that another user would lay.
    execFileSync('ln', ['-s', home, path.join(temp, name)]);
    const code = `import { dataFolder } from ${JSON.stringify(path.join(root, 'src/cli/places.ts'))};
      try { dataFolder({ HOME: '/no/such/home' }); console.log('used'); } catch (error) { console.log(error.message); }`;
    const said = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temp },
    });
    assert.match(
      said,
      /belongs to somebody else, in data folder; set TANDEM_DATA or TANDEM_CACHE to a folder of your own/,
    );
  });
});
