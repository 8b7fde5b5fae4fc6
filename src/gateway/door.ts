/**
 * The way of a call through the gateway: who calls, may they, what does it become, and what comes back.
 *
 * 1. Without an accepted credential nothing is learned but that, whatever is called; enrolling alone needs none.
 * 2. All that is taken for a call (its place, its bytes) is given back when its stream closes, however it ends.
 * 3. Every refusal is recorded with who, why and from where.
 */
import { status } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { PROTOCOL_HEADER, VERSION_HEADER } from '../contract/connectorService.ts';
import type { Store } from '../store/index.ts';
import type { Caller, Callers } from './callers.ts';
import { CONNECTOR_METHODS, CONNECTOR_REQUEST_BYTES, type ConnectorMethod } from './connectorMethods.ts';
import { CallGone, type GrpcCall } from './grpcCall.ts';
import type { GatewayLimits } from './limits.ts';
import type { Connection } from './listener.ts';
import type { LivePolls } from './livePolls.ts';
import { createRateLimiter } from './rate.ts';
import { Refusal } from './refusal.ts';
import type { RefusalLog } from './refusalLog.ts';
import type { SealKeyring } from './sealKeyring.ts';
import { createShares } from './shares.ts';
import { type Upstream, type UpstreamCall, UpstreamFailure } from './upstream.ts';
import { type Ruling, WORKER_RULES, type WorkerRule } from './workerRules.ts';

export interface DoorOptions {
  readonly store: Store;
  readonly callers: Callers;
  readonly seals: SealKeyring;
  readonly polls: LivePolls;
  readonly upstream: Upstream;
  readonly namespace: string;
  readonly limits: GatewayLimits;
  readonly minimumProtocol: number;
  readonly refusals: RefusalLog;
  readonly now: () => number;
  readonly log: Logger;
}

export interface Door {
  /** Serves one call to its end; never throws. */
  serve(call: GrpcCall, connection: Connection): Promise<void>;
  /** From now on polls are refused, and those that are held are answered as run out. */
  drain(): void;
  sweep(): void;
  /** Calls under way, polls too. */
  underWay(): number;
  /** Calls that were answered since the gateway began. */
  answered(): number;
}

/** A call that was let in by its headers. */
interface Admitted {
  readonly call: GrpcCall;
  readonly connection: Connection;
  readonly caller: Caller | undefined;
  /** How Temporal shows the caller. */
  readonly identity: string;
}

const VERSION = /^[0-9A-Za-z.+-]{1,40}$/;

