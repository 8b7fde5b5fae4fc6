/**
 * Money, unit costs and quantities, without floating point.
 *
 * 1. An amount of money is an integer number of cents: `Cents`.
 * 2. A unit cost, a quantity or a percentage is a `Decimal`: an integer and the number of decimals it carries (0 to 5,
 *    the most that QuickBooks accepts: qbXML 13.0, PRICETYPE, QUANTYPE and PERCENTTYPE).
 * 3. Nothing here rounds, except `productCents`, which rounds the exact product half up, away from zero.
 *
 * Leaves to others: currencies (a record in another currency is refused where it is read).
 */

/** An amount of money in cents: a safe integer, negative where money flows the other way. */
export type Cents = number;

/** `units / 10^scale`, with `scale` from 0 to 5. */
export interface Decimal {
  readonly units: number;
  readonly scale: number;
}

const AMOUNT = /^([+-]?)(\d{1,13})(?:\.(\d{2}))?$/;
const DECIMAL = /^([+-]?)(\d{1,10})(?:\.(\d{1,5}))?$/;
const MAX_SCALE = 5;

/** Reads an amount as QuickBooks writes it (`12`, `-12.30`); undefined for any other form. */
export function parseCents(text: string): Cents | undefined {
  const found = AMOUNT.exec(text);
  if (found === null) return undefined;
  const cents = Number(found[2]) * 100 + Number(found[3] ?? 0);
  return Number.isSafeInteger(cents) ? signed(found[1], cents) : undefined;
}

/** Writes cents with two decimals and no separator of thousands: `-1234.50`. */
export function formatCents(cents: Cents): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`not an amount in whole cents: ${cents}`);
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Reads a price, quantity or percentage with up to five decimals; undefined for any other form. Decimals are kept as written. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const fraction = found[3] ?? '';
  const units = Number(`${found[2]}${fraction}`);
  return Number.isSafeInteger(units) ? { units: signed(found[1], units), scale: fraction.length } : undefined;
}

/** Writes a decimal with exactly the decimals it carries: `{units: 125, scale: 2}` is `1.25`. */
export function formatDecimal({ units, scale }: Decimal): string {
  if (!Number.isSafeInteger(units) || !Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE)
    throw new RangeError(`not a decimal: ${units} with ${scale} decimals`);
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0 ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`}`;
}

/** The same number with no decimals that are zero at the end: `1.500` becomes `1.5`. */
export function trimDecimal(value: Decimal): Decimal {
  let { units, scale } = value;
  while (scale > 0 && units % 10 === 0) {
    units /= 10;
    scale -= 1;
  }
  return { units, scale };
}

/** Whether two decimals are the same number, whatever decimals they carry. */
export function sameDecimal(a: Decimal, b: Decimal): boolean {
  const [x, y] = [trimDecimal(a), trimDecimal(b)];
  return x.units === y.units && x.scale === y.scale;
}

/**
 * Quantity times unit cost in cents: the exact product, rounded half up (away from zero).
 * Undefined when it does not fit a safe integer.
 */
export function productCents(quantity: Decimal, unitCost: Decimal): Cents | undefined {
  const scale = quantity.scale + unitCost.scale;
  const exact = BigInt(quantity.units) * BigInt(unitCost.units) * 100n;
  const divisor = 10n ** BigInt(scale);
  const magnitude = exact < 0n ? -exact : exact;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  const cents = Number(exact < 0n ? -rounded : rounded);
  return Number.isSafeInteger(cents) ? cents : undefined;
}

const signed = (sign: string | undefined, magnitude: number): number =>
  sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
