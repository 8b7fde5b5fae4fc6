/** `tandem problems`: what people should know or do, in an accountant's words. */
import { Command } from 'commander';
import { listCompanies, listProblems, resolveCompany } from '../store/index.ts';
import { describeProblem, plainText } from '../sync/index.ts';
import { withStore } from './commandSession.ts';

interface ProblemsOptions {
  readonly json?: boolean;
  readonly closed?: boolean;
}

export function problemsCommand(): Command {
  return new Command('problems')
    .description('Lists problems: which record, what is wrong, what to do.')
    .argument('[company]', 'ID or name; without it, all companies')
    .option('--closed', 'those that are over as well')
    .option('--json', 'as JSON')
    .action((company: string | undefined, options: ProblemsOptions) =>
      withStore(async (store) => {
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
        for (const { company: name, severity, title, subject, sentence, ways, openedAt, closedAt } of found) {
          const about = plainText(subject.name ?? subject.id);
          const over = closedAt === undefined ? '' : `, over since ${iso(closedAt)}`;
          process.stdout.write(
            `${severity.toUpperCase()}  ${name}: ${title} (${about}), since ${iso(openedAt)}${over}\n  ${sentence}\n`,
          );
          for (const way of ways) process.stdout.write(`  - ${way}\n`);
        }
        if (found.length === 0) process.stdout.write('no open problems\n');
      }),
    );
}

const iso = (ms: number): string => new Date(ms).toISOString();
