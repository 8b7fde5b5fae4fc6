/**
 * Calls that are under way, so that they can be ended: polls of a credential that was revoked, and all polls when the
 * gateway drains.
 *
 * A poll is ended with an empty answer, as if it had run out: on an error a worker waits ten seconds before it polls again,
 * also when it has been given a new credential or another gateway to go to. Other calls are left to end by themselves.
 */
import type { Caller, Callers } from './callers.ts';

export interface LivePoll {
  readonly caller: Caller;
  readonly companyId: string;
  /** Answers it as run out. */
  end(): void;
}

export interface LivePolls {
  /** Returns how to take it out again. */
  add(poll: LivePoll): () => void;
  count(): number;
  endAll(): void;
  /** The polls whose credential is not accepted any more, or serves their company no more, are ended. */
  recheck(callers: Pick<Callers, 'latest' | 'serving' | 'forget'>): Promise<void>;
}

export function createLivePolls(): LivePolls {
  const live = new Map<string, Set<LivePoll>>();
  let count = 0;
  return {
    add(poll) {
      const { installationId } = poll.caller;
      const ofInstallation = live.get(installationId) ?? new Set();
      live.set(installationId, ofInstallation.add(poll));
      count += 1;
      return () => {
        if (!ofInstallation.delete(poll)) return;
        count -= 1;
        if (ofInstallation.size === 0 && live.get(installationId) === ofInstallation) live.delete(installationId);
      };
    },
    count: () => count,
    endAll() {
      for (const ofInstallation of live.values()) for (const poll of [...ofInstallation]) poll.end();
    },
    async recheck({ latest, serving, forget }) {
      if (live.size === 0) return;
      const companies = await serving([...live.keys()]);
      for (const [installationId, ofInstallation] of [...live])
        for (const poll of [...ofInstallation])
          if (companies.get(installationId)?.has(poll.companyId) !== true) {
            forget(poll.caller.secretHash);
            poll.end();
          }
      // Two secrets at once: one of them is being rotated away.
      for (const ofInstallation of [...live.values()]) {
        const hashes = new Set([...ofInstallation].map(({ caller }) => caller.secretHash));
        if (hashes.size < 2) continue;
        for (const hash of hashes)
          if ((await latest(hash)) === undefined)
            for (const poll of [...ofInstallation]) if (poll.caller.secretHash === hash) poll.end();
      }
    },
  };
}
