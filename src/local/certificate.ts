/**
 * The certificate of a gateway that was given none: an authority of this machine's own, and a certificate that it signed.
 * For one machine, demo and tests; a gateway that others reach has one of a real authority (`TANDEM_GATEWAY_CERT`).
 *
 * 1. The authority is made once and kept: connectors trust it by its file, and a renewed certificate changes nothing for them.
 * 2. Private keys can be read by their owner alone. Key and certificate are one file, so that they always belong together.
 * 3. Several processes may ask at once: the first one's authority stands.
 */
import { X509Certificate } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';

export interface MachineCertificate {
  /** The authority: what connectors are given to trust. PEM. */
  readonly caFile: string;
  /** The gateway's key and its certificate, PEM, one after the other. */
  readonly certFile: string;
}

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
const CERTIFICATE_DAYS = 365;
/** A certificate that ends sooner is made anew. */
const RENEW_DAYS = 30;

interface Made {
  readonly certificate: string;
  readonly key: string;
}

/**
 * The certificate in a folder, made or renewed when needed.
 * @param hosts names and IP addresses that it is for, beside localhost
 * @param now Unix milliseconds
 */
export async function machineCertificate(
  folder: string,
  hosts: readonly string[],
  now: number,
): Promise<MachineCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string): string => path.join(folder, name);
  const authority =
    keptIn(file('authority.json')) ?? keepFirst(file('authority.json'), await madeAuthority(new Date(now)));
  const files = { caFile: file('ca.pem'), certFile: file('gateway.pem') };
  const wanted = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts])];
  if (!isGood(files.certFile, wanted, now)) {
    const { certificate, key } = await signed(authority, wanted, new Date(now));
    replace(files.caFile, authority.certificate);
    replace(files.certFile, `${key.trim()}\n${certificate.trim()}\n`);
  }
  return files;
}

const madeAuthority = async (now: Date): Promise<Made> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Tandem on this machine' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: daysFrom(now, -1),
    notAfterDate: daysFrom(now, AUTHORITY_DAYS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { certificate: cert, key };
};

async function signed(authority: Made, hosts: readonly string[], now: Date): Promise<Made> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Tandem gateway' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: daysFrom(now, -1),
    notAfterDate: daysFrom(now, CERTIFICATE_DAYS),
    ca: { key: authority.key, cert: authority.certificate },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) =>
          isAddress(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host },
        ),
      },
    ],
  });
  return { certificate: cert, key };
}

function isGood(certFile: string, hosts: readonly string[], now: number): boolean {
  const text = textOf(certFile);
  if (text === undefined) return false;
  const certificate = new X509Certificate(text.slice(text.indexOf('-----BEGIN CERTIFICATE')));
  const serves = (host: string): boolean =>
    (isAddress(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
  return Date.parse(certificate.validTo) > now + RENEW_DAYS * DAY_MS && hosts.every(serves);
}

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);
const daysFrom = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY_MS);

function keptIn(file: string): Made | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : (JSON.parse(text) as Made);
}

/** A reader sees the old text or the new one, whole. */
function replace(file: string, text: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text, { mode: 0o600 });
  renameSync(own, file);
}

/** Whoever is first keeps what it made; everybody else takes that. */
function keepFirst(file: string, made: Made): Made {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(made), { mode: 0o600 });
  try {
    linkSync(own, file);
    return made;
  } catch (error) {
    const kept = keptIn(file);
    if (kept === undefined) throw error;
    return kept;
  } finally {
    rmSync(own, { force: true });
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
