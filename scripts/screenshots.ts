/**
 * `npm run screenshots`: takes the pictures of Temporal UI that docs/operations.md shows, into docs/pictures/, from five real
 * companies on this machine. `CHROMIUM` names another browser than Debian's.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { startStage } from '../src/cli/demo/stage.ts';
import { fiveCompanies, STATES } from '../test/browser/fiveCompanies.ts';
import { CHROMIUM, comeIn, openBrowser, openCurrentDetails, openList } from '../test/browser/temporalPages.ts';

const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const LARGEST_BYTES = 200_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const browser = await openBrowser(process.env.CHROMIUM ?? CHROMIUM);
const stage = await startStage({ env: process.env, log: pino({ level: 'silent' }), ui: true });
try {
  await stage.startCloud();
  const { companies, release } = await fiveCompanies(stage);
  const page = await browser.newPage({ viewport: { width: 1440, height: 820 } });
  await comeIn(page, stage);
  mkdirSync(PICTURES, { recursive: true });
  const picture = async (name: string) => {
    const file = path.join(PICTURES, `${name}.png`);
    await page.screenshot({ path: file, animations: 'disabled' });
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) {
      rmSync(file);
      throw new Error(`${name}.png has ${size} bytes; ${LARGEST_BYTES} are allowed`);
    }
    say(`docs/pictures/${name}.png, ${Math.round(size / 1000)} KB`);
  };
  for (const state of STATES) {
    say(`${companies[state].name}: ${(await openCurrentDetails(page, stage, companies[state])).split('\n')[0]}`);
    await picture(`company-${state}`);
  }
  await openList(page, stage, 'TandemPhase IN ("offline", "blocked")', 2);
  await picture('companies-by-phase');
  await release();
} finally {
  await browser.close();
  await stage.stop();
}
