/**
 * The payload codec: every payload is sealed under the key of the company it belongs to, and nothing unreadable reaches a
 * workflow.
 *
 * 1. The company is that of the workflow named by the SDK's serialization context; without one nothing is encoded.
 * 2. Decoding never throws because of a payload: a workflow task that cannot decode its input would be repeated for ever.
 *    What cannot be read becomes `{unreadable: why}`. It rejects only while the keys cannot be had: then the task is to be
 *    repeated, for a replay that has the keys must see the same.
 * 3. What belongs to an activity is sealed, or it is unreadable. To a workflow people speak as well, so JSON is taken there.
 * 4. The words of a failure that cannot be sealed are withheld, and the failure goes without them: the SDK ends a worker
 *    that cannot encode a failure.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import { COMPANY_ID, companyOfWorkflow } from '../../contract/index.ts';
import type { CompanyKeyring } from './companyKeyring.ts';
import { inflatedPayload } from './deflatedPayload.ts';
import { belongsToFailure, WITHHELD } from './failureConverter.ts';
import { encodingOf, readableValue, unreadable } from './readableValue.ts';
import { keyIdOf, open, SEALED, seal } from './sealing.ts';

export interface CodecOptions {
  /**
   * Take what is not sealed too, in every place: deflated payloads and plain ones, as they stand in histories that were
   * recorded before payloads were sealed. For replaying those, and for nothing that is connected to a server: with it,
   * whoever can write to Temporal could speak for a connector.
   */
  readonly readUnsealed?: boolean;
}

type Context = Parameters<PayloadCodec['encode']>[1];

export function createPayloadCodec(keyring: CompanyKeyring, { readUnsealed = false }: CodecOptions = {}): PayloadCodec {
  const sealed = async (payload: Payload, context: Context): Promise<Payload> => {
    try {
      const companyId = companyOf(context);
      if (companyId === undefined) throw new TypeError('a payload that belongs to no company’s workflow is not sent');
      return await seal(payload, companyId, await keyring.current(companyId));
    } catch (error) {
      if (belongsToFailure(payload)) return WITHHELD;
      throw error;
    }
  };
  const opened = async (payload: Payload, context: Context): Promise<Payload> => {
    if (encodingOf(payload) !== SEALED) {
      if (readUnsealed) return inflatedPayload(payload);
      return context?.type === 'workflow' && companyOf(context) !== undefined
        ? typed(payload)
        : unreadable('it is not sealed');
    }
    const [companyId, keyId] = [companyOf(context), keyIdOf(payload)];
    const key = companyId === undefined || keyId === undefined ? undefined : await keyring.byId(companyId, keyId);
    if (companyId === undefined || keyId === undefined || key === undefined) return CANNOT_BE_OPENED;
    try {
      return readableValue(await open(payload, companyId, { keyId, key }));
    } catch {
      return CANNOT_BE_OPENED; // why is nobody's business: the same words for every reason
    }
  };
  return {
    encode: (payloads, context) => Promise.all(payloads.map((payload) => sealed(payload, context))),
    decode: (payloads, context) => Promise.all(payloads.map((payload) => opened(payload, context))),
  };
}

const CANNOT_BE_OPENED = unreadable('it cannot be opened');

/** What a person typed: JSON, or nothing. */
const typed = (payload: Payload): Payload =>
  encodingOf(payload) === 'binary/plain' ? unreadable('its encoding is not in use here') : readableValue(payload);

function companyOf(context: Context): string | undefined {
  const companyId = context?.workflowId === undefined ? undefined : companyOfWorkflow(context.workflowId);
  return companyId !== undefined && COMPANY_ID.test(companyId) ? companyId : undefined;
}
