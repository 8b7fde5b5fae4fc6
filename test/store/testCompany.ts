/** A company in a store, and connectors that are enrolled for it: for who needs no more of them than that they are there. */
import { addCompany, createConnectorKey, enrol, type Store } from '../../src/store/index.ts';

export const markerOf = ({ companyId, enrolmentId }: { companyId: string; enrolmentId: string }): string =>
  `${companyId}/${enrolmentId}`;

export const addTestCompany = (store: Store, name: string, password = 'a password'): Promise<string> =>
  addCompany(store, {
    name,
    mtUrl: 'https://api.example',
    mtCompany: name,
    mtUser: 'tandem',
    mtPassword: password,
    markerOf,
    by: 'test',
    at: 1_000,
  });

/** An installation and its secret. */
export interface TestConnector {
  readonly installationId: string;
  readonly secret: string;
  readonly companies: readonly string[];
}

/** A new connector of the company, or one that serves it too from now on. */
export async function enrolTestConnector(
  store: Store,
  companyId: string,
  installation?: Pick<TestConnector, 'installationId' | 'secret'>,
): Promise<TestConnector> {
  const at = Date.now();
  const key = await createConnectorKey(store, companyId, { by: 'test', at });
  const given = { key, address: '127.0.0.1', name: 'desk', at };
  const enrolled = await enrol(store, { ...given, ...(installation && { installation }) });
  const secret = enrolled.secret ?? installation?.secret;
  if (secret === undefined) throw new Error('enrolled without a secret');
  return { ...enrolled, secret };
}
