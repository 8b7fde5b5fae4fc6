/** What a company decides about posting. */
import type { ListRef } from '../domain/ledger.ts';

export interface PostingSettings {
  /** The A/P account of new bills; absent, QuickBooks takes its own default. Never MineralTree's, which cannot be written there. */
  readonly apAccount?: ListRef;
  /** Whether edits of vendors in MineralTree are written to QuickBooks. */
  readonly vendorEdits: boolean;
}

export const DEFAULT_POSTING_SETTINGS: PostingSettings = { vendorEdits: true };
