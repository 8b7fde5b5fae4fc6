/** The pages under /books: which files there are, and the books of one as they stand. */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { companyBooks } from './booksView.ts';
import type { CompanyFiles } from './companyFiles.ts';
import type { MachineClock } from './machineClock.ts';

/** Routes to be mounted at `/books`. */
export function booksRoutes(files: CompanyFiles, clock: MachineClock): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/', (c) =>
      c.json({
        clock: clock.now(),
        timeZone: clock.timeZone,
        files: files.all().map(({ head }) => ({ file: head.file, name: head.name })),
      }),
    )
    .get('/file', (c) => {
      const file = c.req.query('file');
      if (file === undefined) return c.json({ error: 'file: missing; the path of a company file is wanted' }, 400);
      const company = files.get(file);
      if (company === undefined) {
        const known = files.all().map(({ head }) => head.file);
        return c.json({ error: `file: there is no company file ${file}; there is ${known.join(', ') || 'none'}` }, 404);
      }
      return c.json(companyBooks(company));
    });
}
