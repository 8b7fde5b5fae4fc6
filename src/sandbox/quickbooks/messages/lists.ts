/** AccountQuery, ClassQuery, CustomerQuery. */
import type { RecordOf } from '../../../qbxml/index.ts';
import { onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import { shownBalance } from '../journal.ts';
import { answerPage } from '../paging.ts';
import type { Account } from '../records.ts';
import { currencyTest, selectEntries } from '../selection.ts';
import { given, type Handler, levels, listIdentity, record } from './context.ts';
import { currencyRef } from './currency.ts';

/** A balance with those of the accounts below. */
function totalBalance(company: CompanyFile, account: Account): number {
  let total = shownBalance(account, company.balances);
  for (const below of company.tables.account.all())
    if (below.parentId === account.id) total += totalBalance(company, below);
  return total;
}

function accountRet(company: CompanyFile, account: Account): RecordOf<'AccountRet'> {
  return {
    ...listIdentity(company, account),
    ...levels(company, 'account', account),
    AccountType: account.type,
    ...given('AccountNumber', account.number),
    ...given('Desc', account.description),
    ...(account.type === 'NonPosting'
      ? {}
      : { Balance: shownBalance(account, company.balances), TotalBalance: totalBalance(company, account) }),
    ...currencyRef(company, account.currencyId),
  };
}

export const accountQuery: Handler<'AccountQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const types: readonly string[] | undefined = body.AccountType;
  const inCurrency = currencyTest(company, body.CurrencyFilter);
  return answerPage({
    query: 'AccountQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () =>
      selectEntries(
        company,
        'account',
        body,
        ({ type, currencyId }) => (types === undefined || types.includes(type)) && inCurrency(currencyId),
      ),
    get: (id) => company.tables.account.get(id),
    write: (account) => record('AccountRet', onlyElements(accountRet(company, account), body.IncludeRetElement)),
  });
};

export const classQuery: Handler<'ClassQuery'> = ({ company, iterators }, { body, ...attributes }) =>
  answerPage({
    query: 'ClassQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'class', body),
    get: (id) => company.tables.class.get(id),
    write: (entry) => {
      const value = { ...listIdentity(company, entry), ...levels(company, 'class', entry) };
      return record('ClassRet', onlyElements(value, body.IncludeRetElement));
    },
  });

export const customerQuery: Handler<'CustomerQuery'> = ({ company, iterators }, { body, ...attributes }) =>
  answerPage({
    query: 'CustomerQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'customer', body),
    get: (id) => company.tables.customer.get(id),
    write: (entry) => {
      // Nothing is sold in the sandbox, so nobody owes anything.
      const value: RecordOf<'CustomerRet'> = {
        ...listIdentity(company, entry),
        ...levels(company, 'customer', entry),
        Balance: 0,
        TotalBalance: 0,
        JobStatus: 'None',
      };
      return record('CustomerRet', onlyElements(value, body.IncludeRetElement));
    },
  });
