/** Counting the calls that come to the QuickBooks sandbox, by the faults that it offers: each delays a call and counts it. */

/** The members that a session calls. */
const MEMBERS = [
  'OpenConnection2',
  'BeginSession',
  'GetCurrentCompanyFileName',
  'ProcessRequest',
  'EndSession',
  'CloseConnection',
];

export interface CallCount {
  /** Calls of ProcessRequest so far: those that pull, and the others. */
  counted(): Promise<{ readonly pulls: number; readonly others: number }>;
  /** Forgets the faults: nothing is delayed any more. */
  end(): Promise<void>;
}

/** A set that asks which QuickBooks this is: the first one of every pull, and of nothing else. */
const PULL = '<HostQueryRq';

/** Delays every call to the sandbox by so many milliseconds (1 at least) and counts the calls of ProcessRequest. */
export async function countCalls(url: string, delayMs: number): Promise<CallCount> {
  const arrange = async (match: object): Promise<string> =>
    (
      await ask<{ readonly id: string }>(url, 'POST', '/faults', {
        point: 'before',
        match,
        action: 'delay',
        ms: delayMs,
        times: 1_000_000,
      })
    ).id;
  const pulls = await arrange({ contains: PULL });
  const others = await arrange({});
  for (const member of MEMBERS) if (member !== 'ProcessRequest') await arrange({ member });
  const reached = async (id: string): Promise<number> =>
    (await ask<{ readonly reached: number }>(url, 'GET', `/faults/${id}`)).reached;
  return {
    counted: async () => ({ pulls: await reached(pulls), others: await reached(others) }),
    end: () => ask(url, 'DELETE', '/faults'),
  };
}

async function ask<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
