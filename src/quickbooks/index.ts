/** QuickBooks at the site: visits to a company file through the request processor. */
export { createDeadline, type Deadline } from './deadline.ts';
export {
  type CallLimits,
  createQuickBooksHost,
  type HostOptions,
  type ProcessorChoice,
  type QuickBooksHost,
} from './host/index.ts';
export { type LedgerOptions, readLedgerPage } from './ledger.ts';
export { type PostOptions, postBatch, unbegun } from './posting/index.ts';
export {
  AnswerTooLarge,
  HResultError,
  ProcessorLost,
  type RequestProcessor,
  type SendLimits,
  TooLate,
} from './processor.ts';
export { type PullOptions, pullPage } from './pull/index.ts';
export { type Session, type SessionOptions, withSession } from './session.ts';
export { SiteBlock, SiteTrouble, Stopped } from './trouble.ts';
