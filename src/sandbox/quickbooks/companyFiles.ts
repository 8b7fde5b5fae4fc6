/**
 * All company files of a sandbox, and the folder that keeps them.
 *
 * 1. A path is a file's name; paths do not differ by letter case. A copy under another path is another file with the same
 *    records, IDs, private fields and recovery records, as a copy on a disk is.
 * 2. A backup keeps data and recovery records; restoring brings both back and ends every session on the file.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompanyFile } from './companyFile.ts';
import { type Commit, FileTrouble, listLogs, logPath, openLog, readLog, writeLog } from './fileLog.ts';
import type { MachineClock } from './machineClock.ts';
import type { FileHead } from './records.ts';
import { type SeedName, seededCompany } from './seed.ts';
import { createSwitchBoard, type SwitchBoard } from './switches.ts';

export interface CompanyFiles {
  readonly switches: SwitchBoard;
  all(): readonly CompanyFile[];
  /** Undefined when there is none of that path. */
  get(file: string): CompanyFile | undefined;
  /** Whether the file is still the one on disk, and not one that a backup has replaced. */
  isCurrent(company: CompanyFile): boolean;
  /** A new file, empty but for the few accounts that every file has, or seeded. Throws `FileTrouble`. */
  create(file: string, name: string, seed?: SeedName): CompanyFile;
  copy(company: CompanyFile, to: string): CompanyFile;
  backup(company: CompanyFile, backup: string): void;
  restore(company: CompanyFile, backup: string): CompanyFile;
  close(): void;
}

const SWITCHES_FILE = 'switches.json';

/** Opens the folder, which is made when it is missing, and every company file in it. */
export function openCompanyFiles(dataDir: string, clock: MachineClock): CompanyFiles {
  mkdirSync(dataDir, { recursive: true });
  const files = new Map<string, CompanyFile>();
  const keyOf = (file: string): string => file.toLowerCase();
  const switches = createSwitchBoard(readJson(join(dataDir, SWITCHES_FILE)), (kept) =>
    writeWhole(join(dataDir, SWITCHES_FILE), JSON.stringify(kept)),
  );
  const opened = (head: FileHead, commits: (apply: (commit: Commit) => void) => void): CompanyFile => {
    const company: CompanyFile = new CompanyFile(
      head,
      clock,
      () => switches.read(company.head.file),
      openLog(logPath(dataDir, head.file)),
    );
    commits((commit) => company.replay(commit));
    files.set(keyOf(head.file), company);
    return company;
  };
  const replaced = (head: FileHead, commits: readonly Commit[]): CompanyFile => {
    files.get(keyOf(head.file))?.close();
    writeLog(logPath(dataDir, head.file), commits);
    return opened(head, (apply) => commits.forEach(apply));
  };
  const backupPath = (company: CompanyFile, backup: string): string =>
    `${logPath(dataDir, company.head.file)}.${encodeURIComponent(backup)}.backup`;
  const refuseExisting = (file: string): void => {
    if (files.has(keyOf(file))) throw new FileTrouble(`there is already a company file ${file}`);
  };

  for (const path of listLogs(dataDir)) {
    const commits: Commit[] = [];
    readLog(path, (commit) => commits.push(commit));
    const head = commits[0]?.head;
    if (head === undefined) throw new FileTrouble(`${path} is not a company file: its first line names no file`);
    opened(head, (apply) => commits.forEach(apply));
  }

  return {
    switches,
    all: () => [...files.values()],
    get: (file) => files.get(keyOf(file)),
    isCurrent: (company) => files.get(keyOf(company.head.file)) === company,
    create(file, name, seed) {
      refuseExisting(file);
      const company = seededCompany({ file, name, timeZone: clock.timeZone }, seed ?? 'empty');
      return replaced(company.head, [...company.snapshot()]);
    },
    copy(company, to) {
      refuseExisting(to);
      const head = { ...company.head, file: to };
      return replaced(head, [...company.snapshot(head)]);
    },
    backup: (company, backup) => writeLog(backupPath(company, backup), company.snapshot()),
    restore(company, backup) {
      const path = backupPath(company, backup);
      if (!existsSync(path)) throw new FileTrouble(`there is no backup "${backup}" of ${company.head.file}`);
      const commits: Commit[] = [];
      readLog(path, (commit) => commits.push(commit));
      return replaced(commits[0]?.head ?? company.head, commits);
    },
    close() {
      for (const company of files.values()) company.close();
      files.clear();
    },
  };
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
