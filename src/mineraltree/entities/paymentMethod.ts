/**
 * A payment method: a bank account or a credit card, whose name stands in the part of the object that its type has.
 *
 * Account numbers are never sent: once one is set, an update must leave it out (as public clients found). Answers that
 * list the methods of a company carry no time of change; it is then the beginning of 1970.
 */
import { z } from 'zod';
import type { PaymentMethod } from '../../domain/payables.ts';
import { type Changes, type Entity, readWith } from './entity.ts';
import { blankable, requiredText, stamp, unwritable, wireId, wireMoney, writeMoney } from './field.ts';

const UNSTAMPED = '1970-01-01T00:00:00Z';
const name = requiredText('name').schema;
const named = z.object({ name }).nullish();

const schema: z.ZodType<PaymentMethod> = z
  .object({
    id: wireId,
    externalId: blankable,
    modified: stamp.nullish(),
    type: z.enum(['ACH', 'CREDITCARD', 'UNKNOWN']),
    status: z.enum(['Active', 'Locked']),
    bankAccount: z
      .object({ name, accountBalance: z.object({ availableBalance: wireMoney.nullish() }).nullish() })
      .nullish(),
    card: named,
    account: named,
  })
  .transform((wire, context) => {
    const found = (wire.bankAccount ?? wire.card ?? wire.account)?.name;
    if (found === undefined) {
      context.addIssue({ code: 'custom', message: 'has none of bankAccount, card and account' });
      return z.NEVER;
    }
    const balance = wire.bankAccount?.accountBalance?.availableBalance;
    return {
      id: wire.id,
      ...(wire.externalId === undefined ? {} : { externalId: wire.externalId }),
      modified: wire.modified ?? UNSTAMPED,
      name: found,
      type: wire.type,
      status: wire.status,
      ...(balance == null ? {} : { availableBalanceCents: balance }),
    };
  });

const CONTAINERS = { ACH: 'bankAccount', CREDITCARD: 'card', UNKNOWN: 'account' } as const;

/** Name and balance have no place without the type, so a change of either comes with it. Only bank accounts have a balance. */
function write(values: Changes<PaymentMethod>): Record<string, unknown> {
  const { externalId, type, status, name: newName, availableBalanceCents: balance } = values;
  const wire: Record<string, unknown> = {
    ...(externalId === undefined ? {} : { externalId: externalId ?? '' }),
    ...(type === undefined ? {} : { type }),
    ...(status === undefined ? {} : { status }),
  };
  if (newName === undefined && balance == null) return wire;
  if (type === undefined) throw unwritable('name and balance of a payment method are written with its type');
  wire[CONTAINERS[type]] = {
    ...(newName === undefined ? {} : { name: newName }),
    ...(type !== 'ACH' || balance == null ? {} : { accountBalance: { availableBalance: writeMoney(balance) } }),
  };
  return wire;
}

export const paymentMethods: Entity<PaymentMethod> = {
  resource: 'pm',
  wrapper: 'paymentMethod',
  updatePath: 'withId',
  externalIdIsFixed: true,
  read: (raw) => readWith(schema, raw),
  write,
  blank: {},
};
