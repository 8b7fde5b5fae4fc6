/**
 * A connector for the companies of many rows: each has a QuickBooks of its own, as if on as many machines, and where a row
 * voids a payment, the connector may.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CommandProcess, startCommand } from '../../src/cli/demo/process.ts';
import type { Stage } from '../../src/cli/demo/stage.ts';
import type { Actor } from './actors.ts';

export async function startConnector(
  stage: Stage,
  folder: string,
  name: string,
  actors: readonly Actor[],
): Promise<CommandProcess> {
  const processor = { kind: 'sandbox', url: stage.quickBooks.url };
  const { address, namespace } = stage.temporal;
  const companies = actors.map(({ row, company: { id, file } }) => ({
    id,
    file,
    processor,
    ...(row.kind === 'TxnVoid' && { allowVoids: true }),
  }));
  const config = path.join(folder, `${name}.json`);
  await writeFile(config, JSON.stringify({ name, temporal: { address, namespace }, processor, companies }));
  return startCommand({ args: ['connector', '--config', config], env: stage.env });
}
