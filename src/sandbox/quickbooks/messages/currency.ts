/**
 * CurrencyQuery, and what transactions and list entries of a multi-currency file say of their currency.
 *
 * Amounts are in the vendor's currency; the home amount follows from the rate of the transaction. A file that is not
 * multi-currency says nothing of currencies, and its query is refused as that of a feature that is off (unverified).
 */
import { type Cents, type Decimal, formatDecimal, parseDecimal } from '../../../domain/money.ts';
import type { RecordOf } from '../../../qbxml/index.ts';
import { onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import { homeCents } from '../journal.ts';
import { answerPage } from '../paging.ts';
import type { Currency } from '../records.ts';
import { Refused } from '../refusal.ts';
import { currencyOf, selectEntries } from '../selection.ts';
import { given, type Handler, listIdentity, record, type WrittenRef } from './context.ts';

const ONE: Decimal = { units: 1, scale: 0 };

interface InCurrency {
  readonly vendorId?: string;
  readonly exchangeRate?: Decimal;
}

/** CurrencyRef of an account or a vendor of a multi-currency file: its own, or the home currency. */
export function currencyRef(
  company: CompanyFile,
  currencyId: string | undefined,
): { readonly CurrencyRef?: WrittenRef } {
  const id = currencyId ?? company.head.homeCurrencyId;
  if (company.head.homeCurrencyId === undefined || id === undefined) return {};
  return { CurrencyRef: { ListID: id, FullName: company.tables.currency.get(id)?.fullName ?? '' } };
}

/** CurrencyRef and ExchangeRate of a transaction. */
export const currencyAndRate = (company: CompanyFile, { vendorId, exchangeRate = ONE }: InCurrency) =>
  company.head.homeCurrencyId === undefined
    ? {}
    : { ...currencyRef(company, currencyOf(company, vendorId)), ExchangeRate: formatDecimal(exchangeRate) };

/** An amount in the home currency under its element's name; nothing in a file of one currency. */
export const homeAmount = <K extends string>(
  company: CompanyFile,
  element: K,
  cents: Cents,
  { exchangeRate = ONE }: InCurrency,
): { readonly [P in K]?: Cents } =>
  given(element, company.head.homeCurrencyId === undefined ? undefined : homeCents(cents, exchangeRate));

/** The rate that a request gives. Throws `Refused` 3045 for one that cannot be kept: at most five decimals (unverified). */
export function rateGiven(text: string | undefined): Decimal | undefined {
  if (text === undefined) return undefined;
  const rate = parseDecimal(text);
  if (rate === undefined)
    throw new Refused(3045, `There was an error when converting the price "${text}" in the field "ExchangeRate".`);
  return rate;
}

function currencyRet(company: CompanyFile, currency: Currency): RecordOf<'CurrencyRet'> {
  return {
    ...listIdentity(company, currency),
    Name: currency.name,
    IsActive: currency.active,
    CurrencyCode: currency.code,
    IsUserDefinedCurrency: false,
    ExchangeRate: formatDecimal(currency.exchangeRate),
  };
}

export const currencyQuery: Handler<'CurrencyQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  if (company.head.homeCurrencyId === undefined)
    throw new Refused(3250, 'This feature is not enabled or not available in this version of QuickBooks.');
  return answerPage({
    query: 'CurrencyQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'currency', body),
    get: (id) => company.tables.currency.get(id),
    write: (currency) => record('CurrencyRet', onlyElements(currencyRet(company, currency), body.IncludeRetElement)),
  });
};
