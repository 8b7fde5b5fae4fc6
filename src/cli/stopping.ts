/** Waiting for the person, or whatever started us, to say stop. */

/** For commands that another process starts and that must not outlive it. */
export const UNTIL_STDIN_ENDS = '--until-stdin-ends';

/**
 * Settles at the first SIGINT or SIGTERM, or, when asked, at the end of standard input. A second signal ends the process
 * at once, with exit code 130.
 */
export function untilStopped({ untilStdinEnds = false } = {}): Promise<NodeJS.Signals | 'end'> {
  return new Promise((resolve) => {
    let asked = false;
    if (untilStdinEnds)
      process.stdin
        .resume()
        .on('end', () => resolve('end'))
        .on('error', () => resolve('end'));
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve(signal);
      });
  });
}
