/**
 * What a company's workflow left in Temporal: the histories of all its runs, and what can be told from them.
 *
 * 1. Runs are followed from the first by what each says it went on as, so none is missed.
 * 2. Payloads are measured as they lie in the history, encoded: that is what Temporal limits.
 */
import type { Client } from '@temporalio/client';
import type proto from '@temporalio/proto';

export type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
/** The events of one run, in order. */
export type History = readonly HistoryEvent[];

/** The histories of all runs of a workflow ID, the first run first. */
export async function allHistories(client: Client, workflowId: string): Promise<readonly History[]> {
  const histories: History[] = [];
  const present = await historyOf(client, workflowId, '');
  let runId: string | null | undefined = present[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  while (runId) {
    const history = await historyOf(client, workflowId, runId);
    histories.push(history);
    runId = history.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return histories;
}

async function historyOf(client: Client, workflowId: string, runId: string): Promise<History> {
  const events: HistoryEvent[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      ...(nextPageToken && { nextPageToken }),
    });
    events.push(...(page.history?.events ?? []));
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken !== undefined);
  return events;
}

/** The size in bytes of the largest payload anywhere in the events: data and metadata, as encoded. */
export function largestPayload(history: History): number {
  let largest = 0;
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if ('data' in value && value.data instanceof Uint8Array) {
      const metadata = 'metadata' in value ? Object.values(value.metadata ?? {}) : [];
      const bytes = metadata.reduce((sum: number, one) => sum + (one instanceof Uint8Array ? one.length : 0), 0);
      largest = Math.max(largest, value.data.length + bytes);
      return;
    }
    for (const inner of Object.values(value)) look(inner);
  };
  history.forEach(look);
  return largest;
}

/** One cycle as a history tells it: from the scheduling of its pull to the scheduling of the next one. */
export interface Cycle {
  readonly events: number;
  readonly activities: readonly string[];
  /** From the scheduling of the pull to the end of the last activity. */
  readonly ms: number;
}

/** The whole cycles of a run: those that another one follows in the same run. */
export function cyclesOf(history: History): readonly Cycle[] {
  const starts = history.flatMap((event, index) => (activityOf(event) === 'pullQuickBooks' ? [index] : []));
  return starts.slice(0, -1).map((start, place) => {
    const events = history.slice(start, starts[place + 1]);
    const ended = events.filter((event) => event.activityTaskCompletedEventAttributes);
    return {
      events: events.length,
      activities: events.flatMap((event) => activityOf(event) ?? []),
      ms: msOf(ended.at(-1)) - msOf(events[0]),
    };
  });
}

/** How long the activities of a name took in all: waiting for a worker, and running; milliseconds. */
export interface ActivityTime {
  readonly count: number;
  readonly waitingMs: number;
  readonly runningMs: number;
}

/** Where the time of a run went, by activity. What is left of the run's own time went between them. */
export function activityTimes(history: History): ReadonlyMap<string, ActivityTime> {
  const byId = new Map(history.map((event) => [String(event.eventId), event] as const));
  const times = new Map<string, ActivityTime>();
  for (const event of history) {
    const ended = event.activityTaskCompletedEventAttributes;
    if (!ended) continue;
    const scheduled = byId.get(String(ended.scheduledEventId));
    const started = byId.get(String(ended.startedEventId));
    const name = (scheduled && activityOf(scheduled)) ?? 'unknown';
    const before = times.get(name) ?? { count: 0, waitingMs: 0, runningMs: 0 };
    times.set(name, {
      count: before.count + 1,
      waitingMs: before.waitingMs + msOf(started) - msOf(scheduled),
      runningMs: before.runningMs + msOf(event) - msOf(started),
    });
  }
  return times;
}

/** One report of the ledgers as a history tells it. */
export interface ReportTime {
  /** From the scheduling of its first activity to the end of its last. */
  readonly ms: number;
  /** Of it, reading at the site: QuickBooks with the connector. */
  readonly siteMs: number;
  readonly pages: number;
}

/** The reports of a run: what is compared, from a first comparing without a page to the one after the last page. */
export function reportsOf(history: History): readonly ReportTime[] {
  const byId = new Map(history.map((event) => [String(event.eventId), event] as const));
  const reports: { from: number; to: number; siteMs: number; pages: number }[] = [];
  let pageCame = false;
  for (const event of history) {
    const ended = event.activityTaskCompletedEventAttributes;
    const scheduled = ended ? byId.get(String(ended.scheduledEventId)) : undefined;
    const name = scheduled && activityOf(scheduled);
    const current = reports.at(-1);
    if (name === 'readLedger' && current !== undefined) {
      current.siteMs += msOf(event) - msOf(byId.get(String(ended?.startedEventId)));
      current.pages += 1;
      pageCame = true;
    } else if (name === 'compareLedgers') {
      if (pageCame && current !== undefined) current.to = msOf(event);
      else reports.push({ from: msOf(scheduled), to: msOf(event), siteMs: 0, pages: 0 });
      pageCame = false;
    }
  }
  return reports.map(({ from, to, siteMs, pages }) => ({ ms: to - from, siteMs, pages }));
}

const activityOf = (event: HistoryEvent): string | undefined =>
  event.activityTaskScheduledEventAttributes?.activityType?.name ?? undefined;

/** When an event happened, Unix milliseconds. */
export function msOf(event: HistoryEvent | undefined): number {
  const { seconds, nanos } = event?.eventTime ?? {};
  return Number(seconds ?? Number.NaN) * 1_000 + Number(nanos ?? 0) / 1e6;
}
