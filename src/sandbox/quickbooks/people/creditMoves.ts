/** What a person does with vendor credits: enter, edit, void, delete; set them against bills, and take them off again. */
import { z } from 'zod';
import { setCredits, unapplyCredit } from '../applications.ts';
import { deletedTransactionBooks } from '../booksView.ts';
import type { CompanyFile } from '../companyFile.ts';
import { withoutUndefined } from '../lists.ts';
import { applicationBooks, creditBooks } from '../payablesView.ts';
import type { VendorCredit } from '../records.ts';
import { byName } from '../references.ts';
import { notFound } from '../refusal.ts';
import { deleteCredit, enterCredit, modifyCredit, voidCredit } from '../vendorCredits.ts';
import { changedLineForms, enteredLineForms, lineChangeOf, linesOf } from './documentForms.ts';
import {
  amount,
  closingPassword,
  date,
  decimal,
  type Moved,
  type Moves,
  move,
  name,
  personWith,
  text,
} from './move.ts';

const credit = {
  txnDate: date.optional(),
  refNumber: text.max(20).optional(),
  memo: text.max(4095).optional(),
  apAccount: name.optional(),
  exchangeRate: decimal.optional(),
  closingPassword,
};
const oneCredit = z.strictObject({ txnId: name, closingPassword });

/** The credits that a person sets against a bill. */
export const creditForms = z.array(z.strictObject({ txnId: name, amount }));
export const creditDrafts = (given: z.infer<typeof creditForms>) =>
  given.map(({ txnId: creditId, amount: cents }) => ({ creditId, cents }));

export const CREDIT_MOVES: Moves = [
  [
    'enter-credit',
    move(
      z.strictObject({ vendor: name, ...credit, ...enteredLineForms }),
      (company, { vendor, expenseLines, itemLines, closingPassword: password, apAccount, ...given }) =>
        shown(
          company,
          enterCredit(
            company,
            {
              vendor: byName(vendor),
              ...withoutUndefined({ ...given, apAccount: apAccount === undefined ? undefined : byName(apAccount) }),
              ...linesOf(company, expenseLines, itemLines),
            },
            personWith(password),
          ),
        ),
    ),
  ],
  [
    'edit-credit',
    move(
      z.strictObject({ txnId: name, vendor: name.optional(), ...credit, ...changedLineForms }),
      (company, { txnId, vendor, expenseLines, itemLines, closingPassword: password, apAccount, ...given }) =>
        shown(
          company,
          modifyCredit(
            company,
            creditOf(company, txnId),
            {
              ...withoutUndefined({
                ...given,
                vendor: vendor === undefined ? undefined : byName(vendor),
                apAccount: apAccount === undefined ? undefined : byName(apAccount),
              }),
              ...lineChangeOf(company, expenseLines, itemLines),
            },
            undefined,
            personWith(password),
          ),
        ),
    ),
  ],
  [
    'void-credit',
    move(oneCredit, (company, { txnId, closingPassword: password }) =>
      shown(company, voidCredit(company, creditOf(company, txnId), personWith(password))),
    ),
  ],
  [
    'delete-credit',
    move(oneCredit, (company, { txnId, closingPassword: password }) => ({
      kind: 'answer',
      answer: deletedTransactionBooks(deleteCredit(company, creditOf(company, txnId), personWith(password))),
    })),
  ],
  [
    'set-credits',
    move(z.strictObject({ bill: name, credits: creditForms.min(1) }), (company, given) => {
      setCredits(company, given.bill, creditDrafts(given.credits));
      return applied(company, given.bill);
    }),
  ],
  [
    'un-apply',
    move(z.strictObject({ bill: name, credit: name, amount: amount.optional() }), (company, given) => {
      unapplyCredit(company, given.bill, given.credit, given.amount);
      return applied(company, given.bill);
    }),
  ],
];

const shown = (company: CompanyFile, of: VendorCredit): Moved => ({ kind: 'answer', answer: creditBooks(company, of) });

/** The credits that stand on a bill now. */
const applied = (company: CompanyFile, billId: string): Moved => ({
  kind: 'answer',
  answer: {
    bill: billId,
    applications: company.tables.creditApplication
      .find('bill', billId)
      .map((application) => applicationBooks(company, application)),
  },
});

function creditOf(company: CompanyFile, txnId: string): VendorCredit {
  const found = company.tables.vendorCredit.get(txnId);
  if (found === undefined) throw notFound(txnId);
  return found;
}
