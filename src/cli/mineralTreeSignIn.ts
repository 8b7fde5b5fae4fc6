/** Trying a company's sign-in to MineralTree before it is kept: a mistake is told to whoever is typing, not found at night. */
import { createMineralTreeClient, MineralTreeError } from '../mineraltree/index.ts';
import { Fault } from './fault.ts';
import { mineralTreeRules } from './mineralTreeRules.ts';
import type { Environment } from './places.ts';

export interface SignIn {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** ID or name of the company in MineralTree. */
  readonly company: string;
}

/** @throws Fault naming the option that is wrong, or that MineralTree does not answer */
export async function trySignIn({ url, user, password, company }: SignIn, env: Environment): Promise<void> {
  try {
    const client = createMineralTreeClient({ baseUrl: url, user, password, ...mineralTreeRules(env) });
    try {
      const found = (await client.companies()).flatMap((reading) => ('record' in reading ? [reading.record] : []));
      const wanted = company.trim().toLowerCase();
      if (found.some(({ id, name }) => id === company.trim() || name.toLowerCase() === wanted)) return;
      const names = found.map(({ name }) => `"${name}"`).join(', ') || 'none';
      throw new Fault(
        `MineralTree shows this user no company "${company}"`,
        '--mt-company',
        `name one of those it shows: ${names}`,
      );
    } finally {
      await client.close();
    }
  } catch (error) {
    if (error instanceof MineralTreeError)
      throw new Fault(error.message, placeOf(error, url), error.words.replace(/\.$/, ''));
    throw error;
  }
}

function placeOf({ code }: MineralTreeError, url: string): string {
  if (code === 'misconfigured') return '--mt-url';
  return code === 'unauthorized' || code === 'forbidden' ? '--mt-user and the password' : `MineralTree at ${url}`;
}
