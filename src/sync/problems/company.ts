/** Problems of a whole company: the file, QuickBooks itself, the connection. The first six block it (contract: `BlockCode`). */
import type { BlockCode } from '../../contract/site.ts';
import type { ProblemEntry } from './entry.ts';

export const BLOCKS = {
  anotherFile: {
    severity: 'urgent',
    whose: 'customer',
    title: 'Another company file is open',
    sentence:
      'The company file[ {file}] is not the one that this company was set up with. Nothing was written to it.[ Mark found: {found}.][ Mark expected: {expected}.]',
    ways: [
      'Open the right company file in QuickBooks, or correct its path in the settings of the connector.',
      'If this is the right file (it was copied to a new place, or restored on purpose), accept it with "tandem company accept-file".',
    ],
    blocksCompany: true,
  },
  olderCopy: {
    severity: 'urgent',
    whose: 'customer',
    title: 'The company file is an older copy',
    sentence:
      'The company file[ {file}] is older than what was read from it before; probably a backup was restored. Nothing was written to it.[ Looked for a known {kind}, found: {found}.][ Expected: version {expected}.]',
    ways: [
      'Open the current company file again.',
      'If the backup is to be the books from now on, accept it with "tandem company accept-file": everything is then compared anew before anything is written.',
    ],
    blocksCompany: true,
  },
  accountantCopy: {
    severity: 'urgent',
    whose: 'customer',
    title: "An accountant's copy is open",
    sentence:
      "The company file[ {file}] is an accountant's copy. What is entered into it can be lost when it is sent back.",
    ways: [
      'Open the working file of the company instead.',
      "End the accountant's copy in QuickBooks: import the accountant's changes, or cancel the copy.",
    ],
    blocksCompany: true,
  },
  notAuthorized: {
    severity: 'urgent',
    whose: 'customer',
    title: 'QuickBooks does not let the connector in',
    sentence: 'QuickBooks refuses the connector or its user[ {user}][ for {file}][. It says: {text}].',
    ways: [
      'Sign in to QuickBooks as Admin, open Edit, Preferences, Integrated Applications, Company Preferences, and allow Tandem to access this company file.',
      'Give the QuickBooks user of the connector full access to vendors and payables.',
    ],
    blocksCompany: true,
  },
  unsupportedQuickBooks: {
    severity: 'urgent',
    whose: 'customer',
    title: 'This QuickBooks cannot be used',
    sentence: 'The edition, version or installation of QuickBooks cannot do what is needed[. It says: {text}].',
    ways: [
      'Use QuickBooks Desktop Pro, Premier, Accountant or Enterprise, US edition, 2014 or newer.',
      'Repair the installation of QuickBooks, then start the connector again.',
    ],
    blocksCompany: true,
  },
  connectorTooOld: {
    severity: 'urgent',
    whose: 'operator',
    title: 'The connector and the cloud do not fit together',
    sentence:
      'The connector[ {connector}][ of version {version}] on the computer of QuickBooks is too old for the rest of Tandem[: it speaks {speaks}][, and is asked in {asked}]. Nothing moves until it is renewed.',
    ways: ['Install the newest connector on every machine of this company.'],
    blocksCompany: true,
  },
} as const satisfies Record<BlockCode, ProblemEntry>;

export const COMPANY_PROBLEMS = {
  mineralTreeSignIn: {
    severity: 'urgent',
    whose: 'operator',
    title: 'MineralTree does not accept the sign-in',
    sentence: 'MineralTree refuses the user that Tandem signs in with[. It says: {text}].',
    ways: [
      'Check user and password of this company, and enter them again with "tandem company add".',
      'Ask MineralTree whether the user is still enabled for its programming interface.',
    ],
  },
  mineralTreeUnavailable: {
    severity: 'warning',
    whose: 'operator',
    title: 'MineralTree does not answer',
    sentence: 'MineralTree could not be reached or did not answer in order[. It says: {text}]. Tandem goes on trying.',
    ways: ['Nothing, if it passes. If it lasts over an hour, ask MineralTree.'],
  },
  answerRefused: {
    severity: 'error',
    whose: 'operator',
    title: 'An answer of a connector was not taken',
    sentence:
      'The connector[ {connector}] sent an answer that cannot be right[: {reason}]. Nothing of it was stored, and the same was asked again.',
    ways: ['Install the newest connector. If it lasts, look at that machine: somebody else may speak in its name.'],
  },
  ledgersDisagree: {
    severity: 'error',
    whose: 'accountant',
    title: 'The two ledgers do not agree',
    sentence:
      'Open payables are {quickBooks} in QuickBooks and {mineralTree} in MineralTree; {count} bills or credits differ without a reason that is known.',
    ways: ['Look at the report ("tandem reconcile"): it names each of them. Correct it where it is wrong.'],
  },
} as const satisfies Record<string, ProblemEntry>;
