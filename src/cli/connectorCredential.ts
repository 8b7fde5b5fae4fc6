/**
 * The credential file of a connector: what `tandem connector enroll` makes and `tandem connector` reads.
 *
 * 1. Its owner alone can read it (mode 600). One that others can read is refused, where the system has such modes.
 * 2. It is replaced as a whole: whoever reads it, at whatever moment, finds the old credential or the new one.
 * 3. The secret is in no message.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { COMPANY_ID } from '../contract/index.ts';
import type { Credential, CredentialKeeper } from '../workers/connection/index.ts';
import { Fault } from './fault.ts';
import { settingsFrom } from './settings.ts';

export const ENROL = 'tandem connector enroll --gateway URL --key KEY';

const credentialSchema: z.ZodType<Credential> = z.strictObject({
  gateway: z.string().regex(/^\S+:\d{1,5}$/, 'host:port'),
  namespace: z.string().min(1),
  installationId: z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits'),
  secret: z.string().regex(/^tci_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/, 'a secret as the enrolment writes it'),
  ca: z.exactOptional(z.string().startsWith('-----BEGIN CERTIFICATE-----', 'a certificate in PEM')),
  companies: z.array(z.string().regex(COMPANY_ID, 'a company ID')),
});

/** @throws Fault when it is not there, is none, or can be read by others */
export function readCredential(file: string): Credential {
  const credential = findCredential(file);
  if (credential !== undefined) return credential;
  throw new Fault('there is no credential: this connector is not enrolled', file, `enrol it: ${ENROL}`);
}

/** The same; undefined when there is no such file. */
export function findCredential(file: string): Credential | undefined {
  let text: string;
  try {
    refuseOpenOne(file);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof Fault) throw error;
    throw new Fault(`the credential cannot be read (${wordsOf(error)})`, file, 'let the user of the connector read it');
  }
  return settingsFrom(text, file, credentialSchema);
}

/** Replaces the file, or makes it. @throws Fault when it cannot be written; what was there before still is */
export function writeCredential(file: string, credential: Credential): void {
  const own = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.new`;
  try {
    const open = openSync(own, 'wx', 0o600);
    try {
      writeFileSync(open, `${JSON.stringify(credential, null, 2)}\n`);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    renameSync(own, file);
    keepEntry(path.dirname(file));
  } catch (error) {
    rmSync(own, { force: true });
    throw new Fault(
      `the credential cannot be written (${wordsOf(error)})`,
      file,
      'make its folder writable for the user of the connector, and space on the disk',
    );
  }
}

/** A credential file as the connector keeps it up to date. */
export const credentialFile = (file: string): CredentialKeeper => ({
  read: async () => readCredential(file),
  change: async (change) => {
    const next = change(readCredential(file));
    writeCredential(file, next);
    return next;
  },
});

function refuseOpenOne(file: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  throw new Fault(
    `others on this machine can read or change the credential (mode ${mode.toString(8)})`,
    file,
    `run chmod 600 on it; if somebody else may have read it, have the installation revoked and enrol anew`,
  );
}

/** A rename outlives a power cut only when the folder is written too; Windows has no such call. */
function keepEntry(folder: string): void {
  if (process.platform === 'win32') return;
  const open = openSync(folder, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
