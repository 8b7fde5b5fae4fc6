/**
 * `tandem connector --config FILE`: serves companies at the site until it is stopped.
 *
 * The file is JSON; `connectorSettings` below says what it may hold. SIGINT and SIGTERM let the task in hand come to its
 * end; a connector that is killed leaves no host process behind.
 */
import { readFileSync } from 'node:fs';
import { Runtime } from '@temporalio/worker';
import { Command, Option } from 'commander';
import type { Logger } from 'pino';
import { z } from 'zod';
import { COMPANY_ID } from '../contract/index.ts';
import { TemporalNotReached } from '../workers/connection/index.ts';
import {
  type ConnectorSettings,
  DEFAULT_LIMITS,
  type ProcessorSettings,
  startConnector,
} from '../workers/connector/index.ts';
import { commandLog } from './commandLog.ts';
import { Fault } from './fault.ts';
import { keepHeapSmall } from './heap.ts';
import { readSettings } from './settings.ts';
import { UNTIL_STDIN_ENDS, untilStopped } from './stopping.ts';
import { temporalLog } from './temporalLog.ts';

const text = z.string().min(1);
const ms = (most: number) => z.int().min(0).max(most);
const callMs = z.exactOptional(z.int().min(100).max(3_600_000));

const processor = z
  .strictObject({
    kind: z.enum(['com', 'sandbox']),
    url: z.exactOptional(
      z.url({ protocol: /^http$/, error: 'an address such as http://127.0.0.1:7400' }).describe('of the sandbox'),
    ),
    node: z.exactOptional(text.describe('path of the node.exe that runs QuickBooks calls, 32-bit where QuickBooks is')),
  })
  .transform(({ kind, url, node }, context): ProcessorSettings => {
    if (kind === 'com') return { kind, ...(node === undefined ? {} : { node }) };
    if (url === undefined) context.addIssue({ code: 'custom', path: ['url'], message: 'a sandbox needs its address' });
    return { kind, url: url ?? '' };
  });

const company = z.strictObject({
  id: z.string().regex(COMPANY_ID, 'a company ID as `tandem company add` prints it'),
  file: text.describe('the full path of the company file, such as C:\\Books\\Acme.qbw'),
  user: z.exactOptional(text),
  allowVoids: z.exactOptional(
    z
      .boolean()
      .describe('true lets payments that are voided in MineralTree be voided in QuickBooks; else they are refused'),
  ),
  processor: z.exactOptional(processor),
});

const limits = z.strictObject({
  keepCompanyMs: ms(600_000).default(DEFAULT_LIMITS.keepCompanyMs),
  handBackMs: ms(600_000).default(DEFAULT_LIMITS.handBackMs),
  nextVisitMs: ms(86_400_000).default(DEFAULT_LIMITS.nextVisitMs),
  stopGraceMs: ms(600_000).default(DEFAULT_LIMITS.stopGraceMs),
  calls: z.strictObject({ start: callMs, open: callMs, request: callMs, other: callMs, ping: callMs }).default({}),
});

const connectorSettings = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, dots, dashes; at most 40'),
  temporal: z.strictObject({ address: text.describe('host:port'), namespace: text }),
  processor,
  companies: z.array(company).min(1).refine(haveOwnIds, 'each company once'),
  limits: limits.default(limits.parse({})),
});

function haveOwnIds(companies: readonly { readonly id: string }[]): boolean {
  return new Set(companies.map(({ id }) => id)).size === companies.length;
}

interface ConnectorCommandOptions {
  readonly config: string;
  readonly untilStdinEnds?: boolean;
}

export function connectorCommand(): Command {
  return new Command('connector')
    .description('Serves companies at the site, beside QuickBooks, until it is stopped by Ctrl-C.')
    .requiredOption('--config <file>', 'settings: JSON with temporal, name, processor and companies')
    .addOption(new Option(UNTIL_STDIN_ENDS, 'end when standard input ends').hideHelp())
    .action(async (options: ConnectorCommandOptions) => {
      const settings = readConnectorSettings(options.config);
      checkPlatform(settings, options.config, process.platform);
      const log = commandLog(process.env);
      keepHeapSmall();
      Runtime.install({ logger: temporalLog(log), shutdownSignals: [] });
      const connector = await started(settings, options.config, log);
      const { companies, temporal } = settings;
      process.stdout.write(
        `tandem connector ${settings.name} polls for ${companies.length} ${companies.length === 1 ? 'company' : 'companies'} on Temporal at ${temporal.address}, namespace ${temporal.namespace}\n`,
      );
      await untilStopped(options);
      await connector.stop();
    });
}

/** Reads and checks the settings file. Throws `Fault` naming every mistake: key, value and what is allowed. */
export const readConnectorSettings = (file: string): ConnectorSettings => readSettings(file, connectorSettings);

/** @throws Fault where QuickBooks is to be reached by COM on something else than Windows */
export function checkPlatform({ processor, companies }: ConnectorSettings, file: string, platform: string): void {
  if (platform === 'win32') return;
  if ([processor, ...companies.map((company) => company.processor)].some((one) => one?.kind === 'com'))
    throw new Fault(
      `QuickBooks is reached by COM on Windows only, and this is ${platform}`,
      `processor of ${file}`,
      'run the connector on the machine of QuickBooks, or name a sandbox',
    );
}

async function started(settings: ConnectorSettings, file: string, log: Logger) {
  try {
    return await startConnector({ settings, version: packageVersion(), log });
  } catch (error) {
    if (error instanceof TemporalNotReached)
      throw new Fault(error.message, `temporal of ${file}`, 'start Temporal there, or correct address and namespace');
    throw error;
  }
}

const aboutPackage = z.object({ version: z.string() });
const packageVersion = (): string =>
  aboutPackage.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version;
