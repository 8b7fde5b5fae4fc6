/**
 * The workers of a connector: one for each company that its settings name and the gateway allows.
 *
 * 1. A company that is allowed no more is polled no more, and polled again when it is.
 * 2. There are never two workers for a company: the next one starts when the one before has ended.
 */
import type { Logger } from 'pino';
import type { CompanyWorker } from './companyWorker.ts';

export interface CompanyWorkersOptions {
  /** Those of the settings. */
  readonly companyIds: readonly string[];
  readonly start: (companyId: string) => Promise<CompanyWorker>;
  readonly log: Logger;
}

export interface CompanyWorkers {
  /** Brings what runs in line. Rejects when a worker could not be started: it is tried again at the next call. */
  allow(companyIds: readonly string[]): Promise<void>;
  /** How many run. */
  count(): number;
  stop(): Promise<void>;
}

interface Place {
  wanted: boolean;
  told: boolean;
  worker: CompanyWorker | undefined;
  turn: Promise<void>;
}

export function createCompanyWorkers({ companyIds, start, log }: CompanyWorkersOptions): CompanyWorkers {
  const places = new Map<string, Place>(
    companyIds.map((id) => [id, { wanted: false, told: false, worker: undefined, turn: Promise.resolve() }]),
  );
  /** Enrolled, and told that they are not in the settings. */
  const strangers = new Set<string>();
  let stopped = false;
  const inLine = async (companyId: string, place: Place): Promise<void> => {
    if (place.wanted && place.worker === undefined) {
      place.worker = await start(companyId);
    } else if (!place.wanted && place.worker !== undefined) {
      const { worker } = place;
      place.worker = undefined;
      await worker.stop();
    }
  };
  const bring = (companyId: string, place: Place, wanted: boolean): Promise<void> => {
    place.wanted = wanted;
    const done = place.turn.then(() => inLine(companyId, place));
    // Whoever asked hears of a failure; the next turn comes all the same.
    place.turn = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  };
  const tell = (companyId: string, place: Place, allowed: boolean): void => {
    if (!allowed && !place.told)
      log.warn({ companyId }, 'the gateway does not allow this connector to serve the company: it is not polled for');
    if (allowed && place.told) log.info({ companyId }, 'the company may be served again: it is polled for');
    place.told = !allowed;
  };
  return {
    async allow(allowed) {
      if (stopped) return;
      for (const id of allowed)
        if (!places.has(id) && !strangers.has(id)) {
          strangers.add(id);
          log.warn({ companyId: id }, 'the company is enrolled here, but the settings name no file of it');
        }
      await Promise.all(
        [...places].map(([companyId, place]) => {
          const wanted = allowed.includes(companyId);
          tell(companyId, place, wanted);
          return bring(companyId, place, wanted);
        }),
      );
    },
    count: () => [...places.values()].filter(({ worker }) => worker !== undefined).length,
    async stop() {
      stopped = true;
      await Promise.all([...places].map(([companyId, place]) => bring(companyId, place, false)));
    },
  };
}
