/**
 * In which order the workflow of a company asks for things, on the real Temporal server: the test answers for site and
 * cloud, and notes what it is asked. What the activities do is told where they are tested.
 */
import assert from 'node:assert/strict';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { until } from '../../src/cli/until.ts';
import {
  type Blocked,
  type CloudActivities,
  FAILURE,
  type Opened,
  type PostRequest,
  type PostResult,
  PROTOCOL,
  type Pull,
  type Pushed,
  type SiteActivities,
  type Standing,
  type Status,
  workflowIdOf,
} from '../../src/contract/index.ts';
import { FILE, type PlayedStage, playedStage, quietStanding } from './playedStage.ts';

/** What site and cloud answer; whatever is left out is answered as on a quiet day. */
interface Play {
  readonly unsettled?: readonly PostRequest[];
  readonly batches?: readonly PostRequest[];
  /** Bills whose settlement is due. */
  readonly settlements?: readonly string[];
  /** What the site does before it answers a pull. */
  readonly pull?: (pullId: string) => Promise<unknown>;
  readonly postBills?: (request: PostRequest) => Promise<PostResult>;
  /** Pages of a first load, by pull ID: each is asked for when the one before is pushed, and ahead while it is. */
  readonly pages?: readonly { readonly asked: string; readonly ahead?: string }[];
  /** The block that confirming a batch ends in. */
  readonly blockAfter?: (result: PostResult) => Blocked | undefined;
}

interface Played {
  readonly play: Play;
  readonly asked: string[];
  /** Handed out and not recorded, by batch: what the store would hold. */
  readonly open: Map<string, PostRequest>;
  pushed: boolean;
  /** Pages pushed. */
  page: number;
}

const VISIT = { nextDueMs: 600_000 };

