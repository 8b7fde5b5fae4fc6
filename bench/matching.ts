/**
 * The matching of a first day: 20,000 bills and 2,000 vendors on both sides, of which nothing in MineralTree names its
 * counterpart in QuickBooks. Measured is the command that an operator gives, from its start to its end.
 */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { PASSWORD, USER } from '../src/cli/demo/cast.ts';
import { bareDrain } from './bareDrain.ts';
import { bareWrite } from './bareWrite.ts';
import { withCompanyAtWork } from './companyAtWork.ts';
import { watchProcesses } from './processes.ts';
import type { Result } from './report.ts';

const TANDEM = fileURLToPath(new URL('../bin/tandem.js', import.meta.url));
const MB = 1_048_576;
const LIMITS = { ms: 60_000, bytes: 300 * MB };
const BILLS = 20_000;

export async function matching(say: (line: string) => void): Promise<Result> {
  return withCompanyAtWork(
    {
      name: 'Matched',
      seed: 'large',
      firstDay: true,
      withinMs: 1_800_000,
    },
    async ({ stage, company, loadMs }) => {
      say(`read in ${Math.round(loadMs)} ms`);
      const drained = await bareDrain(stage.quickBooks.url, company.file);
      const account = { apiUrl: stage.mineralTree.apiUrl, company: company.mtCompany, user: USER, password: PASSWORD };
      const { writes } = await bareWrite({ ...account, typed: true }, drained);
      say(`${writes} records typed into MineralTree`);
      const began = performance.now();
      const { out, peakBytes } = await measured(stage.env, [
        ...['company', 'onboard', company.id],
        ...['--cut-over', '2020-01-01', '--last-restore', 'none'],
      ]);
      const ms = performance.now() - began;
      const matched = Number(/\n {2}bills +(\d+) matched/.exec(out)?.[1]);
      if (matched !== BILLS) throw new Error(`${matched} bills were matched:\n${out}`);
      return {
        bench: 'matching',
        figures: [
          { name: '20,000 bills, 2,000 vendors on both sides', unit: 'ms', measured: ms, limit: LIMITS.ms },
          { name: 'peak memory of the command', unit: 'bytes', measured: peakBytes, limit: LIMITS.bytes },
        ],
        remarks: [`${writes} records in MineralTree, none of which names its counterpart`],
      };
    },
  );
}

/** Runs a command to its end, and looks at its memory all the while. */
async function measured(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Promise<{ readonly out: string; readonly peakBytes: number }> {
  const child = spawn(process.execPath, [TANDEM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (pid === undefined) throw new Error('the command did not start');
  const watch = watchProcesses([pid]);
  let peakBytes = 0;
  const looking = setInterval(() => {
    peakBytes = Math.max(peakBytes, watch.of(pid).own.peakBytes);
  }, LOOK_MS);
  try {
    const [code, out, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (code !== 0) throw new Error(`tandem ${args.join(' ')} ended with ${code}: ${errors}`);
    return { out, peakBytes: peakBytes || Number.NaN };
  } finally {
    clearInterval(looking);
    watch.stop();
  }
}

/** The kernel keeps the peak, but only as long as there is the process. */
const LOOK_MS = 100;
