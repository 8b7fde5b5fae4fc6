/** `tandem user ...`: the people who may sign in to the pages of a cloud, and tokens for their tools. */
import { Command, Option } from 'commander';
import type { ListedPerson, Role, Store } from '../store/index.ts';
import { createInvitation, createPersonalToken, listPeople, removePerson, resolveCompany } from '../store/index.ts';
import { plainText } from '../sync/index.ts';
import { INVITATION_PATH } from '../web/index.ts';
import { said, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';
import { dataFolder } from './places.ts';
import { findDoors } from './running.ts';

interface InviteOptions {
  readonly role: Role;
  readonly company: readonly string[];
  readonly url?: string;
}

export function userCommand(): Command {
  const command = new Command('user').description('Says who may sign in to the pages of the cloud.');
  command
    .command('invite <name>')
    .description(
      'Prints a one-time link, good for a day, by which a person comes in and chooses a password; for a new person, or one who lost the password.',
    )
    .addOption(
      new Option('--role <role>', 'operator: all companies and Temporal UI; accountant: the companies given')
        .choices(['operator', 'accountant'])
        .makeOptionMandatory(),
    )
    .option('--company <company>', 'a company of an accountant, by ID or name; may be repeated', collected, [])
    .option('--url <url>', 'where the pages are reached; else where the cloud runs on this data folder')
    .action((name: string, options: InviteOptions) => withStore((store) => invite(store, name, options)));
  command
    .command('list')
    .description('Lists the people: name, role, whether they have a password, the companies of accountants.')
    .option('--json', 'as JSON')
    .action(({ json = false }: { readonly json?: boolean }) => withStore((store) => list(store, json)));
  command
    .command('remove <name>')
    .description('Ends all access of a person at once.')
    .action((name: string) =>
      withStore(async (store) => {
        const person = await personNamed(store, name);
        await removePerson(store, person.personId, said());
        print(`${plainText(person.name)} is removed`);
      }),
    );
  command
    .command('token <name>')
    .description(
      'Prints a token of a person, good for 90 days, for temporal --codec-endpoint URL/codec --codec-auth "Bearer ...".',
    )
    .option('--for <text>', 'what it is for, shown on the person’s page', 'command line')
    .action((name: string, options: { readonly for: string }) =>
      withStore(async (store) => {
        const { personId } = await personNamed(store, name);
        print(await createPersonalToken(store, personId, { name: options.for, ...said() }));
      }),
    );
  return command;
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function invite(store: Store, name: string, { role, company, url }: InviteOptions): Promise<void> {
  const address = addressOf(url);
  const companies: string[] = [];
  for (const named of company) companies.push((await resolveCompany(store, named)).companyId);
  const token = await createInvitation(store, { name, role, companies, ...said() });
  print(`${address}${INVITATION_PATH}/${token}`);
}

function addressOf(given: string | undefined): string {
  const address = given ?? findDoors(dataFolder(process.env))?.web?.url;
  if (address === undefined)
    throw new Fault('where the pages are is not known: no cloud runs on this data folder', '--url', 'name the address');
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new Fault(`"${address}" is no address of pages`, '--url', 'write https://host or http://host:port', 2);
  return new URL(address).origin;
}

async function list(store: Store, json: boolean): Promise<void> {
  const people = await listPeople(store.db);
  if (json) return print(JSON.stringify(people, null, 2));
  for (const { name, role, hasPassword, companies } of people)
    print(
      [plainText(name), role, hasPassword ? 'has a password' : 'no password', companies.join(' ')].join('\t').trim(),
    );
  if (people.length === 0) process.stderr.write('nobody yet: tandem user invite --help\n');
}

async function personNamed(store: Store, named: string): Promise<ListedPerson> {
  const wanted = named.trim().toLowerCase();
  const person = (await listPeople(store.db)).find(({ name }) => name.toLowerCase() === wanted);
  if (person === undefined)
    throw new Fault(`nobody is called "${named}"`, 'the command line', 'tandem user list shows who there is');
  return person;
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
