/**
 * How a command tells a person that it cannot go on: `error: what, where, what to do`.
 *
 * 1. Exit code 1: the command was understood and failed. Exit code 2: the command line itself is wrong.
 * 2. No stack, unless `TANDEM_DEBUG` is set.
 */

/** A failure in words for the person at the keyboard. */
export class Fault extends Error {
  readonly code = 'FAULT';
  readonly exitCode: number;

  /**
   * @param what what is wrong
   * @param where the option, setting, file or address that it is about
   * @param todo what to do, as an imperative sentence without a full stop
   */
  constructor(what: string, where: string, todo: string, exitCode: 1 | 2 = 1) {
    super(`${what}, in ${where}; ${todo}`);
    this.exitCode = exitCode;
  }
}

/** The line to print for any failure, and the exit code that goes with it. */
export function toldAs(error: unknown, debug: boolean): { readonly text: string; readonly exitCode: number } {
  const exitCode = error instanceof Fault ? error.exitCode : 1;
  if (debug && error instanceof Error && error.stack !== undefined) return { text: `error: ${error.stack}`, exitCode };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Fault) return { text: `error: ${message}`, exitCode };
  const causes = causesOf(error).filter((cause) => !message.includes(cause));
  const because = causes.length === 0 ? '' : `: ${causes.join(': ')}`;
  return { text: `error: ${message}${because} (TANDEM_DEBUG=1 shows where in the program)`, exitCode };
}

function causesOf(error: unknown): string[] {
  const causes: string[] = [];
  for (
    let cause = error instanceof Error ? error.cause : undefined;
    cause instanceof Error && causes.length < 3;
    cause = cause.cause
  )
    causes.push(cause.message);
  return causes;
}
