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
    name: 'demo',
    summary: 'show Tandem at work on this machine',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  {
    name: 'cloud',
    summary: 'run the cloud part: workflows, MineralTree-facing activities, keeper',
    load: async () => (await import('./cloud.ts')).cloudCommand(),
  },
  {
    name: 'company',
    summary: 'add companies and steer them',
    load: async () => (await import('./company.ts')).companyCommand(),
  },
  {
    name: 'problems',
    summary: 'list what people should know or do',
    load: async () => (await import('./problems.ts')).problemsCommand(),
  },
  {
    name: 'reconcile',
    summary: 'compare the two ledgers of a company, bill by bill',
    load: async () => (await import('./reconcile.ts')).reconcileCommand(),
  },
  {
    name: 'sandbox',
    summary: 'run a stand-in for QuickBooks or for MineralTree',
    load: async () => (await import('./sandbox.ts')).sandboxCommand(),
  },
];
