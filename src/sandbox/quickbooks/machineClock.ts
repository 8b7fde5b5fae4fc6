/**
 * The clock of the machine that QuickBooks runs on: instants as Unix seconds, and the wall time that QuickBooks writes.
 *
 * 1. EditSequence is the true Unix second. TimeCreated and TimeModified are wall time; with the daylight-saving defect
 *    they carry the zone's standard offset all year, so that in summer they name an instant one hour late.
 * 2. A time without an offset is read as wall time of this machine; where daylight saving repeats an hour, as the first.
 *
 * Seen in four recorded answers of real files (qbXML 13.0).
 */

/** Seconds since 1970-01-01T00:00:00Z. */
export type UnixSecond = number;

export interface MachineClock {
  /** IANA name. */
  readonly timeZone: string;
  now(): UnixSecond;
  /** Today on the machine's wall, `YYYY-MM-DD`. */
  today(): string;
  /** `YYYY-MM-DDThh:mm:ss±hh:mm`. With `defect`, the standard offset all year. */
  written(at: UnixSecond, defect: boolean): string;
  /**
   * Reads `YYYY-MM-DD[Thh[:mm[:ss[±hh:mm]]]]`; a date alone is its first second, or its last for `end: true`.
   * Undefined for text of another form.
   */
  read(text: string, end?: boolean): UnixSecond | undefined;
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?)?(Z|[+-]\d{2}:\d{2})?$/;
const QUARTER_S = 900;

/** @param nowMs milliseconds since 1970. @param timeZone IANA name. Throws RangeError for an unknown zone. */
export function createMachineClock(nowMs: () => number, timeZone: string): MachineClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const offsets = new Map<number, number>();

  const offsetAt = (at: UnixSecond): number => {
    const quarter = Math.floor(at / QUARTER_S);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const start = quarter * QUARTER_S;
    const parts = Object.fromEntries(
      format.formatToParts(start * 1000).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - start;
    offsets.set(quarter, offset);
    return offset;
  };
  const standardOffset = (at: UnixSecond): number => {
    const year = new Date(at * 1000).getUTCFullYear();
    return Math.min(offsetAt(Date.UTC(year, 0, 1) / 1000), offsetAt(Date.UTC(year, 6, 1) / 1000));
  };
  const wall = (at: UnixSecond): string => new Date((at + offsetAt(at)) * 1000).toISOString().slice(0, 19);
  const fromWall = (wallSecond: number): UnixSecond => {
    // The two offsets around the moment; the larger one gives the earlier instant.
    const candidates = [offsetAt(wallSecond - 86_400), offsetAt(wallSecond + 86_400)].map(
      (offset) => wallSecond - offset,
    );
    const fitting = candidates.filter((at) => at + offsetAt(at) === wallSecond);
    return Math.min(...(fitting.length > 0 ? fitting : candidates));
  };
  const now = (): UnixSecond => Math.floor(nowMs() / 1000);

  return {
    timeZone,
    now,
    today: () => wall(now()).slice(0, 10),
    written: (at, defect) => `${wall(at)}${writtenOffset(defect ? standardOffset(at) : offsetAt(at))}`,
    read(text, end = false) {
      const found = FORM.exec(text);
      if (found === null) return undefined;
      const [, year, month, day, hour, minute, second, zone] = found;
      const last = end && hour === undefined;
      const clock = `${hour ?? (last ? '23' : '00')}:${minute ?? (last ? '59' : '00')}:${second ?? (last ? '59' : '00')}`;
      const wallMs = Date.parse(`${year}-${month}-${day}T${clock}Z`);
      if (Number.isNaN(wallMs)) return undefined;
      return zone === undefined ? fromWall(wallMs / 1000) : wallMs / 1000 - readOffset(zone);
    },
  };
}

function writtenOffset(offsetS: number): string {
  const minutes = Math.abs(offsetS) / 60;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${offsetS < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function readOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}
