/** The search attribute that Temporal UI filters companies by; it must be there before the first workflow writes it. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { PHASE_ATTRIBUTE_NAME } from '../../contract/index.ts';

const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** Registers `TandemPhase` in the client's namespace unless it is there. Throws what the server answers. */
export async function registerSearchAttributes(client: Client): Promise<void> {
  const { operatorService } = client.connection;
  const { namespace } = client.options;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  if (customAttributes?.[PHASE_ATTRIBUTE_NAME] === KEYWORD) return;
  await operatorService.addSearchAttributes({ namespace, searchAttributes: { [PHASE_ATTRIBUTE_NAME]: KEYWORD } });
}
