/**
 * The pages under /people: what a person does in MineralTree, and the knobs. POST /people/<move> answers the record as
 * /books shows it.
 *
 * Refused moves: 400 for a body that is not understood (what, where, what is allowed), 404 for a company or invoice that
 * is not there, 422 with `fields` for what MineralTree itself would refuse.
 */
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Books } from './books.ts';
import { billBooks, periodBooks, termBooks, vendorBooks } from './booksView.ts';
import { addTerm, closePeriod, newCompany, openPeriod, setCompany } from './company.ts';
import { voidCredit } from './credits.ts';
import type { JsonObject } from './field.ts';
import { approveInvoice, deleteInvoice, editInvoice, enterInvoice, postInvoice, submitInvoice } from './invoices.ts';
import { KNOBS } from './knobs.ts';
import { MOVES, type MoveName, MoveRefused } from './moves.ts';
import { queuePayments } from './paymentQueue.ts';
import * as payments from './payments.ts';
import { creditBooks, paymentBooks } from './paymentsView.ts';
import type { StoredPayment } from './record.ts';
import { editVendor } from './vendors.ts';

/** Routes to be mounted at `/people`. */
export function peopleRoutes(books: Books): Hono {
  return new Hono()
    .get('/knobs', (c) => c.json({ knobs: shownKnobs(books) }))
    .post('/:move', async (c) => {
      try {
        return c.json(make(books, c.req.param('move'), await bodyOf(c)));
      } catch (error) {
        if (!(error instanceof MoveRefused)) throw error;
        const { status, message, fields } = error;
        return c.json({ error: message, ...(fields.length > 0 && { fields }) }, status);
      }
    });
}

function make(books: Books, name: string, body: unknown): JsonObject {
  if (!Object.hasOwn(MOVES, name))
    throw new MoveRefused(404, `there is no move ${name}; there are ${Object.keys(MOVES).join(', ')}`);
  const move = name as MoveName;
  const read = <T extends object>(schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(body);
    if (!parsed.success)
      throw new MoveRefused(
        400,
        parsed.error.issues
          .map(({ path, message }) => `${path.length === 0 ? 'body' : path.join('.')}: ${message}`)
          .join('; '),
      );
    const { data } = parsed;
    if ('company' in data && books.company(String(data.company)) === undefined)
      throw new MoveRefused(404, `company: there is no company ${data.company}`);
    return data;
  };
  const shown = (payment: StoredPayment): JsonObject => paymentBooks(books, payment);
  switch (move) {
    case 'new-company':
      return newCompany(books, read(MOVES[move]));
    case 'enter-invoice':
      return billBooks(books, enterInvoice(books, read(MOVES[move])));
    case 'submit':
      return billBooks(books, submitInvoice(books, read(MOVES[move])));
    case 'approve':
      return billBooks(books, approveInvoice(books, read(MOVES[move])));
    case 'post':
      return billBooks(books, postInvoice(books, read(MOVES[move])));
    case 'edit-invoice':
      return billBooks(books, editInvoice(books, read(MOVES[move])));
    case 'delete-invoice':
      return billBooks(books, deleteInvoice(books, read(MOVES[move])));
    case 'edit-vendor':
      return vendorBooks(editVendor(books, read(MOVES[move])));
    case 'add-term':
      return termBooks(addTerm(books, read(MOVES[move])));
    case 'queue-payment':
      return { payments: queuePayments(books, read(MOVES[move])).map(shown) };
    case 'submit-payment':
      return shown(payments.submitPayment(books, read(MOVES[move])));
    case 'approve-payment':
      return shown(payments.approvePayment(books, read(MOVES[move])));
    case 'schedule':
      return shown(payments.schedulePayment(books, read(MOVES[move])));
    case 'process':
      return shown(payments.processPayment(books, read(MOVES[move])));
    case 'hold':
      return shown(payments.holdPayment(books, read(MOVES[move])));
    case 'release':
      return shown(payments.releasePayment(books, read(MOVES[move])));
    case 'reject':
      return shown(payments.rejectPayment(books, read(MOVES[move])));
    case 'fail':
      return shown(payments.failPayment(books, read(MOVES[move])));
    case 'recall':
      return shown(payments.recallPayment(books, read(MOVES[move])));
    case 'void-payment':
      return shown(payments.voidPayment(books, read(MOVES[move])));
    case 'cancel-check':
      return shown(payments.cancelCheck(books, read(MOVES[move])));
    case 'ach-return':
      return shown(payments.returnAch(books, read(MOVES[move])));
    case 'manual-check':
      return shown(payments.manualCheck(books, read(MOVES[move])));
    case 'manual-card':
      return shown(payments.manualCard(books, read(MOVES[move])));
    case 'biller-portal':
      return shown(payments.billerPortal(books, read(MOVES[move])));
    case 'mark-as-paid':
      return shown(payments.markAsPaid(books, read(MOVES[move])));
    case 'unapply-discount':
      return shown(payments.unapplyDiscount(books, read(MOVES[move])));
    case 'set-status':
      return shown(payments.setStatus(books, read(MOVES[move])));
    case 'void-credit':
      return creditBooks(books, voidCredit(books, read(MOVES[move])));
    case 'close-period':
      return periodBooks(closePeriod(books, read(MOVES[move])));
    case 'open-period':
      return periodBooks(openPeriod(books, read(MOVES[move])));
    case 'company-settings':
      return setCompany(books, read(MOVES[move]));
    case 'set-knob': {
      const { name: knob, value } = read(MOVES[move]);
      const mistake = books.turn(knob, value);
      if (mistake !== undefined) throw new MoveRefused(400, mistake);
      return { name: knob, value };
    }
  }
}

const shownKnobs = (books: Books): JsonObject[] =>
  Object.entries(books.knobs()).map(([name, value]) => ({ name, value, does: KNOBS[name as keyof typeof KNOBS].does }));

async function bodyOf(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) throw new MoveRefused(400, `body: not JSON (${error.message})`);
    throw error;
  }
}
