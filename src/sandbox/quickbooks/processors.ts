/**
 * The processors that are alive, by the name that their callers give them, and the connections that they live by.
 *
 * 1. A processor that lives by its connections is released, as if its process had died, when the last one closes; calls
 *    held for it are abandoned then. Any other lives until the sandbox ends.
 * 2. A released processor's next call finds a new object: no connection, no session.
 */
import type { Socket } from 'node:net';
import type { CompanyFile } from './companyFile.ts';
import type { CompanyFiles } from './companyFiles.ts';
import { Processor, type Session } from './processor.ts';

export interface LivingProcessor {
  readonly id: string;
  readonly processor: Processor;
  /** Fires when the processor is released. */
  readonly gone: AbortSignal;
}

export interface Processors {
  /** The processor of that name, made when there is none; `socket` ties it to the connection. */
  of(id: string, socket?: Socket): LivingProcessor;
  sessionsOn(company: CompanyFile): readonly Session[];
  releaseAll(): void;
}

export function createProcessors(files: CompanyFiles): Processors {
  const living = new Map<string, LivingProcessor & { readonly release: () => void; readonly sockets: Set<Socket> }>();

  const sessions = (): Session[] =>
    [...living.values()].flatMap(({ processor }) => (processor.session === undefined ? [] : [processor.session]));
  const registry = {
    open: (file: string) => files.get(file),
    isCurrent: (company: CompanyFile) => files.isCurrent(company),
    sessionsOn: (company: CompanyFile) => sessions().filter((session) => session.company === company),
  };

  const make = (id: string) => {
    const controller = new AbortController();
    const processor = new Processor(registry);
    const entry = {
      id,
      processor,
      gone: controller.signal,
      sockets: new Set<Socket>(),
      release: () => {
        processor.release();
        controller.abort();
        if (living.get(id) === entry) living.delete(id);
      },
    };
    living.set(id, entry);
    return entry;
  };

  return {
    of(id, socket) {
      const entry = living.get(id) ?? make(id);
      if (socket !== undefined && !entry.sockets.has(socket)) {
        entry.sockets.add(socket);
        const closed = (): void => {
          entry.sockets.delete(socket);
          if (entry.sockets.size === 0) entry.release();
        };
        if (socket.destroyed) closed();
        else socket.once('close', closed);
      }
      return entry;
    },
    sessionsOn: registry.sessionsOn,
    releaseAll() {
      for (const { release } of [...living.values()]) release();
    },
  };
}
