/** Waiting for the person, or whatever started us, to say stop. */

/** Settles at the first SIGINT or SIGTERM. A second one ends the process at once, with exit code 130. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve(signal);
      });
  });
}
