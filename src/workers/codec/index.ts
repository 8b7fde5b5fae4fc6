/** How payloads look on the wire, for every client and worker of Tandem. */
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { CompanyKeyring } from './companyKeyring.ts';
import { type CodecOptions, createPayloadCodec } from './payloadCodec.ts';

/** The SDK loads it by its path; the workflow bundle holds it as well (scripts/build.js). */
const FAILURE_CONVERTER = fileURLToPath(
  new URL(`./failureConverter${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/** The data converter of all parts: what the SDK's own makes, sealed under the key of the company it belongs to. */
export function createDataConverter(keyring: CompanyKeyring, options: CodecOptions = {}): DataConverter {
  return { payloadCodecs: [createPayloadCodec(keyring, options)], failureConverterPath: FAILURE_CONVERTER };
}

export { isUnreadable } from '../../contract/index.ts';
export type { CompanyKey, CompanyKeyring } from './companyKeyring.ts';
export { failureConverter } from './failureConverter.ts';
export { type CodecOptions, createPayloadCodec } from './payloadCodec.ts';
export { keyIdOf } from './sealing.ts';
