/** The activity `recordControl`: a person's decision is in the store before the workflow reports it. */
import type { ControlChange } from '../../contract/index.ts';
import { addAudit, type CompanyChange, changeCompany, getCompany } from '../../store/index.ts';
import { type CloudContext, startRun } from './run.ts';

export function createRecordControl(context: CloudContext) {
  return async (companyId: string, change: ControlChange): Promise<void> => {
    const run = await startRun(context, companyId);
    const now = context.clock();
    await run.fence.write(async (tx) => {
      const { settings } = await getCompany(tx, companyId);
      const { set, who, what, detail } = recordOf(change, settings);
      await changeCompany(tx, companyId, set);
      await addAudit(tx, companyId, { who, what, detail }, now);
    });
  };
}

interface Recorded {
  readonly set: CompanyChange;
  readonly who: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

function recordOf(change: ControlChange, before: NonNullable<CompanyChange['settings']>): Recorded {
  switch (change.kind) {
    case 'paused': {
      const { by, reason } = change.pause;
      return { set: { pause: change.pause }, who: by, what: 'paused', detail: { reason } };
    }
    case 'resumed':
      return { set: { pause: null }, who: change.by, what: 'resumed', detail: {} };
    case 'configured':
      return {
        set: { settings: { ...before, ...change.settings } },
        who: 'someone',
        what: 'configured',
        detail: { ...change.settings },
      };
  }
}
