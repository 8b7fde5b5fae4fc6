/**
 * The host's side of a call: checks the deadline directly before the request processor is entered, calls it, and says
 * how the call ended.
 */
import type { Clocks } from '../deadline.ts';
import {
  AnswerTooLarge,
  HResultError,
  MAX_ANSWER_CHARACTERS,
  type RequestProcessor,
  type SendLimits,
} from '../processor.ts';
import type { Answer, Call } from './wire.ts';

/** Answers one call, received at `receivedMs` of the monotonic clock. Never throws. */
export async function answerCall(
  processor: RequestProcessor,
  call: Call,
  receivedMs: number,
  clocks: Clocks,
): Promise<Answer> {
  const { id } = call;
  if (call.member === 'ping') return { id, kind: 'result', result: null };
  if (call.limits !== undefined && isOver(call.limits, receivedMs, clocks))
    return { id, kind: 'late', text: 'the time to begin this request was over' };
  try {
    const result = await enter(processor, call);
    if (result.length > MAX_ANSWER_CHARACTERS)
      return { id, kind: 'large', text: `an answer of ${result.length} characters` };
    return { id, kind: 'result', result };
  } catch (error) {
    return failureOf(id, error);
  }
}

/** How a failed call is told. */
export function failureOf(id: number, error: unknown): Answer {
  if (error instanceof HResultError) return { id, kind: 'hresult', hresult: error.hresult, text: error.text };
  if (error instanceof AnswerTooLarge) return { id, kind: 'large', text: error.message };
  return { id, kind: 'lost', text: error instanceof Error ? error.message : String(error) };
}

/** Whether the time to begin a request, received at `receivedMs` of the monotonic clock, is over. */
export const isOver = (limits: SendLimits, receivedMs: number, clocks: Clocks): boolean =>
  clocks.wall() > limits.notAfterWallMs || clocks.monotonic() - receivedMs > limits.budgetMs;

async function enter(processor: RequestProcessor, { member, args }: Call): Promise<string> {
  const text = (at: number): string => String(args[at] ?? '');
  switch (member) {
    case 'openConnection2':
      await processor.openConnection2(text(0), text(1), Number(args[2]));
      return '';
    case 'beginSession':
      return processor.beginSession(text(0), Number(args[1]));
    case 'processRequest':
      return processor.processRequest(text(0), text(1));
    case 'getCurrentCompanyFileName':
      return processor.getCurrentCompanyFileName(text(0));
    case 'endSession':
      await processor.endSession(text(0));
      return '';
    case 'closeConnection':
      await processor.closeConnection();
      return '';
    case 'ping':
      return '';
  }
}
