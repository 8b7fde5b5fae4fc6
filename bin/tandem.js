#!/usr/bin/env node
// The command `tandem`. Where the package was installed without its scripts, the first use builds it.
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(new URL('../dist/build.json', import.meta.url))) {
  process.stderr.write('tandem: not built yet; building (once, a few seconds)\n');
  const build = fileURLToPath(new URL('../scripts/build.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [build, '--keep-going'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(
      'error: tandem could not be built, for the reason above; in its folder run: npm ci && npm run build\n',
    );
    process.exit(1);
  }
}
const { run } = await import(main.href);
await run(process.argv);
