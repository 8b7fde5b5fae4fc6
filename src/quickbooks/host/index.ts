/**
 * A request processor in a process of its own, seen from the connector.
 *
 * 1. One call at a time. A call that has no answer within its limit ends the process: `ProcessorLost`.
 * 2. The next call starts a new process; it knows nothing of a session that the old one had.
 * 3. The process ends with the connector, whatever ended that.
 */
import type { Socket } from 'node:net';
import {
  AnswerTooLarge,
  HResultError,
  ProcessorLost,
  type RequestProcessor,
  type SendLimits,
  TooLate,
} from '../processor.ts';
import { type HostChild, startChild } from './child.ts';
import { isRecord, type Member, type ProcessorChoice, sendLine } from './wire.ts';

export type { ProcessorChoice } from './wire.ts';

/** Longest run of a call, in milliseconds. */
export interface CallLimits {
  readonly start: number;
  /** Opening a file: QuickBooks may have to start first, which takes half a minute. */
  readonly open: number;
  readonly request: number;
  readonly other: number;
  /** How often an idle host is asked whether it answers. */
  readonly ping: number;
}

export const DEFAULT_CALL_LIMITS: CallLimits = {
  start: 60_000,
  open: 180_000,
  request: 120_000,
  other: 30_000,
  ping: 2_000,
};

export interface HostOptions {
  readonly processor: ProcessorChoice;
  readonly node?: string;
  readonly limits?: Partial<CallLimits>;
}

export interface QuickBooksHost extends RequestProcessor {
  /**
   * Whether the host answers: to pings while it is idle; while a call is under way, that its limit is not over (COM
   * blocks the thread that would answer). True before the first call, when there is nothing to ask.
   */
  alive(): boolean;
  /** Ends the process at once; a call under way is lost. */
  kill(): void;
  /** The process that serves, when there is one. */
  readonly pid: number | undefined;
}

interface Waiting {
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** A host for one processor; its process is started by the first call. */
export function createQuickBooksHost(options: HostOptions): QuickBooksHost {
  const limits: CallLimits = { ...DEFAULT_CALL_LIMITS, ...options.limits };
  const waiting = new Map<number, Waiting>();
  let child: HostChild | undefined;
  let starting: Promise<HostChild> | undefined;
  let pinging: NodeJS.Timeout | undefined;
  let unansweredPings = 0;
  let lastId = 0;

  const take = (message: unknown): void => {
    const answer = readAnswer(message);
    if (answer === undefined) {
      child?.socket.destroy(new Error('an answer that the connector does not know'));
      return;
    }
    unansweredPings = 0;
    const waiter = waiting.get(answer.id);
    if (waiter === undefined) return;
    waiting.delete(answer.id);
    clearTimeout(waiter.timer);
    if (answer.error === undefined) waiter.resolve(answer.result);
    else waiter.reject(answer.error);
  };
  const gone = (how: string): void => {
    child = undefined;
    starting = undefined;
    clearInterval(pinging);
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new ProcessorLost(`the QuickBooks host is gone: ${how}`));
    }
    waiting.clear();
  };
  const running = async (): Promise<HostChild> => {
    if (child !== undefined) return child;
    starting ??= startChild(
      {
        processor: options.processor,
        ...(options.node === undefined ? {} : { node: options.node }),
        startLimitMs: limits.start,
      },
      take,
      gone,
    );
    const started = await starting;
    if (started.socket.destroyed) throw new ProcessorLost('the QuickBooks host is gone as soon as it started');
    if (child === undefined) {
      child = started;
      unansweredPings = 0;
      pinging = setInterval(() => ping(started.socket), limits.ping);
      pinging.unref();
    }
    return child;
  };
  const ping = (socket: Socket): void => {
    unansweredPings += 1;
    sendLine(socket, { id: 0, member: 'ping', args: [] });
  };
  const call = async (
    member: Member,
    limitMs: number,
    args: readonly (string | number)[],
    sendLimits?: SendLimits,
  ): Promise<string> => {
    const { socket, kill } = await running();
    lastId += 1;
    const id = lastId;
    return new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new ProcessorLost(`${member} had no answer within ${limitMs} ms; its process was ended`));
        kill();
      }, limitMs);
      waiting.set(id, { resolve, reject, timer });
      sendLine(socket, { id, member, args, ...(sendLimits === undefined ? {} : { limits: sendLimits }) });
    });
  };

  return {
    async openConnection2(appID, appName, connectionType) {
      await call('openConnection2', limits.other, [appID, appName, connectionType]);
    },
    beginSession: (qbFileName, openMode) => call('beginSession', limits.open, [qbFileName, openMode]),
    processRequest: (ticket, inputRequest, sendLimits) =>
      call('processRequest', limits.request, [ticket, inputRequest], sendLimits),
    getCurrentCompanyFileName: (ticket) => call('getCurrentCompanyFileName', limits.other, [ticket]),
    async endSession(ticket) {
      await call('endSession', limits.other, [ticket]);
    },
    async closeConnection() {
      await call('closeConnection', limits.other, []);
    },
    alive: () => child === undefined || waiting.size > 0 || unansweredPings <= 3,
    kill() {
      child?.kill();
    },
    get pid() {
      return child?.pid;
    },
  };
}

type Read =
  | { readonly id: number; readonly result: string; readonly error?: never }
  | { readonly id: number; readonly error: Error };

/** Reads an answer of the host; undefined for anything else. */
function readAnswer(message: unknown): Read | undefined {
  if (!isRecord(message) || typeof message.id !== 'number') return undefined;
  const { id } = message;
  const text = typeof message.text === 'string' ? message.text : '';
  switch (message.kind) {
    case 'result':
      return { id, result: typeof message.result === 'string' ? message.result : '' };
    case 'hresult':
      return { id, error: new HResultError(Number(message.hresult), text) };
    case 'late':
      return { id, error: new TooLate(text) };
    case 'lost':
      return { id, error: new ProcessorLost(text) };
    case 'large':
      return { id, error: new AnswerTooLarge(text) };
    default:
      return undefined;
  }
}
