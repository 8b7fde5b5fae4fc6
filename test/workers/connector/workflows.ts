/** A workflow for tests: one task at the site, and its result. */
import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';

export async function oneTask(name: string, request: unknown, options: ActivityOptions): Promise<unknown> {
  const activities = proxyActivities<Record<string, (given: unknown) => Promise<unknown>>>(options);
  const task = activities[name];
  if (task === undefined) throw new Error(`no task ${name}`);
  return await task(request);
}
