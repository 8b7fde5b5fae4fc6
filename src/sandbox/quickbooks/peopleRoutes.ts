/**
 * The pages under /people: what a person does in QuickBooks and with its files, and the switches.
 *
 * POST /people/<move> answers the record as /books shows it. 400: the body is not understood (what, where, what is
 * allowed). 404: no such move, file or backup. 409: a file is in the way. 422: QuickBooks refuses, with its status.
 */
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { anyEntryBooks, billBooks } from './booksView.ts';
import type { CompanyFile } from './companyFile.ts';
import type { CompanyFiles } from './companyFiles.ts';
import { FileTrouble } from './fileLog.ts';
import type { MachineClock } from './machineClock.ts';
import { MOVES, type Moved } from './people/index.ts';
import { Refused } from './refusal.ts';
import { SEED_NAMES } from './seed.ts';
import { SWITCH_NAMES, SwitchError } from './switches.ts';

type Env = { Bindings: HttpBindings };

const path = z.string().min(1);
const NewCompany = z.strictObject({ file: path, name: z.string().min(1).max(59), seed: z.enum(SEED_NAMES).optional() });
const CopyCompany = z.strictObject({ file: path, to: path });
const Backup = z.strictObject({ file: path, backup: path });
const SetSwitch = z.strictObject({ file: path.optional(), name: z.string(), value: z.unknown() });
const MoveClock = z.strictObject({
  seconds: z
    .number()
    .int()
    .min(1)
    .max(400 * 86_400),
});
const Anything = z.looseObject({ file: path });

const FILE_MOVES = ['new-company', 'copy-company', 'backup', 'restore-backup', 'set-switch', 'move-clock'] as const;

/** Routes to be mounted at `/people`. `moveClock` sets the machine's clock ahead. */
export function peopleRoutes(
  files: CompanyFiles,
  clock: MachineClock,
  moveClock: (seconds: number) => void,
): Hono<Env> {
  const answering = async (c: Context<Env>, make: (body: unknown) => object): Promise<Response> => {
    try {
      return c.json(make(JSON.parse((await c.req.text()) || '{}')));
    } catch (error) {
      return refusal(c, error);
    }
  };
  const fileOf = (file: string): CompanyFile => {
    const company = files.get(file);
    if (company === undefined) throw new NotThere(`file: there is no company file ${file}`);
    return company;
  };
  const summary = ({ head }: CompanyFile) => ({ file: head.file, name: head.name });

  return new Hono<Env>()
    .get('/switches', (c) => {
      const file = c.req.query('file');
      return c.json(files.switches.read(file));
    })
    .post('/set-switch', (c) =>
      answering(c, (body) => {
        const { file, name, value } = SetSwitch.parse(body);
        if (file !== undefined) fileOf(file);
        files.switches.set(file, name, value);
        return files.switches.read(file);
      }),
    )
    .post('/move-clock', (c) =>
      answering(c, (body) => {
        moveClock(MoveClock.parse(body).seconds);
        return { clock: clock.now() };
      }),
    )
    .post('/new-company', (c) =>
      answering(c, (body) => {
        const { file, name, seed } = NewCompany.parse(body);
        return summary(files.create(file, name, seed));
      }),
    )
    .post('/copy-company', (c) =>
      answering(c, (body) => {
        const { file, to } = CopyCompany.parse(body);
        return summary(files.copy(fileOf(file), to));
      }),
    )
    .post('/backup', (c) =>
      answering(c, (body) => {
        const { file, backup } = Backup.parse(body);
        files.backup(fileOf(file), backup);
        return { file, backup };
      }),
    )
    .post('/restore-backup', (c) =>
      answering(c, (body) => {
        const { file, backup } = Backup.parse(body);
        return summary(files.restore(fileOf(file), backup));
      }),
    )
    .post('/:move', (c) =>
      answering(c, (body) => {
        const name = c.req.param('move');
        const move = MOVES.get(name);
        if (move === undefined)
          throw new NotThere(`there is no move ${name}; there are ${[...FILE_MOVES, ...MOVES.keys()].join(', ')}`);
        const { file, ...rest } = Anything.parse(body);
        const company = fileOf(file);
        const moved = company.atomically(() => move.make(company, rest));
        company.commit();
        return shown(company, moved);
      }),
    );
}

function shown(company: CompanyFile, moved: Moved): object {
  switch (moved.kind) {
    case 'bill':
      return billBooks(company, moved.bill);
    case 'entry':
      return anyEntryBooks(company, moved.list, moved.id);
    case 'answer':
      return moved.answer;
  }
}

class NotThere extends Error {
  override readonly name = 'NotThere';
}

function refusal(c: Context<Env>, error: unknown): Response {
  if (error instanceof z.ZodError) {
    const said = error.issues.map(({ path: where, message }) => `${where.join('.') || 'body'}: ${message}`);
    return c.json({ error: said.join('; ') }, 400);
  }
  if (error instanceof SyntaxError) return c.json({ error: `body: not JSON (${error.message})` }, 400);
  if (error instanceof SwitchError) return c.json({ error: error.message, switches: SWITCH_NAMES }, 400);
  if (error instanceof NotThere) return c.json({ error: error.message }, 404);
  if (error instanceof FileTrouble) return c.json({ error: error.message }, 409);
  if (error instanceof Refused) return c.json({ error: error.message, statusCode: error.statusCode }, 422);
  throw error;
}
