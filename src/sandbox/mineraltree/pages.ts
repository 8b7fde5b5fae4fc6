/**
 * What a person sees in a browser: companies, and one company's invoices, payments, credits and vendors with the status words of MineralTree.
 * Everything that is shown is escaped; nothing can be done here (moves are made under /people).
 */
import { html } from 'hono/html';
import { formatCents } from '../../domain/money.ts';
import { balanceOf, statusWords } from './billLedger.ts';
import { named } from './bookEntry.ts';
import type { Books } from './books.ts';
import { creditStatusOf, remainingOf } from './creditLedger.ts';
import { wordsOf } from './paymentStatus.ts';
import type { Company, Stored, StoredBill, StoredCredit, StoredPayment } from './record.ts';

const ROWS = 200;
type Html = ReturnType<typeof html>;

export function companiesPage(books: Books): Html {
  const companies = books.companies();
  const rows = companies.map(
    ({ id, name }) => html`<tr>
      <td><a href="/companies/${id}">${name}</a></td>
      <td class="n">${books.all(id, 'vendor').length}</td>
      <td class="n">${books.all(id, 'bill').length}</td>
    </tr>`,
  );
  return page(
    'Companies',
    companies.length === 0
      ? html`<p>There is no company yet: POST /people/new-company makes one.</p>`
      : table(['Company', 'Vendors', 'Invoices'], rows),
  );
}

/** The newest invoices, payments and credits first, two hundred on a page. */
export function companyPage(books: Books, { id, name }: Company, number: number): Html {
  const newest = <K extends 'bill' | 'payment' | 'credit'>(kind: K) =>
    [...books.all(id, kind)].sort((a, b) => (a.modified < b.modified ? 1 : -1));
  const [bills, payments, credits] = [newest('bill'), newest('payment'), newest('credit')];
  const vendors = [...books.all(id, 'vendor')].sort((a, b) => ((a.values.name ?? '') < (b.values.name ?? '') ? -1 : 1));
  const pages = Math.max(1, Math.ceil(Math.max(bills.length, payments.length, credits.length, vendors.length) / ROWS));
  const shown = Math.min(Math.max(number, 1), pages);
  const of = <T>(list: readonly T[]): readonly T[] => list.slice((shown - 1) * ROWS, shown * ROWS);
  return page(
    name,
    html`<p><a href="/">Companies</a></p>
      <h2>Invoices (${bills.length})</h2>
      ${table(
        ['Status', 'Vendor', 'Invoice #', 'Date', 'Due', 'Amount', 'Balance', 'Ledger key'],
        of(bills).map((bill) => invoiceRow(books, bill)),
      )}
      <h2>Payments (${payments.length})</h2>
      ${table(
        ['Status', 'Vendor', 'Paid by', 'Account', 'Date', 'Number', 'Amount', 'Ledger key'],
        of(payments).map((payment) => paymentRow(books, payment)),
      )}
      <h2>Credits (${credits.length})</h2>
      ${table(
        ['Status', 'Vendor', 'Credit #', 'Date', 'Amount', 'Left', 'Ledger key'],
        of(credits).map((credit) => creditRow(books, credit)),
      )}
      <h2>Vendors (${vendors.length})</h2>
      ${table(['Vendor', 'Active', 'Town', 'Phone', 'Ledger key'], of(vendors).map(vendorRow))}
      <p>
        ${shown > 1 ? html`<a href="?page=${shown - 1}">Back</a> ` : ''}Page ${shown} of ${pages}
        ${shown < pages ? html` <a href="?page=${shown + 1}">Next</a>` : ''}
      </p>`,
  );
}

function invoiceRow(books: Books, bill: StoredBill): Html {
  const { values } = bill;
  return html`<tr>
    <td>${statusWords(bill)}</td>
    <td>${books.find('vendor', values.vendor ?? '')?.values.name ?? ''}</td>
    <td>${values.invoiceNumber ?? ''}</td>
    <td>${values.transactionDate ?? ''}</td>
    <td>${values.dueDate ?? ''}</td>
    <td class="n">${values.amount === undefined ? '' : formatCents(values.amount)}</td>
    <td class="n">${formatCents(balanceOf(bill))}</td>
    <td>${bill.externalId}</td>
  </tr>`;
}

function paymentRow(books: Books, { status, values, externalId }: StoredPayment): Html {
  return html`<tr>
    <td>${wordsOf(status)}</td>
    <td>${books.find('vendor', values.vendor ?? '')?.values.name ?? ''}</td>
    <td>${values.fundMethod?.type ?? ''}</td>
    <td>${named(books, 'paymentMethod', values.paymentMethod)?.name ?? ''}</td>
    <td>${values.transactionDate ?? ''}</td>
    <td>${values.checkNumber ?? values.sequenceText ?? ''}</td>
    <td class="n">${formatCents(values.amount ?? 0)}</td>
    <td>${externalId}</td>
  </tr>`;
}

function creditRow(books: Books, credit: StoredCredit): Html {
  const { values } = credit;
  return html`<tr>
    <td>${creditStatusOf(credit)}</td>
    <td>${books.find('vendor', values.vendor ?? '')?.values.name ?? ''}</td>
    <td>${values.creditNumber ?? ''}</td>
    <td>${values.transactionDate ?? ''}</td>
    <td class="n">${formatCents(values.amount ?? 0)}</td>
    <td class="n">${formatCents(remainingOf(credit))}</td>
    <td>${credit.externalId}</td>
  </tr>`;
}

function vendorRow({ values, externalId }: Stored<'vendor'>): Html {
  return html`<tr>
    <td>${values.name ?? ''}</td>
    <td>${values.active === true ? 'yes' : 'no'}</td>
    <td>${values.address?.town ?? ''}</td>
    <td>${values.phones?.find(({ isFax = false }) => !isFax)?.number ?? ''}</td>
    <td>${externalId}</td>
  </tr>`;
}

const table = (heads: readonly string[], rows: readonly Html[]): Html =>
  html`<table>
    <thead>
      <tr>${heads.map((head) => html`<th>${head}</th>`)}</tr>
    </thead>
    <tbody>${rows}</tbody>
  </table>`;

const page = (title: string, content: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} - MineralTree sandbox</title>
        <style>
          body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #222 }
          table { border-collapse: collapse; margin-bottom: 1.5rem }
          th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid #ddd }
          .n { text-align: right; font-variant-numeric: tabular-nums }
          header { color: #777 }
        </style>
      </head>
      <body>
        <header>MineralTree sandbox: a stand-in for tests and training, no real MineralTree</header>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`;
