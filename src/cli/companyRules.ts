/** `tandem company rules`: what a company decided about its own synchronization, shown and changed by name. */
import type { Command } from 'commander';
import type { ListRef } from '../domain/ledger.ts';
import { addAudit, type CompanyRules, changeCompany, everyRecord, resolveCompany, type Store } from '../store/index.ts';
import { said, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';

interface RulesOptions {
  readonly vendorEdits?: string;
  readonly voidPayments?: string;
  readonly discountAccount?: string;
  readonly apAccount?: string;
  readonly nightHour?: string;
}

export function addRules(command: Command): void {
  command
    .command('rules <company>')
    .description('Shows the rules of a company, and changes those that are given. They hold from the next cycle on.')
    .option('--vendor-edits <on|off>', 'contact data of vendors edited in MineralTree goes to QuickBooks')
    .option(
      '--void-payments <on|off>',
      'a payment voided in MineralTree is voided in QuickBooks; the connector must allow it',
    )
    .option('--discount-account <name>', 'account in QuickBooks for discounts taken in MineralTree; "none" for none')
    .option('--ap-account <name>', 'A/P account of new bills; "none" for the one that QuickBooks takes itself')
    .option('--night-hour <hour>', 'hour of the day, in UTC, from which the sweep by night is due: 0 to 23')
    .action((named: string, options: RulesOptions) => withStore((store) => rules(store, named, options)));
}

async function rules(store: Store, named: string, options: RulesOptions): Promise<void> {
  const { companyId, rules: before } = await resolveCompany(store, named);
  const { discountAccount, apAccount, ...kept } = before;
  const accounts = {
    ...accountRule(
      'discountAccount',
      options.discountAccount,
      discountAccount,
      await accountNamed(store, companyId, options.discountAccount, '--discount-account'),
    ),
    ...accountRule(
      'apAccount',
      options.apAccount,
      apAccount,
      await accountNamed(store, companyId, options.apAccount, '--ap-account', 'AccountsPayable'),
    ),
  };
  const after: CompanyRules = {
    ...kept,
    ...accounts,
    vendorEdits: onOff(options.vendorEdits, '--vendor-edits') ?? before.vendorEdits,
    voidPayments: onOff(options.voidPayments, '--void-payments') ?? before.voidPayments,
    nightHourUtc: hourOf(options.nightHour) ?? before.nightHourUtc,
  };
  if (Object.keys(options).length > 0) {
    const { by, at } = said();
    await store.db.transaction().execute(async (tx) => {
      await changeCompany(tx, companyId, { rules: after });
      await addAudit(tx, companyId, { who: by, what: 'changed rules', detail: { before, after } }, at);
    });
  }
  process.stdout.write(`${JSON.stringify(after, null, 2)}\n`);
}

const accountRule = (
  rule: 'discountAccount' | 'apAccount',
  given: string | undefined,
  before: ListRef | undefined,
  found: ListRef | undefined,
): Partial<Pick<CompanyRules, 'discountAccount' | 'apAccount'>> => {
  const account = given === undefined ? before : found;
  return account === undefined ? {} : { [rule]: account };
};

/** The account of that full name, as QuickBooks was read. @throws Fault when there is none, or of another type */
async function accountNamed(
  store: Store,
  companyId: string,
  name: string | undefined,
  option: string,
  type?: string,
): Promise<ListRef | undefined> {
  if (name === undefined || name === 'none') return undefined;
  const wanted = name.trim().toLowerCase();
  for await (const account of everyRecord(store.db, companyId, 'account')) {
    if (account.fullName.toLowerCase() !== wanted) continue;
    if (type === undefined || account.type === type) return { id: account.id, name: account.fullName };
    throw new Fault(`"${name}" is an account of type ${account.type}`, option, `name one of type ${type}`, 2);
  }
  throw new Fault(
    `QuickBooks has no account "${name}", as far as it was read`,
    option,
    'give its full name, with colons between levels, or none',
    2,
  );
}

function onOff(text: string | undefined, option: string): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'on' && text !== 'off') throw new Fault(`"${text}" is neither on nor off`, option, 'say on or off', 2);
  return text === 'on';
}

function hourOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const hour = Number(text);
  if (/^\d{1,2}$/.test(text) && hour <= 23) return hour;
  throw new Fault(`"${text}" is no hour of the day`, '--night-hour', 'give a number from 0 to 23', 2);
}
