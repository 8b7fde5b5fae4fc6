/**
 * What this connector sends and nothing else, whoever asks: one write of the declared kind under the declared
 * message-set ID, about the record that it says it is about. Deletions and voids are not among the kinds.
 */
import type { Posting } from '../../contract/index.ts';
import { DecodeError, decodeRequest, type MessageSetRequest, RequestError } from '../../qbxml/index.ts';

/** Why a posting is not sent, in words; undefined for one that may be. */
export function whyNotAllowed(posting: Posting): string | undefined {
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
  switch (posting.kind) {
    case 'BillAdd':
      if (request.type !== 'BillAdd') return `a ${request.type} declared as BillAdd`;
      return sameGuid(request.body.BillAdd.ExternalGUID, posting.match.guid) ? undefined : 'the GUID is another one';
    case 'BillMod':
      if (request.type !== 'BillMod') return `a ${request.type} declared as BillMod`;
      return request.body.BillMod.TxnID === posting.match.txnId ? undefined : 'the bill is another one';
    case 'VendorMod':
      if (request.type !== 'VendorMod') return `a ${request.type} declared as VendorMod`;
      return request.body.VendorMod.ListID === posting.match.listId ? undefined : 'the vendor is another one';
  }
}

/** GUIDs are the same in either case of letters. */
export const sameGuid = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
