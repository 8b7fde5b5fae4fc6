/** A workflow that says something in every place that Temporal has, and one whose tasks break. */
import * as wf from '@temporalio/workflow';
import { WORDS } from './words.ts';

interface Telling {
  tell(input: unknown): Promise<unknown>;
  vanish(input: unknown): Promise<void>;
}

/** Of one attempt that counts: it fails, beats and answers, or vanishes after a heartbeat. */
const limits = { startToCloseTimeout: '20 s', heartbeatTimeout: '1 s' } as const;

export async function tellsEverything(input: { readonly says: string; readonly again?: boolean }): Promise<unknown> {
  const heard: unknown[] = [input.says];
  wf.setHandler(wf.defineSignal<[unknown]>('tell'), (what) => {
    heard.push(what);
  });
  wf.setHandler(wf.defineQuery<unknown, [unknown]>('ask'), (what) => {
    if (what === 'fail') throw new Error(WORDS.queryFailure);
    return { what, answer: WORDS.queryAnswer };
  });
  const change = async (what: unknown) => {
    if (what === 'fail') throw wf.ApplicationFailure.nonRetryable(WORDS.updateFailure);
    heard.push(what);
    return WORDS.updateAnswer;
  };
  const validator = (what: unknown) => {
    if (what === 'refuse') throw new Error(WORDS.updateRefusal);
  };
  wf.setHandler(wf.defineUpdate<unknown, [unknown]>('change'), change, { validator });
  wf.setCurrentDetails(WORDS.currentDetails);
  if (input.again) {
    await wf.condition(() => heard.length > 1);
    throw wf.ApplicationFailure.nonRetryable(WORDS.failed, 'Failed', WORDS.failureDetail);
  }
  wf.upsertMemo({ changed: WORDS.memoChanged });
  await wf.sleep(1, { summary: WORDS.timer });
  const telling = wf.proxyActivities<Telling>({
    ...limits,
    summary: WORDS.activitySummary,
    retry: { initialInterval: 1, maximumAttempts: 2 },
  });
  heard.push(await telling.tell({ bill: WORDS.activityInput }));
  const vanishing = wf.proxyActivities<Telling>({ ...limits, retry: { maximumAttempts: 1 } });
  await vanishing.vanish(WORDS.activityInput).catch((error: unknown) => {
    const cause = error instanceof wf.ActivityFailure ? error.cause : undefined;
    heard.push(cause instanceof wf.TimeoutFailure ? cause.lastHeartbeatDetails : String(error));
  });
  await wf.condition(() => heard.includes(WORDS.signal) && heard.includes(WORDS.updateArgument));
  if (heard.includes('go on')) return wf.continueAsNew<typeof tellsEverything>({ says: WORDS.handedOver, again: true });
  return { heard, result: WORDS.result };
}

export async function breaks(): Promise<void> {
  throw new TypeError(WORDS.broken);
}
