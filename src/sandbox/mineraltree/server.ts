/**
 * The MineralTree sandbox as a server: the API, people's moves, faults, the books and the pages, on one port.
 *
 * 1. It answers only what was made durable; it may be killed at any moment and started again on the same folder.
 * 2. What it does not understand it refuses with words; an error of its own is 500 with its message, for it is a bug.
 */
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { faultRoutes } from '../faults/index.ts';
import { apiRoutes, createApiFaults } from './apiRoutes.ts';
import { openBooks } from './books.ts';
import { companyBooks } from './booksView.ts';
import { companiesPage, companyPage } from './pages.ts';
import { peopleRoutes } from './people.ts';
import { remittanceOf } from './remittance.ts';

export interface MineralTreeSandboxOptions {
  /** Where the books are kept; made when missing. One sandbox at a time. */
  readonly dataDir: string;
  /** Milliseconds since 1970; the machine's clock unless given. */
  readonly clock?: () => number;
  /** The journal is rewritten when it grew by so much (default 16 MiB) and at least doubled. */
  readonly rewriteAfterBytes?: number;
}

export interface MineralTreeSandbox {
  /** Port 0 takes a free one. The address has no slash at its end. */
  listen(port: number, host?: string): Promise<{ readonly url: string }>;
  /** Answers a request made within this process as one that came to the address; faults that drop connections cannot. */
  answer(request: Request): Promise<Response>;
  /** Ends calls that are held or delayed, then closes the books. */
  close(): Promise<void>;
}

/** Opens the books of the folder. Throws when they are in use or cannot be read. */
export async function createMineralTreeSandbox(options: MineralTreeSandboxOptions): Promise<MineralTreeSandbox> {
  const { dataDir, clock = Date.now, rewriteAfterBytes } = options;
  const books = await openBooks({
    dir: dataDir,
    nowMs: clock,
    ...(rewriteAfterBytes === undefined ? {} : { rewriteAfterBytes }),
  });
  const faults = createApiFaults();
  const app = new Hono<{ readonly Bindings: HttpBindings }>()
    .route('/mtapi/base', apiRoutes(books, faults))
    .route('/people', peopleRoutes(books))
    .route('/faults', faultRoutes(faults))
    .get('/books', (c) => c.json({ companies: books.companies().map(({ id, name }) => ({ id, name })) }))
    .get('/books/company', (c) => {
      const id = c.req.query('id') ?? '';
      const company = books.company(id);
      return company === undefined
        ? c.json({ error: `id: there is no company "${id}"; GET /books lists them` }, 404)
        : c.json(companyBooks(books, company));
    })
    .get('/books/remittance', (c) => {
      const payment = books.find('payment', c.req.query('payment') ?? '');
      const remittance = payment && remittanceOf(books, payment);
      return payment === undefined || remittance === undefined
        ? c.json({ error: `payment: there is no remittance of "${c.req.query('payment') ?? ''}"` }, 404)
        : c.json(remittance);
    })
    .get('/', (c) => c.html(companiesPage(books)))
    .get('/companies/:id', (c) => {
      const company = books.company(c.req.param('id'));
      const page = Number(c.req.query('page') ?? '1');
      return company === undefined
        ? c.notFound()
        : c.html(companyPage(books, company, Number.isInteger(page) ? page : 1));
    })
    .notFound((c) => c.json({ error: `there is no ${c.req.method} ${c.req.path} in this sandbox` }, 404))
    .onError((error, c) => c.json({ error: 'Internal Error', error_message: error.message }, 500));
  const server = createAdaptorServer({ fetch: app.fetch });

  return {
    listen: (port, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const address = server.address();
          const taken = typeof address === 'object' && address !== null ? address.port : port;
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` });
        });
      }),
    answer: async (request) => app.fetch(request),
    async close() {
      faults.clear();
      const ended = new Promise<void>((resolve, reject) => {
        if (!server.listening) resolve();
        else server.close((error) => (error === undefined ? resolve() : reject(error)));
      });
      if ('closeAllConnections' in server) server.closeAllConnections();
      await ended;
      await books.close();
    },
  };
}
