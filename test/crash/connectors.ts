/**
 * A connector for the companies of many rows: each has a QuickBooks of its own, as if on as many machines, and where a row
 * voids a payment, the connector may.
 */
import type { CommandProcess } from '../../src/cli/demo/process.ts';
import type { Stage } from '../../src/cli/demo/stage.ts';
import type { Actor } from './actors.ts';

export function startConnector(stage: Stage, name: string, actors: readonly Actor[]): Promise<CommandProcess> {
  return stage.startConnector(
    name,
    actors.map(({ company }) => company),
    {
      ownProcessors: true,
      allowVoids: actors.filter(({ row }) => row.kind === 'TxnVoid').map(({ company }) => company),
    },
  );
}
