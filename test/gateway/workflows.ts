/** A workflow for tests: tasks at one site, one after the other, and the result of the last. */
import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';

export async function tasks(name: string, given: unknown, options: ActivityOptions, times: number): Promise<unknown> {
  const activities = proxyActivities<Record<string, (given: unknown) => Promise<unknown>>>(options);
  const task = activities[name];
  if (task === undefined) throw new Error(`no task ${name}`);
  let result: unknown;
  for (let done = 0; done < times; done++) result = await task(given);
  return result;
}
