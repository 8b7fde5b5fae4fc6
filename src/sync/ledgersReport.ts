/** The ledgers-agree report as text and as CSV. */
import type { LedgersReport } from './reconcile.ts';

export function renderLedgers(_report: LedgersReport): string {
  throw new Error('being written');
}
export function ledgersCsv(_report: LedgersReport): string {
  throw new Error('being written');
}
