/** A workflow for the bench of the gateway: the same task, over and over. */
import { proxyActivities } from '@temporalio/workflow';

export async function again(taskQueue: string, given: string, times: number): Promise<void> {
  const { echo } = proxyActivities<{ echo(given: string): Promise<string> }>({
    taskQueue,
    startToCloseTimeout: 10_000,
  });
  for (let done = 0; done < times; done += 1) await echo(given);
}
