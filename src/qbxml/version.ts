/** Versions of qbXML, and which comes before which. Tandem speaks 13.0; 16.0 is asked for where IsPending matters. */

/** `13.0`: major and minor number. */
export type QbxmlVersion = string;

export const SPOKEN_VERSION: QbxmlVersion = '13.0';

/** Whether a version is the other one or newer. Both are `major.minor`, optionally led by a country code (`CA3.0`). */
export function atLeastVersion(version: QbxmlVersion, least: QbxmlVersion): boolean {
  const [a, b] = [numbers(version), numbers(least)];
  return a.major !== b.major ? a.major > b.major : a.minor >= b.minor;
}

function numbers(version: QbxmlVersion): { major: number; minor: number } {
  const found = /(\d{1,4})\.(\d{1,4})$/.exec(version);
  return { major: Number(found?.[1] ?? 0), minor: Number(found?.[2] ?? 0) };
}
