/** Every bench by name. */
import { batch } from './batch.ts';
import { codec } from './codec.ts';
import { decode } from './decode.ts';
import { firstLoad } from './firstLoad.ts';
import { gateway } from './gateway.ts';
import { ledgers } from './ledgers.ts';
import { matching } from './matching.ts';
import { quietCycle } from './quietCycle.ts';
import type { Result } from './report.ts';

/** Runs a bench; `say` tells where it stands. */
export type Bench = (say: (line: string) => void) => Promise<Result>;

/** @param profiles folder for processor profiles of the first load; absent: none are made */
export const benches = (profiles?: string): Readonly<Record<string, Bench>> => ({
  decode,
  codec,
  quietCycle,
  batch,
  firstLoad: firstLoad(profiles),
  gateway,
  ledgers,
  matching,
});
