/** Documents with one thing broken, made from sound ones: does our check of requests refuse what the schema refuses, and nothing else? */
import fc from 'fast-check';
import { DecodeError, decodeRequest, RequestError } from '../src/qbxml/index.ts';

/** Something done to one leaf element, given the leaf and another one. */
const BREAKS: readonly ((xml: string, leaf: string, other: string) => string)[] = [
  (xml, leaf) => xml.replace(leaf, ''),
  (xml, leaf) => xml.replace(leaf, `${leaf}${leaf}`),
  (xml, leaf, other) => xml.replace(leaf, other),
  (xml, leaf, other) => xml.replace(leaf, '').replace(other, `${other}${leaf}`),
  (xml, leaf) => xml.replace(leaf, leaf.replace(/>[^<]*</, `>${'7'.repeat(4096)}<`)),
  (xml, leaf) => xml.replace(leaf, leaf.replace(/>[^<]*</, '>2024-13-45 12.345<')),
  (xml, leaf) =>
    xml.replace(
      leaf,
      leaf.replace(/^<\w+>/, (tag) => tag.replace('>', ' colour="red">')),
    ),
  (xml, leaf) => xml.replace(leaf, '<Unheard>x</Unheard>'),
];

/** Broken forms of a document. A leaf that occurs twice is broken at its first place. */
export function mutantsOf(xml: string, count: number, seed: number): string[] {
  const leaves = [...xml.matchAll(/<(\w+)>[^<]*<\/\1>/g)].map(([leaf]) => leaf);
  if (leaves.length === 0) return [];
  const mutant = fc
    .tuple(fc.constantFrom(...BREAKS), fc.constantFrom(...leaves), fc.constantFrom(...leaves))
    .map(([broken, leaf, other]) => broken(xml, leaf, other));
  return fc.sample(mutant, { numRuns: count, seed });
}

/** Our own verdict on a request: why it is refused, or undefined. */
export function refusalOf(xml: string): string | undefined {
  try {
    decodeRequest(xml);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RequestError || refusal instanceof DecodeError) return refusal.message;
    throw refusal;
  }
}
