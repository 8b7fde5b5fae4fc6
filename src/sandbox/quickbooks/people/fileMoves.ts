/** What a person sets for a whole file: the closing date, an accountant's copy, currencies, the account for discounts. */
import { z } from 'zod';
import type { CompanyFile } from '../companyFile.ts';
import { addCurrency, setHomeCurrency } from '../currencies.ts';
import { byName, resolveActive } from '../references.ts';
import { date, decimal, type Moved, type Moves, move, name, text } from './move.ts';

const code = text.regex(/^[A-Z]{3}$/, 'a currency code such as "USD"');

export const FILE_SETTINGS_MOVES: Moves = [
  [
    'set-closing-date',
    move(z.strictObject({ date: date.nullable() }), (company, given) => closed(company, given.date, undefined)),
  ],
  [
    'close-books',
    move(z.strictObject({ date: date.nullable(), password: name.optional() }), (company, given) =>
      closed(company, given.date, given.password),
    ),
  ],
  [
    'accountants-copy',
    move(z.strictObject({ dividingDate: date.nullable() }), (company, { dividingDate }) => {
      company.setDividingDate(dividingDate ?? undefined);
      return { kind: 'answer', answer: { file: company.head.file, dividingDate } };
    }),
  ],
  [
    'set-home-currency',
    move(z.strictObject({ name, code }), (company, given) => {
      const { id } = setHomeCurrency(company, given.name, given.code);
      return { kind: 'answer', answer: { id, ...given } };
    }),
  ],
  [
    'add-currency',
    move(z.strictObject({ name, code, exchangeRate: decimal }), (company, given) => {
      const { id } = addCurrency(company, given.name, given.code, given.exchangeRate);
      return { kind: 'answer', answer: { id, name: given.name, code: given.code } };
    }),
  ],
  [
    'set-discount-account',
    move(z.strictObject({ account: name }), (company, given) => {
      const { id, fullName } = resolveActive(company, 'account', byName(given.account), 'Preferences');
      company.setHead({ discountAccountId: id });
      return { kind: 'answer', answer: { file: company.head.file, discountAccount: fullName } };
    }),
  ],
];

function closed(company: CompanyFile, closingDate: string | null, password: string | undefined): Moved {
  company.setClosingDate(closingDate ?? undefined, password);
  return {
    kind: 'answer',
    answer: {
      file: company.head.file,
      closingDate,
      ...(password === undefined || closingDate === null ? {} : { closingPasswordSet: true }),
    },
  };
}
