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
    const stop = (why: NodeJS.Signals | 'end') => {
      // An open pipe would keep the process alive after its work is done.
      if (untilStdinEnds) process.stdin.destroy();
      resolve(why);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        stop(signal);
      });
    if (!untilStdinEnds) return;
    for (const event of ['end', 'error'] as const) process.stdin.on(event, () => stop('end'));
    process.stdin.resume();
  });
}
