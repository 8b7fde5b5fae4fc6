/**
 * What vendors are told. A remittance's lines make the payment; an invoice's line is what is paid of it and what credits paid
 * of it; a credit is a line below zero and stands on one remittance of its invoice; a discount is no line.
 *
 * Sources: "Vendor Remittances"; the guide, credits and discounts.
 */
import { formatCents } from '../../domain/money.ts';
import type { MineralTreeBooks, MineralTreePayment, Remittance } from './books.ts';
import { grouped, paymentOfMineralTree, sum } from './naming.ts';

export function remittancesAreRight(books: MineralTreeBooks): readonly string[] {
  const byId = new Map(books.payments.map((payment) => [payment.id, payment]));
  return [
    ...books.remittances.flatMap((remittance) => {
      const payment = byId.get(remittance.payment);
      return payment === undefined
        ? [`a remittance tells of the payment ${remittance.payment}, which is not there`]
        : remittanceIsRight(remittance, payment);
    }),
    ...creditsAreTold(books, byId),
  ];
}

function remittanceIsRight({ lines, totalCents }: Remittance, payment: MineralTreePayment): readonly string[] {
  const name = `the remittance of the ${paymentOfMineralTree(payment)}`;
  const found: string[] = [];
  const total = sum(lines.map(({ cents }) => cents));
  if (total !== totalCents || total !== payment.amountCents)
    found.push(
      `${name} is ${formatCents(totalCents)}, its lines ${formatCents(total)}, the payment ${formatCents(payment.amountCents)}`,
    );
  if (lines.some(({ kind, cents }) => kind === 'credit' && cents >= 0))
    found.push(`${name} has a credit that is not below zero`);
  const ofBill = grouped(lines, ({ bill }) => bill);
  for (const { invoice, appliedCents } of payment.applied) {
    const paid = sum((ofBill.get(invoice.id) ?? []).map(({ cents }) => cents));
    if (paid !== appliedCents)
      found.push(
        `${name} says ${formatCents(paid)} of invoice ${invoice.name ?? invoice.id}; ${formatCents(appliedCents)} is paid of it`,
      );
  }
  return found;
}

/**
 * A credit that stood on an invoice when it was queued is told once by payments in effect; not so where another payment of
 * the invoice was made by hand, or was given up with what it told.
 */
function creditsAreTold(
  { remittances, billCredits, payments }: MineralTreeBooks,
  byId: ReadonlyMap<string, MineralTreePayment>,
): readonly string[] {
  const inEffect = remittances.filter(({ payment }) => byId.get(payment)?.effect !== 'none');
  const told = inEffect.flatMap(({ lines }) => lines.flatMap(({ billCredit }) => billCredit ?? []));
  const unclear = new Set(
    payments.flatMap(({ manual, effect, applied }) =>
      manual === undefined && effect !== 'none' ? [] : applied.map(({ invoice }) => invoice.id),
    ),
  );
  return billCredits.flatMap(({ id, voided, created, invoice, credit }) => {
    const name = `credit ${credit?.name ?? id} on invoice ${invoice.name ?? invoice.id}`;
    const times = told.filter((each) => each === id).length;
    if (times > 1) return `${name} stands on ${times} remittances`;
    const due = inEffect.some(({ payment: of, lines }) => {
      const paidOn = byId.get(of)?.created ?? '';
      return created < paidOn && lines.some(({ bill }) => bill === invoice.id);
    });
    return times === 0 && due && !voided && !unclear.has(invoice.id) ? `${name} stands on no remittance` : [];
  });
}
