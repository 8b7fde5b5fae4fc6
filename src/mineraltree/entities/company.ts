/**
 * The user of the API and the companies that it may see. Both can only be read (API guide). The list of companies is the
 * only place where payment methods can be listed: the search has no view of them.
 */
import { z } from 'zod';
import type { PaymentMethod } from '../../domain/payables.ts';
import type { Reading } from './entity.ts';
import { blankable, requiredText, wireId } from './field.ts';
import { paymentMethods } from './paymentMethod.ts';

export interface ApiUser {
  readonly id: string;
  readonly name?: string;
}

export interface PayablesCompany {
  readonly id: string;
  readonly name: string;
  readonly paymentMethods: readonly Reading<PaymentMethod>[];
}

export const User: z.ZodType<ApiUser> = z
  .object({ id: wireId, name: blankable })
  .transform(({ id, name }) => ({ id, ...(name === undefined ? {} : { name }) }));

const MAX_ENTRIES = 10_000;

export const Company: z.ZodType<PayablesCompany> = z
  .object({
    id: wireId,
    name: requiredText('name').schema.transform((name) => name ?? ''),
    paymentMethods: z.array(z.unknown()).max(MAX_ENTRIES).nullish(),
  })
  .transform(({ id, name, paymentMethods: methods }) => ({
    id,
    name,
    paymentMethods: (methods ?? []).map((method) => paymentMethods.read(method)),
  }));

/** One company that cannot be read does not hide the others. */
export const Companies = z.object({ companies: z.array(z.unknown()).max(MAX_ENTRIES) });
