/** What an enrolled installation has: where its gateway is, and the secret that the gateway knows it by. */

export interface Credential {
  /** `host:port`. */
  readonly gateway: string;
  /** Temporal's. */
  readonly namespace: string;
  readonly installationId: string;
  /** Sent with every call; shown to nobody. */
  readonly secret: string;
  /** The authority that signs the gateway's certificate, PEM. */
  readonly ca?: string;
  /** The companies that the gateway allowed when it was last asked. */
  readonly companies: readonly string[];
}

/** Where a credential is kept. What is saved is there for good when `save` returns, or it throws. */
export interface CredentialKeeper {
  read(): Promise<Credential>;
  /** Changes what is kept now, which another process may have changed since it was read. Returns what is kept then. */
  change(change: (kept: Credential) => Credential): Promise<Credential>;
}
