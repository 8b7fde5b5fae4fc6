/**
 * `npm run fixtures`: records the histories of five companies, one in each phase, and of one whose cycles carry a credit over
 * and post a payment, with the bundle that made them, below test/replay/fixtures. A folder for each build; one that is there
 * is never written again.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { pino } from 'pino';
import { startStage } from '../src/cli/demo/stage.ts';
import { fiveCompanies, STATES } from '../test/browser/fiveCompanies.ts';
import { historiesOf, presentBundle } from '../test/replay/histories.ts';
import { payingCompany } from '../test/replay/payingCompany.ts';

const FIXTURES = new URL('../test/replay/fixtures/', import.meta.url);
/** The folder of packages, as the bundle names it where that is not beside the sources. */
const PACKAGES = /(?:\.\.\/)+(?:[\w.-]+\/)*?node_modules\//g;
const { code, buildId } = presentBundle();
const folder = new URL(`${buildId}/`, FIXTURES);
if (existsSync(folder))
  throw new Error(`build ${buildId} is recorded already: what is recorded is never written again`);

const { version: sdkVersion } = createRequire(import.meta.url)('@temporalio/workflow/package.json') as {
  version: string;
};
const stage = await startStage({ env: process.env, log: pino({ level: 'silent' }), ui: false });
try {
  await stage.startCloud();
  const { companies, release } = await fiveCompanies(stage);
  const recorded = [
    ...STATES.map((state) => [state, companies[state].id] as const),
    ['paying', (await payingCompany(stage)).id] as const,
  ];
  mkdirSync(folder, { recursive: true });
  const histories: Record<string, string> = {};
  const keep = (name: string, content: string | Buffer) => {
    writeFileSync(new URL(name, folder), content);
    const sum = createHash('sha256')
      .update(readFileSync(new URL(name, folder)))
      .digest('hex');
    appendFileSync(new URL('SHA256SUMS', FIXTURES), `${sum}  ${buildId}/${name}\n`);
  };
  for (const [state, companyId] of recorded) {
    const runs = await historiesOf(stage.client, companyId);
    for (const [index, { history }] of runs.entries()) {
      const name = `${state}-${index + 1}.json`;
      histories[name] = companyId;
      keep(name, `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`);
    }
  }
  // The source map is most of the bundle, and a replay needs none; nor where the packages were on this machine.
  const kept = code.replace(/\n\/\/# sourceMappingURL=.*/s, '\n').replace(PACKAGES, './node_modules/');
  keep('bundle.js.gz', gzipSync(kept, { level: 9 }));
  keep('about.json', `${JSON.stringify({ buildId, sdkVersion, histories }, null, 2)}\n`);
  await release();
  process.stdout.write(`recorded ${Object.keys(histories).length} histories of build ${buildId}\n`);
} finally {
  await stage.stop();
}
