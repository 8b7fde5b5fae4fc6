/**
 * The nine calls of a Temporal activity worker, one rule each; whatever has no rule is not let through.
 *
 * 1. A rule never passes a request on: it writes a new one, with namespace, identity and token of its own, and copies
 *    as bytes only what belongs to the connector (results, failures, heartbeat details).
 * 2. A queue is a company's that the caller serves; a token was sealed for a company that the caller serves.
 * 3. Answers are passed on as bytes, except a task's token, which is sealed.
 *
 * Leaves to others: who the caller is, limits, and the way to Temporal.
 */
import proto from '@temporalio/proto';
import { COMPANY_ID, siteQueue } from '../contract/index.ts';
import type { Caller } from './callers.ts';
import { type Field, field, fieldsOf, single } from './protobufFields.ts';
import { Refusal } from './refusal.ts';
import type { SealKeyring } from './sealKeyring.ts';
import { tokenForeign } from './tokenSeal.ts';

const { workflowservice, enums } = proto.temporal.api;
const v1 = workflowservice.v1;

export interface RuleContext {
  readonly caller: Caller;
  /** How Temporal shows the caller. */
  readonly identity: string;
  readonly namespace: string;
  readonly seals: SealKeyring;
  /** Whether the caller serves the company; asked anew before it is denied. */
  serves(companyId: string): Promise<boolean>;
}

export type Ruling =
  | { readonly kind: 'answer'; readonly message: Buffer }
  | {
      readonly kind: 'ask';
      readonly request: Buffer;
      /** The company of a long poll. */
      readonly polls?: string;
      readonly answer?: (message: Buffer) => Promise<Buffer>;
    };

export interface WorkerRule {
  /** Longest request. */
  readonly maxBytes: number;
  rule(request: Buffer, context: RuleContext): Promise<Ruling>;
}

const WORKFLOW_SERVICE = 'temporal.api.workflowservice.v1.WorkflowService';

/** Requests that carry nothing of an activity. */
const SMALL = 262_144;
const LARGE = Number.POSITIVE_INFINITY;
const MAX_HEARTBEATS = 100;
const MAX_REASON = 200;

/** In protobuf an absent text and an empty one are the same. */
const textOf = (fields: readonly Field[], number: number): string => single(fields, number)?.toString() ?? '';

const inNamespace = (name: string, { namespace }: RuleContext): void => {
  if (name !== namespace) throw new Refusal('namespaceForeign', { detail: name.slice(0, 100) });
};

/** The company of a queue, when the caller serves it. */
async function companyOfQueue(queue: string, context: RuleContext): Promise<string> {
  const companyId = queue.slice(siteQueue('').length);
  if (COMPANY_ID.test(companyId) && queue === siteQueue(companyId) && (await context.serves(companyId)))
    return companyId;
  throw new Refusal('queueForeign', { detail: queue.slice(0, 100) });
}

async function tokenOf(fields: readonly Field[], context: RuleContext): Promise<Buffer> {
  const sealed = single(fields, 1);
  if (sealed === undefined || sealed.length === 0) throw tokenForeign('no token');
  const opened = await context.seals.open(sealed);
  if (opened === undefined) throw tokenForeign('not sealed by us');
  if (!(await context.serves(opened.companyId))) throw tokenForeign(`of ${opened.companyId}`);
  return opened.token;
}

/** Workers of two installations may have chosen the same key. */
const ownInstance = ({ installationId }: Caller, key: string): string => `${installationId}/${key.slice(0, 100)}`;

/** The outcome of a task, or a sign of life: `copied` are the fields that belong to the connector. */
const aboutTask = (copied: readonly number[]): WorkerRule => ({
  maxBytes: LARGE,
  async rule(request, context) {
    const fields = fieldsOf(request);
    inNamespace(textOf(fields, 4), context);
    const token = await tokenOf(fields, context);
    for (const number of copied) single(fields, number);
    return {
      kind: 'ask',
      request: Buffer.concat([
        field(1, token),
        ...fields.filter(({ number }) => copied.includes(number)).map(({ raw }) => raw),
        field(3, context.identity),
        field(4, context.namespace),
      ]),
    };
  },
});

