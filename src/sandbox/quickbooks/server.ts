/**
 * The QuickBooks sandbox as a server: company files in a folder, and the pages that reach them.
 *
 * Nothing here is a singleton: every sandbox has its own folder, clock, files, processors and faults.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { createFaultRegistry, faultRoutes, processorFaults } from '../faults/index.ts';
import { booksRoutes } from './booksRoutes.ts';
import { openCompanyFiles } from './companyFiles.ts';
import { createMachineClock } from './machineClock.ts';
import { peopleRoutes } from './peopleRoutes.ts';
import { processorRoutes } from './processorRoutes.ts';
import { createProcessors } from './processors.ts';
import { SEED_NAMES, type SeedName } from './seed.ts';

export interface QuickBooksSandboxOptions {
  /** Folder that keeps the company files; made when it is missing. Never shared between two running sandboxes. */
  readonly dataDir: string;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** IANA name of the zone in which this machine's wall clock runs. @default the zone of this process */
  readonly timeZone?: string;
  /** `small`, `medium` or `large`: fills a folder that has no company file yet with one at `SEEDED_FILE`. */
  readonly seed?: string;
}

export interface QuickBooksSandbox {
  /** Starts listening. @param port 0 takes a free one. @param host 127.0.0.1 unless given. */
  listen(port: number, host?: string): Promise<{ url: string }>;
  /** Answers a request made within this process as one that came to the address; faults that drop connections cannot. */
  answer(request: Request): Promise<Response>;
  /** Ends all sessions and calls, and closes the files. */
  close(): Promise<void>;
}

/** The company file that a seed makes. */
export const SEEDED_FILE = 'C:\\Books\\Sample.qbw';
const SEEDED_NAME = 'Sample Company';

/** Opens the folder. Throws RangeError for an unknown seed or time zone, `FileTrouble` for a file that is none. */
export async function createQuickBooksSandbox(options: QuickBooksSandboxOptions): Promise<QuickBooksSandbox> {
  const seed = options.seed === undefined ? undefined : seedNamed(options.seed);
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const machineMs = options.clock ?? Date.now;
  let movedMs = 0;
  const clock = createMachineClock(() => machineMs() + movedMs, timeZone);
  const moveClock = (seconds: number): void => {
    movedMs += seconds * 1000;
  };
  const files = openCompanyFiles(options.dataDir, clock);
  if (seed !== undefined && files.all().length === 0) files.create(SEEDED_FILE, SEEDED_NAME, seed);
  const processors = createProcessors(files);
  const faults = createFaultRegistry(processorFaults);

  const app = new Hono<{ Bindings: HttpBindings }>()
    .route('/processor', processorRoutes(processors, faults))
    .route('/people', peopleRoutes(files, clock, moveClock))
    .route('/books', booksRoutes(files, clock))
    .route('/faults', faultRoutes(faults))
    .get('/', (c) => c.text('QuickBooks sandbox: /processor /people /books /faults\n'))
    .onError((error, c) => c.json({ error: `the sandbox failed: ${error.message}` }, 500))
    .notFound((c) => c.json({ error: `no page ${c.req.path}; there are /processor, /people, /books, /faults` }, 404));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // A connector may rest between two visits without its process being dead.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;

  return {
    listen: (port, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const { port: taken } = server.address() as AddressInfo;
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` });
        });
      }),
    answer: async (request) => app.fetch(request),
    async close() {
      faults.clear();
      processors.releaseAll();
      if (server.listening)
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      files.close();
    },
  };
}

function seedNamed(name: string): SeedName {
  const known = SEED_NAMES.find((seed) => seed === name);
  if (known === undefined) throw new RangeError(`seed: "${name}" is not one of ${SEED_NAMES.join(', ')}`);
  return known;
}
