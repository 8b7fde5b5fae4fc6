/** How records are called in the judge's sentences, and how two of a kind are compared word for word. */
import { formatCents } from '../../domain/money.ts';
import type { MineralTreeBill, MineralTreeCredit, MineralTreePayment, VendorTransaction } from './books.ts';

type Numbered = Pick<VendorTransaction, 'vendor' | 'refNumber' | 'id'>;

export const billNamed = ({ vendor, refNumber, id }: Numbered): string => `bill ${refNumber ?? id} of ${vendor}`;
export const creditNamed = ({ vendor, refNumber, id }: Numbered): string => `credit ${refNumber ?? id} of ${vendor}`;
export const paymentNamed = ({ vendor, refNumber, id }: Numbered): string => `payment ${refNumber ?? id} to ${vendor}`;

export const invoiceNamed = ({ invoiceNumber, id }: Pick<MineralTreeBill, 'invoiceNumber' | 'id'>): string =>
  `invoice ${invoiceNumber ?? id}`;
export const creditOfMineralTree = ({ creditNumber, id }: Pick<MineralTreeCredit, 'creditNumber' | 'id'>): string =>
  `credit ${creditNumber ?? id}`;
export const paymentOfMineralTree = (payment: MineralTreePayment): string => {
  const { checkNumber, sequenceText, id, vendor } = payment;
  return `payment ${checkNumber ?? sequenceText ?? id} to ${vendor?.name ?? 'nobody'}`;
};

export type Comparison = readonly (readonly [what: string, quickBooks: string, mineralTree: string])[];

/** One sentence for each that is not the same. */
export const unlike = (record: string, compared: Comparison): readonly string[] =>
  compared
    .filter(([, quickBooks, mineralTree]) => quickBooks !== mineralTree)
    .map(
      ([what, quickBooks, mineralTree]) =>
        `${record}: ${what} is "${quickBooks}" in QuickBooks, "${mineralTree}" in MineralTree`,
    );

/** The groups of more than one with the same key; those without are let go. */
export function repeated<T>(records: readonly T[], key: (record: T) => string | undefined): [string, T[]][] {
  return [...grouped(records, key)].filter(([name, group]) => name !== '' && group.length > 1);
}

export function grouped<T>(records: readonly T[], key: (record: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const name = key(record) ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [record]);
    else group.push(record);
  }
  return groups;
}

export const sum = (cents: Iterable<number>): number => {
  let total = 0;
  for (const each of cents) total += each;
  return total;
};

/** Amounts without regard to their order, as text. */
export const amounts = (cents: readonly number[]): string =>
  cents
    .filter((each) => each !== 0)
    .sort((a, b) => a - b)
    .map(formatCents)
    .join(' + ');
