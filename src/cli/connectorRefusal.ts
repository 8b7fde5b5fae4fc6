/** How a connector ends that the gateway refused. */
import { Fault } from './fault.ts';

/** Beside 1 and 2 of every command: the gateway said no, and trying again alone does not help. */
export const REFUSED = 3;

/** The gateway refused: the key, the credential or the version. */
export class RefusedByGateway extends Fault {
  override readonly exitCode = REFUSED;
}
