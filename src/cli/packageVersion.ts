/** The version of this release, as package.json names it. */
import { readFileSync } from 'node:fs';

export function packageVersion(): string {
  const about: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof about === 'object' && about !== null && 'version' in about) return String(about.version);
  throw new Error('package.json names no version');
}
