/**
 * The books on disk: one file of lines that is only appended to, rewritten from time to time.
 *
 * 1. A write is in the file before `append` returns, so it survives a kill of the process (`fsync` makes it survive the
 *    machine); one line is one write, whole or not there: a last line that is cut off was never answered and is dropped.
 * 2. Rewriting goes on beside further writes: a new file is filled with what is, then with what was written meanwhile, and
 *    takes the place of the old one by its name, which carries a higher number. The highest number counts.
 * 3. One process at a time has a folder: the journal holds `owner.pid`, and a living owner is an error.
 */
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';

/** `[table, id, value]`; a value of null takes the row away. */
export type Row = readonly [table: string, id: string, value: object | null];

export interface Journal {
  /** Writes rows as one write. Throws, with nothing written, when the disk refuses. */
  append(rows: readonly Row[]): void;
  /** Makes every later write reach the disk itself before it returns, or no longer. */
  setFsync(on: boolean): void;
  /** Ends after a rewriting that goes on. */
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly dir: string;
  /** Called for each row of the file, in order, while opening. */
  readonly replay: (row: Row) => void;
  /** All rows as they stand, for rewriting. */
  readonly rows: () => readonly Row[];
  /** Rewrites when so much was appended, and at least as much as the last rewriting left. */
  readonly rewriteAfterBytes?: number;
}

const NAME = /^books-(\d{8})\.jsonl$/;
const CHUNK_ROWS = 500;
const nameOf = (generation: number): string => `books-${String(generation).padStart(8, '0')}.jsonl`;

/** Opens the folder, made when missing, and replays it. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { dir, rewriteAfterBytes = 16 * 1024 * 1024 } = options;
  await fsp.mkdir(dir, { recursive: true });
  const ownerFile = path.join(dir, 'owner.pid');
  await own(ownerFile, dir);
  const found = (await fsp.readdir(dir)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  let generation = Math.max(0, ...found);
  let file = path.join(dir, nameOf(generation));
  let length = await replayFile(file, options.replay);
  await Promise.all(
    (await fsp.readdir(dir))
      .filter((name) => name.startsWith('books-') && name !== nameOf(generation))
      .map((name) => fsp.rm(path.join(dir, name))),
  );
  let descriptor = fs.openSync(file, 'a');
  let appended = 0;
  let floor = 0;
  let fsync = false;
  /** Lines that were written since a rewriting began; undefined while there is none. */
  let meanwhile: string[] | undefined;
  let rewriting: Promise<void> = Promise.resolve();
  let failure: unknown;
  let closed = false;

  const rewrite = async (): Promise<void> => {
    const pending: string[] = [];
    meanwhile = pending;
    const next = path.join(dir, nameOf(generation + 1));
    const draft = `${next}.draft`;
    const rows = options.rows();
    const superseded = { file, descriptor };
    try {
      const out = await fsp.open(draft, 'w');
      try {
        for (let from = 0; from < rows.length; from += CHUNK_ROWS)
          await out.appendFile(
            `${rows
              .slice(from, from + CHUNK_ROWS)
              .map(lineOf)
              .join('\n')}\n`,
          );
        // No await from here until the new file is the one that is written to: a write between would be lost.
        for (const line of pending) writeWhole(out.fd, Buffer.from(line));
        fs.fdatasyncSync(out.fd);
        const fresh = fs.openSync(draft, 'a');
        fs.renameSync(draft, next);
        descriptor = fresh;
        file = next;
        generation += 1;
        length = fs.fstatSync(fresh).size;
        appended = 0;
        floor = length;
      } finally {
        meanwhile = undefined;
        await out.close();
      }
    } catch (error) {
      await fsp.rm(draft, { force: true });
      throw error;
    }
    fs.closeSync(superseded.descriptor);
    await fsp.rm(superseded.file);
  };

  return {
    append(rows) {
      if (closed) throw new Error(`the books in ${dir} are closed`);
      const line = `${JSON.stringify(rows)}\n`;
      const bytes = Buffer.from(line);
      try {
        writeWhole(descriptor, bytes);
        if (fsync) fs.fdatasyncSync(descriptor);
      } catch (error) {
        fs.ftruncateSync(descriptor, length);
        throw error;
      }
      length += bytes.length;
      appended += bytes.length;
      if (meanwhile === undefined && appended > Math.max(rewriteAfterBytes, floor)) {
        // The old file is still good, so writing goes on; whoever closes the books hears of it.
        const before = rewriting;
        rewriting = rewrite()
          .catch((error: unknown) => {
            failure = error;
            floor = appended + rewriteAfterBytes;
          })
          .then(() => before);
      }
      // Also the write that set it off: it is not in memory yet, where rewriting reads the rows.
      meanwhile?.push(line);
    },
    setFsync(on) {
      fsync = on;
    },
    async close() {
      closed = true;
      try {
        await rewriting;
        if (failure !== undefined) throw failure;
      } finally {
        fs.closeSync(descriptor);
        await fsp.rm(ownerFile, { force: true });
      }
    },
  };
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += fs.writeSync(descriptor, bytes, done);
}

const lineOf = (row: Row): string => JSON.stringify([row]);

/** Replays a file and cuts off a last line that is not whole. Answers its length. */
async function replayFile(file: string, replay: (row: Row) => void): Promise<number> {
  if (!fs.existsSync(file)) return 0;
  const bytes = await fsp.readFile(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await fsp.truncate(file, whole);
  let number = 0;
  for (let from = 0; from < whole; ) {
    const end = bytes.indexOf(0x0a, from);
    number += 1;
    try {
      for (const row of JSON.parse(bytes.toString('utf8', from, end)) as Row[]) replay(row);
    } catch (error) {
      throw new Error(`${file}, line ${number}: not a write of the sandbox`, { cause: error });
    }
    from = end + 1;
  }
  return whole;
}

async function own(file: string, dir: string): Promise<void> {
  try {
    await fsp.writeFile(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const owner = Number(await fsp.readFile(file, 'utf8'));
    if (owner !== process.pid && alive(owner))
      throw new Error(`the books in ${dir} are in use by process ${owner} (if it is no sandbox, delete ${file})`);
    await fsp.writeFile(file, String(process.pid));
  }
}

function alive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
