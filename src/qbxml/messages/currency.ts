/**
 * Currencies: there only where the company works in several. Vendors, A/P accounts and transactions each have one. Tandem
 * reads them to name what it does not carry. Order and limits: qbXML 13.0.
 */
import { element, optional } from '../declare.ts';
import { query } from '../message.ts';
import { bool, date, float, knownValues, text } from '../scalars.ts';
import { listIdentity } from './references.ts';
import { listQuery } from './selectors.ts';

const currencyFormat = element([
  optional('ThousandSeparator', knownValues('Comma', 'Period', 'Space', 'Apostrophe')),
  optional('ThousandSeparatorGrouping', knownValues('XX_XXX_XXX', 'X_XX_XX_XXX')),
  optional('DecimalPlaces', knownValues('0', '2')),
  optional('DecimalSeparator', knownValues('Period', 'Comma')),
]);

const currencyRet = element([
  ...listIdentity,
  optional('Name', text(64)),
  optional('IsActive', bool),
  optional('CurrencyCode', text(3)),
  optional('CurrencyFormat', currencyFormat),
  optional('IsUserDefinedCurrency', bool),
  optional('ExchangeRate', float),
  optional('AsOfDate', date),
]);

export const currencyMessages = {
  CurrencyQuery: query('CurrencyQuery', listQuery([]), { CurrencyRet: currencyRet }, 'metaData'),
};
