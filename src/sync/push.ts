/** What is to be written to MineralTree for one QuickBooks record. */
import type { Finding } from './finding.ts';
import type { PushLink } from './links.ts';
import type { PayablesDraft, PayablesKind, PayablesRecords } from './payablesKinds.ts';

/** Fields to change: a value, or null for a field to be emptied. */
export type Changes<D> = { readonly [F in keyof D]?: Exclude<D[F], undefined> | null };

export type PushDecision<D> =
  | { readonly kind: 'create'; readonly draft: D }
  | { readonly kind: 'update'; readonly payablesId: string; readonly draft: D; readonly changes: Changes<D> }
  | { readonly kind: 'nothing' }
  /** A record that names ours already: link it, then write what differs, if anything does. */
  | { readonly kind: 'adopt'; readonly payablesId: string; readonly draft: D; readonly changes: Changes<D> }
  | { readonly kind: 'problem'; readonly problems: readonly Finding[] };

export interface PushInput<K extends PayablesKind> {
  readonly kind: K;
  /** What `map...` made of the QuickBooks record. */
  readonly desired: PayablesDraft<K>;
  readonly link?: PushLink<PayablesDraft<K>>;
  /** When there is no link: what MineralTree holds with the same externalId or the same `naturalKeyOf`. */
  readonly found?: readonly PayablesRecords[K][];
}

export function decidePush<K extends PayablesKind>(_input: PushInput<K>): PushDecision<PayablesDraft<K>> {
  throw new Error('being written');
}
