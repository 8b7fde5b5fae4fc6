/**
 * Where the codec gets the keys of companies from: the store in the cloud, the gateway at a customer's site.
 *
 * 1. A key never comes without its company: a keyring answers for the company that is asked about, and no other.
 * 2. A promise rejects when the keys cannot be had at the moment; that a key does not exist is an answer (`undefined`).
 *    The difference matters: a task that met the first is tried again, what met the second stays unreadable for ever.
 * 3. A keyring goes on with the keys it has while it cannot ask for newer ones.
 */

/** A key of a company, as payloads are sealed with it. */
export interface CompanyKey {
  /** 16 hex digits, unique over all companies. */
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

export interface CompanyKeyring {
  /** The key that payloads of the company are sealed with now. Rejects when the company has none, or it cannot be had. */
  current(companyId: string): Promise<CompanyKey>;
  /** The company's key of that ID, retired ones too; undefined when the company has none of that ID. */
  byId(companyId: string, keyId: string): Promise<Buffer | undefined>;
}
