/** What the gateway and connectors say to each other beside Temporal's own calls, checked on both sides. */
import { z } from 'zod';
import type {
  CompanyKeyAnswer,
  CompanyKeyRequest,
  EnrolAnswer,
  EnrolRequest,
  PresenceAnswer,
  PresenceRequest,
  RotateAnswer,
} from '../connectorService.ts';
import { companyId, protocol, text } from './scalar.ts';

const installationId = z.string().regex(/^[0-9a-f]{16}$/, 'an installation ID');
const secret = z.string().regex(/^tci_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/, 'the secret of an installation');
const companies = z.array(companyId).max(1_000);

export const enrolRequest: z.ZodType<EnrolRequest> = z.object({ key: text(200).min(1), name: text(40).min(1) });
export const enrolAnswer: z.ZodType<EnrolAnswer> = z.object({
  installationId,
  secret: z.exactOptional(secret),
  companies,
  namespace: text(255).min(1),
});
export const presenceRequest: z.ZodType<PresenceRequest> = z.object({
  mode: z.enum(['online', 'offline', 'stopping']),
  version: text(40),
  protocol,
  host: text(255),
  reason: z.exactOptional(text(300)),
});
export const presenceAnswer: z.ZodType<PresenceAnswer> = z.object({ companies, rotate: z.boolean() });
export const rotateRequest: z.ZodType<Readonly<Record<string, never>>> = z.object({});
export const rotateAnswer: z.ZodType<RotateAnswer> = z.object({ secret });
export const companyKeyRequest: z.ZodType<CompanyKeyRequest> = z.object({ companyId });
export const companyKeyAnswer: z.ZodType<CompanyKeyAnswer> = z.object({
  keyId: z.string().regex(/^[0-9a-f]{16}$/, 'a key ID'),
  key: z.base64().length(44),
});
