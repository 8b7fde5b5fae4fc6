/**
 * Why a call of the API is not carried out, and how that is answered.
 *
 * The API guide documents 200, 403 and 503 alone. 401 for a session that is over, and the members `error` and
 * `error_message`, are what public clients of the API read; 400, 404, 405 and 413 are ours. All of it is unverified
 * against a live MineralTree.
 */

const NAMES: Readonly<Record<RefusalStatus, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
};

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 413;

/** Thrown where a call is refused: nothing was changed. `message` names the field and what is allowed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: RefusalStatus;

  constructor(status: RefusalStatus, message: string) {
    super(message);
    this.status = status;
  }

  /** The body of the answer. */
  body(): { readonly error: string; readonly error_message: string } {
    return { error: NAMES[this.status], error_message: this.message };
  }
}

/** A value in a body that is not what it has to be. */
export const invalid = (at: string, what: string): Refusal => new Refusal(400, `${at}: ${what}`);
