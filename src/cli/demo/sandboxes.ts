/** Speaking to the sandboxes as a person does (their `/people` pages), and arranging faults. */

export interface SandboxAddress {
  readonly url: string;
}

/** A person's move in a sandbox; gives the record. @throws Error with the sandbox's own words when it refuses */
export async function move<T>(
  sandbox: SandboxAddress,
  name: string,
  body: Readonly<Record<string, unknown>>,
): Promise<T> {
  return ask(sandbox, 'POST', `/people/${name}`, body);
}

export interface Fault {
  readonly id: string;
  /** Whether a call has been caught. */
  isReached(): Promise<boolean>;
  /** Waits until a call was caught. @throws Error when none was within the time */
  reached(withinMs: number): Promise<void>;
  release(): Promise<void>;
}

/** Arranges a fault (see the sandboxes' documents for the language). */
export async function arrangeFault(sandbox: SandboxAddress, fault: Readonly<Record<string, unknown>>): Promise<Fault> {
  const { id } = await ask<{ readonly id: string }>(sandbox, 'POST', '/faults', fault);
  return {
    id,
    isReached: async () => (await ask<{ readonly reached: number }>(sandbox, 'GET', `/faults/${id}`)).reached > 0,
    async reached(withinMs) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const wait = Math.max(1, Math.min(10_000, deadline - Date.now()));
        const state = await ask<{ readonly reached: number }>(sandbox, 'GET', `/faults/${id}?wait=${wait}`);
        if (state.reached > 0) return;
        if (Date.now() >= deadline)
          throw new Error(`no call met the fault ${JSON.stringify(fault)} within ${withinMs} ms`);
      }
    },
    release: () => ask(sandbox, 'POST', `/faults/${id}/release`, {}),
  };
}

async function ask<T>({ url }: SandboxAddress, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
