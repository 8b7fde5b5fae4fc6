/** The gateway between connectors and Temporal. */
export type { CertificateSource } from './certificate.ts';
export { type Gateway, type GatewayOptions, type GatewayStats, startGateway } from './gateway.ts';
export { DEFAULT_GATEWAY_LIMITS, type GatewayLimits, type Rate } from './limits.ts';
export { REFUSAL_REASONS, type RefusalReason } from './refusal.ts';
export type { UpstreamAddress } from './upstream.ts';
