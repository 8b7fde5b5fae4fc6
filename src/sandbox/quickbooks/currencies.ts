/**
 * Currencies of a multi-currency file.
 *
 * 1. A file is multi-currency once it has a home currency, for ever, as in QuickBooks.
 * 2. A vendor, an A/P account or a bank account in the home currency names none; in another it names it, and keeps it.
 */
import type { Decimal } from '../../domain/money.ts';
import { type CompanyFile, nameKey } from './companyFile.ts';
import type { Currency } from './records.ts';
import { invalidReference, nameInUse, notSaved } from './refusal.ts';

/** Turns multi-currency on. Throws `Refused` 3180 when it is on. */
export function setHomeCurrency(company: CompanyFile, name: string, code: string): Currency {
  if (company.head.homeCurrencyId !== undefined) throw notSaved('Currency', 'The home currency cannot be changed.');
  const home = putCurrency(company, name, code, { units: 1, scale: 0 });
  company.setHead({ homeCurrencyId: home.id });
  return home;
}

/** Adds a currency. Throws `Refused`: 3100 name or code in use, 3180 multi-currency is off or the rate not above zero. */
export function addCurrency(company: CompanyFile, name: string, code: string, exchangeRate: Decimal): Currency {
  if (company.head.homeCurrencyId === undefined) throw notSaved('Currency', 'Multi-currency is not turned on.');
  if (exchangeRate.units <= 0) throw notSaved('Currency', 'The exchange rate must be more than zero.');
  return putCurrency(company, name, code, exchangeRate);
}

/** The ID that an account or vendor in that currency keeps: none for the home currency. Throws `Refused` 3140. */
export function currencyIdOf(company: CompanyFile, name: string, where: string): string | undefined {
  const found = company.tables.currency.find('name', nameKey(name))[0];
  if (found === undefined) throw invalidReference('Currency', name, where);
  return found.id === company.head.homeCurrencyId ? undefined : found.id;
}

function putCurrency(company: CompanyFile, name: string, code: string, exchangeRate: Decimal): Currency {
  for (const other of company.tables.currency.all())
    if (nameKey(other.name) === nameKey(name) || other.code === code) throw nameInUse(name);
  const now = company.clock.now();
  const currency: Currency = {
    id: company.nextListId(),
    createdAt: now,
    modifiedAt: now,
    name,
    fullName: name,
    active: true,
    sublevel: 0,
    code,
    exchangeRate,
  };
  company.put('currency', currency);
  return currency;
}
