/** What an operator does in a browser: comes in by the one-time link, signs out and in, reads a sealed workflow in Temporal UI. */
import assert from 'node:assert/strict';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CLOUD_QUEUE, workflowIdOf } from '../../src/contract/index.ts';
import { startTemporalServer, type TemporalServer } from '../../src/local/temporalServer.ts';
import { createStoredKeyring, listAudit } from '../../src/store/index.ts';
import { createDataConverter } from '../../src/workers/codec/index.ts';
import { temporalCli } from '../local/servers.ts';
import { openTestWeb, type TestWeb } from '../web/openWeb.ts';
import { CHROMIUM, openBrowser } from './temporalPages.ts';

const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 30_000;

describe('the sign-in, and Temporal UI behind it, in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let temporal: TemporalServer;
  let opened: TestWeb;
  /** What the browser's console complained about. */
  const complaints: string[] = [];

  before(async () => {
    const log = pino({ level: 'silent' });
    temporal = await startTemporalServer({
      cli: await temporalCli(),
      log,
      ui: true,
      uiPublicPath: '/temporal',
      uiCodecEndpoint: '/codec',
    });
    opened = await openTestWeb({ temporalUi: temporal.uiUrl ?? '' });
    browser = await openBrowser(process.env.CHROMIUM ?? CHROMIUM);
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (/content security policy|refused/i.test(message.text())) complaints.push(message.text());
    });
    const connection = await Connection.connect({ address: temporal.address });
    try {
      const { store, acme, birch } = opened;
      const dataConverter = createDataConverter(createStoredKeyring(store));
      const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
      for (const [companyId, bill] of [
        [acme, 'BILL-OF-ACME'],
        [birch, 'BILL-OF-BIRCH'],
      ] as const)
        await client.workflow.start('nobodyRunsThis', {
          workflowId: workflowIdOf(companyId),
          taskQueue: CLOUD_QUEUE,
          args: [{ bill }],
          staticDetails: `## Details of ${bill}`,
        });
    } finally {
      await connection.close();
    }
  });
  after(async () => {
    await browser?.close();
    await opened?.stop();
    await temporal?.stop();
  });

  it('the one-time link lets an operator choose a password, and then it is over', async () => {
    const link = await opened.link('Olga', 'operator');
    await page.goto(`${opened.web.url}${link}`);
    assert.equal(await page.getByLabel('Name').inputValue(), 'Olga');
    await page.getByLabel('Choose a password').fill(PASSWORD);
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByText('You are signed in as Olga, an operator').waitFor();
    const stranger = await browser.newPage();
    await stranger.goto(`${opened.web.url}${link}`);
    await stranger.getByRole('heading', { name: 'This link is not good any more' }).waitFor();
    await stranger.close();
  });

  it('signed out, nothing is left to see; the password brings them back to where they were going', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(
      (await context.cookies()).map(({ name }) => name).filter((name) => name === 'tandem-session'),
      [],
    );
    await page.goto(`${opened.web.url}/tokens`);
    await page.getByLabel('Name').fill('olga');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Personal tokens' }).waitFor();
    const session = (await context.cookies()).find(({ name }) => name === 'tandem-session');
    assert.deepEqual([session?.httpOnly, session?.sameSite], [true, 'Strict']);
  });

  it('Temporal UI shows the input of a sealed workflow decoded, and the audit says who read it', async () => {
    await page.goto(opened.web.url);
    await page.getByRole('main').getByRole('link', { name: 'Temporal UI' }).click();
    await page
      .getByRole('link', { name: workflowIdOf(opened.acme) })
      .first()
      .click();
    await page.getByText('BILL-OF-ACME').first().waitFor();
    const [line] = await listAudit(opened.store.db, opened.acme, 1);
    assert.deepEqual([line?.who, line?.what], ['Olga', 'read payloads']);
  });

  it('its details, sealed as well, are shown as they were written', async () => {
    await page.locator('a[href*="/user-metadata"]').click();
    const details = page.frameLocator('#user-metadata-details').locator('h2');
    await details.filter({ hasText: 'Details of BILL-OF-ACME' }).waitFor();
  });

  it('what an operator does in Temporal UI reaches Temporal, by its own form token', async () => {
    await page.goto(`${opened.web.url}/temporal/namespaces/default/workflows/${workflowIdOf(opened.birch)}`);
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().includes('/temporal/api/'),
    );
    await page.getByRole('button', { name: 'Request Cancellation' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    assert.equal((await answered).status(), 200);
  });

  it('nothing on any of these pages was refused by the browser', () => assert.deepEqual(complaints, []));
});
