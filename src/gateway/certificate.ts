/**
 * The gateway's certificate and its key, as PEM or as files. Files are read again when they change: connections that are
 * open stay, new handshakes take the new certificate. A certificate that does not fit its key is not taken.
 */
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Logger } from 'pino';

export type CertificateSource = (
  | { readonly cert: string | Buffer; readonly certFile?: never }
  | { readonly certFile: string; readonly cert?: never }
) &
  ({ readonly key: string | Buffer; readonly keyFile?: never } | { readonly keyFile: string; readonly key?: never });

export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** @throws Error of the file system or of OpenSSL, when it cannot be read or does not fit */
export async function readCertificate(source: CertificateSource): Promise<Certificate> {
  const cert = source.certFile === undefined ? Buffer.from(source.cert) : await readFile(source.certFile);
  const key = source.keyFile === undefined ? Buffer.from(source.key) : await readFile(source.keyFile);
  createSecureContext({ cert, key });
  return { cert, key };
}

/**
 * Looks every `everyMs` whether the files hold something else than `known`, and hands it over. Returns how to stop.
 * What cannot be read or does not fit is told once and looked at again: the files may be in the middle of a change.
 */
export function watchCertificate(
  source: CertificateSource,
  known: Certificate,
  { everyMs, changed, log }: { everyMs: number; changed: (certificate: Certificate) => void; log: Logger },
): () => void {
  if (source.certFile === undefined && source.keyFile === undefined) return () => {};
  let current = known;
  let told: string | undefined;
  let looking = false;
  const look = async (): Promise<void> => {
    try {
      const found = await readCertificate(source);
      if (!found.cert.equals(current.cert) || !found.key.equals(current.key)) {
        current = found;
        changed(found);
        log.info({ certFile: source.certFile }, 'the gateway took a new certificate');
      }
      told = undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told) log.error({ error: message }, 'the new certificate cannot be taken; the last one stays');
      told = message;
    }
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
