/** Every bench by name. */
import { decode } from './decode.ts';
import type { Result } from './report.ts';

/** Runs a bench; `say` tells where it stands. */
export type Bench = (say: (line: string) => void) => Promise<Result>;

export const BENCHES: Readonly<Record<string, Bench>> = { decode };
