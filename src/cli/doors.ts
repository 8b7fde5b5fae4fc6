/**
 * The doors of a cloud: the gateway, where connectors come in, and the pages, where people sign in.
 *
 * Each listens where TANDEM_GATEWAY and TANDEM_WEB say, else on 127.0.0.1. The gateway's certificate is that of
 * TANDEM_GATEWAY_CERT and TANDEM_GATEWAY_CERT_KEY, else one of this machine's own, for localhost and the names in
 * TANDEM_GATEWAY_NAMES. Pages are plain HTTP on 127.0.0.1 unless TANDEM_WEB_CERT and TANDEM_WEB_CERT_KEY name a certificate.
 */
import path from 'node:path';
import type { Logger } from 'pino';
import { type Gateway, startGateway } from '../gateway/index.ts';
import { machineCertificate } from '../local/certificate.ts';
import type { Store } from '../store/index.ts';
import { startWeb, type Web } from '../web/index.ts';
import { Fault } from './fault.ts';
import { keepPort, type Listening, listeningOf, openAt } from './listening.ts';
import type { Environment } from './places.ts';

export interface DoorsOptions {
  /** Which of them. */
  readonly gateway: boolean;
  readonly pages: boolean;
  readonly env: Environment;
  readonly dataDir: string;
  readonly store: Store;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly version: string;
  readonly log: Logger;
}

export interface Doors {
  readonly gateway?: {
    /** `host:port`. */
    readonly address: string;
    /** The authority that connectors must trust, PEM; absent when it is one that everybody trusts. */
    readonly ca?: string;
  };
  readonly web?: {
    /** As people type it. */
    readonly url: string;
  };
  /** Lets connectors go to another gateway, then closes. */
  close(): Promise<void>;
}

/** @throws Fault when an address or a certificate cannot be used */
export async function openDoors(options: DoorsOptions): Promise<Doors> {
  const gateway = options.gateway ? await openGateway(options) : undefined;
  try {
    const web = options.pages ? await openWeb(options) : undefined;
    return {
      ...(gateway && { gateway: { address: gateway.door.address, ...(gateway.ca && { ca: gateway.ca }) } }),
      ...(web && { web: { url: web.url } }),
      async close() {
        await Promise.all([gateway?.door.drain(), web?.stop()]);
      },
    };
  } catch (error) {
    await gateway?.door.stop();
    throw error;
  }
}

async function openGateway({ env, dataDir, store, temporal, version, log }: DoorsOptions): Promise<{
  readonly door: Gateway;
  readonly ca?: string;
}> {
  const listening = listeningOf(env.TANDEM_GATEWAY, 'TANDEM_GATEWAY', 'gateway', dataDir);
  const given = certificateOf(env.TANDEM_GATEWAY_CERT, env.TANDEM_GATEWAY_CERT_KEY, 'TANDEM_GATEWAY_CERT');
  const names = (env.TANDEM_GATEWAY_NAMES ?? '').split(',').flatMap((name) => name.trim() || []);
  const own = given ? undefined : await machineCertificate(path.join(dataDir, 'gateway'), names, Date.now());
  const tls = given ?? { certFile: own?.certFile ?? '', keyFile: own?.certFile ?? '' };
  const door = await opened('TANDEM_GATEWAY', listening, (host, port) =>
    startGateway({ upstream: temporal, store, tls, host, port, log, version }),
  );
  keepPort(dataDir, 'gateway', Number(door.address.split(':').at(-1)));
  return { door, ...(own && { ca: own.caFile }) };
}

async function openWeb({ env, dataDir, store, log }: DoorsOptions): Promise<Web> {
  const listening = listeningOf(env.TANDEM_WEB, 'TANDEM_WEB', 'web', dataDir);
  const tls = certificateOf(env.TANDEM_WEB_CERT, env.TANDEM_WEB_CERT_KEY, 'TANDEM_WEB_CERT');
  const [temporalUi, publicUrl] = [env.TANDEM_TEMPORAL_UI, env.TANDEM_WEB_URL];
  const web = await opened('TANDEM_WEB', listening, (host, port) =>
    startWeb({
      store,
      host,
      port,
      log,
      ...(tls && { tls }),
      ...(temporalUi && { temporalUi }),
      ...(publicUrl && { publicUrl }),
    }),
  );
  keepPort(dataDir, 'web', web.port);
  return web;
}

/** The files of a certificate and its key, when the environment names them. @throws Fault when it names only one */
function certificateOf(
  certFile: string | undefined,
  keyFile: string | undefined,
  variable: string,
): { readonly certFile: string; readonly keyFile: string } | undefined {
  if (!certFile && !keyFile) return undefined;
  if (!certFile || !keyFile)
    throw new Fault(
      'a certificate and its key are needed',
      `${variable} and ${variable}_KEY`,
      'name both files, or none',
    );
  return { certFile, keyFile };
}

async function opened<T>(
  variable: string,
  listening: Listening,
  open: (host: string, port: number) => Promise<T>,
): Promise<T> {
  try {
    return await openAt(listening, open);
  } catch (error) {
    throw new Fault(
      error instanceof Error ? error.message : String(error),
      `${variable}, ${listening.host}:${listening.port}`,
      'name another address, or correct the certificate',
    );
  }
}
