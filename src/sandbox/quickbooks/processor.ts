/**
 * The COM object of one application, `QBXMLRP2.RequestProcessor`: a connection, in it at most one session.
 *
 * 1. Calls come in the order connection, session, requests, end of session, end of connection; anything else fails with
 *    the HRESULT of that mistake.
 * 2. Tickets and iterators belong to the session and end with it. What a request did stays, whatever becomes of the object.
 *
 * Leaves to others: which application may open which file, dialogs, users: there is no desktop here yet.
 */
import { randomUUID } from 'node:crypto';
import type { CompanyFile } from './companyFile.ts';
import { type CallFailed, callFailed } from './hresult.ts';
import type { Iterators } from './paging.ts';

/** QBFileMode. */
const FILE_MODES = { single: 0, multi: 1, doNotCare: 2 } as const;
/** QBXMLRPConnectionType: unknown, local, remote, local with user interface, online. */
const CONNECTION_TYPES = [0, 1, 2, 3, 4];

export interface Session {
  readonly ticket: string;
  readonly company: CompanyFile;
  readonly application: string;
  readonly singleUser: boolean;
  readonly iterators: Iterators;
}

/** The company files, and the sessions of all processors on them. */
export interface SessionRegistry {
  /** The file of that path; undefined when there is none. */
  open(qbFileName: string): CompanyFile | undefined;
  /** False once a restored backup has taken the file's place. */
  isCurrent(company: CompanyFile): boolean;
  sessionsOn(company: CompanyFile): readonly Session[];
}

export class Processor {
  readonly #registry: SessionRegistry;
  #application: string | undefined;
  #connectionType = 0;
  #session: Session | undefined;
  #preferences: AuthPreferences = { isReadOnly: false, unattendedMode: 2, personalData: 3, authFlags: 0 };
  lastError = '';

  constructor(registry: SessionRegistry) {
    this.#registry = registry;
  }

  /** The session that is open, if any. It is over when the file was replaced by a backup. */
  get session(): Session | undefined {
    if (this.#session !== undefined && !this.#registry.isCurrent(this.#session.company)) this.#session = undefined;
    return this.#session;
  }

  get connectionType(): number {
    return this.#connectionType;
  }

  openConnection(appName: string, connectionType = 1): void {
    if (this.#application !== undefined) throw callFailed('0x80040412');
    if (appName.trim() === '') throw callFailed('0x80040415');
    if (!CONNECTION_TYPES.includes(connectionType)) throw callFailed('0x80040425', 'connPref');
    this.#application = appName;
    this.#connectionType = connectionType;
  }

  closeConnection(): void {
    if (this.#application === undefined) throw callFailed('0x8004040F');
    if (this.session !== undefined) throw callFailed('0x80040411');
    this.#application = undefined;
    this.#connectionType = 0;
  }

  /** Opens a session on a file; answers its ticket. With no name QuickBooks would take the file open on the desktop. */
  beginSession(qbFileName: string, fileMode: number): string {
    if (this.#application === undefined) throw callFailed('0x8004040F');
    if (this.session !== undefined) throw callFailed('0x80040411');
    if (!Object.values<number>(FILE_MODES).includes(fileMode)) throw callFailed('0x80040425', 'QBFileMode');
    if (qbFileName === '') throw callFailed('0x80040416');
    const company = this.#registry.open(qbFileName);
    if (company === undefined) throw callFailed('0x80040403');
    const others = this.#registry.sessionsOn(company);
    if (others.some(({ singleUser }) => singleUser)) throw callFailed('0x80040410');
    if (fileMode === FILE_MODES.single && others.length > 0) throw callFailed('0x80040422');
    this.#session = {
      ticket: randomUUID(),
      company,
      application: this.#application,
      singleUser: fileMode === FILE_MODES.single,
      iterators: new Map(),
    };
    return this.#session.ticket;
  }

  endSession(ticket: string): void {
    this.sessionOf(ticket);
    this.#session = undefined;
  }

  /** The open session, if the ticket is its. Throws `CallFailed`: 040F, 040C, 040D. */
  sessionOf(ticket: string): Session {
    if (this.#application === undefined) throw callFailed('0x8004040F');
    const { session } = this;
    if (session === undefined) throw callFailed('0x8004040C');
    if (session.ticket !== ticket) throw callFailed('0x8004040D');
    return session;
  }

  get preferences(): AuthPreferences {
    return this.#preferences;
  }

  /** Sets what the application asks for; only between OpenConnection2 and BeginSession. */
  setPreferences(change: Partial<AuthPreferences>): void {
    if (this.#application === undefined) throw callFailed('0x8004040F');
    if (this.session !== undefined) throw callFailed('0x8004042E');
    this.#preferences = { ...this.#preferences, ...change };
  }

  /** As if the process of the application had died. */
  release(): void {
    this.#session = undefined;
    this.#application = undefined;
  }

  noteError(failure: CallFailed): void {
    this.lastError = failure.message;
  }
}

export interface AuthPreferences {
  readonly isReadOnly: boolean;
  /** 1 required, 2 optional. */
  readonly unattendedMode: number;
  /** 1 required, 2 optional, 3 not needed. */
  readonly personalData: number;
  readonly authFlags: number;
}
