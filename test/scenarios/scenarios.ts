/** A table of stories: each on a company of its own, told to its end, then what is open as a problem and what the judge says. */
import assert from 'node:assert/strict';
import type { Exceptions } from '../../src/sandbox/judge/index.ts';
import { Company, type CompanyOptions } from './company.ts';

export interface Scenario {
  readonly name: string;
  readonly options?: CompanyOptions;
  /** What people do; the cycles within it are the story's, those after it the table's. Returns what may differ, by name. */
  readonly story: (company: Company) => Promise<Exceptions | undefined>;
  /** Codes of the problems that are open in the end, sorted; none unless said. */
  readonly problems?: readonly string[];
}

export function scenarios(title: string, rows: readonly Scenario[]): void {
  describe(title, function () {
    this.timeout(60_000);
    for (const { name, options, story, problems = [] } of rows)
      it(name, async () => {
        const company = await Company.open(options);
        const exceptions = (await story(company)) ?? {};
        await company.settle();
        assert.deepEqual((await company.problems()).map(({ code }) => code).sort(), problems);
        assert.deepEqual((await company.verdict(exceptions)).differences, []);
      });
  });
}
