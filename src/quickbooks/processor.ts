/**
 * The port to QuickBooks: the members of the request processor's COM interface that Tandem uses, made asynchronous.
 *
 * 1. A call that fails with `HResultError` was answered by the request processor or by COM; the table of HRESULTs says
 *    what that means for a write.
 * 2. A call that fails with `ProcessorLost` was entered and has no answer: what it would have written may be written.
 * 3. A call that fails with `TooLate` was never entered.
 *
 * Behind it stand a COM object (`com/`), the QuickBooks sandbox (`remote/`), or either in a process of its own (`host/`).
 */

/** How a company file is opened: 2 is "whatever mode it is open in", so that other users are not in the way. */
export const FILE_MODE_DO_NOT_CARE = 2;
/** QuickBooks on this machine. */
export const CONNECTION_LOCAL = 1;

/** When a request may be begun at the latest: by the clock on the wall, and by time passed since it was handed over. */
export interface SendLimits {
  /** Unix milliseconds. */
  readonly notAfterWallMs: number;
  readonly budgetMs: number;
}

export interface RequestProcessor {
  openConnection2(appID: string, appName: string, connectionType: number): Promise<void>;
  /** Opens the company file, or joins the open one when the name is empty. Returns the ticket of the session. */
  beginSession(qbFileName: string, openMode: number): Promise<string>;
  /** Sends one message set; the answer is the whole qbXML document. */
  processRequest(ticket: string, inputRequest: string, limits?: SendLimits): Promise<string>;
  getCurrentCompanyFileName(ticket: string): Promise<string>;
  endSession(ticket: string): Promise<void>;
  closeConnection(): Promise<void>;
}

/** The request processor, or COM itself, refused a call. */
export class HResultError extends Error {
  override readonly name = 'HResultError';
  /** Unsigned: 0x80040416. */
  readonly hresult: number;
  readonly text: string;
  constructor(hresult: number, text: string) {
    super(`${formatHResult(hresult)} ${text}`.trim());
    this.hresult = hresult >>> 0;
    this.text = text;
  }
}

/** The call hung, its process died or its connection dropped. Of a write nobody knows what became of it. */
export class ProcessorLost extends Error {
  override readonly name = 'ProcessorLost';
}

/** The request was not begun, because its time was over: the machine slept, or the process was stopped. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** The answer is larger than `MAX_ANSWER_CHARACTERS` and was dropped. The request itself was carried out. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** Largest answer that is taken from QuickBooks, so that memory stays bounded whatever it sends. */
export const MAX_ANSWER_CHARACTERS = 16 * 1024 * 1024;

/** An HRESULT as Intuit prints it: `0x80040416`. */
export const formatHResult = (hresult: number): string =>
  `0x${(hresult >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
