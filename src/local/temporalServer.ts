/**
 * The Temporal development server, for the demo and the tests.
 *
 * 1. The real server, on 127.0.0.1, on ports that were free; a port taken in between is answered by other ports.
 * 2. Ready means: the namespace answers.
 * 3. It never outlives this process (see supervisedServer.ts).
 *
 * Leaves to others: where the `temporal` binary comes from (temporalCli.ts), search attributes (the cloud registers them).
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { freePorts, type ServerLog, ServerNotReady, startSupervised, untilReady } from './supervisedServer.ts';

export interface TemporalServerOptions {
  /** The `temporal` binary, as found by `findTemporalCli`. */
  readonly cli: string;
  readonly log: ServerLog;
  /** Folder for the server's database; without it everything is in memory. */
  readonly dataDir?: string;
  /** Whether Temporal UI runs too. Default: false. */
  readonly ui?: boolean;
  /** Path below which Temporal UI answers, such as `/temporal`, when it stands behind something else. Default: `/`. */
  readonly uiPublicPath?: string;
  /** Where Temporal UI has payloads decoded: an address, or a path of the server that the UI stands behind. */
  readonly uiCodecEndpoint?: string;
  /** Namespaces beside `default`. */
  readonly namespaces?: readonly string[];
  /** Folder for what goes with the server. Default: the system's temp folder. */
  readonly scratchDir?: string;
  /** Ports asked for; by default free ones are taken. */
  readonly port?: number;
  readonly uiPort?: number;
  /** Settings of the server by name, as JSON values. */
  readonly dynamicConfig?: Readonly<Record<string, string | number | boolean>>;
}

export interface TemporalServer {
  /** Host and port of the gRPC service. */
  readonly address: string;
  /** Temporal UI, where it was asked for; with its public path. */
  readonly uiUrl?: string;
  readonly namespace: string;
  readonly pid: number;
  /** Settles when the server has ended. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const NAMESPACE = 'default';
const START_MS = 60_000;
const TRIES = 4;

/** @throws ServerNotReady when the server does not come up within a minute. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(options);
    } catch (error) {
      const portTaken =
        error instanceof ServerNotReady && /address already in use|in use/i.test(error.lines.join('\n'));
      if (!portTaken || attempt === TRIES || options.port !== undefined) throw error;
      options.log.debug({ attempt }, 'a port was taken meanwhile, trying others');
    }
  }
}

async function start(options: TemporalServerOptions): Promise<TemporalServer> {
  const [port = 0, uiPort = 0, httpPort = 0, metricsPort = 0] = await freePorts(4);
  const chosen = { port: options.port ?? port, uiPort: options.uiPort ?? uiPort };
  const args = ['server', 'start-dev', '--ip', HOST, '--log-level', 'warn'];
  args.push('--port', `${chosen.port}`, '--http-port', `${httpPort}`, '--metrics-port', `${metricsPort}`);
  args.push(...(options.ui === true ? uiArgs(options, chosen.uiPort) : ['--headless']));
  for (const namespace of options.namespaces ?? []) args.push('--namespace', namespace);
  for (const [key, value] of Object.entries(options.dynamicConfig ?? {}))
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  if (options.dataDir !== undefined) {
    await mkdir(options.dataDir, { recursive: true });
    args.push('--db-filename', path.join(options.dataDir, 'temporal.db'));
  }
  const stops = [{ signal: 'SIGTERM', ms: 4_000 }] as const;
  // The user's own settings of the CLI (addresses, credentials) are not this server's business, and may be unreadable.
  const home = await mkdtemp(path.join(options.scratchDir ?? tmpdir(), 'tandem-temporal-'));
  const env = { HOME: home, XDG_CONFIG_HOME: home, APPDATA: home, USERPROFILE: home };
  const server = startSupervised({
    name: 'temporal',
    command: options.cli,
    args,
    stops,
    log: options.log,
    env,
    removes: home,
  });
  const address = `${HOST}:${chosen.port}`;
  const namespaces = [NAMESPACE, ...(options.namespaces ?? [])];
  // No retries of its own: they would go on after the connection is closed.
  const connection = Connection.lazy({ address, interceptors: [] });
  try {
    await untilReady(server, 'the Temporal server', START_MS, () => namespacesAnswer(connection, namespaces));
  } finally {
    await connection.close();
  }
  return {
    address,
    namespace: NAMESPACE,
    pid: server.pid,
    exited: server.exited,
    stop: () => server.stop(),
    ...(options.ui === true ? { uiUrl: `http://${HOST}:${chosen.uiPort}${options.uiPublicPath ?? ''}` } : {}),
  };
}

function uiArgs({ uiPublicPath, uiCodecEndpoint }: TemporalServerOptions, uiPort: number): readonly string[] {
  return [
    ...['--ui-port', `${uiPort}`, '--ui-disable-news-fetch'],
    ...(uiPublicPath === undefined ? [] : ['--ui-public-path', uiPublicPath]),
    ...(uiCodecEndpoint === undefined ? [] : ['--ui-codec-endpoint', uiCodecEndpoint]),
  ];
}

async function namespacesAnswer(connection: Connection, namespaces: readonly string[]): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + 1_000, () =>
      Promise.all(namespaces.map((namespace) => connection.workflowService.describeNamespace({ namespace }))),
    );
    return true;
  } catch {
    return false; // not up yet; the deadline of the caller ends the asking
  }
}
