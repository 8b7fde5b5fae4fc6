/**
 * What may stand in the way at the site, told apart by what is to be done about it.
 *
 * 1. `SiteBlock`: a person must act for the whole company; it becomes a value, never a failed activity.
 * 2. `SiteTrouble`: passes by itself or may pass: `wait` (a dialog, another user), `retry` (anything else), `unknown`
 *    (the answer to a write is lost: the next attempt settles it).
 */
import type { Block, BlockCode } from '../contract/index.ts';

const MAX_DETAIL_CHARACTERS = 300;

export class SiteBlock extends Error {
  override readonly name = 'SiteBlock';
  readonly block: Block;
  constructor(code: BlockCode, detail: Readonly<Record<string, string>>) {
    super(`blocked: ${code}`);
    this.block = {
      code,
      detail: Object.fromEntries(
        Object.entries(detail).map(([key, text]) => [key, text.slice(0, MAX_DETAIL_CHARACTERS)]),
      ),
    };
  }
}

export type TroubleKind = 'retry' | 'wait' | 'unknown';

export class SiteTrouble extends Error {
  override readonly name = 'SiteTrouble';
  readonly kind: TroubleKind;
  constructor(kind: TroubleKind, message: string, cause?: unknown) {
    super(message.slice(0, MAX_DETAIL_CHARACTERS), cause === undefined ? {} : { cause });
    this.kind = kind;
  }
}

/** Asked to stop (a pause) between two message sets. Nothing is under way. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor() {
    super('asked to stop');
  }
}
