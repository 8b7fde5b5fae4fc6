/**
 * The names that workflow, connectors and cloud agree on. Company IDs are opaque: nothing about a customer can be read
 * from a workflow ID or a task queue.
 */

/**
 * Number of the contract between connector and cloud. It is only ever extended: a field may be added as optional, none
 * changes its meaning; it is raised when a connector must know of something that is new. Each request carries the number
 * its sender speaks, each result the connector's; a connector that is asked in a higher one than its own does nothing.
 *
 * | number | asks for |
 * | --- | --- |
 * | 1 | lists and bills; postings of bills and vendor edits |
 * | 2 | credits and payments as kinds of records, payments as canaries; postings of payments, voids and terms |
 */
export const PROTOCOL = 2;

export const CLOUD_QUEUE = 'tandem-cloud';
export const siteQueue = (companyId: string): string => `qb-${companyId}`;
export const workflowIdOf = (companyId: string): string => `company-${companyId}`;

/** The company of a workflow ID; undefined for an ID that is not a company's. */
export const companyOfWorkflow = (workflowId: string): string | undefined =>
  workflowId.startsWith('company-') ? workflowId.slice('company-'.length) : undefined;

/** A company ID: lower-case letters, digits and dashes, 8 to 40 characters. */
export const COMPANY_ID = /^[a-z0-9][a-z0-9-]{6,38}[a-z0-9]$/;

/**
 * When a company's next cycle is due, in Unix milliseconds: the first of its own slots that is at least half an interval
 * away. Slots are an interval apart and spread over it by a hash of the company ID, so that thousands of companies
 * started together do not stay together.
 */
export function slotAfter(companyId: string, startedAt: number, intervalMs: number): number {
  let hash = 2_166_136_261;
  for (const char of companyId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  const offset = hash % intervalMs;
  const earliest = startedAt + intervalMs / 2;
  return Math.ceil((earliest - offset) / intervalMs) * intervalMs + offset;
}
