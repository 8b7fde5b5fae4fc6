/** The identity and times that every record of a company file carries. */
import type { UnixSecond } from './machineClock.ts';

export interface Stamped {
  /** ListID or TxnID. */
  readonly id: string;
  readonly createdAt: UnixSecond;
  readonly modifiedAt: UnixSecond;
}
