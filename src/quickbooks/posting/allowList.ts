/**
 * What this connector sends and nothing else, whoever asks: one write of the declared kind under the declared
 * message-set ID, about the record that it says it is about. Deletions are not among the kinds; voids only of payments,
 * and only where the site allows them; a payment pays from the account, to the vendor and on the bills that are declared,
 * and sets no credits.
 */
import type { PaymentAddMatch, Posting } from '../../contract/index.ts';
import { type BodyOf, DecodeError, decodeRequest, type MessageSetRequest, RequestError } from '../../qbxml/index.ts';

export interface AllowList {
  /** Whether the site lets a payment that was voided in MineralTree be voided in QuickBooks. */
  readonly allowVoids: boolean;
}

/** Why a posting is not sent, in words; undefined for one that may be. */
export function whyNotAllowed(posting: Posting, { allowVoids }: AllowList): string | undefined {
  let set: MessageSetRequest;
  try {
    const decoded = decodeRequest(posting.xml);
    if (decoded.rawNonAscii !== undefined) return 'the request is not plain ASCII';
    set = decoded.set;
  } catch (error) {
    if (error instanceof DecodeError || error instanceof RequestError) return `no valid request: ${error.message}`;
    throw error;
  }
  if (set.newMessageSetID !== posting.messageSetId) return 'the message-set ID is not the one declared';
  if (set.oldMessageSetID === 'ClearAllMessageSets') return 'it would make QuickBooks forget every posting';
  if (set.oldMessageSetID === posting.messageSetId) return 'it would make QuickBooks forget this posting';
  const [request, ...others] = set.requests;
  if (request === undefined || others.length > 0) return 'it holds not exactly one request';
  const declared = `a ${request.type} declared as ${posting.kind}`;
  switch (posting.kind) {
    case 'BillAdd':
      if (request.type !== posting.kind) return declared;
      return sameGuid(request.body.BillAdd.ExternalGUID, posting.match.guid) ? undefined : 'the GUID is another one';
    case 'BillMod':
      if (request.type !== posting.kind) return declared;
      return request.body.BillMod.TxnID === posting.match.txnId ? undefined : 'the bill is another one';
    case 'VendorMod':
      if (request.type !== posting.kind) return declared;
      return request.body.VendorMod.ListID === posting.match.listId ? undefined : 'the vendor is another one';
    case 'StandardTermsAdd':
      if (request.type !== posting.kind) return declared;
      return request.body.StandardTermsAdd.Name === posting.match.name ? undefined : 'the terms are others';
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      if (request.type !== posting.kind) return declared;
      return request.type === 'BillPaymentCheckAdd'
        ? whyNotThisPayment(
            request.body.BillPaymentCheckAdd,
            request.body.BillPaymentCheckAdd.BankAccountRef,
            posting.match,
          )
        : whyNotThisPayment(
            request.body.BillPaymentCreditCardAdd,
            request.body.BillPaymentCreditCardAdd.CreditCardAccountRef,
            posting.match,
          );
    case 'TxnVoid':
      if (!allowVoids) return 'this connector may not void: "allowVoids" is not set for the company';
      if (request.type !== posting.kind) return declared;
      return request.body.TxnID === posting.match.txnId && request.body.TxnVoidType === posting.match.txnType
        ? undefined
        : 'the payment is another one';
  }
}

type PaymentBody =
  | BodyOf<'BillPaymentCheckAdd'>['BillPaymentCheckAdd']
  | BodyOf<'BillPaymentCreditCardAdd'>['BillPaymentCreditCardAdd'];
interface Ref {
  readonly ListID?: string;
}

function whyNotThisPayment(body: PaymentBody, account: Ref, match: PaymentAddMatch): string | undefined {
  if (!sameGuid(body.ExternalGUID, match.guid)) return 'the GUID is another one';
  if (body.PayeeEntityRef.ListID !== match.vendor.id) return 'the vendor is another one';
  if (account.ListID !== match.account.id) return 'the account is another one';
  if (body.TxnDate !== match.txnDate) return 'the date is another one';
  const paid = body.AppliedToTxnAdd;
  if (paid.some(({ SetCredit = [] }) => SetCredit.length > 0)) return 'it sets credits';
  const sum = match.applications.reduce((total, { amountCents }) => total + amountCents, 0);
  if (sum !== match.amountCents) return 'what it pays is not its amount';
  const asDeclared =
    paid.length === match.applications.length &&
    match.applications.every(({ txnId, amountCents, discountCents }, index) => {
      const one = paid[index];
      return (
        one?.TxnID === txnId && (one.PaymentAmount ?? 0) === amountCents && (one.DiscountAmount ?? 0) === discountCents
      );
    });
  return asDeclared ? undefined : 'it pays other bills or amounts';
}

/** GUIDs are the same in either case of letters. */
export const sameGuid = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
