/**
 * Writing the company's marker into its file: definition first, the value in a second message set, then read back.
 *
 * It may be repeated at any point: a definition that is there already is no obstacle, and only what is read back counts.
 * Whether a restricted user of QuickBooks may write it is unverified against a real QuickBooks.
 */
import { type FileMark, MARKER_NAME, MARKER_OWNER } from '../../contract/index.ts';
import { encodeRequest, type RequestMessage } from '../../qbxml/index.ts';
import { companyQuery, type FoundFile, readCompany } from '../fileIdentity.ts';
import type { Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';

/** Writes the expected marker where the file has another accepted one, or none. Throws `SiteTrouble` when it does not stay. */
export async function writeMarker(session: Session, { expected }: FileMark, found: FoundFile): Promise<void> {
  const key = { OwnerID: MARKER_OWNER, DataExtName: MARKER_NAME };
  if (found.marker === undefined)
    await write(session, {
      type: 'DataExtDefAdd',
      body: { DataExtDefAdd: { ...key, DataExtType: 'STR255TYPE', AssignToObject: ['Company'] } },
    });
  const value = { ...key, OtherDataExtType: 'Company', DataExtValue: expected } as const;
  await write(
    session,
    found.marker === undefined
      ? { type: 'DataExtAdd', body: { DataExtAdd: value } }
      : { type: 'DataExtMod', body: { DataExtMod: value } },
  );
  const { marker } = readCompany((await session.ask([companyQuery('company')])).to('company'));
  if (marker !== expected) throw new SiteTrouble('retry', 'the marker could not be written into the company file');
}

const write = (session: Session, request: RequestMessage) =>
  session.write(encodeRequest({ onError: 'stopOnError', requests: [request] }));
