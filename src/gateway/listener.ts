/**
 * The gateway's port: TLS, HTTP/2, and connections that come and go.
 *
 * 1. Connections are counted before the handshake: for each address and in all.
 * 2. A connection on which no call was let in within `firstCallMs` is ended; so is one that does not answer a ping, for
 *    a connector that lost its network would leave a poll behind that swallows a task.
 * 3. HTTP/1 is not spoken; TLS 1.2 is the oldest.
 */
import http2, { type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';
import { networkOf } from '../store/index.ts';
import { type CertificateSource, readCertificate, watchCertificate } from './certificate.ts';
import { type GrpcCall, grpcCall } from './grpcCall.ts';
import type { GatewayLimits } from './limits.ts';
import { Refusal, type RefusalReason } from './refusal.ts';
import type { RefusalLog } from './refusalLog.ts';
import { createShares } from './shares.ts';

export interface Connection {
  /** IP address of the other end, for the log. */
  readonly address: string;
  /** What limits by address count: an IPv6 customer owns a whole /64. */
  readonly network: string;
  /** From now on the connection may stay, and what is refused of it is told under this name. */
  letIn(who: { readonly installationId: string; readonly name?: string }): void;
  /** Ends it at once, whatever is under way. */
  cut(reason: RefusalReason, detail?: string): void;
  onClosed(closed: () => void): void;
}

export interface Listener {
  readonly port: number;
  connections(): number;
  /** Takes no more connections and asks those that are open to end when their calls have. */
  drain(): void;
  stop(): Promise<void>;
}

export interface ListenerOptions {
  readonly tls: CertificateSource;
  readonly host: string;
  readonly port: number;
  readonly limits: GatewayLimits;
  readonly refusals: RefusalLog;
  readonly log: Logger;
  readonly onCall: (call: GrpcCall, connection: Connection) => void;
}

const HEADER_BYTES = 16_384;
/** A call's window is HTTP/2's own 64 KB: a megabyte over a slow line should not need sixteen round trips. */
const WINDOW_BYTES = 262_144;
const SESSION_MEMORY_MB = 32;

/** Listens. Errors of the certificate and of the port pass through. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { tls, limits, log } = options;
  const certificate = await readCertificate(tls);
  const server = http2.createSecureServer({
    ...certificate,
    minVersion: 'TLSv1.2',
    // Ours comes first (`countConnections`): it knows the address.
    handshakeTimeout: limits.handshakeMs * 2,
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: {
      maxConcurrentStreams: limits.streamsPerConnection,
      initialWindowSize: WINDOW_BYTES,
      maxHeaderListSize: HEADER_BYTES,
      enablePush: false,
    },
  });
  server.maxConnections = limits.connections;
  const sessions = new Map<ServerHttp2Session, Keeper>();
  countConnections(server, options);
  server.on('session', (session) => {
    const keeper = keep(session, options);
    sessions.set(session, keeper);
    session.once('close', () => sessions.delete(session));
  });
  const pinging = setInterval(() => {
    for (const keeper of sessions.values()) keeper.ping();
  }, limits.pingMs);
  pinging.unref();
  const unwatch = watchCertificate(tls, certificate, {
    everyMs: limits.certificateMs,
    changed: (changed) => server.setSecureContext({ ...changed, minVersion: 'TLSv1.2' }),
    log,
  });
  await listening(server, options);
  const address = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => server.close(() => resolve()));
    return closed;
  };
  return {
    port: address.port,
    connections: () => sessions.size,
    drain() {
      void close();
      for (const session of sessions.keys()) session.close();
    },
    async stop() {
      clearInterval(pinging);
      unwatch();
      for (const session of sessions.keys()) session.destroy();
      await close();
    },
  };
}

const listening = (server: Http2SecureServer, { port, host }: ListenerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Before TLS: what one address may have open, and handshakes that come to nothing. */
function countConnections(server: Http2SecureServer, { limits, refusals, log }: ListenerOptions): void {
  const open = createShares();
  const shaking = new Map<string, NodeJS.Timeout>();
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket.remoteAddress);
    const giveBack = open.take(networkOf(address), 1, limits.connectionsPerAddress);
    if (giveBack === undefined) {
      refusals.record(new Refusal('tooManyConnections', { detail: 'of one address' }), { address });
      socket.destroy();
      return;
    }
    const slow = setTimeout(() => {
      refusals.record(new Refusal('handshakeFailed', { detail: 'too slow' }), { address });
      socket.destroy();
    }, limits.handshakeMs);
    const end = endOf(socket);
    shaking.set(end, slow);
    socket.once('close', () => {
      clearTimeout(slow);
      if (shaking.get(end) === slow) shaking.delete(end);
      giveBack();
    });
  });
  server.on('secureConnection', (socket) => {
    clearTimeout(shaking.get(endOf(socket)));
    shaking.delete(endOf(socket));
  });
  server.on('drop', (dropped?: { readonly remoteAddress?: string }) => {
    refusals.record(new Refusal('tooManyConnections', { detail: 'in all' }), {
      address: addressOf(dropped?.remoteAddress),
    });
  });
  server.on('tlsClientError', (error: Error, socket: Socket) => {
    if (isLost(error)) return;
    refusals.record(new Refusal('handshakeFailed', { detail: error.message.slice(0, 200) }), {
      address: addressOf(socket.remoteAddress),
    });
  });
  server.on('unknownProtocol', (socket: Socket) => {
    refusals.record(new Refusal('handshakeFailed', { detail: 'not HTTP/2' }), {
      address: addressOf(socket.remoteAddress),
    });
    socket.destroy();
  });
  server.on('error', (error: Error) => log.error({ err: error }, 'the port of the gateway failed'));
}

