/** What a company gives out: `tandem company connector-key` for whoever installs its connector, `status-token` for a banner. */
import type { Command } from 'commander';
import { type Company, createConnectorKey, resolveCompany, type Store, statusToken } from '../store/index.ts';
import { said, withStore } from './commandSession.ts';

export function addAccess(command: Command): void {
  command
    .command('connector-key <company...>')
    .description('Makes a key that one connector may enrol with for the company, once, within a day. Prints it.')
    .action((named: readonly string[]) =>
      withStore(async (store) => {
        const companies = [];
        for (const one of named) companies.push(await resolveCompany(store, one));
        for (const company of companies) await connectorKey(store, company);
      }),
    );
  command
    .command('status-token <company>')
    .description('Prints the token of the address where anybody who has it sees whether the connector is there.')
    .action((named: string) => withStore((store) => status(store, named)));
}

async function connectorKey(store: Store, { companyId, name }: Company): Promise<void> {
  process.stdout.write(`${await createConnectorKey(store, companyId, said())}\n`);
  process.stderr.write(
    `for one connector of ${name}, once, within a day, at its machine: tandem connector enroll --gateway ADDRESS --key KEY\n`,
  );
}

async function status(store: Store, named: string): Promise<void> {
  const { companyId, name } = await resolveCompany(store, named);
  process.stdout.write(`${await statusToken(store, companyId, said())}\n`);
  process.stderr.write(`the status of ${name} is at /status/TOKEN of the cloud's pages\n`);
}
