/**
 * What the next cycle would write, both ways, if the company were live: the cycle's own code, run on a connection that
 * records writes instead of sending them, in a transaction that is rolled back.
 *
 * 1. Nothing is written to MineralTree, QuickBooks or the store.
 * 2. It starts from what was pulled last; what changed in QuickBooks since is not in it.
 */
import { MAX_SETTLEMENTS } from '../../contract/index.ts';
import { formatCents, formatDecimal } from '../../domain/money.ts';
import { type Json, presentDocument } from '../../qbxml/index.ts';
import {
  type Company,
  type Db,
  dueSettlements,
  type Fence,
  getCompany,
  ledgerNames,
  type Tx,
} from '../../store/index.ts';
import { applySettlements } from './applyCredits.ts';
import { readEdits } from './editReading.ts';
import { planPostings } from './planning.ts';
import { pushDue } from './push.ts';
import { createRecording, type WouldWrite } from './recording.ts';
import type { CloudContext, Run } from './run.ts';

/** One field of a record: what stands there, and what would. */
export interface FieldChange {
  readonly field: string;
  /** Absent where the record is new, or what stands there is not known. */
  readonly before?: string;
  readonly after: string;
}

export interface PreviewedWrite {
  readonly to: 'MineralTree' | 'QuickBooks';
  /** MineralTree's entity, or the qbXML request. */
  readonly what: string;
  readonly does: WouldWrite['does'] | 'post';
  readonly record: string;
  readonly fields: readonly FieldChange[];
}

export interface Preview {
  readonly writes: readonly PreviewedWrite[];
  /** What would stand in a record's way, as problems: the key and the code of each. */
  readonly problems: readonly { readonly code: string; readonly params: Readonly<Record<string, unknown>> }[];
}

/** @throws MineralTreeError when MineralTree cannot be reached; StoreError */
export async function previewCycle(context: CloudContext, companyId: string): Promise<Preview> {
  const company = await getCompany(context.store.db, companyId);
  const recording = createRecording(await context.mineralTree.of(companyId));
  let preview: Preview = { writes: [], problems: [] };
  const undone = new Error('the transaction of a preview is rolled back');
  try {
    await context.store.db.transaction().execute(async (tx) => {
      const run = previewRun(context, { ...company, stage: 'live' }, tx, recording.connection);
      await pushDue(run, new Map());
      await applySettlements(run, await dueSettlements(tx, companyId, run.startedAt, MAX_SETTLEMENTS));
      await readEdits(run);
      const plans = await planPostings(run);
      await plans.problems.write(tx, companyId, run.startedAt);
      const names = await ledgerNames(tx, companyId, idsIn(recording.writes));
      preview = {
        writes: [
          ...recording.writes.map((write) => toMineralTree(write, names)),
          ...plans.postings.map(({ posting }) => toQuickBooks(posting.kind, posting.xml)),
        ],
        problems: await problemsOpenedIn(tx, companyId, run.startedAt),
      };
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  return preview;
}

function previewRun(
  context: CloudContext,
  company: Company,
  tx: Tx,
  connection: Awaited<ReturnType<Run['payables']>>,
): Run {
  const { companyId, epoch } = company;
  const fence: Fence = { companyId, epoch, write: (work) => work(tx), check: async () => undefined };
  return {
    context: {
      ...context,
      store: { ...context.store, db: tx },
      mineralTree: { of: async () => connection, close: async () => undefined },
      // Nothing was sent, so no index lags behind it.
      pause: async () => undefined,
    },
    company,
    companyId,
    fence,
    startedAt: context.clock(),
    payables: async () => connection,
    toMineralTree: (write) => write(),
  };
}

async function problemsOpenedIn(tx: Db, companyId: string, since: number): Promise<Preview['problems']> {
  return tx
    .selectFrom('problems')
    .select(['code', 'params'])
    .where('companyId', '=', companyId)
    .where('closedAt', 'is', null)
    .where('openedAt', '>=', since)
    .orderBy('problemId')
    .execute();
}

function toMineralTree(
  { entity, does, before, fields }: WouldWrite,
  names: ReadonlyMap<string, string>,
): PreviewedWrite {
  const had = new Map(Object.entries(before ?? {}));
  return {
    to: 'MineralTree',
    what: entity,
    does,
    record: labelOf({ ...before, ...fields }, names),
    fields: Object.entries(fields).flatMap(([field, value]) =>
      value === undefined
        ? []
        : [
            {
              field,
              ...(before === undefined ? {} : { before: inWords(field, had.get(field), names) }),
              after: inWords(field, value, names),
            },
          ],
    ),
  };
}

/** A record as people know it: its name, or number and vendor. */
function labelOf(record: Readonly<Record<string, unknown>>, names: ReadonlyMap<string, string>): string {
  const { name, invoiceNumber, creditNumber, vendor, externalId } = record;
  const vendorName = vendor === undefined ? '' : ` of ${inWords('vendor', vendor, names)}`;
  const own = [name, invoiceNumber, creditNumber].find((text) => typeof text === 'string');
  const known = typeof externalId === 'string' ? names.get(externalId) : undefined;
  return `${typeof own === 'string' ? own : (known ?? 'without number')}${vendorName}`;
}

/** A value for a person: money with its point, references by name. */
function inWords(field: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === undefined || value === null) return '(none)';
  if (typeof value === 'number') return field.endsWith('Cents') ? formatCents(value) : String(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return value.length === 0 ? '(none)' : value.map((one) => inWords(field, one, names)).join(' + ');
  const { id, externalId, units, scale, ...rest }: Readonly<Record<string, unknown>> = { ...value };
  if (typeof units === 'number' && typeof scale === 'number') return formatDecimal({ units, scale });
  if (typeof externalId === 'string') return names.get(externalId) ?? externalId;
  if (typeof id === 'string') return id;
  return Object.entries(rest)
    .filter(([, held]) => held !== undefined)
    .map(([key, held]) => `${key} ${inWords(key, held, names)}`)
    .join(', ');
}

/** The request as it would be sent, element by element. */
function toQuickBooks(kind: string, xml: string): PreviewedWrite {
  const fields = flattened(bodyOf(presentDocument(xml)));
  const text = (name: string): string | undefined => fields.find(({ field }) => field.endsWith(name))?.after;
  const whose = text('VendorRef/FullName') ?? text('PayeeEntityRef/FullName') ?? text('Name') ?? '';
  return { to: 'QuickBooks', what: kind, does: 'post', record: `${text('RefNumber') ?? ''} ${whose}`.trim(), fields };
}

function bodyOf(document: Json): Json {
  const [request] = isObject(document) && Array.isArray(document.requests) ? document.requests : [];
  return isObject(request) ? (request.body ?? null) : null;
}

function flattened(value: Json, path = ''): readonly FieldChange[] {
  if (!isObject(value) && !Array.isArray(value))
    return [{ field: path, after: value === null ? '(none)' : String(value) }];
  // Money stands as cents beside the text: the text is what is sent.
  if (isObject(value) && typeof value.text === 'string') return [{ field: path, after: value.text }];
  return Object.entries(value).flatMap(([key, held]) => {
    const name = Array.isArray(value) ? String(Number(key) + 1) : key;
    return flattened(held, path === '' ? name : `${path}/${name}`);
  });
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every ledger ID that the writes mention, to be shown by name. */
function idsIn(writes: readonly WouldWrite[]): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, held] of Object.entries(value)) {
      if (key === 'externalId' && typeof held === 'string') found.add(held);
      else look(held);
    }
  };
  for (const { before, fields } of writes) {
    look(before);
    look(fields);
  }
  return [...found];
}
