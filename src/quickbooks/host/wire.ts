/**
 * What connector and host process say to each other: one JSON document a line, over a named pipe or a Unix socket.
 *
 * The host speaks first, with the secret it was given. The connector answers with which processor to be, then sends
 * calls; each is answered once, under its number. `ping` is answered at once, unless a call blocks the thread.
 */
import type { Socket } from 'node:net';
import { MAX_ANSWER_CHARACTERS, type SendLimits } from '../processor.ts';

/** Which request processor the host is: QuickBooks on this machine by COM, or a sandbox. */
export type ProcessorChoice = { readonly kind: 'com' } | { readonly kind: 'sandbox'; readonly url: string };

export type Member =
  | 'openConnection2'
  | 'beginSession'
  | 'processRequest'
  | 'getCurrentCompanyFileName'
  | 'endSession'
  | 'closeConnection';

export interface Hello {
  readonly secret: string;
}
export interface Welcome {
  readonly processor: ProcessorChoice;
}
export interface Call {
  readonly id: number;
  readonly member: Member | 'ping';
  readonly args: readonly (string | number)[];
  readonly limits?: SendLimits;
}
export type Answer =
  | { readonly id: number; readonly kind: 'result'; readonly result: string | null }
  | { readonly id: number; readonly kind: 'hresult'; readonly hresult: number; readonly text: string }
  | { readonly id: number; readonly kind: 'late' | 'lost' | 'large'; readonly text: string };

/** JSON writes a character as six at the most. */
const MAX_LINE_CHARACTERS = MAX_ANSWER_CHARACTERS * 6 + 1_024;

export function sendLine(socket: Socket, message: Hello | Welcome | Call | Answer): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

/**
 * Hands each line to `take`, parsed. A line that is no JSON, or longer than any answer may be, ends the connection with
 * an error: whoever sends it is not who we think.
 */
export function readLines(socket: Socket, take: (message: unknown) => void): void {
  let parts: string[] = [];
  let held = 0;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      parts.push(chunk.slice(from, end));
      const line = parts.join('');
      [parts, held, from] = [[], 0, end + 1];
      let message: unknown;
      try {
        message = JSON.parse(line);
      } catch {
        socket.destroy(new Error('a line that is no JSON'));
        return;
      }
      take(message);
    }
    if (from < chunk.length) parts.push(chunk.slice(from));
    held += chunk.length - from;
    if (held > MAX_LINE_CHARACTERS) socket.destroy(new Error('a line longer than any answer'));
  });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