describe('the order of a company’s steps', function () {
  this.timeout(60_000);
  let stage: PlayedStage;
  const plays = new Map<string, Played>();
  const of = (companyId: string) => {
    const found = plays.get(companyId);
    if (found === undefined) throw new Error(`nobody plays ${companyId}`);
    return found;
  };

  before(async function () {
    this.timeout(120_000);
    stage = await playedStage(playedCloud());
  });

  after(async function () {
    this.timeout(60_000);
    await stage?.stop();
  });

  const reading = (companyId: string): Standing => {
    const { play, page } = of(companyId);
    const { asked, ahead } = play.pages?.[page] ?? { asked: 'pull-1' };
    const { nextPull, ...rest } = quietStanding(companyId);
    const request = (pullId: string) => ({ ...nextPull, pullId });
    return { ...rest, nextPull: request(asked), ...(ahead !== undefined && { ahead: request(ahead) }) };
  };

  /** Pushing a page takes as long as it takes the site to be asked for the one ahead. */
  async function pushPage(company: Played, { companyId, pullId }: Pull): Promise<Pushed> {
    const { asked, play } = company;
    const { ahead } = play.pages?.[company.page] ?? {};
    asked.push(`pushMineralTree ${pullId}`);
    if (ahead !== undefined) await until('the page ahead', async () => asked.includes(`pullQuickBooks ${ahead}`));
    asked.push(`pushed ${pullId}`);
    company.page += 1;
    const more = company.page < (play.pages?.length ?? 0);
    return { standing: reading(companyId), batches: [], more, ledgersDue: false };
  }

  function playedCloud(): CloudActivities {
    return {
      async openCompany({ companyId }): Promise<Opened> {
        const { asked, open } = of(companyId);
        asked.push('openCompany');
        return { standing: reading(companyId), unsettled: [...open.values()] };
      },
      async pushMineralTree(pulled): Promise<Pushed> {
        const companyId = pulled.kind === 'pulled' ? pulled.pull.companyId : pulled.companyId;
        const company = of(companyId);
        if (company.play.pages !== undefined && pulled.kind === 'pulled') return pushPage(company, pulled.pull);
        company.asked.push('pushMineralTree');
        const batches = company.pushed ? [] : (company.play.batches ?? []);
        company.pushed = true;
        for (const one of batches) company.open.set(one.batchId, one);
        const { settlements = [] } = company.play;
        return { standing: quietStanding(companyId), batches, settlements, more: false, ledgersDue: false };
      },
      async applyCredits({ companyId, bills }) {
        of(companyId).asked.push(`applyCredits ${bills.join(' ')}`);
        return { standing: quietStanding(companyId) };
      },
      async confirmPosted(result): Promise<Standing> {
        const { asked, open, play } = of(result.companyId);
        asked.push(`confirmPosted ${result.batchId}`);
        // Recording takes its time: whatever does not wait for it comes before its end.
        await new Promise((resolve) => setTimeout(resolve, 300));
        open.delete(result.batchId);
        asked.push(`recorded ${result.batchId}`);
        return quietStanding(result.companyId, play.blockAfter?.(result));
      },
      async recordControl({ companyId, change }) {
        of(companyId).asked.push(`recordControl ${change.kind}`);
      },
      compareLedgers: async () => ({}),
    };
  }

  function playedSite(): SiteActivities {
    return {
      async pullQuickBooks({ companyId, pullId }) {
        const { asked, play } = of(companyId);
        asked.push(play.pages === undefined ? 'pullQuickBooks' : `pullQuickBooks ${pullId}`);
        await play.pull?.(pullId);
        return {
          kind: 'pulled',
          pull: {
            protocol: PROTOCOL,
            companyId,
            pullId,
            connector: 'test#1',
            connectorVersion: '0.1.0',
            clock: Math.floor(Date.now() / 1000),
            records: {},
            unreadable: [],
            gone: [],
            deleted: [],
            balances: [],
            watermarks: {},
            overflow: [],
            visit: VISIT,
          },
        };
      },
      async postBills(request) {
        const { asked, play } = of(request.companyId);
        asked.push(`postBills ${request.batchId}`);
        return await (play.postBills ?? (async () => resultOf(request)))(request);
      },
      async postPayments(request) {
        const { asked, play } = of(request.companyId);
        asked.push(`postPayments ${request.batchId}`);
        return await (play.postBills ?? (async () => resultOf(request)))(request);
      },
      readLedger: async () => ({ kind: 'stopped' }),
    };
  }

  const status = (companyId: string) =>
    stage.client.workflow.getHandle(workflowIdOf(companyId)).query<Status>('status');
  const untilPhase = (companyId: string, kind: Status['phase']['kind']) =>
    until(`the phase ${kind}`, async () => (await status(companyId)).phase.kind === kind, {
      describe: async () => `${JSON.stringify(await status(companyId))} ${of(companyId).asked.join(', ')}`,
    });

  /** Plays a company until its first cycle is over, or as the story tells; gives what was asked, in order. */
  async function played(
    companyId: string,
    play: Play,
    story: () => Promise<unknown> = () => untilPhase(companyId, 'waiting'),
  ): Promise<readonly string[]> {
    const asked: string[] = [];
    const open = new Map((play.unsettled ?? []).map((one) => [one.batchId, one]));
    plays.set(companyId, { play, asked, open, pushed: false, page: 0 });
    await stage.company(companyId, playedSite(), story);
    return asked;
  }

  it('a new run settles what the last one left before it reads or posts anything else', async () => {
    const asked = await played('company-settles', { unsettled: [batch('company-settles', 'old')] });
    assert.deepEqual(asked, [
      'openCompany',
      'postBills old',
      'confirmPosted old',
      'recorded old',
      'pullQuickBooks',
      'pushMineralTree',
    ]);
  });

  it('what was paid and credited is carried over before anything is posted, and payments go after bills', async () => {
    const companyId = 'company-settles-bills';
    const payments: PostRequest = { ...batch(companyId, 'money'), activity: 'postPayments' };
    const asked = await played(companyId, {
      settlements: ['T1', 'T2'],
      batches: [batch(companyId, 'bills'), payments],
    });
    assert.deepEqual(asked, [
      'openCompany',
      'pullQuickBooks',
      'pushMineralTree',
      'applyCredits T1 T2',
      'postBills bills',
      'confirmPosted bills',
      'recorded bills',
      'postPayments money',
      'confirmPosted money',
      'recorded money',
    ]);
  });

  it('while a page of a first load is pushed the next is pulled, once', async () => {
    const pages = [{ asked: 'one', ahead: 'two' }, { asked: 'two', ahead: 'three' }, { asked: 'three' }];
    const asked = await played('company-ahead', { pages });
    assert.deepEqual(asked.slice(0, 2), ['openCompany', 'pullQuickBooks one']);
    // Which of the two that begin together is heard first does not matter.
    assert.deepEqual([...asked.slice(2, 4)].sort(), ['pullQuickBooks two', 'pushMineralTree one']);
    assert.deepEqual(asked.slice(4, 5), ['pushed one']);
    assert.deepEqual([...asked.slice(5, 7)].sort(), ['pullQuickBooks three', 'pushMineralTree two']);
    assert.deepEqual(asked.slice(7), ['pushed two', 'pushMineralTree three', 'pushed three']);
  });

  it('a page that was pulled ahead and is not what is asked then is forgotten', async () => {
    const asked = await played('company-forgets', { pages: [{ asked: 'one', ahead: 'two' }, { asked: 'another' }] });
    assert.deepEqual(asked.slice(4), [
      'pushed one',
      'pullQuickBooks another',
      'pushMineralTree another',
      'pushed another',
    ]);
  });

  it('paused while a page is pulled ahead: the page under way is pushed, then the pause; the other is asked for again', async () => {
    const companyId = 'company-pauses-ahead';
    let free = false;
    const asked = await played(
      companyId,
      {
        pages: [{ asked: 'one', ahead: 'two' }, { asked: 'two' }],
        async pull(pullId) {
          if (pullId === 'two' && !free)
            throw ApplicationFailure.create({ message: 'QuickBooks is busy', type: FAILURE.handedBack });
        },
      },
      async () => {
        const handle = stage.client.workflow.getHandle(workflowIdOf(companyId));
        await until('the page pushed', async () => of(companyId).asked.includes('pushed one'));
        await handle.signal('pause', { by: 'Ada', reason: 'month end' });
        await untilPhase(companyId, 'paused');
        of(companyId).asked.splice(0);
        free = true;
        await handle.signal('resume', { by: 'Ada' });
        await untilPhase(companyId, 'waiting');
      },
    );
    assert.deepEqual(asked, [
      'recordControl resumed',
      'openCompany',
      'pullQuickBooks two',
      'pushMineralTree two',
      'pushed two',
    ]);
  });

  it('a page that cannot be pulled ahead does not stop the one that is pushed', async () => {
    let tries = 0;
    const companyId = 'company-fails-ahead';
    const asked = await played(
      companyId,
      {
        pages: [{ asked: 'one', ahead: 'two' }, { asked: 'two' }],
        async pull(pullId) {
          if (pullId === 'two') tries += 1;
          if (pullId === 'two' && tries === 1) throw ApplicationFailure.nonRetryable('the connector cannot go on');
        },
      },
      async () => {
        await untilPhase(companyId, 'waiting');
        assert.match((await status(companyId)).notes.join(), /the connector cannot go on/);
      },
    );
    assert.deepEqual(asked.slice(4), ['pushed one', 'pullQuickBooks two', 'pushMineralTree two', 'pushed two']);
  });

  it('what became of a batch is recorded before the next is sent', async () => {
    const asked = await played('company-records', {
      batches: [batch('company-records', 'one'), batch('company-records', 'two')],
    });
    assert.deepEqual(asked.slice(-6), [
      'postBills one',
      'confirmPosted one',
      'recorded one',
      'postBills two',
      'confirmPosted two',
      'recorded two',
    ]);
  });

  it('a batch that ends in a block is the last: nothing more is sent before a person has acted', async () => {
    const companyId = 'company-blocks';
    const asked = await played(
      companyId,
      {
        batches: [batch(companyId, 'one'), batch(companyId, 'two')],
        blockAfter: () => ({ code: 'anotherFile', detail: {}, whatToDo: 'Open the right file.' }),
      },
      () => untilPhase(companyId, 'blocked'),
    );
    assert.deepEqual(
      asked.filter((what) => what.startsWith('postBills')),
      ['postBills one'],
    );
  });

  it('paused while a batch is at the site: what was done is recorded, then the pause, and nothing more is sent', async () => {
    const companyId = 'company-pauses';
    const asked = await played(
      companyId,
      {
        batches: [batch(companyId, 'one'), batch(companyId, 'two')],
        // As a connector does: it ends the message set under way, and returns how far it came.
        async postBills(request) {
          const beating = setInterval(() => Context.current().heartbeat(), 200);
          try {
            await Context.current().cancelled.catch(() => new Promise((resolve) => setTimeout(resolve, 500)));
          } finally {
            clearInterval(beating);
          }
          return { ...resultOf(request), stopped: true };
        },
      },
      async () => {
        await until('the batch at the site', async () => of(companyId).asked.includes('postBills one'));
        await stage.client.workflow
          .getHandle(workflowIdOf(companyId))
          .signal('pause', { by: 'Ada', reason: 'month end' });
        await untilPhase(companyId, 'paused');
      },
    );
    assert.deepEqual(asked.slice(-4), ['postBills one', 'confirmPosted one', 'recorded one', 'recordControl paused']);
  });

  it('a batch that nobody took before a pause is the first thing after it', async () => {
    const companyId = 'company-resumes';
    let free = false;
    const asked = await played(
      companyId,
      {
        batches: [batch(companyId, 'one')],
        async postBills(request) {
          if (!free) throw ApplicationFailure.create({ message: 'QuickBooks is busy', type: FAILURE.handedBack });
          return resultOf(request);
        },
      },
      async () => {
        const handle = stage.client.workflow.getHandle(workflowIdOf(companyId));
        await until('the batch at the site', async () => of(companyId).asked.includes('postBills one'));
        await handle.signal('pause', { by: 'Ada', reason: 'month end' });
        await untilPhase(companyId, 'paused');
        of(companyId).asked.splice(0);
        free = true;
        await handle.signal('resume', { by: 'Ada' });
        await untilPhase(companyId, 'waiting');
      },
    );
    assert.deepEqual(asked.slice(0, 5), [
      'recordControl resumed',
      'openCompany',
      'postBills one',
      'confirmPosted one',
      'recorded one',
    ]);
  });

  it('a batch that the site gave up is settled first in the next cycle, and people are told', async () => {
    const companyId = 'company-gives-up';
    let broken = true;
    const asked = await played(
      companyId,
      {
        batches: [batch(companyId, 'one'), batch(companyId, 'two')],
        async postBills(request) {
          if (broken) throw ApplicationFailure.nonRetryable('the connector cannot go on');
          return resultOf(request);
        },
      },
      async () => {
        await untilPhase(companyId, 'waiting');
        assert.match((await status(companyId)).notes.join(), /the connector cannot go on/);
        of(companyId).asked.splice(0);
        broken = false;
        await stage.client.workflow.getHandle(workflowIdOf(companyId)).signal('syncNow', { by: 'Ada' });
        await until('a whole cycle', async () => of(companyId).asked.includes('pushMineralTree'));
      },
    );
    assert.deepEqual(asked.slice(0, 8), [
      'openCompany',
      'postBills one',
      'confirmPosted one',
      'recorded one',
      'postBills two',
      'confirmPosted two',
      'recorded two',
      'pullQuickBooks',
    ]);
  });
});

const batch = (companyId: string, batchId: string): PostRequest => ({
  protocol: PROTOCOL,
  companyId,
  batchId,
  postings: [
    {
      kind: 'VendorMod',
      messageSetId: `set-${batchId}`,
      xml: '',
      dates: [],
      match: { listId: 'V1', editSequence: '1', target: { phone: '555-0100' } },
    },
  ],
  mayHaveBeenSent: false,
  file: FILE,
});

const resultOf = ({ companyId, batchId, postings }: PostRequest): PostResult => ({
  protocol: PROTOCOL,
  companyId,
  batchId,
  connector: 'test#1',
  outcomes: postings.map(({ messageSetId }) => ({ kind: 'posted', messageSetId, how: 'sent' })),
  stopped: false,
  warnings: [],
  visit: VISIT,
});
