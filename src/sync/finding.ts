/** A problem as a decision finds it: a code of the catalogue, and the texts that its sentence needs. The caller knows the record. */
import type { LedgerKind } from '../domain/ledger.ts';
import type { ProblemCode } from './problems/catalogue.ts';

export interface Finding {
  readonly code: ProblemCode;
  /** One text for each placeholder of the sentence; made safe when it is rendered, not here. */
  readonly params: Readonly<Record<string, string>>;
  /** Tells apart findings of one code on one record: a line, a field. */
  readonly part?: string;
  /** It is over already and only to be known, such as an edit that was overwritten: stays open until a person has seen it. */
  readonly toBeSeen?: true;
  /** What must be there first; the problem closes by itself when it is. */
  readonly waitsFor?: { readonly kind: LedgerKind; readonly id: string; readonly name: string };
}

/** A plan, or everything that stands in its way. */
export type Planned<P> = { readonly plan: P } | { readonly problems: readonly Finding[] };

/** What a QuickBooks record becomes in MineralTree, or why it cannot be moved. */
export type Mapped<D> = { readonly draft: D } | { readonly problems: readonly Finding[] };

/** Tells a problem of a company from every other: found again, it is the same problem. */
export const problemKeyOf = (subject: { readonly kind: string; readonly id: string }, finding: Finding): string =>
  [finding.code, subject.kind, subject.id, finding.part ?? ''].join(' ').trimEnd();
