/** `tandem company connector-key`: what the person at the customer's site enrols the connector with. */
import type { Command } from 'commander';
import { createConnectorKey, resolveCompany, type Store } from '../store/index.ts';
import { said, withStore } from './commandSession.ts';

export function addConnectorKey(command: Command): void {
  command
    .command('connector-key <company>')
    .description('Makes a key that one connector may enrol with for the company, once, within a day. Prints it.')
    .action((named: string) => withStore((store) => connectorKey(store, named)));
}

async function connectorKey(store: Store, named: string): Promise<void> {
  const { companyId, name } = await resolveCompany(store, named);
  process.stdout.write(`${await createConnectorKey(store, companyId, said())}\n`);
  process.stderr.write(
    `for one connector of ${name}, once, within a day, at its machine: tandem connector enroll --gateway ADDRESS --key KEY\n`,
  );
}
