/** Failures: their words go through the codec, and whatever comes back can be read without harm. */
import assert from 'node:assert/strict';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  defaultPayloadConverter,
  type Payload,
  type ProtoFailure,
  type SerializationContext,
  TimeoutFailure,
} from '@temporalio/common';
import {
  decodeFailure,
  encodeErrorToFailure,
  encodeFailure,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import proto from '@temporalio/proto';
import { workflowIdOf } from '../../../src/contract/index.ts';
import { createPayloadCodec, failureConverter } from '../../../src/workers/codec/index.ts';
import { fixedKeyring } from './fixedKeyring.ts';

const { Failure } = proto.temporal.api.failure.v1;
const CONTEXT: SerializationContext = {
  type: 'activity',
  namespace: 'default',
  workflowId: workflowIdOf('acme-company-1'),
  isLocal: false,
};
const codec = createPayloadCodec(fixedKeyring());
const converter = { failureConverter, payloadConverter: defaultPayloadConverter, payloadCodecs: [codec] };

/** As it goes over the wire. */
const sent = async (error: unknown, context?: SerializationContext, by = converter): Promise<Uint8Array> =>
  Failure.encode(await encodeErrorToFailure(by, error, context)).finish();
const received = async (wire: Uint8Array, context: SerializationContext = CONTEXT): Promise<Error> =>
  failureConverter.failureToError(
    await decodeFailure([codec], Failure.decode(wire), context),
    defaultPayloadConverter,
    context,
  );

describe('a failure', () => {
  const error = ApplicationFailure.create({
    message: 'Cascade Supply refuses 17.45',
    type: 'QuickBooksWait',
    nonRetryable: true,
    details: [{ vendor: 'Cascade Detail' }],
    cause: new Error('Cascade Cause', { cause: new Error('Cascade Root') }),
  });

  it('shows its kind on the way, and none of its words', async () => {
    const wire = Buffer.from(await sent(error, CONTEXT)).toString('latin1');
    assert.doesNotMatch(wire, /Cascade|17\.45|failureConverter\.test/);
    assert.match(wire, /QuickBooksWait/);
  });

  it('arrives as it was, with details, causes and where it came from', async () => {
    const arrived = await received(await sent(error, CONTEXT));
    assert.ok(arrived instanceof ApplicationFailure);
    const { message, type, nonRetryable, details, cause } = arrived;
    assert.deepEqual(
      { message, type, nonRetryable, details },
      {
        message: 'Cascade Supply refuses 17.45',
        type: 'QuickBooksWait',
        nonRetryable: true,
        details: [{ vendor: 'Cascade Detail' }],
      },
    );
    assert.equal(cause?.message, 'Cascade Cause');
    assert.ok(cause.cause instanceof Error);
    assert.equal(cause.cause.message, 'Cascade Root');
    assert.match(arrived.stack ?? '', /failureConverter\.test/);
  });

  it('that is passed on keeps its words, and is sealed anew', async () => {
    const arrived = await received(await sent(error, CONTEXT));
    const wire = await sent(arrived, CONTEXT);
    assert.doesNotMatch(Buffer.from(wire).toString('latin1'), /Cascade/);
    for (const again of [await received(wire), await received(await sent(arrived, CONTEXT))])
      assert.equal(again.message, 'Cascade Supply refuses 17.45');
  });

  const thrown: readonly (readonly [string, unknown])[] = [
    ['a text', 'Cascade'],
    ['an object', { vendor: 'Cascade' }],
    ['a cancellation with details', new CancelledFailure('Cascade', ['Cascade'])],
    ['a timeout with its last heartbeat', new TimeoutFailure('Cascade', 'Cascade', 'HEARTBEAT')],
    ['an error without a message', new Error('', { cause: 'Cascade' })],
    ['nothing', undefined],
  ];
  for (const [what, one] of thrown)
    it(`that is ${what} is hidden as well`, async () => {
      const wire = await sent(one, CONTEXT);
      assert.doesNotMatch(Buffer.from(wire).toString('latin1'), /Cascade/);
      assert.ok((await received(wire)) instanceof Error);
    });

  it('of a task that belongs to no company, or whose keys cannot be had, goes without its words', async () => {
    const away = createPayloadCodec({
      current: async () => Promise.reject(new Error('Cascade is away')),
      byId: async () => undefined,
    });
    for (const wire of [
      await sent(error, undefined),
      await sent(error, CONTEXT, { ...converter, payloadCodecs: [away] }),
    ]) {
      assert.doesNotMatch(Buffer.from(wire).toString('latin1'), /Cascade/);
      const arrived = await received(wire, {
        type: 'workflow',
        namespace: 'default',
        workflowId: CONTEXT.workflowId ?? '',
      });
      assert.match(arrived.message, /could not be sealed and were not sent/);
    }
  });
});

describe('a failure from outside', () => {
  const read = async (failure: ProtoFailure): Promise<Error> => received(Failure.encode(failure).finish());
  const info = { applicationFailureInfo: { type: 'Retry' } };
  const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

  it('of the server itself is told in its own words', async () => {
    assert.equal(
      (await read({ message: 'activity Heartbeat timeout', timeoutFailureInfo: {} })).message,
      'activity Heartbeat timeout',
    );
  });

  const unreadable: readonly (readonly [string, ProtoFailure])[] = [
    ['whose words are not sealed', { ...info, encodedAttributes: json({ message: 'Cascade' }) }],
    ['whose words are of no encoding', { ...info, encodedAttributes: { data: new Uint8Array() } }],
  ];
  for (const [what, failure] of unreadable)
    it(`${what} says that they cannot be read`, async () =>
      assert.equal((await read(failure)).message, '(the words of this failure cannot be read)'));

  const sealedWords: readonly (readonly [string, unknown])[] = [
    ['no object', 'Cascade'],
    ['null', null],
    ['a list', []],
    ['a message that is an object', { message: { toString: 'Cascade' }, stack_trace: 7 }],
  ];
  for (const [what, words] of sealedWords)
    it(`whose sealed words are ${what} says so too`, async () => {
      const failure = await encodeFailure([codec], { ...info, encodedAttributes: json(words) }, CONTEXT);
      assert.equal((await read(failure)).message, '(the words of this failure cannot be read)');
    });

  it('is cut to a length that can be shown, and loses the escapes of a terminal', async () => {
    const message = `\u001b]0;owned\u0007\u202e${'x'.repeat(1_000_000)}`;
    const arrived = await read({ ...info, message, stackTrace: message });
    assert.ok(arrived.message.length <= 10_000 && (arrived.stack ?? '').length <= 10_000);
    assert.match(arrived.message, /^ \]0;owned x/);
  });

  it('with causes without end is read as far as is reasonable', async () => {
    let failure: ProtoFailure = { ...info, message: 'root' };
    for (let depth = 0; depth < 60; depth += 1) failure = { ...info, message: `${depth}`, cause: failure };
    let depth = 0;
    for (let one: unknown = await read(failure); one instanceof Error; one = one.cause) depth += 1;
    assert.equal(depth, 21);
  });

  const senseless: readonly (readonly [string, object])[] = [
    ['an activity without a name', { activityFailureInfo: {} }],
    ['a child workflow that nobody started', { childWorkflowExecutionFailureInfo: {} }],
    ['a timeout of a kind that does not exist', { timeoutFailureInfo: { timeoutType: 99 } }],
    ['a category that does not exist', { applicationFailureInfo: { category: 99 } }],
    [
      'a state of its retries that does not exist',
      { activityFailureInfo: { activityType: { name: 'postBills' }, retryState: 99 } },
    ],
    ['a call that nobody made', { nexusOperationExecutionFailureInfo: {} }],
    ['no kind at all', {}],
  ];
  for (const [what, failure] of senseless)
    it(`that claims to be ${what} is the cause of the activity’s failure, and no fault of the workflow`, async () => {
      const activityFailureInfo = { activityType: { name: 'postBills' }, activityId: '1' };
      const arrived = await read({
        message: 'Activity task failed',
        activityFailureInfo,
        cause: Failure.fromObject({ ...failure, message: 'x' }),
      });
      assert.ok(arrived instanceof ActivityFailure && arrived.activityType === 'postBills');
      assert.equal(arrived.cause?.message, 'x');
    });

  it('whose details cannot be read has a value for each that says so', async () => {
    const arrived = await read({
      message: 'x',
      applicationFailureInfo: { details: { payloads: [json('Cascade'), {}] } },
    });
    assert.ok(arrived instanceof ApplicationFailure);
    assert.deepEqual(arrived.details, [{ unreadable: 'it is not sealed' }, { unreadable: 'it is not sealed' }]);
  });
});