export function createDoor(options: DoorOptions): Door {
  const { store, callers, seals, polls, upstream, namespace, limits, minimumProtocol, refusals, now, log } = options;
  const rates = createRateLimiter(limits.calls, now);
  const refused = createRateLimiter(limits.refusedCalls, now);
  const calls = createShares();
  const connections = createShares();
  const held = createShares();
  const polling = createShares();
  const usedBy = new WeakMap<Connection, Set<string>>();
  let draining = false;
  let answered = 0;

  const callerOf = async ({ path, header }: GrpcCall, { network }: Connection): Promise<Caller | undefined> => {
    const authorization = header('authorization');
    if (authorization === undefined && CONNECTOR_METHODS.get(path)?.open === true) {
      if (!refused.take(network)) throw new Refusal('refusedTooOften');
      return undefined;
    }
    const secret = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    // Guesses cost the store nothing any more; who was good before is not shut out by a neighbour.
    if (!refused.has(network) && !callers.wasGood(secret)) throw new Refusal('refusedTooOften');
    return callers.find(secret);
  };

  /** What one credential, or one address without any, has open. */
  const takeShares = (name: string, caller: Caller | undefined, call: GrpcCall, connection: Connection): void => {
    if (!rates.take(name)) throw new Refusal('tooOften');
    const companies = caller?.companies.size ?? 0;
    const place = calls.take(name, 1, limits.callsPerCredential + companies * limits.pollsPerQueue);
    if (place === undefined) throw new Refusal('tooManyCalls');
    call.onClosed(place);
    const users = usedBy.get(connection) ?? new Set();
    usedBy.set(connection, users);
    if (users.has(name)) return;
    const connected = connections.take(name, 1, limits.connectionsPerCredential);
    if (connected === undefined) throw new Refusal('tooManyConnections', { detail: 'of one credential' });
    users.add(name);
    connection.onClosed(connected);
  };

  const checkProtocol = ({ header }: GrpcCall): void => {
    const sent = header(PROTOCOL_HEADER) ?? '';
    const protocol = /^\d{1,4}$/.test(sent) ? Number(sent) : 0;
    if (protocol >= minimumProtocol) return;
    throw new Refusal('protocolTooOld', {
      words:
        `this connector speaks ${protocol === 0 ? 'no protocol that is known' : `protocol ${protocol}`}, ` +
        `and at least ${minimumProtocol} is needed: install a newer version of the connector`,
    });
  };

  const admit = (call: GrpcCall, connection: Connection, caller: Caller | undefined): Admitted => {
    takeShares(caller?.installationId ?? connection.network, caller, call, connection);
    checkProtocol(call);
    if (caller !== undefined) connection.letIn(caller);
    const version = call.header(VERSION_HEADER) ?? '';
    const identity =
      caller === undefined
        ? ''
        : `${caller.name}#${caller.installationId}${VERSION.test(version) ? ` v${version}` : ''}`;
    return { call, connection, caller, identity };
  };

  const requestOf = ({ call, connection, caller }: Admitted, maxBytes: number): Promise<Buffer> => {
    const name = caller?.installationId ?? connection.network;
    return call.request({
      messageBytes: Math.min(limits.messageBytes, maxBytes),
      bodyMs: limits.bodyMs,
      hold(bytes) {
        const own = held.total() + bytes <= limits.heldBytes && held.take(name, bytes, limits.heldBytesPerCredential);
        if (!own) throw new Refusal('tooMuchHeld');
        call.onClosed(own);
      },
    });
  };

  const serves =
    (caller: Caller | undefined) =>
    async (companyId: string): Promise<boolean> => {
      if (caller === undefined) return false;
      if (caller.companies.has(companyId)) return true;
      return (await callers.latest(caller.secretHash))?.companies.has(companyId) === true;
    };

  const serveConnector = async (method: ConnectorMethod, admitted: Admitted): Promise<Buffer> => {
    const { caller, connection } = admitted;
    return method.serve(await requestOf(admitted, CONNECTOR_REQUEST_BYTES), {
      caller,
      address: connection.address,
      namespace,
      store,
      now: now(),
      serves: serves(caller),
      enrolled(installationId) {
        if (caller !== undefined) callers.forget(caller.secretHash);
        connection.letIn({ installationId });
      },
    });
  };

  const serveWorker = async (rule: WorkerRule, admitted: Admitted, caller: Caller): Promise<Buffer> => {
    const ruling = await rule.rule(await requestOf(admitted, rule.maxBytes), {
      caller,
      identity: admitted.identity,
      namespace,
      seals,
      serves: serves(caller),
    });
    switch (ruling.kind) {
      case 'answer':
        return ruling.message;
      case 'ask':
        return ask(ruling, admitted, caller);
    }
  };

  const ask = async (
    { request, polls: companyId, answer }: Extract<Ruling, { kind: 'ask' }>,
    { call }: Admitted,
    caller: Caller,
  ): Promise<Buffer> => {
    const longest = now() + (companyId === undefined ? limits.callMs : limits.pollMs);
    const upstreamCall = { path: call.path, request, deadline: Math.min(longest, call.deadline ?? longest) };
    const message =
      companyId === undefined
        ? await untilClosed(call, upstreamCall)
        : await poll(call, upstreamCall, caller, companyId);
    return answer === undefined ? message : answer(message);
  };

  const untilClosed = (call: GrpcCall, upstreamCall: UpstreamCall): Promise<Buffer> => {
    const { answer, cancel } = upstream.call(upstreamCall);
    call.onClosed(cancel);
    return answer;
  };

  const poll = async (
    call: GrpcCall,
    upstreamCall: UpstreamCall,
    caller: Caller,
    companyId: string,
  ): Promise<Buffer> => {
    const place = polling.take(`${companyId}/${caller.installationId}`, 1, limits.pollsPerQueue);
    if (place === undefined) throw new Refusal('tooManyPolls');
    call.onClosed(place);
    const ofCompany = polling.take(companyId, 1, limits.pollsPerCompany);
    if (ofCompany === undefined) throw new Refusal('tooManyPolls', { detail: 'of all connectors of the company' });
    call.onClosed(ofCompany);
    // Draining may have begun while the body came.
    if (draining) return Buffer.alloc(0);
    const { answer, cancel } = upstream.call(upstreamCall);
    call.onClosed(cancel);
    let ended = false;
    const out = polls.add({
      caller,
      companyId,
      end() {
        ended = true;
        cancel();
      },
    });
    try {
      return await answer;
    } catch (error) {
      if (ended) return Buffer.alloc(0);
      throw error;
    } finally {
      out();
    }
  };

  const serveAdmitted = async (admitted: Admitted): Promise<Buffer> => {
    const { call, caller } = admitted;
    const method = CONNECTOR_METHODS.get(call.path);
    if (method !== undefined) return serveConnector(method, admitted);
    const rule = WORKER_RULES.get(call.path);
    if (rule === undefined || caller === undefined) throw new Refusal('methodForbidden');
    return serveWorker(rule, admitted, caller);
  };

  const failed = (error: unknown, call: GrpcCall, connection: Connection, caller: Caller | undefined): void => {
    if (error instanceof CallGone) return;
    if (error instanceof UpstreamFailure) {
      call.refuse(error.code, error.message);
      return;
    }
    const { address, network } = connection;
    const refusal = error instanceof Refusal ? error : new Refusal('unavailable');
    if (refusal !== error) log.error({ err: error, method: call.path }, 'a call could not be served');
    const who = caller === undefined ? {} : { installationId: caller.installationId, name: caller.name };
    refusals.record(refusal, { address, method: call.path, ...who });
    call.refuse(refusal.code, refusal.message);
    // Its refusals are told no more: the connection goes, and a new one costs a handshake.
    if (caller === undefined && refusal.code !== status.UNAVAILABLE && !refused.take(network))
      connection.cut('refusedTooOften');
  };

  return {
    async serve(call, connection) {
      let caller: Caller | undefined;
      try {
        if (draining) throw new Refusal('draining');
        caller = await callerOf(call, connection);
        call.answer(await serveAdmitted(admit(call, connection, caller)));
        answered += 1;
      } catch (error) {
        failed(error, call, connection, caller);
      }
    },
    drain() {
      draining = true;
      polls.endAll();
    },
    sweep() {
      rates.sweep();
      refused.sweep();
      callers.sweep();
    },
    underWay: () => calls.total(),
    answered: () => answered,
  };
}
