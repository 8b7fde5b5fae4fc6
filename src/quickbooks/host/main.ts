/**
 * Entry of the host process: `node main.js PIPE SECRET_FILE`. It calls QuickBooks for the connector that started it.
 *
 * 1. One call at a time, in order of arrival; pings pass by.
 * 2. It ends when the connector's end of the pipe closes, however that came about.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { SYSTEM_CLOCKS } from '../deadline.ts';
import type { RequestProcessor } from '../processor.ts';
import { answerCall, failureOf } from './service.ts';
import { type Answer, type Call, isRecord, type Member, type ProcessorChoice, readLines, sendLine } from './wire.ts';

const [pipe, secretFile] = process.argv.slice(2);
if (pipe === undefined || secretFile === undefined) {
  process.stderr.write('This process is started by the Tandem connector: main.js PIPE SECRET_FILE\n');
  process.exit(2);
}
const secret = readFileSync(secretFile, 'utf8');
let choice: ProcessorChoice | undefined;
let processor: RequestProcessor | undefined;
let queue: Promise<void> = Promise.resolve();

const socket = connect(pipe, () => sendLine(socket, { secret }));
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));
readLines(socket, (message) => {
  const receivedMs = SYSTEM_CLOCKS.monotonic();
  if (isRecord(message) && isChoice(message.processor)) {
    choice = message.processor;
    return;
  }
  if (!isCall(message)) throw new Error('a call that the host does not know');
  if (message.member === 'ping') {
    sendLine(socket, { id: message.id, kind: 'result', result: null });
    return;
  }
  queue = queue.then(async () => sendLine(socket, await serve(message, receivedMs)));
});

/** The object is made with the first call; where that fails, the next call tries again. */
async function serve(call: Call, receivedMs: number): Promise<Answer> {
  try {
    if (choice === undefined) throw new Error('a call before the choice of a processor');
    processor ??= await open(choice);
  } catch (error) {
    return failureOf(call.id, error);
  }
  return answerCall(processor, call, receivedMs, SYSTEM_CLOCKS);
}

/** The sandbox's client and koffi are loaded only where they are used. */
async function open(choice: ProcessorChoice): Promise<RequestProcessor> {
  switch (choice.kind) {
    case 'com':
      return (await import('../com/processor.ts')).createComProcessor();
    case 'sandbox':
      return (await import('../remote/processor.ts')).createRemoteProcessor(choice.url);
  }
}

function isChoice(value: unknown): value is ProcessorChoice {
  return isRecord(value) && (value.kind === 'com' || (value.kind === 'sandbox' && typeof value.url === 'string'));
}

const MEMBERS: readonly (Member | 'ping')[] = [
  'openConnection2',
  'beginSession',
  'processRequest',
  'getCurrentCompanyFileName',
  'endSession',
  'closeConnection',
  'ping',
];

function isCall(value: unknown): value is Call {
  return (
    isRecord(value) &&
    typeof value.id === 'number' &&
    MEMBERS.some((member) => member === value.member) &&
    Array.isArray(value.args)
  );
}
