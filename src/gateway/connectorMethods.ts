/**
 * The connectors' own service, beside Temporal's calls: enrolling, presence, rotating the secret, the keys of companies.
 * Bodies are JSON, checked by the contract's schema.
 */
import type { z } from 'zod';
import { type ConnectorService, methodPath } from '../contract/connectorService.ts';
import {
  companyKeyRequest,
  enrolRequest,
  presenceRequest,
  rotateRequest,
} from '../contract/schema/connectorService.ts';
import { currentCompanyKey, enrol, recordPresence, rotateSecret, type Store, StoreError } from '../store/index.ts';
import type { Caller } from './callers.ts';
import { Refusal } from './refusal.ts';

export interface MethodContext {
  /** Undefined for enrolling without a credential. */
  readonly caller: Caller | undefined;
  readonly address: string;
  readonly namespace: string;
  readonly store: Store;
  readonly now: number;
  /** Whether the caller serves the company; asked anew before it is denied. */
  serves(companyId: string): Promise<boolean>;
  /** The caller is this installation from now on, or one that serves a company more. */
  enrolled(installationId: string): void;
}

export interface ConnectorMethod {
  /** Whether it may be called without a credential. */
  readonly open: boolean;
  /** JSON in, JSON out. @throws Refusal */
  serve(request: Buffer, context: MethodContext): Promise<Buffer>;
}

/** Longest request: the longest fields of the contract, several times over. */
export const CONNECTOR_REQUEST_BYTES = 16_384;

type Methods = {
  readonly [M in keyof ConnectorService]: (
    request: Parameters<ConnectorService[M]>[0],
    context: MethodContext,
  ) => ReturnType<ConnectorService[M]>;
};

const callerOf = ({ caller }: MethodContext): Caller => {
  if (caller === undefined) throw new Refusal('credentialRefused');
  return caller;
};

const METHODS: Methods = {
  async Enrol({ key, name }, { caller, address, namespace, store, now, enrolled: tell }) {
    const installation = caller === undefined ? {} : { installation: { installationId: caller.installationId } };
    try {
      const enrolled = await enrol(store, { key, address, name, at: now, ...installation });
      tell(enrolled.installationId);
      return { ...enrolled, namespace };
    } catch (error) {
      if (error instanceof StoreError && (error.code === 'enrolmentRefused' || error.code === 'enrolmentTooOften'))
        throw new Refusal(error.code, { words: error.message });
      throw error;
    }
  },

  async Presence(presence, context) {
    const { installationId, companies, rotationDue } = callerOf(context);
    await recordPresence(context.store.db, installationId, presence, context.now);
    return { companies: [...companies], rotate: rotationDue };
  },

  async Rotate(_, context) {
    const { installationId } = callerOf(context);
    try {
      return { secret: await rotateSecret(context.store, installationId, context.now) };
    } catch (error) {
      // Revoked a moment ago.
      if (error instanceof StoreError && error.code === 'installationUnknown') throw new Refusal('credentialRefused');
      throw error;
    }
  },

  async CompanyKey({ companyId }, context) {
    callerOf(context);
    if (!(await context.serves(companyId))) throw new Refusal('companyForeign');
    try {
      const { keyId, key } = await currentCompanyKey(context.store, companyId);
      return { keyId, key: key.toString('base64') };
    } catch (error) {
      // Removed a moment ago.
      if (error instanceof StoreError && (error.code === 'companyRemoved' || error.code === 'companyUnknown'))
        throw new Refusal('companyForeign');
      throw error;
    }
  },
};

function method<M extends keyof ConnectorService>(
  name: M,
  schema: z.ZodType<Parameters<ConnectorService[M]>[0]>,
  { open }: { readonly open: boolean },
): readonly [string, ConnectorMethod] {
  return [
    methodPath(name),
    {
      open,
      async serve(request, context) {
        const parsed = schema.safeParse(jsonOf(request));
        if (!parsed.success)
          throw new Refusal('malformed', { detail: parsed.error.issues.map(({ path }) => path.join('.')).join(', ') });
        return Buffer.from(JSON.stringify(await METHODS[name](parsed.data, context)));
      },
    },
  ];
}

function jsonOf(request: Buffer): unknown {
  try {
    return JSON.parse(request.toString());
  } catch (error) {
    throw new Refusal('malformed', { detail: error instanceof Error ? error.message.slice(0, 100) : 'not JSON' });
  }
}

/** By the path of the call. */
export const CONNECTOR_METHODS: ReadonlyMap<string, ConnectorMethod> = new Map([
  method('Enrol', enrolRequest, { open: true }),
  method('Presence', presenceRequest, { open: false }),
  method('Rotate', rotateRequest, { open: false }),
  method('CompanyKey', companyKeyRequest, { open: false }),
]);
