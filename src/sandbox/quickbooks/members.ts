/**
 * The members of the request processor, by name: what arguments each takes and what it answers.
 *
 * Names, arguments and values are those of the type library of QBXMLRP2 (13.0). ProcessRequest is not here: it has
 * faults and an answer of its own (`processorRoutes.ts`).
 */
import { z } from 'zod';
import { callFailed } from './hresult.ts';
import type { Processor } from './processor.ts';
import { SUPPORTED_VERSIONS } from './versions.ts';

export interface Member {
  /** Reads the arguments and makes the call. Throws `CallFailed`, or z.ZodError for arguments that are not understood. */
  call(processor: Processor, args: unknown): unknown;
}

const member = <A>(args: z.ZodType<A>, call: (processor: Processor, args: A) => unknown): Member => ({
  call: (processor, given) => call(processor, args.parse(given)),
});

const none = z.strictObject({});
const ticket = z.strictObject({ ticket: z.string() });
const connection = { appID: z.string().default(''), appName: z.string() };
const preference = z.strictObject({ value: z.number().int() });

/** The calls that end or begin something answer null. */
const silent = (call: () => void): null => {
  call();
  return null;
};

export const MEMBERS: ReadonlyMap<string, Member> = new Map<string, Member>([
  ['OpenConnection', member(z.strictObject(connection), (p, { appName }) => silent(() => p.openConnection(appName)))],
  [
    'OpenConnection2',
    member(z.strictObject({ ...connection, connPref: z.number().int().default(1) }), (p, { appName, connPref }) =>
      silent(() => p.openConnection(appName, connPref)),
    ),
  ],
  ['CloseConnection', member(none, (p) => silent(() => p.closeConnection()))],
  [
    'BeginSession',
    member(z.strictObject({ qbFileName: z.string(), QBFileMode: z.number().int() }), (p, { qbFileName, QBFileMode }) =>
      p.beginSession(qbFileName, QBFileMode),
    ),
  ],
  ['EndSession', member(ticket, (p, args) => silent(() => p.endSession(args.ticket)))],
  ['GetCurrentCompanyFileName', member(ticket, (p, args) => p.sessionOf(args.ticket).company.head.file)],
  [
    'QBXMLVersionsForSession',
    member(ticket, (p, args) => (p.sessionOf(args.ticket).ticket === '' ? [] : [...SUPPORTED_VERSIONS])),
  ],
  ['MajorVersion', member(none, () => 13)],
  ['MinorVersion', member(none, () => 0)],
  ['ReleaseLevel', member(none, () => 3)],
  ['ReleaseNumber', member(none, () => 4000)],
  ['ConnectionType', member(none, (p) => p.connectionType)],
  ['GetQBLastError', member(none, (p) => p.lastError)],
  // Subscriptions to events are not part of the sandbox.
  ['ProcessSubscription', member(z.strictObject({ xml: z.string() }), () => unavailable())],
  ['QBXMLVersionsForSubscription', member(none, () => unavailable())],
  [
    'AuthPreferences/WasAuthPreferencesObeyed',
    member(ticket, (p, args) => p.sessionOf(args.ticket).ticket === args.ticket),
  ],
  ['AuthPreferences/GetIsReadOnly', member(none, (p) => p.preferences.isReadOnly)],
  [
    'AuthPreferences/PutIsReadOnly',
    member(z.strictObject({ value: z.boolean() }), (p, { value }) =>
      silent(() => p.setPreferences({ isReadOnly: value })),
    ),
  ],
  ['AuthPreferences/GetUnattendedModePref', member(none, (p) => p.preferences.unattendedMode)],
  [
    'AuthPreferences/PutUnattendedModePref',
    member(preference, (p, { value }) => silent(() => p.setPreferences({ unattendedMode: within(value, [1, 2]) }))),
  ],
  ['AuthPreferences/GetPersonalDataPref', member(none, (p) => p.preferences.personalData)],
  [
    'AuthPreferences/PutPersonalDataPref',
    member(preference, (p, { value }) => silent(() => p.setPreferences({ personalData: within(value, [1, 2, 3]) }))),
  ],
  [
    'AuthPreferences/PutAuthFlags',
    member(preference, (p, { value }) => silent(() => p.setPreferences({ authFlags: value }))),
  ],
]);

function within(value: number, allowed: readonly number[]): number {
  if (!allowed.includes(value)) throw callFailed('0x80040425', 'value');
  return value;
}

function unavailable(): never {
  throw callFailed('0x8004042B');
}
