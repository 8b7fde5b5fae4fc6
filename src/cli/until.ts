/** Waiting for a condition, never for a time. */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again every `everyMs` until the answer is not undefined or false; gives the answer.
 * @throws Error naming what was waited for, with the last answer of `describe`, when the time is over
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  {
    withinMs = 60_000,
    everyMs = 100,
    describe,
  }: { withinMs?: number; everyMs?: number; describe?: () => Promise<string> } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) {
      const seen = describe ? `; seen last: ${await describe()}` : '';
      throw new Error(`waited ${Math.round(withinMs / 1000)} s for this in vain: ${what}${seen}`);
    }
    await delay(everyMs);
  }
}
