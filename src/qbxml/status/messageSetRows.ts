/**
 * Status codes of message sets, `messageSetStatusCode`: what QuickBooks says about stored answers.
 *
 * Their source is Intuit's document on error recovery. Beside them 0 means: done, or found.
 */
import { type Meaning, type Row, rows } from './disposition.ts';

const REPORT = 'Send the diagnostics to support.';
const LOOKED_INTO = 'Nothing to do: it is looked for in QuickBooks.';

const warnings: readonly Row[] = [
  [
    600,
    'NO_SUCH_MESSAGE_SET',
    'settle',
    'nobody',
    'documented',
    'oldMessageSetID matches nothing and no new one was given: another company file, a restored one, or never sent',
    'QuickBooks has no record of this posting.',
    LOOKED_INTO,
  ],
];

const errors: readonly Row[] = [
  [
    9001,
    'OTHER_CONTENT',
    'settle',
    'us',
    'documented',
    'the ID is known with another checksum: same ID, other content',
    'A posting was sent twice with different content.',
    LOOKED_INTO,
  ],
  [
    9002,
    'NO_STORED_ANSWER',
    'settle',
    'nobody',
    'documented',
    'the ID is known but its answer is not stored',
    'QuickBooks did not keep its answer to this posting.',
    LOOKED_INTO,
  ],
  [
    9003,
    'UNUSED_9003',
    'settle',
    'us',
    'documented',
    'not used',
    'QuickBooks gave an answer that it should not give.',
    REPORT,
  ],
  [
    9004,
    'MESSAGE_SET_ID_TOO_LONG',
    'bug',
    'us',
    'documented',
    'the message-set ID is too long',
    'Tandem made a mistake.',
    REPORT,
  ],
  [
    9005,
    'ANSWER_NOT_STORED',
    'settle',
    'us',
    'documented',
    'the answer could not be stored',
    'QuickBooks could not keep its answer to this posting.',
    LOOKED_INTO,
  ],
];

export const messageSetMeanings: readonly Meaning[] = [...rows('Warn', warnings), ...rows('Error', errors)];
