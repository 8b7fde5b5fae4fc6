/**
 * A connection to MineralTree that reads and does not write: what would be written is recorded, and answered as if it had
 * been, so that whoever writes goes on as it would.
 *
 * 1. No write reaches MineralTree.
 * 2. A record that would have been created is found again by its ID, and by nothing else.
 */
import { randomUUID } from 'node:crypto';
import type { Draft } from '../../domain/payables.ts';
import type { CompanyRecords, Records } from '../../mineraltree/index.ts';
import type { PayablesConnection } from './connection.ts';

/** A write that would have gone to MineralTree. */
export interface WouldWrite {
  readonly entity: string;
  readonly does: 'create' | 'change' | 'acknowledge' | 'void';
  /** MineralTree's ID; of a record to be created one that is made up. */
  readonly id: string;
  /** The record as it is there; absent for one to be created. */
  readonly before?: object;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Recording {
  readonly connection: PayablesConnection;
  readonly writes: readonly WouldWrite[];
}

type Kept = { readonly id: string; readonly modified: string };

export function createRecording(real: PayablesConnection): Recording {
  const writes: WouldWrite[] = [];
  const note = (write: WouldWrite): void => void writes.push(write);

  function records<T extends Kept, R extends Records<T>>(entity: string, kept: R): R {
    const made = new Map<string, T>();
    const read = async (id: string): Promise<T> => made.get(id) ?? kept.get(id);
    const change = async (id: string, fields: object): Promise<T> => {
      const before = await read(id);
      note({ entity, does: 'change', id, before, fields: { ...fields } });
      const after = { ...before, ...valued(fields) };
      made.set(id, after);
      return after;
    };
    const create = async (draft: Draft<T>): Promise<T> => {
      const record = recorded<T>(draft);
      note({ entity, does: 'create', id: record.id, fields: { ...draft } });
      made.set(record.id, record);
      return record;
    };
    return { ...kept, create, get: read, update: change, replace: change };
  }

  const { records: theirs } = real;
  const acknowledging = (entity: string) => async (id: string, externalId: string) =>
    note({ entity, does: 'acknowledge', id, fields: { externalId } });
  const connection: CompanyRecords = {
    glAccounts: records('glAccount', theirs.glAccounts),
    classifications: records('classification', theirs.classifications),
    projects: records('project', theirs.projects),
    items: records('item', theirs.items),
    terms: records('term', theirs.terms),
    vendors: records('vendor', theirs.vendors),
    paymentMethods: records('paymentMethod', theirs.paymentMethods),
    accountingPeriods: records('accountingPeriod', theirs.accountingPeriods),
    credits: records('credit', theirs.credits),
    bills: { ...records('invoice', theirs.bills), acknowledge: acknowledging('invoice') },
    payments: {
      ...theirs.payments,
      acknowledge: acknowledging('payment'),
      recordExternal: async (draft) => {
        const record = recorded<Awaited<ReturnType<typeof theirs.payments.get>>>({ ...draft, status: 0 });
        note({ entity: 'payment', does: 'create', id: record.id, fields: { ...draft } });
        return record;
      },
    },
    billCredits: {
      ...theirs.billCredits,
      create: async (draft) => {
        const record = recorded<Awaited<ReturnType<typeof theirs.billCredits.get>>>(draft);
        note({ entity: 'billCredit', does: 'create', id: record.id, fields: { ...draft } });
        return record;
      },
      void: async (id) => note({ entity: 'billCredit', does: 'void', id, fields: {} }),
    },
  };
  return { writes, connection: { records: connection, paymentMethods: () => real.paymentMethods() } };
}

/** A record as MineralTree would have made it of a draft. */
const recorded = <T extends Kept>(draft: Draft<T>): T =>
  ({ ...draft, id: randomUUID(), modified: new Date(0).toISOString() }) as Draft<T> & Kept as T;

/** Fields with values: null empties a field, which is then absent. */
const valued = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? undefined]));
