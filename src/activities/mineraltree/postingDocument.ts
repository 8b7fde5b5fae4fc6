/**
 * Posting plans as qbXML documents: encoded once, frozen from then on (exactly-once 6.2).
 *
 * References carry the ListID alone: it decides, and a name could have changed since. An empty text or reference empties
 * a field. For dates, amounts and texts the plan is taken as it is.
 */
import type { Posting } from '../../contract/index.ts';
import { billElements } from '../../domain/billFields.ts';
import type { LedgerAddress, ListRef } from '../../domain/ledger.ts';
import { type BodyOf, encodeRequest, type RequestMessage } from '../../qbxml/index.ts';
import type {
  BillAddPlan,
  BillModPlan,
  ExpenseLinePlan,
  ItemLinePlan,
  PaymentAddPlan,
  PostingPlan,
  TermsAddPlan,
  VendorModPlan,
} from '../../sync/index.ts';

/**
 * The posting of a plan, with its whole document.
 * @throws EncodeError when the plan holds what QuickBooks would refuse
 */
export function postingOf(
  plan: PostingPlan,
  { messageSetId, clears }: { readonly messageSetId: string; readonly clears?: string },
): Posting {
  const xml = encodeRequest({
    onError: 'stopOnError',
    newMessageSetID: messageSetId,
    ...(clears !== undefined && { oldMessageSetID: clears }),
    requests: [requestOf(plan)],
  });
  const base = { messageSetId, xml, dates: plan.dates };
  switch (plan.kind) {
    case 'BillAdd':
      return { ...base, kind: plan.kind, match: plan.match };
    case 'BillMod':
      return { ...base, kind: plan.kind, match: plan.match };
    case 'VendorMod':
      return { ...base, kind: plan.kind, match: plan.match };
    case 'StandardTermsAdd':
      return { ...base, kind: plan.kind, match: plan.match };
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return { ...base, kind: plan.kind, match: plan.match };
    case 'TxnVoid':
      return { ...base, kind: plan.kind, match: plan.match };
  }
}

function requestOf(plan: PostingPlan): RequestMessage {
  switch (plan.kind) {
    case 'BillAdd':
      return { type: 'BillAdd', body: { BillAdd: billAdd(plan) } };
    case 'BillMod':
      return { type: 'BillMod', body: { BillMod: billMod(plan) } };
    case 'VendorMod':
      return { type: 'VendorMod', body: { VendorMod: vendorMod(plan) } };
    case 'StandardTermsAdd':
      return { type: 'StandardTermsAdd', body: { StandardTermsAdd: termsAdd(plan) } };
    case 'BillPaymentCheckAdd':
      return { type: 'BillPaymentCheckAdd', body: { BillPaymentCheckAdd: checkAdd(plan) } };
    case 'BillPaymentCreditCardAdd':
      return { type: 'BillPaymentCreditCardAdd', body: { BillPaymentCreditCardAdd: cardAdd(plan) } };
    case 'TxnVoid':
      return { type: 'TxnVoid', body: { TxnVoidType: plan.match.txnType, TxnID: plan.match.txnId } };
  }
}

type BillAddBody = BodyOf<'BillAdd'>['BillAdd'];
type BillModBody = BodyOf<'BillMod'>['BillMod'];
type VendorModBody = BodyOf<'VendorMod'>['VendorMod'];

function billAdd(plan: BillAddPlan): BillAddBody {
  return {
    VendorRef: ref(plan.vendor),
    ...(plan.apAccount && { APAccountRef: ref(plan.apAccount) }),
    TxnDate: plan.txnDate,
    DueDate: plan.dueDate,
    ...(plan.refNumber !== undefined && { RefNumber: plan.refNumber }),
    ...(plan.terms && { TermsRef: ref(plan.terms) }),
    ...billElements('header', plan),
    ExternalGUID: plan.guid,
    ExpenseLineAdd: plan.expenseLines.map(expenseLine),
    ItemLines: plan.itemLines.map((line) => ({ ItemLineAdd: itemLine(line) })),
  };
}

function billMod(plan: BillModPlan): BillModBody {
  const { lines } = plan;
  return {
    TxnID: plan.txnId,
    EditSequence: plan.editSequence,
    ...(plan.vendor && { VendorRef: ref(plan.vendor) }),
    TxnDate: plan.txnDate,
    DueDate: plan.dueDate,
    ...(plan.refNumber !== undefined && { RefNumber: plan.refNumber ?? '' }),
    ...(plan.terms !== undefined && { TermsRef: ref(plan.terms) }),
    ...billElements('header', plan),
    ...(lines && {
      ...(lines.clearExpenseLines && { ClearExpenseLines: true }),
      ...(lines.clearItemLines && { ClearItemLines: true }),
      ExpenseLineMod: lines.expenseLines.map((line) => ({ TxnLineID: line.lineId, ...expenseLine(line) })),
      ItemLines: lines.itemLines.map((line) => ({ ItemLineMod: { TxnLineID: line.lineId, ...itemLine(line) } })),
    }),
  };
}

