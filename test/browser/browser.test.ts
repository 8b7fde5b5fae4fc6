/** What a person sees in a browser: the pages of the MineralTree sandbox, and a company in Temporal UI. */
import assert from 'node:assert/strict';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { type Stage, startStage } from '../../src/cli/demo/stage.ts';
import { workflowIdOf } from '../../src/contract/index.ts';
import { type FiveCompanies, fiveCompanies, type State } from './fiveCompanies.ts';
import { CHROMIUM, comeIn, openBrowser, openCurrentDetails, openList } from './temporalPages.ts';

describe('in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: Page;
  let stage: Stage;
  let five: FiveCompanies;

  before(async () => {
    browser = await openBrowser(process.env.CHROMIUM ?? CHROMIUM);
    page = await browser.newPage({ viewport: { width: 1440, height: 820 } });
    stage = await startStage({ env: process.env, log: pino({ level: 'silent' }), ui: true });
    await stage.startCloud();
    five = await fiveCompanies(stage);
    await comeIn(page, stage);
  });
  after(async () => {
    await browser?.close();
    // A connector whose QuickBooks hangs is not stopped before the call is over.
    await five?.release();
    await stage?.stop();
  });

  it('the MineralTree sandbox says what it is, and shows the invoices of a company with status and ledger key', async () => {
    await page.goto(stage.mineralTree.url);
    await page.getByText('no real MineralTree').waitFor();
    await page.getByRole('link', { name: 'Harbor Crafts' }).click();
    await page.getByRole('heading', { name: 'Harbor Crafts' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'HC-1' });
    const cells = await row.getByRole('cell').allTextContents();
    assert.deepEqual(cells.slice(1, 7), ['Acorn Supply', 'HC-1', '2026-11-02', '2026-12-02', '12.00', '12.00']);
    assert.match(cells[7] ?? '', /^[0-9A-F]+-\d+$/, 'the TxnID of the bill in QuickBooks');
  });

  const seen: Readonly<Record<State, readonly RegExp[]>> = {
    waiting: [/^Waiting: in rotation, expected by /m, /^Connector that answered last: front-desk@/m],
    paused: [/^Paused by .*: month end since /m, /Signal resume to go on/],
    offline: [/^Offline: no connector has come since /m, /Start the connector on one of the customer’s computers/],
    blocked: [/^Blocked: anotherFile since /m, /Open the right company file in QuickBooks/],
    firstLoad: [/^Synchronizing: /m, /^Connector that answered last: front-desk@/m],
  };
  for (const [state, words] of Object.entries(seen))
    it(`Temporal UI shows a company that is ${state}, and what to do`, async () => {
      const details = await openCurrentDetails(page, stage, five.companies[state as State]);
      for (const word of words) assert.match(details, word);
    });

  it('the list in Temporal UI, filtered by phase, shows the companies that somebody must look at', async () => {
    const { offline, blocked } = five.companies;
    const shown = await openList(page, stage, 'TandemPhase IN ("offline", "blocked")', 2);
    assert.deepEqual([...shown].sort(), [workflowIdOf(offline.id), workflowIdOf(blocked.id)].sort());
  });
});

describe('without a browser', () => {
  it('says where one was looked for, and how to get one', async () =>
    assert.rejects(openBrowser('/no/such/chromium'), /no browser at \/no\/such\/chromium: install Debian's package/));
});
