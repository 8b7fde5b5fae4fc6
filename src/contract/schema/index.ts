/** The zod schemas of what connectors send: apart from the types, so that workflows and connectors carry no zod. */
export { type LedgerPage, ledgerPageSchema, readLedgerPage } from './ledgers.ts';
export { postResultSchema, readPostResult } from './posting.ts';
export { pullSchema, readBlocked, readPull } from './pull.ts';
