/** What a gateway allows: sizes in bytes, times in milliseconds, numbers of what may be open at once. */

/** A token bucket: so many a second for ever, so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface GatewayLimits {
  /** Of one request, as sent and as inflated. Results beyond Temporal's own 2 MB would be refused there. */
  readonly messageBytes: number;
  /** Of the requests of one credential, and of all, that are held at once. */
  readonly heldBytesPerCredential: number;
  readonly heldBytes: number;
  /** For a request to arrive whole once its headers have. */
  readonly bodyMs: number;
  /** For an answer to be read whole. */
  readonly answerMs: number;
  /** Long polls of one credential on one queue: the one that runs and one that a lost connection left behind. */
  readonly pollsPerQueue: number;
  /** Long polls on one queue, of all credentials together. */
  readonly pollsPerCompany: number;
  /** Calls of one credential at once, beside its polls. */
  readonly callsPerCredential: number;
  readonly connectionsPerCredential: number;
  /** A hosting provider's many machines share an address. An IPv6 address counts by its /64. */
  readonly connectionsPerAddress: number;
  readonly connections: number;
  /** One connector may serve a hundred companies over one connection, each with a poll. */
  readonly streamsPerConnection: number;
  /** Calls of one credential. */
  readonly calls: Rate;
  /** Calls from one address that were refused for want of a credential. */
  readonly refusedCalls: Rate;
  /** Longest poll. */
  readonly pollMs: number;
  /** Longest of all other calls. */
  readonly callMs: number;
  readonly handshakeMs: number;
  /** For a new connection to make a call that is let in. */
  readonly firstCallMs: number;
  /** Between two pings of a connection; one that has not answered by the next is gone. */
  readonly pingMs: number;
  /** How old what is known of a credential may be, and how often that of live calls is looked at. */
  readonly credentialMs: number;
  /** How often the certificate's files are looked at. */
  readonly certificateMs: number;
  /** For calls to end when the gateway drains. */
  readonly drainMs: number;
}

export const DEFAULT_GATEWAY_LIMITS: GatewayLimits = {
  messageBytes: 4 * 1_048_576,
  heldBytesPerCredential: 16 * 1_048_576,
  heldBytes: 256 * 1_048_576,
  bodyMs: 15_000,
  answerMs: 15_000,
  pollsPerQueue: 2,
  pollsPerCompany: 16,
  callsPerCredential: 64,
  connectionsPerCredential: 8,
  connectionsPerAddress: 256,
  connections: 10_000,
  streamsPerConnection: 256,
  calls: { perSecond: 200, burst: 1_000 },
  refusedCalls: { perSecond: 5, burst: 200 },
  pollMs: 75_000,
  callMs: 30_000,
  handshakeMs: 10_000,
  firstCallMs: 10_000,
  pingMs: 20_000,
  credentialMs: 1_000,
  certificateMs: 5_000,
  drainMs: 5_000,
};
