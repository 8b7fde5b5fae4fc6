/** Temporal UI in a real browser, behind the sign-in: the pages of a company as an operator opens them (Temporal UI 2.54). */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Stage, StageCompany } from '../../src/cli/demo/stage.ts';
import { workflowIdOf } from '../../src/contract/index.ts';

/** Where Debian keeps it. */
export const CHROMIUM = '/usr/bin/chromium';
const PATIENCE_MS = 30_000;

/** @throws Error that says how to get a browser, when there is none at that path */
export async function openBrowser(executablePath: string): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(
      `there is no browser at ${executablePath}: install Debian's package "chromium", or name another one by CHROMIUM`,
    );
  // As root there is no sandbox to be had, and in a container seldom enough of /dev/shm.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

const workflows = (stage: Stage): string =>
  `${stage.pages()}/temporal/namespaces/${stage.temporal.namespace}/workflows`;

/** Comes in as an operator, by the one-time link that `tandem user invite` prints. */
export async function comeIn(page: Page, stage: Stage): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  const link = await stage.tandem(['user', 'invite', 'Olga', '--role', 'operator']);
  await page.goto(link.trim());
  for (const label of ['Choose a password', 'The same again'])
    await page.getByLabel(label).fill('only for these pictures');
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByText('You are signed in as Olga, an operator').waitFor();
}

/** Opens the tab "User Metadata" of a company's run and gives its current details, as text, once the worker has answered. */
export async function openCurrentDetails(page: Page, stage: Stage, company: StageCompany): Promise<string> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${workflows(stage)}/${workflowIdOf(company.id)}`, { waitUntil: 'domcontentloaded' });
  await page.locator('a[href*="/user-metadata"]').click();
  // Markdown is shown in a frame of its own; until the worker has answered, it says that there is nothing.
  const details = page.frameLocator('iframe').locator('body');
  await details.filter({ hasText: 'Open problems' }).waitFor();
  // Each paragraph is a line.
  const paragraphs = await details.locator('p, li').allTextContents();
  return paragraphs.map((text) => text.trim()).join('\n');
}

/** Opens the list of workflows with a filter; gives the workflow IDs that it shows once there are that many. */
export async function openList(page: Page, stage: Stage, filter: string, expected: number): Promise<readonly string[]> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${workflows(stage)}?query=${encodeURIComponent(filter)}`, { waitUntil: 'domcontentloaded' });
  const links = page.locator('table a', { hasText: /company-/ });
  await links.nth(expected - 1).waitFor();
  return (await links.allTextContents()).map((text) => text.trim());
}
