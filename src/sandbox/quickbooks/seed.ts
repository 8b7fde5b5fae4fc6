/**
 * Company files to start from: empty, small, medium, large, payables, history. The same seed gives the same records, IDs
 * and times. In small, medium and large nothing is paid.
 *
 * | seed | vendors | bills | lines | |
 * | --- | --- | --- | --- | --- |
 * | small | 10 | 5 | 10 | |
 * | medium | 300 | 2,000 | 6,000 | |
 * | large | 2,000 | 20,000 | 100,000 | |
 * | payables | 10 | 12 | 17 | small, and a few of everything else that A/P can hold |
 * | history | 2,000 | 52,000 | 52,000 | 50,000 of them paid; 500 open credits |
 *
 * Everything is entered the way a person enters it, at a clock that runs a few seconds from one move to the next.
 */
import type { Cents, Decimal } from '../../domain/money.ts';
import type { ExpenseLineDraft, ItemLineDraft } from './billLines.ts';
import { enterBill } from './bills.ts';
import { daysLater } from './calendar.ts';
import { CompanyFile } from './companyFile.ts';
import { addEntry } from './lists.ts';
import { createMachineClock } from './machineClock.ts';
import { PERSON } from './periods.ts';
import { seedLists } from './seedLists.ts';
import { seedHistory, seedPayables } from './seedPayables.ts';
import { createSwitchBoard } from './switches.ts';

export const SEED_NAMES = ['small', 'medium', 'large', 'payables', 'history'] as const;
export type SeedName = (typeof SEED_NAMES)[number];

interface Size {
  readonly vendors: number;
  readonly bills: number;
  readonly expenseLines: number;
  readonly itemLines: number;
}
const SIZES: Readonly<Record<SeedName, Size>> = {
  small: { vendors: 10, bills: 5, expenseLines: 1, itemLines: 1 },
  medium: { vendors: 300, bills: 2_000, expenseLines: 2, itemLines: 1 },
  large: { vendors: 2_000, bills: 20_000, expenseLines: 3, itemLines: 2 },
  payables: { vendors: 10, bills: 5, expenseLines: 1, itemLines: 1 },
  history: { vendors: 2_000, bills: 0, expenseLines: 0, itemLines: 0 },
};

const FIRST_DATE = '2025-01-02';
const FIRST_MS = Date.parse(`${FIRST_DATE}T17:00:00Z`);
const STEP_MS = 2_000;
const DAYS = 400;

/** A company file in memory, to be kept by whoever asked for it. `empty` has only the accounts that every file has. */
export function seededCompany(
  { file, name, timeZone }: { readonly file: string; readonly name: string; readonly timeZone: string },
  seed: SeedName | 'empty',
): CompanyFile {
  let nowMs = FIRST_MS;
  const switches = createSwitchBoard(undefined, () => undefined).read();
  const company = new CompanyFile(
    { file, name, listCounter: 0, txnCounter: 0, txnNumber: 0 },
    createMachineClock(() => nowMs, timeZone),
    () => switches,
  );
  const step = (): void => {
    nowMs += STEP_MS;
  };
  addEntry(company, 'account', 'Accounts Payable', (entry) => ({ ...entry, type: 'AccountsPayable', number: '2000' }));
  if (seed === 'empty') return company;
  const size = SIZES[seed];
  const random = randomNumbers(size.bills);
  const lists = seedLists(company, size.vendors, step);
  for (let i = 0; i < size.bills; i += 1) {
    step();
    const txnDate = daysLater(FIRST_DATE, Math.floor((i * DAYS) / size.bills));
    enterBill(
      company,
      {
        vendor: { ListID: pick(lists.vendors, random) },
        txnDate,
        refNumber: `S-${1001 + i}`,
        ...(i % 3 === 0 ? { memo: `Order ${7000 + i}` } : {}),
        expenseLines: times(size.expenseLines, () => expenseLine(lists, random)),
        itemLines: times(size.itemLines, () => itemLine(lists, random)),
      },
      PERSON,
    );
  }
  if (seed === 'payables') seedPayables(company, step);
  if (seed === 'history') seedHistory(company, lists.vendors, step);
  return company;
}

type Lists = ReturnType<typeof seedLists>;
type Random = (below: number) => number;

function expenseLine(lists: Lists, random: Random): ExpenseLineDraft {
  const amountCents: Cents = 500 + random(200_000);
  return {
    account: { ListID: pick(lists.expenseAccounts, random) },
    amountCents,
    ...(random(2) === 0 ? { class: { ListID: pick(lists.classes, random) } } : {}),
    ...(random(4) === 0 ? { customer: { ListID: pick(lists.customers, random) }, billable: 'Billable' } : {}),
  };
}

function itemLine(lists: Lists, random: Random): ItemLineDraft {
  const quantity: Decimal = { units: 1 + random(20), scale: 0 };
  return { item: { ListID: pick(lists.items, random) }, quantity, cost: { units: 100 + random(9_900), scale: 2 } };
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

function pick(ids: readonly string[], random: Random): string {
  const id = ids[random(ids.length)];
  if (id === undefined) throw new Error('nothing to pick from');
  return id;
}

/** Numbers that look random and are the same for the same start (a linear congruential generator, 32 bits). */
function randomNumbers(start: number): Random {
  let state = start >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}
