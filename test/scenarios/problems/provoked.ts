/**
 * A table of problems, each brought about from outside: by people in QuickBooks and MineralTree, by faults of the two, or by
 * an old integration that writes to MineralTree itself. Then what stands open, what it is about, and what ends it.
 */
import assert from 'node:assert/strict';
import type { Problem } from '../../../src/store/index.ts';
import type { ProblemCode } from '../../../src/sync/problems/catalogue.ts';
import { Company, type CompanyOptions } from '../company.ts';

/** Kind and ID of the record that a problem is about. */
export type About = readonly [kind: string, id: string];

export type Provoked = Told & Ending;

type Act = (company: Company) => Promise<unknown>;

/** How the problem ends, or why nothing that people do ends it. */
type Ending =
  | {
      /** What a person does about it: the problem is closed a few cycles later. */
      readonly ends: Act;
      /** Other ways out, each tried on a company of its own. */
      readonly orElse?: Readonly<Record<string, Act>>;
      readonly stays?: never;
    }
  | { readonly stays: string; readonly ends?: never; readonly orElse?: never };

interface Told {
  readonly code: ProblemCode;
  /** What people do, as a sentence. */
  readonly name: string;
  readonly options?: CompanyOptions;
  /** Brings the problem about; returns what it is about. */
  readonly story: (company: Company) => Promise<About>;
  /** It stands open when the story ends, and passes: no cycles before it is looked for. */
  readonly atOnce?: boolean;
  /** Other problems that stand open beside it, sorted. */
  readonly beside?: readonly ProblemCode[];
  /** Problems that are left when it is closed, sorted. */
  readonly left?: readonly ProblemCode[];
}

const CYCLES = 3;

export function provoked(title: string, rows: readonly Provoked[]): void {
  describe(title, function () {
    this.timeout(60_000);
    for (const row of rows) {
      const { code, name, ends, orElse = {} } = row;
      const ways: readonly (readonly [string, Act | undefined])[] = [[name, ends], ...Object.entries(orElse)];
      for (const [index, [way, act]] of ways.entries())
        it(`${code}: ${index === 0 ? way : `or else ${way}`}`, () => goThrough(row, act));
    }
  });
}

async function goThrough({ code, options, story, atOnce = false, beside = [], left = [] }: Provoked, act?: Act) {
  const company = await Company.open(options);
  try {
    const about = await story(company);
    if (!atOnce) await cycles(company);
    const problems = await company.problems();
    assert.deepEqual(codesOf(problems), [code, ...beside].sort());
    const found = problems.filter((problem) => problem.code === code);
    assert.deepEqual(
      found.map(({ subject }) => [subject.kind, subject.id]),
      [about],
    );
    if (act === undefined) return;
    await act(company);
    await cycles(company);
    assert.deepEqual(codesOf(await company.problems()), left);
  } finally {
    await company.noFaults();
  }
}

/** Each once: a record may be read for two reasons. */
const codesOf = (problems: readonly Problem[]): readonly string[] =>
  [...new Set(problems.map(({ code }) => code))].sort();

/** A few cycles, five minutes apart; those that fail because MineralTree does are tried again by the next. */
async function cycles(company: Company): Promise<void> {
  for (let turn = 0; turn < CYCLES; turn += 1) await company.cycleThatMayFail();
}
