/** Telling MineralTree that a document is in the ledger: its empty externalId is filled, and nothing else is written. */
import { z } from 'zod';
import type { Caller } from './calls.ts';
import type { Entity, Identified } from './entities/entity.ts';
import { blankable, wireId } from './entities/field.ts';
import { MineralTreeError } from './errors.ts';
import { checkedId } from './records.ts';

const Acknowledged = z.object({ id: wireId, externalId: blankable });

/** The same acknowledgement may be repeated. @throws MineralTreeError, `malformedAnswer` when it does not show in the answer */
export const createAcknowledge =
  <T extends Identified>(call: Caller, { resource, wrapper, updatePath }: Entity<T>) =>
  async (id: string, externalId: string): Promise<void> => {
    if (externalId === '') throw new MineralTreeError('unwritable', 'a blank externalId', { outcome: 'notSent' });
    const body = { [wrapper]: { id: checkedId(id), externalId } };
    const path = updatePath === 'withId' ? `/${resource}/${id}` : `/${resource}`;
    const raw = await call({ method: 'PUT', path, body, write: true });
    // The rest of the answer is of no matter: a document that cannot be read was posted all the same.
    const answer = Acknowledged.safeParse(raw);
    if (!answer.success || answer.data.id !== id || answer.data.externalId !== externalId)
      throw new MineralTreeError(
        'malformedAnswer',
        `the acknowledgement of ${wrapper} ${id} does not show in the answer`,
        { outcome: 'unknown' },
      );
  };
