/**
 * The last way to the `temporal` binary: the download that Temporal's SDK has for its own tests. It starts a server to get
 * the file, and stops it again. Unverified against the host it downloads from, which is blocked where this was written;
 * what it brings is used only when its SHA-256 is the recorded one (temporalCli.ts).
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** @param folder an empty folder @param version such as `v1.9.1` @returns the path of the binary @throws Error when it cannot be had */
export async function downloadBySdk(folder: string, version: string): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: folder, version } },
  });
  await environment.teardown();
  const names = await readdir(folder);
  const binary = names.find((name) => /^temporal/.test(name));
  if (binary === undefined)
    throw new Error(`the SDK left no temporal binary in ${folder} (${names.join(', ') || 'nothing'})`);
  return path.join(folder, binary);
}