/** Tells connections apart: the encrypted socket is not the one that came. */
const endOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** The network's doing, or a look whether the port is open: nobody's attempt. */
const isLost = (error: Error): boolean =>
  'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE' || error.code === 'ETIMEDOUT');

const addressOf = (remote: string | undefined): string => remote ?? 'unknown';

interface Keeper {
  ping(): void;
}

/** One connection: its calls go to `onCall`. */
function keep(session: ServerHttp2Session, { limits, refusals, onCall }: ListenerOptions): Keeper {
  const address = addressOf(session.socket.remoteAddress);
  const unused = setTimeout(() => connection.cut('connectionUnused'), limits.firstCallMs);
  let who = {};
  const connection: Connection = {
    address,
    network: networkOf(address),
    letIn({ installationId, name }) {
      clearTimeout(unused);
      who = { installationId, ...(name === undefined ? {} : { name }) };
    },
    cut(reason, detail) {
      if (session.destroyed) return;
      refusals.record(new Refusal(reason, detail === undefined ? {} : { detail }), { address, ...who });
      session.destroy();
    },
    onClosed(closed) {
      if (session.destroyed) closed();
      else session.once('close', closed);
    },
  };
  session.once('close', () => clearTimeout(unused));
  session.on('error', (error: Error) => {
    if (isLost(error)) return;
    refusals.record(new Refusal('protocolBroken', { detail: error.message.slice(0, 200) }), { address, ...who });
  });
  session.on('stream', (stream, headers) => {
    // A stream that fails closes; what waits for it is told by that.
    stream.on('error', () => stream.destroy());
    const call = grpcCall(stream, headers, {
      answerMs: limits.answerMs,
      onSlowReader: () => connection.cut('readerTooSlow'),
    });
    if (call === undefined)
      refusals.record(new Refusal('notGrpc'), { address, method: String(headers[':path']), ...who });
    else onCall(call, connection);
  });
  session.setLocalWindowSize(WINDOW_BYTES * 4);
  let waiting = false;
  return {
    ping() {
      if (session.destroyed || session.closed) return;
      if (waiting) {
        session.destroy();
        return;
      }
      waiting = true;
      const sent = session.ping((error) => {
        waiting = error !== null;
      });
      if (!sent) session.destroy();
    },
  };
}
