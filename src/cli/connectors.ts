/** `tandem connectors`: who serves the companies, and ending one that may not any more. */
import { Command } from 'commander';
import type { Installation, Store } from '../store/index.ts';
import {
  askRotation,
  isPresent,
  listCompanies,
  listInstallations,
  resolveCompany,
  revokeInstallation,
} from '../store/index.ts';
import { plainText } from '../sync/index.ts';
import { said, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';

interface ListOptions {
  readonly company?: string;
  readonly json?: boolean;
}

export function connectorsCommand(): Command {
  const command = new Command('connectors')
    .description('Lists the connectors: what they are called, whether they are there, which companies they serve.')
    .option('--company <company>', 'those of one company, by ID or name')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => withStore((store) => list(store, options)));
  command
    .command('revoke <installation>')
    .description('Refuses a connector from now on, by ID or name, and changes the keys of the companies it served.')
    .action((named: string) => withStore((store) => revoke(store, named)));
  command
    .command('rotate <installation>')
    .description('Has a connector change its secret within a minute; it does so every 30 days by itself.')
    .action((named: string) =>
      withStore(async (store) => {
        const installation = await installationNamed(store, named);
        if (installation.revokedAt !== undefined)
          throw new Fault(`${titleOf(installation)} is revoked`, 'the command line', 'name one that is not');
        await askRotation(store, installation.installationId, said());
        print(`${titleOf(installation)} is asked to change its secret`);
      }),
    );
  return command;
}

async function list(store: Store, { company, json }: ListOptions): Promise<void> {
  const companyId = company === undefined ? undefined : (await resolveCompany(store, company)).companyId;
  const names = await companyNames(store);
  const installations = await listInstallations(store.db, companyId);
  const now = Date.now();
  if (json === true) {
    const shown = installations.map(({ companies, ...installation }) => ({
      ...installation,
      connected: isPresent({ ...installation, companies }, now),
      companies: companies.map((id) => ({ companyId: id, name: names.get(id) ?? '' })),
    }));
    return print(JSON.stringify(shown, null, 2));
  }
  for (const installation of installations) {
    const { presence, companies } = installation;
    const serves = companies.map((id) => `${plainText(names.get(id) ?? '')} (${id})`);
    print(`${titleOf(installation)}: ${stateOf(installation, now)}`);
    print(`  serves ${serves.length === 0 ? 'no company' : serves.join(', ')}`);
    if (presence === undefined) continue;
    const { host, version, protocol, lastSeenAt, reason } = presence;
    print(`  ${plainText(host)}, version ${plainText(version)}, protocol ${protocol}, last seen ${iso(lastSeenAt)}`);
    if (reason !== undefined) print(`  QuickBooks cannot be reached: ${plainText(reason)}`);
  }
  if (installations.length === 0) process.stderr.write('no connector yet: tandem company connector-key --help\n');
}

async function revoke(store: Store, named: string): Promise<void> {
  const installation = await installationNamed(store, named);
  if (installation.revokedAt !== undefined) {
    print(`${titleOf(installation)} was revoked ${iso(installation.revokedAt)}`);
    return;
  }
  const companies = await revokeInstallation(store, installation.installationId, said());
  print(`${titleOf(installation)} is revoked`);
  const names = await companyNames(store);
  for (const id of companies) print(`  ${plainText(names.get(id) ?? '')} (${id}) has a new key`);
}

/** The installation of that ID, or of a name that only one that is not revoked has. */
async function installationNamed(store: Store, named: string): Promise<Installation> {
  const installations = await listInstallations(store.db);
  const byId = installations.find(({ installationId }) => installationId === named.toLowerCase());
  if (byId !== undefined) return byId;
  const same = installations.filter(
    ({ name, revokedAt }) => revokedAt === undefined && name.toLowerCase() === named.trim().toLowerCase(),
  );
  const [only] = same;
  if (only !== undefined && same.length === 1) return only;
  throw new Fault(
    same.length === 0 ? `no connector "${named}"` : `${same.length} connectors are called "${named}"`,
    'the command line',
    same.length === 0 ? 'tandem connectors lists them' : 'give the ID, from tandem connectors',
  );
}

function stateOf(installation: Installation, now: number): string {
  const { revokedAt, presence } = installation;
  if (revokedAt !== undefined) return `revoked ${iso(revokedAt)}`;
  if (presence === undefined) return 'never seen';
  if (presence.mode === 'stopping') return 'stopped';
  if (!isPresent(installation, now)) return 'not there';
  return presence.mode === 'online'
    ? 'connected, QuickBooks is open'
    : 'connected, QuickBooks is opened for each visit';
}

const titleOf = ({ name, installationId }: Installation): string => `${plainText(name)} (${installationId})`;

const companyNames = async (store: Store): Promise<ReadonlyMap<string, string>> =>
  new Map((await listCompanies(store.db)).map(({ companyId, name }) => [companyId, name]));

const iso = (ms: number): string => new Date(ms).toISOString();

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
