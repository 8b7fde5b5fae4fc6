/** The same task at the site for the second time: what the first attempt may have sent is found before anything is sent. */
import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createSiteActivities, type Site } from '../../../src/activities/quickbooks/index.ts';
import { FAILURE, type PostRequest, type PostResult } from '../../../src/contract/index.ts';
import { billAdd } from '../../quickbooks/postings.ts';
import { batchOf, COMPANY_ID, FILE, type Stage, staged } from '../../quickbooks/stage.ts';

describe('an attempt at posting', () => {
  const post = (stage: Stage, request: PostRequest, attempt: number): Promise<PostResult> => {
    const site: Site = {
      connector: 'desk@test',
      connectorVersion: '0.1.0',
      nextDueMs: 300_000,
      served: (id) => (id === COMPANY_ID ? { id, file: FILE } : undefined),
      withQuickBooks: (_id, _signal, work) => work(stage.host),
    };
    const { postBills } = createSiteActivities(site, Date.now);
    return new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') }).run(postBills, request);
  };
  const lost = (error: unknown) => error instanceof ApplicationFailure && error.type === FAILURE.outcomeUnknown;

  for (const recovery of ['full', 'errorRecoveryOnly', 'absent'] as const)
    it(
      `finds what the one before sent, though a person gave it another number meanwhile (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const request = batchOf([billAdd(await stage.books(), { id: 'R1', refNumber: 'R-1' })]);
        await stage.fault({ point: 'committed', match: { file: FILE, request: 'BillAdd' }, action: 'drop' });
        await assert.rejects(post(stage, request, 1), lost);
        const [bill] = (await stage.books()).bills.filter(({ refNumber }) => refNumber === 'R-1');
        stage.later();
        await stage.person('edit-bill', { txnId: bill?.id, refNumber: 'corrected' });
        const before = (await stage.books()).bills.length;
        const { outcomes } = await post(stage, request, 2);
        assert.deepEqual(
          outcomes.map(({ kind }) => kind),
          ['posted'],
        );
        assert.ok(outcomes[0]?.kind === 'posted' && outcomes[0].bill?.id === bill?.id);
        assert.equal((await stage.books()).bills.length, before, 'nothing was entered again');
      }),
    );
});
