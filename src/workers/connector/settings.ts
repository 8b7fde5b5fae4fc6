/** What a connector is told: which companies it serves, and how it reaches QuickBooks. */
import type { CallLimits, ProcessorChoice } from '../../quickbooks/index.ts';

export type ProcessorSettings = ProcessorChoice & {
  /** The node that runs the host of COM: 32-bit where QuickBooks is. */
  readonly node?: string;
};

export interface CompanySettings {
  readonly id: string;
  /** Full path of the company file. */
  readonly file: string;
  /** The QuickBooks user of unattended sessions: for the words of a refusal. */
  readonly user?: string;
  /** Whether payments that are voided in MineralTree may be voided in the file: not unless it says so. */
  readonly allowVoids?: boolean;
  /** A QuickBooks of its own, beside the one that the other companies share. */
  readonly processor?: ProcessorSettings;
}

export interface ConnectorLimits {
  /** How long QuickBooks stays with a company after a result when another task of it is likely. */
  readonly keepCompanyMs: number;
  /** A task that is not begun in this time is handed back. */
  readonly handBackMs: number;
  /** From a result to the next look at the company. */
  readonly nextVisitMs: number;
  /** How long a task in hand may go on when the connector stops. */
  readonly stopGraceMs: number;
  /** Longest calls of the QuickBooks host. */
  readonly calls: Partial<CallLimits>;
}

export const DEFAULT_LIMITS: ConnectorLimits = {
  keepCompanyMs: 20_000,
  handBackMs: 60_000,
  nextVisitMs: 300_000,
  stopGraceMs: 20_000,
  calls: {},
};

export interface ConnectorSettings {
  /** What people call this installation. */
  readonly name: string;
  readonly processor: ProcessorSettings;
  readonly companies: readonly CompanySettings[];
  readonly limits: ConnectorLimits;
}
