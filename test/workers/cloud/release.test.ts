/** Which build is current: the newest, and an older replica never sets itself back. */
import assert from 'node:assert/strict';
import { type Deployment, shouldBecomeCurrent } from '../../../src/workers/cloud/release.ts';

const seen = new Map([
  ['old', 100],
  ['now', 200],
  ['new', 300],
]);
const cases: readonly (readonly [what: string, deployment: Deployment, buildId: string, becomes: boolean])[] = [
  ['the first build of all', { firstSeen: new Map([['new', 300]]) }, 'new', true],
  ['a build seen after the current one', { currentBuildId: 'now', firstSeen: seen }, 'new', true],
  ['the current build, started again', { currentBuildId: 'now', firstSeen: seen }, 'now', false],
  ['an older replica, started again', { currentBuildId: 'now', firstSeen: seen }, 'old', false],
  ['a build that Temporal has not seen', { currentBuildId: 'now', firstSeen: seen }, 'unknown', false],
  ['a build when the current one is forgotten', { currentBuildId: 'gone', firstSeen: seen }, 'old', true],
];

describe('becoming the current build', () => {
  for (const [what, deployment, buildId, becomes] of cases)
    it(`${what}: ${becomes ? 'yes' : 'no'}`, () => assert.equal(shouldBecomeCurrent(deployment, buildId), becomes));
});
