/**
 * What is known after some records were brought to MineralTree, written in one transaction: links, intents that are over,
 * when each record is due again, problems. When MineralTree could not be reached, what was done until then is written
 * all the same, and only then the activity fails, to go on from there.
 */
import type { LedgerKind } from '../../domain/ledger.ts';
import type { MineralTreeError } from '../../mineraltree/index.ts';
import {
  dropIntents,
  type Link,
  type LinkKey,
  noteEdits,
  type PayablesEdit,
  putLinks,
  setDue,
  touchLinked,
} from '../../store/index.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';

/** A version of a record that is being brought over. */
export interface Version {
  readonly kind: LedgerKind;
  readonly ledgerId: string;
  readonly editSequence: string;
}

export interface PushBatch {
  readonly problems: ProblemLedger;
  link(link: Link): void;
  /** MineralTree is known not to have created it. */
  notCreated(key: LinkKey): void;
  /** An edit of MineralTree that is to go to QuickBooks. */
  edit(edit: PayablesEdit): void;
  /** `done`: nothing to bring any more. `later`: looked at again after a while, or when something else has come. `kept`: still due. */
  settle(version: Version, state: 'done' | 'later' | 'kept', tries?: number): void;
  /** MineralTree itself is at fault: nothing more is begun. */
  outage?: MineralTreeError;
  /** Writes it all. @throws the outage, afterwards */
  commit(): Promise<void>;
}

const LATER_MS = [300_000, 900_000, 3_600_000] as const;
const RANK = { done: 0, later: 1, kept: 2 } as const;

export function createPushBatch(run: Run): PushBatch {
  const links: Link[] = [];
  const dropped: LinkKey[] = [];
  const edits: PayablesEdit[] = [];
  const states = new Map<string, { version: Version; state: keyof typeof RANK; tries: number }>();
  const problems = createProblemLedger();
  const batch: PushBatch = {
    problems,
    link: (link) => void links.push(link),
    notCreated: (key) => void dropped.push(key),
    edit: (edit) => void edits.push(edit),
    settle(version, state, tries = 0) {
      const key = `${version.kind} ${version.ledgerId}`;
      const before = states.get(key);
      if (before === undefined || RANK[before.state] < RANK[state]) states.set(key, { version, state, tries });
    },
    async commit() {
      const now = run.context.clock();
      const due = [...states.values()]
        .filter(({ state }) => state !== 'kept')
        .map(({ version, state, tries }) => ({
          ...version,
          due: state === 'done' ? null : now + (LATER_MS[Math.min(tries, LATER_MS.length - 1)] ?? 0),
        }));
      await run.fence.write(async (tx) => {
        await putLinks(tx, run.companyId, links, now);
        await dropIntents(tx, run.companyId, dropped);
        await noteEdits(tx, run.companyId, edits, run.startedAt);
        await setDue(tx, run.companyId, due);
        const bills = links.flatMap(({ entity, ledgerId }) => (entity === 'invoice' ? [ledgerId] : []));
        await touchLinked(tx, run.companyId, bills, now);
        await problems.write(tx, run.companyId, now);
      });
      if (batch.outage !== undefined) throw batch.outage;
    },
  };
  return batch;
}
