/**
 * Replay: recorded histories run again, without a server. Fixtures are kept with the bundle that made them: a new SDK must
 * replay them, for runs that are pinned to an old build go on under it. The workflow tests replay what they record
 * themselves; here it is shown as well that a replay notices when the order of activities changes.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { type History, replay } from './histories.ts';

const FIXTURES = new URL('fixtures/', import.meta.url);

/** Bundles are kept without their source map, which is most of them; the SDK wants one. */
const NO_SOURCE_MAP = `\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from('{"version":3,"file":"workflow-bundle.js","sources":[],"mappings":""}').toString('base64')}`;

interface About {
  readonly buildId: string;
  readonly sdkVersion: string;
  /** File of each history, and the company it is of. */
  readonly histories: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(new URL(path, FIXTURES));
const builds = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const aboutOf = (build: string) => JSON.parse(read(`${build}/about.json`).toString('utf8')) as About;
const historiesIn = (build: string) =>
  Object.entries(aboutOf(build).histories).map(([file, companyId]) => ({
    file,
    companyId,
    history: historyFromJSON(JSON.parse(read(`${build}/${file}`).toString('utf8'))) as History,
  }));

describe('recorded histories', function () {
  this.timeout(60_000);

  it('are kept of at least one build', () => assert.ok(builds.length > 0));

  it('are kept of cycles that carry settlements over, and that post bills and payments', () => {
    const kept = builds.flatMap((build) => historiesIn(build).flatMap(({ history }) => names(history)));
    for (const activity of ['applyCredits', 'postBills', 'postPayments', 'confirmPosted'])
      assert.ok(kept.includes(activity), activity);
  });

  for (const build of builds) {
    const { sdkVersion } = aboutOf(build);
    const code = gunzipSync(read(`${build}/bundle.js.gz`)).toString('utf8') + NO_SOURCE_MAP;
    const histories = historiesIn(build);

    for (const { file, companyId, history } of histories)
      it(`of build ${build} (SDK ${sdkVersion}): ${file} replays on the bundle that made it`, () =>
        replay(code, history, companyId));

    it(`of build ${build} do not replay where pull and push have changed places`, async () => {
      const reordered = code.replace(
        /\.(pullQuickBooks|pushMineralTree)\(/g,
        (_call, name) => `.${name === 'pullQuickBooks' ? 'pushMineralTree' : 'pullQuickBooks'}(`,
      );
      assert.notEqual(reordered, code);
      const pulled = histories.filter(({ history }) => names(history).includes('pullQuickBooks'));
      assert.ok(pulled.length > 0);
      for (const { history, companyId } of pulled)
        await assert.rejects(replay(reordered, history, companyId), DeterminismViolationError);
    });
  }
});

const names = (history: History): readonly string[] =>
  (history.events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes: activity }) => activity?.activityType?.name ?? [],
  );
