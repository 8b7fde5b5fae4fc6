/**
 * Terms entered in MineralTree, for QuickBooks: read by state. Those that QuickBooks has by name and days are linked at once.
 *
 * MineralTree keeps the externalId of terms for good and does not take one later (API guide), so it is not told: the link is
 * what makes the two one. Unverified against a live MineralTree.
 */
import type { Term } from '../../domain/payables.ts';
import { isEmpty as isBlank } from '../../mineraltree/index.ts';
import { allSnapshots, historyOf, type Link, linksByMt, pairingsOfKind, putLinks } from '../../store/index.ts';
import { decideTerms, digestOf, wantsTermsPosting } from '../../sync/index.ts';
import type { ListKept } from './listPush.ts';
import { mayPlan, type Planned, termSubject } from './planned.ts';
import type { ProblemLedger } from './problemLedger.ts';
import { draftOf } from './records.ts';
import type { Run } from './run.ts';

export interface PlannedTerms {
  readonly plans: readonly Planned[];
  readonly wanting: readonly string[];
}

export async function planTerms(run: Run, problems: ProblemLedger): Promise<PlannedTerms> {
  const { companyId, context } = run;
  const { db } = context.store;
  const { records } = await run.payables();
  const wanted: Term[] = [];
  for await (const reading of records.terms.search(isBlank('externalId')))
    if ('record' in reading && wantsTermsPosting(reading.record)) wanted.push(reading.record);
  const ids = wanted.map(({ id }) => id);
  if (ids.length === 0) return { plans: [], wanting: [] };
  const links = await linksByMt(db, companyId, 'term', ids);
  const free = wanted.filter(({ id }) => !links.has(id));
  // Found to be those of QuickBooks when these were brought over: whatever stood between the two is over.
  for (const term of wanted.filter(({ id }) => links.has(id))) {
    problems.looked('add', termSubject(term));
    problems.looked('post', termSubject(term));
  }
  if (free.length === 0) return { plans: [], wanting: [] };
  const histories = await historyOf(db, companyId, ids);
  const known = (await allSnapshots(db, companyId, 'terms')).filter(({ gone }) => !gone).map(({ record }) => record);
  const linked = new Map((await pairingsOfKind(db, companyId, 'terms')).map(({ ledgerId, mtId }) => [ledgerId, mtId]));
  const plans: Planned[] = [];
  const adopted: Link[] = [];
  for (const term of free) {
    const history = histories.get(term.id);
    if (history?.unsettled !== undefined) continue;
    const decision = decideTerms(term, { known, linkedTo: (id) => linked.get(id) });
    problems.looked('add', termSubject(term), decision.kind === 'held' ? decision.problems : []);
    // What QuickBooks said of an earlier attempt is told in other words now, or is over.
    if (decision.kind !== 'add') problems.looked('post', termSubject(term));
    if (decision.kind === 'adopt') {
      adopted.push(termLink(term, decision.ledgerId));
      linked.set(decision.ledgerId, term.id);
    }
    if (decision.kind === 'add' && mayPlan(run, term, history))
      plans.push({
        plan: decision.plan,
        mtId: term.id,
        modified: term.modified,
        base: { record: term, vendorName: '' },
      });
  }
  if (adopted.length > 0) await run.fence.write((tx) => putLinks(tx, companyId, adopted, context.clock()));
  return { plans, wanting: free.map(({ id }) => id) };
}

/** The link of terms that both sides have, as they stand in MineralTree. */
export function termLink(term: Term, ledgerId: string): Link {
  const draft = draftOf(term);
  return {
    kind: 'terms',
    entity: 'term',
    ledgerId,
    mtId: term.id,
    bornIn: 'mineraltree',
    kept: { pushedDigest: digestOf(draft), readBack: draft } satisfies ListKept<object>,
  };
}
