/**
 * The decisions of Tandem: what each side's records become on the other, who changed what, what is written and what is not.
 * Pure: no clock, no network, no store; whatever a decision needs to know is given to it.
 */
export { writtenAddress } from './addresses.ts';
export * from './aging.ts';
export { agingCsv, renderAging } from './agingReport.ts';
export { type BillChange, decideBillChange } from './billEdits.ts';
export { billDigest, isVoided, KIND_WORDS, mapBill, numberOf } from './billMapping.ts';
export { planBillMod } from './billModification.ts';
export {
  type PlanningContext,
  planBillAdd,
  waitedBeforeFirstDay,
  waitingSinceBefore,
  wantsPosting,
} from './billPosting.ts';
export * from './closeCheck.ts';
export { BOOKS_CLOSED_ID, booksClosedPeriod, closedDate } from './closedPeriod.ts';
export {
  CLOSE_KINDS,
  type CloseKind,
  type CloseLine,
  type InvoiceToClose,
  type PostingToClose,
  type ProblemToClose,
} from './closeLines.ts';
export { closeCsv, renderClose } from './closeReport.ts';
export { type Confirmation, decideConfirmation, type Posted, resembles } from './confirmation.ts';
export * from './creditMapping.ts';
export * from './csv.ts';
export * from './digest.ts';
export * from './finding.ts';
export * from './firstDay/cutOver.ts';
export * from './firstDay/decisions.ts';
export * from './firstDay/matchables.ts';
export * from './firstDay/matching.ts';
export * from './firstLoad.ts';
export {
  type BillVersions,
  goneEntry,
  isNamedKind,
  leftEntries,
  type Merged,
  mergedInto,
  NAMED_KINDS,
  type NamedKind,
} from './goneEntries.ts';
export * from './identity.ts';
export { ledgersCsv, renderLedgers } from './ledgersReport.ts';
export { lineMapOf } from './lineMap.ts';
export * from './links.ts';
export * from './listMapping.ts';
export * from './lookup.ts';
export * from './payablesKinds.ts';
export { paymentDifferences } from './paymentConfirmation.ts';
export { MAX_PAYMENT_NUMBER, type PaymentNumber, paymentNames, paymentNumber } from './paymentNumber.ts';
export * from './paymentPosting.ts';
export * from './paymentReversal.ts';
export * from './paymentStatus.ts';
export * from './plans.ts';
export { isProblemCode, PROBLEMS, type ProblemCode } from './problems/catalogue.ts';
export type { Owner, ProblemEntry, Severity } from './problems/entry.ts';
export { describeProblem, type ProblemWords, plainText } from './problems/words.ts';
export {
  type Changes,
  changedFields,
  decidePush,
  isEmpty,
  type Pushable,
  type PushDecision,
  type PushInput,
} from './push.ts';
export * from './reconcile.ts';
export type { CreditInPayables, CreditLine, CreditsInput } from './reconcileCredits.ts';
export type { PaymentOnItsWay, Told, Verdict } from './reconcileKnown.ts';
export { type Refusal, refusalOf } from './refusals.ts';
export * from './settings.ts';
export * from './settlement.ts';
export * from './settlementSteps.ts';
export * from './sweep.ts';
export { daysInWords, decideTerms, sameDays, type TermsDecision, wantsTermsPosting } from './termsPosting.ts';
export {
  CONTACT_FIELDS,
  type ContactField,
  type ContactOfLedger,
  type ContactOfPayables,
  contactOfLedger,
  contactOfPayables,
  mapVendor,
} from './vendorMapping.ts';
export { decideVendor, mergeVendor, movedBase, type VendorMerge, type VendorSides } from './vendorMerge.ts';
export { planVendorMod } from './vendorModification.ts';
export * from './watermarks.ts';
