/**
 * Whatever comes from a site, the workflow of the company neither fails nor stumbles: on the real Temporal server, the test
 * answers for site and cloud. What the cloud makes of the content of an answer is told where the activities are tested.
 */
import assert from 'node:assert/strict';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { until } from '../../src/cli/until.ts';
import {
  type CloudActivities,
  companyOfWorkflow,
  type PostRequest,
  PROTOCOL,
  type Standing,
  type Status,
} from '../../src/contract/index.ts';
import { FILE, type PlayedStage, playedStage, quietStanding } from './playedStage.ts';

const GOOD_PULL = { kind: 'pulled', pull: { pullId: 'pull-1', connector: 'desk', visit: { nextDueMs: 1_000 } } };

/** What a lying connector answers to a pull, by what it is. */
const PULLS: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'a number': 7,
  'a text': 'pulled',
  'a list': [GOOD_PULL],
  'an object without a kind': {},
  'a kind that nobody knows': { kind: '__proto__' },
  'a pull without what was pulled': { kind: 'pulled' },
  'a pull that is a number': { kind: 'pulled', pull: 1 },
  'a visit in the year 30000': { kind: 'pulled', pull: { ...GOOD_PULL.pull, visit: { nextDueMs: 1e300 } } },
  'a visit that is no number': { kind: 'pulled', pull: { ...GOOD_PULL.pull, visit: { nextDueMs: 'soon' } } },
  'a connector that is an object': { kind: 'pulled', pull: { ...GOOD_PULL.pull, connector: { toString: 1 } } },
  'a connector that writes markdown': {
    kind: 'pulled',
    pull: { ...GOOD_PULL.pull, connector: '![x](http://evil.example/y) <b>' },
  },
  'a value that says it is unreadable': { unreadable: 'made up' },
};
/** The same for a batch of postings. */
const POSTS: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  'a number': Number.MAX_VALUE,
  'an object without anything': {},
  'a kind of its own': { kind: 'posted everything' },
  'an outcome for a posting never planned': { batchId: 'other', outcomes: [{ kind: 'posted', messageSetId: 'none' }] },
};

describe('a site that lies', function () {
  this.timeout(60_000);
  let stage: PlayedStage;

  const caller = (): string => companyOfWorkflow(Context.current().info.workflowExecution?.workflowId ?? '') ?? '';
  const standing = (): Standing => quietStanding(caller());
  const batch = (): PostRequest => ({
    protocol: PROTOCOL,
    companyId: caller(),
    batchId: 'batch-1',
    postings: [],
    mayHaveBeenSent: false,
    file: FILE,
  });
  const cloudActivities: CloudActivities = {
    openCompany: async () => ({ standing: standing(), unsettled: caller().endsWith('-post') ? [batch()] : [] }),
    pushMineralTree: async () => ({ standing: standing(), batches: [], more: false, ledgersDue: false }),
    applyCredits: async () => ({ standing: standing() }),
    confirmPosted: async () => standing(),
    recordControl: async () => {},
    compareLedgers: async () => ({}),
  };

  before(async function () {
    this.timeout(120_000);
    stage = await playedStage(cloudActivities);
  });

  after(async function () {
    this.timeout(60_000);
    await stage?.stop();
  });

  /** Runs a company whose site behaves so, until its first cycle is over; gives its status, and how its run stands. */
  const played = (
    companyId: string,
    site: Readonly<Record<string, () => Promise<unknown>>>,
    args: readonly unknown[] = [{ companyId }],
  ) =>
    stage.company(
      companyId,
      site,
      async (run) => {
        const asked = async () => run.query<Status>('status');
        await until(
          'the end of the cycle',
          async () => (await asked()).nextDue !== undefined && isOver(await asked()),
          { describe: async () => JSON.stringify(await asked()) },
        );
        const status = await asked();
        const described = await run.describe();
        const history = await run.fetchHistory();
        const failures = (history.events ?? []).filter(({ workflowTaskFailedEventAttributes: failed }) => failed);
        return { status, run: described.status.name, failures: failures.length };
      },
      args,
    );

  const isOver = ({ phase, notes }: Status): boolean => phase.kind === 'waiting' || notes.length > 0;
  const stoppedOrWaits = ({ run, failures }: { run: string; failures: number }): void =>
    assert.deepEqual({ run, failures }, { run: 'RUNNING', failures: 0 });

  for (const [index, [what, answer]] of Object.entries(PULLS).entries())
    it(`answers a pull with ${what}`, async () =>
      stoppedOrWaits(await played(`company-lies-${index}`, { pullQuickBooks: async () => answer })));

  for (const [index, [what, answer]] of Object.entries(POSTS).entries())
    it(`answers a posting with ${what}`, async () =>
      stoppedOrWaits(
        await played(`company-lies-${index}-post`, {
          pullQuickBooks: async () => GOOD_PULL,
          postBills: async () => answer,
        }),
      ));

  const inputs: readonly (readonly [string, ...unknown[]])[] = [
    ['nothing'],
    ['a text', 'company-other'],
    ['another company', { companyId: 'company-other' }],
    ['what could not be read', { unreadable: 'it cannot be opened' }],
    ['a state that is none', { companyId: 'company-other', carried: 'paused' }],
    ['a state without anything', { carried: { schema: 1 } }],
    [
      'a state from the year 300000',
      { carried: { schema: 1, phase: {}, notes: [], dueAt: 1e16, visitDueAt: 0, since: 0 } },
    ],
  ];
  for (const [index, [what, ...args]] of inputs.entries())
    it(`serves the company of its run’s ID, started by hand with ${what}`, async () => {
      const companyId = `company-by-hand-${index}`;
      const found = await played(companyId, { pullQuickBooks: async () => GOOD_PULL }, args);
      stoppedOrWaits(found);
      assert.equal(found.status.companyId, companyId);
    });

  it('fails for good: the cycle ends, people are told, the run goes on', async () => {
    const found = await played('company-gives-up', {
      async pullQuickBooks() {
        throw ApplicationFailure.nonRetryable('[click](http://evil.example)\u001b[31m', 'Made up', { deep: 1 });
      },
    });
    stoppedOrWaits(found);
    assert.match(found.status.notes.join(), /a cycle failed/);
  });
});
