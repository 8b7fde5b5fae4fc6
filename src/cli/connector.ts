/**
 * `tandem connector --config FILE`: serves companies at the site until it is stopped.
 *
 * 1. The file is JSON; `connectorSettings` below says what it may hold. What the enrolment wrote lies in the credential file.
 * 2. SIGINT and SIGTERM let the task in hand come to its end; a connector that is killed leaves no host process behind.
 * 3. A connector that the gateway refuses says so on standard error, stops, and ends with exit code 3.
 */
import path from 'node:path';
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { Command, Option } from 'commander';
import type { Logger } from 'pino';
import { z } from 'zod';
import { COMPANY_ID } from '../contract/index.ts';
import { GatewayError, type HttpProxy } from '../workers/connection/index.ts';
import {
  type Connector,
  type ConnectorSettings,
  DEFAULT_LIMITS,
  type ProcessorSettings,
  startConnector,
} from '../workers/connector/index.ts';
import { commandLog } from './commandLog.ts';
import { credentialFile } from './connectorCredential.ts';
import { enrolCommand } from './connectorEnrol.ts';
import { REFUSED, RefusedByGateway } from './connectorRefusal.ts';
import { Fault } from './fault.ts';
import { keepHeapSmall } from './heap.ts';
import { packageVersion } from './packageVersion.ts';
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

const proxy = z.strictObject({
  address: z.string().regex(/^[^\s/@]+:\d{1,5}$/, 'host:port of the HTTP proxy'),
  user: z.exactOptional(text),
  password: z.exactOptional(text),
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
  credential: text.describe('path of the credential file, as the enrolment wrote it').default('credential.json'),
  proxy: z.exactOptional(proxy),
  processor,
  companies: z.array(company).min(1).refine(haveOwnIds, 'each company once'),
  limits: limits.default(limits.parse({})),
});

function haveOwnIds(companies: readonly { readonly id: string }[]): boolean {
  return new Set(companies.map(({ id }) => id)).size === companies.length;
}

interface ConnectorCommandOptions {
  readonly config?: string;
  readonly untilStdinEnds?: boolean;
}

/** What the settings file says. */
export interface ConnectorFile extends ConnectorSettings {
  /** Full path. */
  readonly credential: string;
  readonly proxy?: HttpProxy;
}

export function connectorCommand(): Command {
  return new Command('connector')
    .description('Serves companies at the site, beside QuickBooks, until it is stopped by Ctrl-C.')
    .option('--config <file>', 'settings: JSON with name, processor and companies')
    .addOption(new Option(UNTIL_STDIN_ENDS, 'end when standard input ends').hideHelp())
    .addCommand(enrolCommand())
    .action(async (options: ConnectorCommandOptions, command: Command) => {
      const { config } = options;
      if (config === undefined) return command.error("error: required option '--config <file>' not specified");
      await serve(readConnectorSettings(config), config, options);
    });
}

async function serve(settings: ConnectorFile, file: string, options: ConnectorCommandOptions): Promise<void> {
  checkPlatform(settings, file, process.platform);
  const log = commandLog(process.env);
  keepHeapSmall();
  setLogVerbosity(logVerbosity.NONE);
  Runtime.install({
    logger: temporalLog(log),
    // What the core has to say comes into the log, not beside it.
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    shutdownSignals: [],
  });
  const stopping = new AbortController();
  const asked = untilStopped(options).then(() => {
    stopping.abort();
    return undefined;
  });
  const connector = await started(settings, log, stopping.signal);
  if (connector === undefined) return;
  const [count, all] = [connector.companies(), settings.companies.length];
  process.stdout.write(
    `tandem connector ${settings.name} polls for ${count === all ? count : `${count} of ${all}`} ${all === 1 ? 'company' : 'companies'} ${connector.where}\n`,
  );
  const refusal = await Promise.race([asked, connector.refused]);
  if (refusal !== undefined) {
    const { message } = refusalOf(refusal, settings.credential);
    process.stderr.write(`error: ${message}\n`);
    process.exitCode = REFUSED;
  }
  await connector.stop();
  // It would keep this process alive.
  if (refusal !== undefined) process.stdin.destroy();
}

/** Reads and checks the settings file. Throws `Fault` naming every mistake: key, value and what is allowed. */
export function readConnectorSettings(file: string): ConnectorFile {
  const settings = readSettings(file, connectorSettings);
  return { ...settings, credential: path.resolve(path.dirname(file), settings.credential) };
}

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

/** The connector at work; undefined when it was stopped before the gateway answered. */
async function started(settings: ConnectorFile, log: Logger, signal: AbortSignal): Promise<Connector | undefined> {
  try {
    return await startConnector({
      settings,
      keeper: credentialFile(settings.credential),
      ...(settings.proxy === undefined ? {} : { proxy: settings.proxy }),
      version: packageVersion(),
      log,
      signal,
    });
  } catch (error) {
    // Either would keep this process alive.
    await Runtime.instance().shutdown();
    process.stdin.destroy();
    if (signal.aborted && error === signal.reason) return undefined;
    if (error instanceof GatewayError) throw refusalOf(error, settings.credential);
    throw error;
  }
}

/** What is wrong with the gateway or with this connector, and what to do. */
function refusalOf(error: GatewayError, file: string): Fault {
  switch (error.kind) {
    case 'refused':
    case 'denied':
      return new RefusedByGateway(
        error.message,
        file,
        'if it was revoked by mistake, move the file away and enrol anew, with a key for each company',
      );
    case 'tooOld':
      return new RefusedByGateway(error.message, file, 'update Tandem on this machine');
    case 'notTrusted':
      return new Fault(
        error.message,
        file,
        'put the authority that signs its certificate into ca, or enrol anew with --ca',
      );
    case 'notReached':
    case 'tooOften':
    case 'broken':
      return new Fault(error.message, file, 'see that the gateway runs there, and that this machine reaches it');
  }
}
