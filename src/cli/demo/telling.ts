/** How the demo tells its story: steps with what happened on each side and how long it took, on paper and as JSON. */
import { writeFile } from 'node:fs/promises';

export interface ToldStep {
  readonly title: string;
  readonly happened: readonly string[];
  readonly ms: number;
}

export interface Telling {
  /** Prints a line outside any step. */
  say(line: string): void;
  /** Runs a step; what it returns is told as what happened. @throws what the step throws, with the step's title */
  step(title: string, run: () => Promise<readonly string[]>): Promise<void>;
  readonly steps: readonly ToldStep[];
  write(file: string, verdict: object): Promise<void>;
}

export function createTelling(print: (line: string) => void, clock: () => number): Telling {
  const steps: ToldStep[] = [];
  return {
    say: print,
    steps,
    async step(title, run) {
      print(`\n${steps.length + 1}. ${title}`);
      const began = clock();
      try {
        const happened = await run();
        const ms = Math.round(clock() - began);
        steps.push({ title, happened, ms });
        for (const line of happened) print(`   ${line}`);
        print(`   (${(ms / 1_000).toFixed(1)} s)`);
      } catch (error) {
        throw new Error(`step ${steps.length + 1}, "${title}", did not happen`, { cause: error });
      }
    },
    write: (file, verdict) => writeFile(file, `${JSON.stringify({ steps, ...verdict }, null, 2)}\n`),
  };
}
