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
    summary: 'show the whole product at work on this machine, with sandboxes on both sides',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  {
    name: 'cloud',
    summary: 'run the workflows and the side of MineralTree',
    load: async () => (await import('./cloud.ts')).cloudCommand(),
  },
  {
    name: 'connector',
    summary: 'serve companies at the site, beside QuickBooks',
    load: async () => (await import('./connector.ts')).connectorCommand(),
  },
  {
    name: 'company',
    summary: 'add, list, show, pause, resume, sync or remove companies',
    load: async () => (await import('./company.ts')).companyCommand(),
  },
  {
    name: 'connectors',
    summary: 'list the connectors, or refuse one from now on',
    load: async () => (await import('./connectors.ts')).connectorsCommand(),
  },
  {
    name: 'keys',
    summary: 'change the master key, the key of a company or that of the gateways',
    load: async () => (await import('./keys.ts')).keysCommand(),
  },
  {
    name: 'user',
    summary: 'invite people to the pages of the cloud, list or remove them, make tokens for their tools',
    load: async () => (await import('./user.ts')).userCommand(),
  },
  {
    name: 'problems',
    summary: 'list what a person must resolve, and how',
    load: async () => (await import('./problems.ts')).problemsCommand(),
  },
  {
    name: 'reconcile',
    summary: "compare both sides' open bills and credits and say whether the ledgers agree",
    load: async () => (await import('./reconcile.ts')).reconcileCommand(),
  },
  {
    name: 'aging',
    summary: 'show accounts payable by age, tied to the balance of each A/P account',
    load: async () => (await import('./aging.ts')).agingCommand(),
  },
  {
    name: 'close-check',
    summary: 'say whether a month may be closed, and what is still open for it',
    load: async () => (await import('./closeCheck.ts')).closeCheckCommand(),
  },
  {
    name: 'sandbox',
    summary: 'run a stand-in for QuickBooks or for MineralTree',
    load: async () => (await import('./sandbox.ts')).sandboxCommand(),
  },
  {
    name: 'qbxml',
    summary: 'show qbXML as JSON, or write requests in qbXML',
    load: async () => (await import('./qbxml.ts')).qbxmlCommand(),
  },
];
