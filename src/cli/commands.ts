/** The commands of `tandem`, in the order of its help: name, one line for the help, and how its file is loaded. */
import type { Command } from 'commander';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads the command's file and builds the command. */
  load(): Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'sandbox',
    summary: 'run a stand-in for QuickBooks or for MineralTree',
    load: async () => (await import('./sandbox.ts')).sandboxCommand(),
  },
];