const pollActivityTaskQueue: WorkerRule = {
  maxBytes: SMALL,
  async rule(request, context) {
    const fields = fieldsOf(request);
    inNamespace(textOf(fields, 1), context);
    const companyId = await companyOfQueue(textOf(fieldsOf(single(fields, 2) ?? Buffer.alloc(0)), 1), context);
    // Written anew: what else a worker may ask for (rate limits of the queue, deployments, groups) concerns others too.
    const own = v1.PollActivityTaskQueueRequest.encode({
      namespace: context.namespace,
      taskQueue: { name: siteQueue(companyId), kind: enums.v1.TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
      identity: context.identity,
      workerInstanceKey: ownInstance(context.caller, textOf(fields, 8)),
    }).finish();
    return {
      kind: 'ask',
      request: Buffer.from(own),
      polls: companyId,
      answer: (message) => sealedTask(message, companyId, context),
    };
  },
};

const POLLER_GROUPS: readonly number[] = [21, 22];

async function sealedTask(message: Buffer, companyId: string, { seals }: RuleContext): Promise<Buffer> {
  const fields = fieldsOf(message);
  const token = single(fields, 1);
  // The poll ran out.
  if (token === undefined || token.length === 0) return Buffer.alloc(0);
  return Buffer.concat([
    field(1, await seals.seal(companyId, token)),
    ...fields.filter(({ number }) => number !== 1 && !POLLER_GROUPS.includes(number)).map(({ raw }) => raw),
  ]);
}

/** A worker's account of itself (fields 3 and 5 to 22), under our names for it. */
async function ownHeartbeat(heartbeat: Buffer, context: RuleContext): Promise<Buffer> {
  const fields = fieldsOf(heartbeat);
  const companyId = await companyOfQueue(textOf(fields, 4), context);
  const copied = fields.filter(({ number }) => number === 3 || (number >= 5 && number <= 22));
  return Buffer.concat([
    field(1, ownInstance(context.caller, textOf(fields, 1))),
    field(2, context.identity),
    field(4, siteQueue(companyId)),
    ...copied.map(({ raw }) => raw),
  ]);
}

const recordWorkerHeartbeat: WorkerRule = {
  maxBytes: SMALL,
  async rule(request, context) {
    const fields = fieldsOf(request);
    inNamespace(textOf(fields, 1), context);
    const heartbeats = fields.filter(({ number }) => number === 3);
    if (heartbeats.length > MAX_HEARTBEATS) throw new Refusal('malformed', { detail: 'too many heartbeats' });
    const own: Buffer[] = [];
    for (const { contents } of heartbeats) own.push(await ownHeartbeat(contents ?? Buffer.alloc(0), context));
    return {
      kind: 'ask',
      request: Buffer.concat([
        field(1, context.namespace),
        field(2, context.identity),
        ...own.map((heartbeat) => field(3, heartbeat)),
      ]),
    };
  },
};

const shutdownWorker: WorkerRule = {
  maxBytes: SMALL,
  async rule(request, context) {
    const fields = fieldsOf(request);
    inNamespace(textOf(fields, 1), context);
    const companyId = await companyOfQueue(textOf(fields, 7), context);
    const heartbeat = single(fields, 5);
    const own = v1.ShutdownWorkerRequest.encode({
      namespace: context.namespace,
      identity: context.identity,
      reason: textOf(fields, 4).slice(0, MAX_REASON),
      workerInstanceKey: ownInstance(context.caller, textOf(fields, 6)),
      taskQueue: siteQueue(companyId),
      taskQueueTypes: [enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY],
    }).finish();
    return {
      kind: 'ask',
      request: Buffer.concat([
        own,
        ...(heartbeat === undefined ? [] : [field(5, await ownHeartbeat(heartbeat, context))]),
      ]),
    };
  },
};

/** Answered here: what of Temporal's abilities an activity worker needs to know. */
const getSystemInfo: WorkerRule = {
  maxBytes: SMALL,
  async rule() {
    const info = v1.GetSystemInfoResponse.encode({
      serverVersion: '1.32.0',
      capabilities: {
        signalAndQueryHeader: true,
        internalErrorDifferentiation: true,
        activityFailureIncludeHeartbeat: true,
        encodedFailureAttributes: true,
        sdkMetadata: true,
      },
    }).finish();
    return { kind: 'answer', message: Buffer.from(info) };
  },
};

/** Temporal's limit for one payload. */
const BLOB_BYTES = Buffer.from([0x08, 0x80, 0x80, 0x80, 0x01, 0x10, 0x80, 0x80, 0x80, 0x01]);

const describeNamespace: WorkerRule = {
  maxBytes: SMALL,
  async rule(request, context) {
    inNamespace(textOf(fieldsOf(request), 1), context);
    const description = v1.DescribeNamespaceResponse.encode({
      namespaceInfo: {
        name: context.namespace,
        state: enums.v1.NamespaceState.NAMESPACE_STATE_REGISTERED,
        capabilities: { workerHeartbeats: true },
        limits: proto.temporal.api.namespace.v1.NamespaceInfo.Limits.decode(BLOB_BYTES),
      },
    }).finish();
    return { kind: 'answer', message: Buffer.from(description) };
  },
};

const RULES = {
  GetSystemInfo: getSystemInfo,
  DescribeNamespace: describeNamespace,
  PollActivityTaskQueue: pollActivityTaskQueue,
  RespondActivityTaskCompleted: aboutTask([2]),
  RespondActivityTaskFailed: aboutTask([2, 5]),
  RespondActivityTaskCanceled: aboutTask([2]),
  RecordActivityTaskHeartbeat: aboutTask([2]),
  RecordWorkerHeartbeat: recordWorkerHeartbeat,
  ShutdownWorker: shutdownWorker,
} satisfies Readonly<Record<string, WorkerRule>>;

/** By the path of the call. */
export const WORKER_RULES: ReadonlyMap<string, WorkerRule> = new Map(
  Object.entries(RULES).map(([method, rule]) => [`/${WORKFLOW_SERVICE}/${method}`, rule] as const),
);
