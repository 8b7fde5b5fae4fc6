/**
 * `tandem sandbox quickbooks` and `tandem sandbox mineraltree`: run one stand-in until it is stopped.
 *
 * 1. It listens on 127.0.0.1 and on a free port unless told otherwise; the address is printed as the first line.
 * 2. Its books are kept in the folder named, or in Tandem's data folder.
 *
 * Leaves to others: everything the sandboxes do (src/sandbox).
 */
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { SeedName } from '../sandbox/quickbooks/index.ts';
import { Fault } from './fault.ts';
import { dataFolder } from './places.ts';
import { UNTIL_STDIN_ENDS, untilStopped } from './stopping.ts';

/** All that the sandbox knows; it is loaded only when it is run. */
const SEEDS = ['small', 'medium', 'large', 'payables', 'history'] as const satisfies readonly SeedName[];

interface SandboxOptions {
  readonly port: number;
  readonly host: string;
  readonly data?: string;
  readonly seed?: string;
  readonly untilStdinEnds?: boolean;
}

/** What both sandboxes are to a command. */
interface Sandbox {
  listen(port: number, host?: string): Promise<{ url: string }>;
  close(): Promise<void>;
}

export function sandboxCommand(): Command {
  const command = new Command('sandbox');
  command.addCommand(
    sandbox(
      'quickbooks',
      'company files behind the interface of the QuickBooks request processor',
      async (options, dataDir) => {
        const { createQuickBooksSandbox } = await import('../sandbox/quickbooks/index.ts');
        return createQuickBooksSandbox({ dataDir, ...(options.seed === undefined ? {} : { seed: options.seed }) });
      },
    ).addOption(new Option('--seed <name>', 'fill an empty sandbox with a company').choices(SEEDS)),
  );
  command.addCommand(
    sandbox('mineraltree', 'the API of MineralTree with companies of its own', async (_options, dataDir) => {
      const { createMineralTreeSandbox } = await import('../sandbox/mineraltree/index.ts');
      return createMineralTreeSandbox({ dataDir });
    }),
  );
  return command;
}

function sandbox(
  name: string,
  summary: string,
  create: (options: SandboxOptions, dataDir: string) => Promise<Sandbox>,
): Command {
  return new Command(name)
    .description(`Runs ${summary}, until it is stopped by Ctrl-C.`)
    .summary(summary)
    .option('--port <number>', 'port to listen on; 0 takes a free one', portNumber, 0)
    .option('--host <address>', 'address to listen on; anything but 127.0.0.1 opens the sandbox to others', '127.0.0.1')
    .option('--data <folder>', "folder for its books (default: sandbox-<name> in Tandem's data folder)")
    .addOption(new Option(UNTIL_STDIN_ENDS, 'end when standard input ends').hideHelp())
    .action(async (options: SandboxOptions) => {
      const dataDir = options.data ?? path.join(dataFolder(process.env), `sandbox-${name}`);
      const running = await create(options, path.resolve(dataDir));
      const { url } = await running.listen(options.port, options.host).catch((error: unknown) => {
        throw listenFault(error, options);
      });
      process.stdout.write(`${url}\n`);
      process.stderr.write(`the ${name} sandbox keeps its books in ${path.resolve(dataDir)}\n`);
      await untilStopped(options);
      await running.close();
    });
}

function listenFault(error: unknown, { host, port }: SandboxOptions): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Fault(`port ${port} on ${host} is taken`, '--port', 'name another, or leave it out for a free one');
  if (code === 'EACCES') return new Fault(`port ${port} is not open to you`, '--port', 'name one from 1024 up');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Fault(`${host} is no address of this machine`, '--host', 'name one, or leave it out for 127.0.0.1');
  return error;
}

/** Reads a port from the command line. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
  return port;
}
