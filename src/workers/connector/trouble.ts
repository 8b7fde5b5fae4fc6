/** The last trouble with QuickBooks, as presence tells it to the cloud and so to people. */
import { HandedBack } from '../../activities/quickbooks/index.ts';
import { SiteBlock, Stopped, TooLate } from '../../quickbooks/index.ts';

export interface TroubleNote {
  /** A visit that came to its end. */
  cleared(companyId: string): void;
  /** A visit that failed. What says nothing about QuickBooks (a pause, a task handed back) is left out. */
  noted(companyId: string, error: unknown): void;
  /** In words, at most 300 characters; undefined when QuickBooks served every company that it was asked for. */
  reason(): string | undefined;
}

const MOST = 300;

/** `changed` is called when the reason is another one. */
export function createTroubleNote(changed: () => void): TroubleNote {
  /** By company, the last one last. */
  const troubles = new Map<string, string>();
  const reason = (): string | undefined => [...troubles.values()].at(-1);
  const changing = (change: () => void): void => {
    const before = reason();
    change();
    if (reason() !== before) changed();
  };
  return {
    reason,
    cleared: (companyId) => changing(() => troubles.delete(companyId)),
    noted(companyId, error) {
      if (error instanceof Stopped || error instanceof HandedBack || error instanceof TooLate) return;
      changing(() => {
        troubles.delete(companyId);
        troubles.set(companyId, wordsOf(error));
      });
    },
  };
}

function wordsOf(error: unknown): string {
  const text =
    error instanceof SiteBlock
      ? [error.block.code, ...Object.values(error.block.detail)].join(': ')
      : error instanceof Error
        ? error.message
        : String(error);
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, MOST)
    .replace(/\p{Surrogate}/gu, '');
}
