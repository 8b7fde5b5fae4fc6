/**
 * HRESULTs that the sandbox answers when a call itself fails, with words of its own for GetQBLastError.
 *
 * Codes and meanings are those of the request processor's own table (QBXMLRP2, SDK 13.0).
 */

/** A call of the request processor that fails as a whole. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  /** `0x80040400`. */
  readonly hresult: string;
  constructor(hresult: string, text: string) {
    super(text);
    this.hresult = hresult;
  }
}

const TEXTS = {
  '0x80040400': 'QuickBooks found an error when parsing the provided XML text stream.',
  '0x80040403': 'Could not open the specified company file.',
  '0x8004040C': 'BeginSession has not been called, or did not succeed.',
  '0x8004040D': 'The ticket is not valid.',
  '0x8004040F': 'OpenConnection has not been called.',
  '0x80040410': 'The company file is open in another mode than the one asked for.',
  '0x80040411': 'The session has not been ended.',
  '0x80040412': 'OpenConnection was called twice.',
  '0x80040413': 'The value rollbackOnError of the attribute onError is not supported.',
  '0x80040415': 'No application name was given.',
  '0x80040416': 'QuickBooks is not running: a company file has to be named.',
  '0x80040422': 'The file cannot be opened in single-user mode: another application is sharing it.',
  '0x80040423': 'This version of qbXML is not supported.',
  '0x80040425': 'A parameter is not valid.',
  '0x8004042B': 'This is not available.',
  '0x8004042E': 'This call is not allowed inside a session.',
} as const;
export type Hresult = keyof typeof TEXTS;
/** Every HRESULT that the sandbox gives of its own accord. */
export const HRESULTS: readonly string[] = Object.keys(TEXTS);

/** The failure of that code. `parameter` says which one, for 0x80040425. */
export function callFailed(hresult: Hresult, parameter?: string): CallFailed {
  return new CallFailed(hresult, parameter === undefined ? TEXTS[hresult] : `${TEXTS[hresult]} (${parameter})`);
}
