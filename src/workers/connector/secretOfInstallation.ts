/**
 * The secret of this installation while it runs: how it is changed without a pause, and what to do when it is refused.
 *
 * 1. A new secret is in the file before anything uses it: the old one stays good until the new one is first used.
 * 2. Whether the file can be written is tried before a new secret is asked for.
 * 3. A change that failed half way is taken up again at the next presence.
 */
import type { Logger } from 'pino';
import type { Credential, CredentialKeeper, ServiceClient } from '../connection/index.ts';

export interface SecretOptions {
  readonly credential: Credential;
  readonly keeper: CredentialKeeper;
  /** Hands a new secret to the workers' connection. */
  readonly use: (secret: string) => Promise<void>;
  readonly log: Logger;
}

export interface InstallationSecret {
  current(): string;
  /** Asks for a new secret, keeps it, uses it. Throws `GatewayError`, or what the keeper throws. */
  rotate(service: Pick<ServiceClient, 'Rotate'>): Promise<void>;
  /** Whether a change was begun and not brought to its end. */
  owed(): boolean;
  /** Takes what is kept when that is newer, as another process may have changed it; tells whether it was. */
  takeKept(): Promise<boolean>;
  /** Keeps what the gateway said about the companies. */
  keepCompanies(companies: readonly string[]): Promise<void>;
}

export function createInstallationSecret({ credential, keeper, use, log }: SecretOptions): InstallationSecret {
  const { installationId } = credential;
  let current = credential.secret;
  let companies = credential.companies;
  /** Answered by the gateway, not kept yet. */
  let pending: string | undefined;
  let owed = false;
  const change = (what: (kept: Credential) => Credential): Promise<Credential> =>
    keeper.change((kept) => {
      if (kept.installationId !== installationId)
        throw new Error('the credential file is that of another installation by now: start the connector anew');
      return what(kept);
    });
  const take = async (secret: string): Promise<void> => {
    current = secret;
    await use(secret);
  };
  return {
    current: () => current,
    owed: () => owed,
    async rotate(service) {
      owed = true;
      if (pending === undefined) {
        await change((kept) => kept);
        pending = (await service.Rotate({})).secret;
      }
      const secret = pending;
      await change((kept) => ({ ...kept, secret }));
      await take(secret);
      [pending, owed] = [undefined, false];
      log.info('the secret of this installation was changed');
    },
    async takeKept() {
      const kept = await keeper.read();
      if (kept.installationId !== installationId || kept.secret === current) return false;
      await take(kept.secret);
      log.info('the secret of this installation was changed by another process');
      return true;
    },
    async keepCompanies(allowed) {
      if (allowed.length === companies.length && allowed.every((id) => companies.includes(id))) return;
      await change((kept) => ({ ...kept, companies: allowed }));
      companies = allowed;
    },
  };
}
