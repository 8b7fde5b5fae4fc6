/**
 * QuickBooks' own request processor on this machine, through COM. It blocks the thread while a call lasts, so it lives
 * in the host process. Tried under Wine only (`automation.ts`): unverified against a real QuickBooks.
 */
import type { RequestProcessor } from '../processor.ts';
import { createObject, enterApartment } from './automation.ts';

const PROG_ID = 'QBXMLRP2.RequestProcessor';

/** Makes the object; throws `HResultError` when it is not registered in this bitness. */
export function createComProcessor(): RequestProcessor {
  enterApartment();
  const object = createObject(PROG_ID);
  return {
    async openConnection2(appID, appName, connectionType) {
      object.call('OpenConnection2', appID, appName, connectionType);
    },
    beginSession: async (qbFileName, openMode) => object.call('BeginSession', qbFileName, openMode),
    // A BSTR may hold half a surrogate pair, which no database keeps.
    processRequest: async (ticket, inputRequest) =>
      object.call('ProcessRequest', ticket, inputRequest).replace(/\p{Surrogate}/gu, '\uFFFD'),
    getCurrentCompanyFileName: async (ticket) => object.call('GetCurrentCompanyFileName', ticket),
    async endSession(ticket) {
      object.call('EndSession', ticket);
    },
    async closeConnection() {
      object.call('CloseConnection');
    },
  };
}
