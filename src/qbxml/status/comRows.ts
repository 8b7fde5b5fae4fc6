/** HRESULTs of Windows and COM that a call of the request processor may end in. */
import { type Meaning, type Row, rows } from './disposition.ts';

const lost: readonly Row[] = [
  [
    0x80040154,
    'CLASS_NOT_REGISTERED',
    'wait',
    'customer',
    'documented',
    'class not registered: no request processor here, or one of the other bitness',
    'QuickBooks, or the part of it that applications use, is not installed on this machine.',
    'Install QuickBooks here, repair it, or use the connector that fits it (32 or 64 bits).',
  ],
  [
    0x80010001,
    'CALL_REJECTED',
    'settle',
    'customer',
    'documented',
    'RPC_E_CALL_REJECTED: QuickBooks did not take the call',
    'QuickBooks was too busy to answer.',
    'Close dialogs in QuickBooks; if it comes again, restart it.',
  ],
  [
    0x80010105,
    'SERVER_FAULT',
    'settle',
    'customer',
    'documented',
    'RPC_E_SERVERFAULT: QuickBooks is stuck, or another file is open',
    'QuickBooks failed in the middle of a request.',
    'Restart QuickBooks with the right company file.',
  ],
  [
    0x800706ba,
    'SERVER_UNAVAILABLE',
    'settle',
    'customer',
    'documented',
    'the RPC server is unavailable: QuickBooks died or was closed',
    'QuickBooks was closed in the middle of a request.',
    'Open QuickBooks again; what was under way is looked into.',
  ],
  [
    0x800706be,
    'CALL_FAILED',
    'settle',
    'customer',
    'documented',
    'the remote procedure call failed: QuickBooks died',
    'QuickBooks ended in the middle of a request.',
    'Open QuickBooks again; what was under way is looked into.',
  ],
  [
    0x80010108,
    'DISCONNECTED',
    'settle',
    'customer',
    'recalled',
    'RPC_E_DISCONNECTED: the object is gone',
    'The connection to QuickBooks was cut.',
    'Open QuickBooks again; what was under way is looked into.',
  ],
];

export const comMeanings: readonly Meaning[] = rows('Error', lost);
