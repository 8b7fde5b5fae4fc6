/** `tandem problems`: what people should know or do, in an accountant's words. */
import { Command } from 'commander';
import {
  addAudit,
  closeSeen,
  listCompanies,
  listProblems,
  resolveCompany,
  type Store,
  TO_BE_SEEN,
} from '../store/index.ts';
import { describeProblem, plainText } from '../sync/index.ts';
import { said, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';

interface ProblemsOptions {
  readonly json?: boolean;
  readonly closed?: boolean;
  readonly seen?: string;
}

export function problemsCommand(): Command {
  return new Command('problems')
    .description('Lists problems: which record, what is wrong, what to do.')
    .argument('[company]', 'ID or name; without it, all companies')
    .option('--closed', 'those that are over as well')
    .option('--json', 'as JSON')
    .option('--seen <number>', 'closes what was only to be seen; all others close by themselves when they are over')
    .action((company: string | undefined, options: ProblemsOptions) =>
      withStore(async (store) => {
        if (options.seen !== undefined) return see(store, company, options.seen);
        const companies =
          company === undefined ? await listCompanies(store.db) : [await resolveCompany(store, company)];
        const found = [];
        for (const { companyId, name } of companies)
          for (const problem of await listProblems(store.db, companyId, { closed: options.closed === true }))
            found.push({ companyId, company: name, ...problem, ...describeProblem(problem.code, problem.params) });
        if (options.json === true) {
          process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
          return;
        }
        for (const {
          company: name,
          severity,
          title,
          subject,
          sentence,
          ways,
          openedAt,
          closedAt,
          key,
          problemId,
        } of found) {
          const about = plainText(subject.name ?? subject.id);
          const over = closedAt === undefined ? '' : `, over since ${iso(closedAt)}`;
          process.stdout.write(
            `${severity.toUpperCase()}  ${name}: ${title} (${about}), since ${iso(openedAt)}${over}\n  ${sentence}\n`,
          );
          for (const way of ways) process.stdout.write(`  - ${way}\n`);
          if (key.startsWith(TO_BE_SEEN) && closedAt === undefined)
            process.stdout.write(`  - When it is seen: tandem problems "${plainText(name)}" --seen ${problemId}\n`);
        }
        if (found.length === 0) process.stdout.write('no open problems\n');
      }),
    );
}

async function see(store: Store, named: string | undefined, number: string): Promise<void> {
  if (named === undefined || !/^\d{1,15}$/.test(number))
    throw new Fault(
      named === undefined ? 'no company was named' : `"${number}" is no number of a problem`,
      '--seen',
      'say tandem problems COMPANY --seen NUMBER, with the number that the list shows',
      2,
    );
  const { companyId, name } = await resolveCompany(store, named);
  const { by, at } = said();
  if (!(await closeSeen(store.db, companyId, Number(number), at)))
    throw new Fault(
      `${name} has nothing open to be seen under ${number}`,
      '--seen',
      'other problems close by themselves when they are over; tandem problems shows what is open',
    );
  await addAudit(store.db, companyId, { who: by, what: 'saw problem', detail: { problemId: Number(number) } }, at);
  process.stdout.write(`problem ${number} of ${name} is closed\n`);
}

const iso = (ms: number): string => new Date(ms).toISOString();
