/**
 * What a person may turn: behaviour of MineralTree that is not documented or differs, and conditions that a client has to
 * bear. Each is declared once, with what it does; the pages, the check of a value and the documentation come from here.
 */

interface Declared {
  readonly value: boolean | number | string;
  readonly does: string;
  /** For numbers. */
  readonly range?: readonly [min: number, max: number];
  /** For texts. */
  readonly allowed?: readonly string[];
}

export const KNOBS = {
  sessionLifetimeMs: {
    value: 1_800_000 as number,
    range: [0, 86_400_000],
    does: 'how long a session lives without a call; 0: every call after the login is answered 401',
  },
  indexLagMs: { value: 0 as number, range: [0, 10_000], does: 'how long a write is not seen by search' },
  pageCap: { value: 10_000 as number, range: [1, 10_000], does: 'most entities in one answer of search' },
  searchCount: {
    value: 'total' as string,
    allowed: ['total', 'page'],
    does: '`count` in the answer of search: of all that match, or of the page',
  },
  upsertByExternalId: {
    value: true as boolean,
    does: 'a POST with a known externalId updates that record; off: it makes a second one',
  },
  strictPutPath: {
    value: false as boolean,
    does: "PUT only in the form of the guide's table: with the ID for pm, vendor and bill, without it for the others",
  },
  refuseChangedExternalId: {
    value: true as boolean,
    does: 'a PUT with another externalId than the known one is refused; off: that member is ignored',
  },
  fillListExternalId: {
    value: true as boolean,
    does: 'an empty externalId of a list record may be filled in by PUT; off: it counts as changed',
  },
  answerDelayMs: { value: 0 as number, range: [0, 600_000], does: 'how long every answer of the API is held back' },
  dateForm: {
    value: 'timestamp' as string,
    allowed: ['timestamp', 'date'],
    does: 'dates in answers: 2018-10-05T00:00:00Z or 2018-10-05',
  },
  approvalRequired: { value: false as boolean, does: 'an invoice has to be approved before it is posted' },
  enforcePeriods: {
    value: true as boolean,
    does: 'posting, and editing what is posted, is refused in a closed accounting period',
  },
  refuseMoreThanOpen: {
    value: true as boolean,
    does: 'an external payment of more than is open of a bill is refused; off: the bill is overpaid',
  },
  fsync: { value: false as boolean, does: 'every write reaches the disk itself before it is answered' },
} as const satisfies Readonly<Record<string, Declared>>;

export type KnobName = keyof typeof KNOBS;
export type Knobs = { readonly [K in KnobName]: (typeof KNOBS)[K]['value'] };

export const DEFAULT_KNOBS: Knobs = Object.fromEntries(
  Object.entries(KNOBS).map(([name, { value }]) => [name, value]),
) as Knobs;

/** The knobs with one changed; a text says what is wrong with the name or the value. */
export function turned(knobs: Knobs, name: string, value: unknown): Knobs | string {
  if (!Object.hasOwn(KNOBS, name))
    return `name: there is no knob "${name}"; there are ${Object.keys(KNOBS).join(', ')}`;
  const declared: Declared = KNOBS[name as KnobName];
  const problem = mistake(declared, value);
  return problem === undefined ? { ...knobs, [name]: value } : `value: ${name} ${problem}`;
}

function mistake({ value: known, range, allowed }: Declared, value: unknown): string | undefined {
  if (range !== undefined) {
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= range[0] && value <= range[1];
    return fits ? undefined : `has to be an integer from ${range[0]} to ${range[1]}`;
  }
  if (allowed !== undefined)
    return allowed.includes(String(value)) && typeof value === 'string'
      ? undefined
      : `has to be ${allowed.join(' or ')}`;
  return typeof value === typeof known ? undefined : 'has to be true or false';
}
