/**
 * Tolerant reading of records by their declarations.
 *
 * 1. Order does not matter, what is not declared is passed over, what is optional may be missing or empty.
 * 2. A field that is there and cannot be read makes the whole record a problem, with path and text: half a record is
 *    worse than none. Other records are not touched.
 * 3. Text is kept as written, line ends as XML reads them; numbers, dates, IDs lose surrounding blanks.
 */
import type { Content, ElementType, Slot } from './declare.ts';
import { childrenOf, isBlank, isText, nameOf, textOf, type XmlNode } from './document.ts';

/** A record cannot be read. Caught where records are listed; never leaves the module's callers as an exception. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
  readonly path: string;
  readonly raw: string;
  constructor(path: string, raw: string, reason: string) {
    super(reason);
    this.path = path;
    this.raw = raw.slice(0, 200);
  }
}

/** Reads an element's value. `trail` is the path to it, used for messages. Throws `UnreadableRecord`. */
export function decodeElement(
  type: ElementType,
  children: readonly XmlNode[],
  trail: string[],
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  let branching: Slot[] | undefined;
  for (const child of children) {
    const name = nameOf(child);
    const slot = type.slots.get(name);
    if (slot === undefined) {
      if (isText(name) && !isBlank(child))
        throw unreadable(trail, undefined, textOf([child]), 'text where elements are wanted');
      continue;
    }
    const before = value[slot.key];
    const list = Array.isArray(before) ? before : undefined;
    if (!slot.many && before !== undefined)
      throw unreadable(trail, name, textOf(childrenOf(child, name)), 'occurs more than once');
    trail.push(slot.many ? `${name}[${(list?.length ?? 0) + 1}]` : name);
    const read = decodeContent(slot.content, childrenOf(child, name), trail);
    trail.pop();
    if (read === undefined) continue;
    const kept = slot.wrapped ? { [name]: read } : read;
    if (list !== undefined) list.push(kept);
    else value[slot.key] = slot.many ? [kept] : kept;
    if (slot.branches.length > 0) {
      branching ??= [];
      branching.push(slot);
    }
  }
  for (const name of type.always) if (value[name] === undefined) fillRequired(type, name, value, trail);
  if (branching !== undefined && branching.length > 1) checkBranches(branching, trail);
  return value;
}

function decodeContent(content: Content, children: readonly XmlNode[], trail: string[]): unknown {
  if (content.kind === 'element') return decodeElement(content, children, trail);
  const text = textOf(children);
  if (content.blankIsAbsent && text.trim() === '') return undefined;
  const value = content.decode(text);
  if (value === undefined) throw unreadable(trail, undefined, text, `is not of the form ${content.form}`);
  return value;
}

/** A required text may be empty; anything else that is missing makes the record unreadable. */
function fillRequired(type: ElementType, name: string, value: Record<string, unknown>, trail: string[]): void {
  const content = type.slots.get(name)?.content;
  if (content?.kind === 'scalar' && content.decode('') === '') value[name] = '';
  else throw unreadable(trail, name, '', 'is missing');
}

function checkBranches(found: readonly Slot[], trail: readonly string[]): void {
  const taken = new Map<unknown, { readonly branch: number; readonly key: string }>();
  for (const slot of found) {
    for (const { choice, branch } of slot.branches) {
      const other = taken.get(choice);
      if (other !== undefined && other.branch !== branch)
        throw unreadable(trail, slot.key, '', `${other.key} and ${slot.key} exclude each other`);
      taken.set(choice, { branch, key: slot.key });
    }
  }
}

const unreadable = (
  trail: readonly string[],
  name: string | undefined,
  raw: string,
  reason: string,
): UnreadableRecord => new UnreadableRecord([...trail, ...(name === undefined ? [] : [name])].join('/'), raw, reason);