function expenseLine(line: ExpenseLinePlan) {
  return {
    AccountRef: ref(line.account),
    Amount: line.amountCents,
    ...billElements('expenseLine', line),
    ...attribution(line),
  };
}

function itemLine(line: ItemLinePlan) {
  const { worth } = line;
  return {
    ItemRef: ref(line.item),
    ...billElements('itemLine', line),
    ...(worth.by !== 'amount' && { Quantity: worth.quantity }),
    // Cost and amount exclude each other in what QuickBooks works out: a cost only where the product is the amount.
    ...(worth.by === 'cost' ? { Cost: worth.cost } : { Amount: worth.amountCents }),
    ...attribution(line),
  };
}

function attribution(line: ExpenseLinePlan | ItemLinePlan) {
  return {
    ...(line.customer !== undefined && { CustomerRef: ref(line.customer) }),
    ...(line.class !== undefined && { ClassRef: ref(line.class) }),
    ...(line.billable !== undefined && { BillableStatus: line.billable }),
  };
}

function vendorMod(plan: VendorModPlan): VendorModBody {
  return {
    ListID: plan.listId,
    EditSequence: plan.editSequence,
    ...(plan.nameOnCheck !== undefined && { NameOnCheck: plan.nameOnCheck ?? '' }),
    ...(plan.address !== undefined && { VendorAddress: address(plan.address) }),
    ...(plan.phone !== undefined && { Phone: plan.phone ?? '' }),
    ...(plan.fax !== undefined && { Fax: plan.fax ?? '' }),
    ...(plan.email !== undefined && { Email: plan.email ?? '' }),
  };
}

function termsAdd(plan: TermsAddPlan): BodyOf<'StandardTermsAdd'>['StandardTermsAdd'] {
  return {
    Name: plan.name,
    StdDueDays: plan.dueDays,
    ...(plan.discountDays !== undefined && { StdDiscountDays: plan.discountDays }),
    ...(plan.discountPercent !== undefined && { DiscountPct: plan.discountPercent }),
  };
}

function checkAdd(plan: PaymentAddPlan): BodyOf<'BillPaymentCheckAdd'>['BillPaymentCheckAdd'] {
  return {
    ...paymentHead(plan),
    BankAccountRef: ref(plan.account),
    // One of the two is required. The check was printed elsewhere, or none was: never to be printed.
    ...(plan.refNumber === undefined ? { IsToBePrinted: false } : { RefNumber: plan.refNumber }),
    ...paymentRest(plan),
  };
}

function cardAdd(plan: PaymentAddPlan): BodyOf<'BillPaymentCreditCardAdd'>['BillPaymentCreditCardAdd'] {
  return {
    ...paymentHead(plan),
    CreditCardAccountRef: ref(plan.account),
    ...(plan.refNumber !== undefined && { RefNumber: plan.refNumber }),
    ...paymentRest(plan),
  };
}

const paymentHead = (plan: PaymentAddPlan) => ({
  PayeeEntityRef: ref(plan.vendor),
  ...(plan.apAccount && { APAccountRef: ref(plan.apAccount) }),
  TxnDate: plan.txnDate,
});

const paymentRest = (plan: PaymentAddPlan) => ({
  ...(plan.memo !== undefined && { Memo: plan.memo }),
  ExternalGUID: plan.guid,
  AppliedToTxnAdd: plan.applications.map(({ txnId, amountCents, discountCents, discountAccount }) => ({
    TxnID: txnId,
    PaymentAmount: amountCents,
    ...(discountCents !== 0 && {
      DiscountAmount: discountCents,
      ...(discountAccount && { DiscountAccountRef: ref(discountAccount) }),
    }),
  })),
});

/** The whole block: an element that is left out would keep what QuickBooks has. */
function address(given: LedgerAddress | null) {
  const line = (place: number): string => given?.lines[place] ?? '';
  return {
    Addr1: line(0),
    Addr2: line(1),
    Addr3: line(2),
    Addr4: line(3),
    Addr5: line(4),
    City: given?.city ?? '',
    State: given?.state ?? '',
    PostalCode: given?.postalCode ?? '',
    Country: given?.country ?? '',
    Note: given?.note ?? '',
  };
}

const ref = (to: ListRef | null) => (to === null ? {} : { ListID: to.id });
