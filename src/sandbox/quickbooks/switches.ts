/**
 * Doubtful behaviour of QuickBooks, each a named switch: for the whole sandbox, or for one file.
 *
 * Each default is what reports make likely; none is verified against a live file unless its line says so.
 */
import { z } from 'zod';

const Declared = {
  /** Message-set recovery: the whole answer is kept, only the ErrorRecovery part, or nothing at all. */
  recovery: z.enum(['full', 'errorRecoveryOnly', 'absent']).default('full'),
  /** A request with a character above 126 as itself: refused as unreadable, or taken. */
  nonAscii: z.enum(['refused', 'accepted']).default('refused'),
  /** Times carry the standard offset all year (seen in four recorded answers). */
  timeModifiedDefect: z.boolean().default(true),
  /** OpenAmount of a bill: what is open, left out, or the vendor's total (a defect that a vendor's documents describe). */
  openAmount: z.enum(['correct', 'missing', 'vendorTotal']).default('correct'),
  /** An item line with quantity, cost and amount that do not agree: the amount stands, or is computed anew. */
  itemAmount: z.enum(['kept', 'recalculated']).default('kept'),
  /** An inactive vendor, account, class, customer, item or terms in a new or changed transaction. */
  inactiveReference: z.enum(['refused', 'accepted']).default('refused'),
  /** The link of a bill to its payment carries the discount too, or cash alone (nothing documents it). */
  linkIncludesDiscount: z.boolean().default(false),
  /** Paying a bill, or applying a credit to it, moves the bill's TimeModified and EditSequence. */
  creditBumpsTimeModified: z.boolean().default(true),
  /** Applying a credit moves the credit's own. */
  creditBumpsCredit: z.boolean().default(true),
  /** Voiding or deleting a payment takes back the credits that were set together with it, or leaves them on the bill. */
  paymentFreesCredits: z.boolean().default(true),
  /** The status of an Add that is dated in a closed period with a password (3171 is recorded for a Mod alone). */
  closedPeriodAdd: z.literal([3171, 3180, 3170, 3210]).default(3171),
  /** Whether the entry that a merge did away with stands in the log of deletions. */
  mergeLogged: z.boolean().default(true),
  /** A merge moves the TimeModified of the transactions that it changes. */
  mergeBumpsTransactions: z.boolean().default(false),
  /** The logs of deletions reach back about 90 days (said of QuickBooks, without a source), or for ever. */
  deletionLog: z.enum(['ninetyDays', 'whole']).default('ninetyDays'),
} as const;

const AllSwitches = z.object(Declared);
export type Switches = z.infer<typeof AllSwitches>;
export type SwitchName = keyof Switches;
export const SWITCH_NAMES = Object.keys(Declared) as readonly SwitchName[];

const Kept = z.object({
  everywhere: z.partialRecord(z.string(), z.unknown()).default({}),
  files: z.partialRecord(z.string(), z.partialRecord(z.string(), z.unknown())).default({}),
});
type Kept = z.infer<typeof Kept>;

/** A switch that does not exist or a value that it does not have; the message says what is allowed. */
export class SwitchError extends Error {
  override readonly name = 'SwitchError';
}

export interface SwitchBoard {
  /** The switches as they stand for a file, or for the whole sandbox. */
  read(file?: string): Switches;
  /** Throws `SwitchError`. */
  set(file: string | undefined, name: string, value: unknown): void;
  /** Those set, for the whole sandbox and by file. */
  kept(): Kept;
}

/** @param stored what `kept` gave before. @param changed is told after each change, to keep it. */
export function createSwitchBoard(stored: unknown, changed: (kept: Kept) => void): SwitchBoard {
  const kept = Kept.parse(stored ?? {});
  const standing = new Map<string, Switches>();
  return {
    read(file) {
      const key = file?.toLowerCase() ?? '';
      let switches = standing.get(key);
      if (switches === undefined) {
        switches = AllSwitches.parse({ ...kept.everywhere, ...kept.files[key] });
        standing.set(key, switches);
      }
      return switches;
    },
    set(file, name, value) {
      const declared = SWITCH_NAMES.find((known) => known === name);
      if (declared === undefined)
        throw new SwitchError(`name: there is no switch "${name}"; there are ${SWITCH_NAMES.join(', ')}`);
      const parsed = Declared[declared].unwrap().safeParse(value);
      if (!parsed.success)
        throw new SwitchError(`value of ${name}: ${parsed.error.issues[0]?.message ?? 'not allowed'}`);
      if (file === undefined) kept.everywhere[name] = value;
      else kept.files[file.toLowerCase()] = { ...kept.files[file.toLowerCase()], [name]: value };
      standing.clear();
      changed(kept);
    },
    kept: () => kept,
  };
}
