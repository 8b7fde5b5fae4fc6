/** The QuickBooks sandbox: simulated company files behind the request processor's members, over HTTP. */
export { SEED_NAMES, type SeedName } from './seed.ts';
export { createQuickBooksSandbox, type QuickBooksSandbox, type QuickBooksSandboxOptions } from './server.ts';
