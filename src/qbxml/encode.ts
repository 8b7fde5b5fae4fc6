/**
 * Strict writing of values by their declarations.
 *
 * 1. Elements come in the declared order, whatever the order of keys in the value.
 * 2. What QuickBooks would refuse by its schema is refused here first, with the path of the element and the limit, since
 *    QuickBooks itself answers such a request with an HRESULT that names neither.
 * 3. Nothing is truncated, and a key that is not declared is refused, never dropped.
 */
import { type Choice, type Content, type ElementType, type Field, type Fields, Refusal } from './declare.ts';
import type { MarkupElement } from './markup.ts';
import { atLeastVersion, type QbxmlVersion } from './version.ts';

/** A value cannot be sent: where (`BillAddRq/BillAdd/ExpenseLineAdd[2]/Memo`), which limit, and why. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
  readonly path: string;
  readonly limit: string | undefined;
  constructor(path: string, message: string, limit?: string) {
    super(`${path}: ${message}`);
    this.path = path;
    this.limit = limit;
  }
}

/** Writes an element's value as markup. Throws `EncodeError`. */
export function encodeElement(
  name: string,
  type: ElementType,
  value: unknown,
  version: QbxmlVersion,
  path = name,
): MarkupElement {
  if (!isRecord(value)) throw new EncodeError(path, `${kindOf(value)} where an object with fields is wanted`);
  const known = new Set<string>();
  const content: MarkupElement[] = [];
  encodeFields(type.fields, { value, path, version, known, content });
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined && !known.has(key))
      throw new EncodeError(`${path}/${key}`, 'no such field is declared here');
  }
  return { name, content };
}

interface Encoding {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly version: QbxmlVersion;
  readonly known: Set<string>;
  readonly content: MarkupElement[];
}

function encodeFields(fields: Fields, into: Encoding): void {
  for (const field of fields) {
    if (field.kind === 'choice') encodeChoice(field, into);
    else if (field.kind === 'lines') encodeLines(field.key, field.of, into);
    else encodeSingle(field, into);
  }
}

function encodeSingle(field: Extract<Field, { kind: 'single' }>, into: Encoding): void {
  const { name, content, occurs, max, since } = field;
  into.known.add(name);
  const value = into.value[name];
  const path = `${into.path}/${name}`;
  const many = occurs === 'repeated' || occurs === 'several';
  if (value === undefined || (many && Array.isArray(value) && value.length === 0)) {
    if (occurs !== 'optional' && occurs !== 'repeated') throw new EncodeError(path, 'is required', 'required');
    return;
  }
  if (since !== undefined && !atLeastVersion(into.version, since))
    throw new EncodeError(path, `needs qbXML ${since}, this is ${into.version}`, `since ${since}`);
  if (!many) {
    into.content.push(encodeContent(name, content, value, into.version, path));
    return;
  }
  const values = listOf(value, path);
  if (values.length > max)
    throw new EncodeError(path, `occurs ${values.length} times, ${max} are allowed`, String(max));
  values.forEach((one, index) => {
    into.content.push(encodeContent(name, content, one, into.version, `${path}[${index + 1}]`));
  });
}

function encodeLines(key: string, of: Readonly<Record<string, ElementType>>, into: Encoding): void {
  into.known.add(key);
  const value = into.value[key];
  if (value === undefined) return;
  listOf(value, `${into.path}/${key}`).forEach((line, index) => {
    const path = `${into.path}/${key}[${index + 1}]`;
    const [name, ...others] = isRecord(line) ? Object.keys(line) : [];
    const type = name === undefined ? undefined : of[name];
    if (!isRecord(line) || name === undefined || type === undefined || others.length > 0)
      throw new EncodeError(path, `must hold exactly one of ${Object.keys(of).join(', ')}`);
    into.content.push(encodeElement(name, type, line[name], into.version, `${path}/${name}`));
  });
}

function encodeChoice(choice: Choice, into: Encoding): void {
  const keys = choice.branches.map((branch) => keysOf(branch));
  for (const key of keys.flat()) into.known.add(key);
  const used = keys.flatMap((branch, index) => (branch.some((key) => isPresent(into.value[key])) ? [index] : []));
  const [chosen, second] = used;
  if (chosen !== undefined && second !== undefined) {
    const named = used.map((index) => keys[index]?.find((key) => isPresent(into.value[key])));
    throw new EncodeError(`${into.path}/${named[1]}`, `${named.join(' and ')} exclude each other`, 'one of a choice');
  }
  if (chosen !== undefined) encodeFields(choice.branches[chosen] ?? [], into);
  else if (choice.required && !choice.branches.some(isAllOptional))
    throw new EncodeError(into.path, `needs one of ${keys.map(([first]) => first).join(', ')}`, 'one of a choice');
}

const isPresent = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

const isAllOptional = (branch: Fields): boolean =>
  branch.every((field) =>
    field.kind === 'single'
      ? field.occurs === 'optional' || field.occurs === 'repeated'
      : field.kind === 'lines' || !field.required,
  );

/** The keys that a list of fields may give a value. */
export const keysOf = (fields: Fields): string[] =>
  fields.flatMap((field) =>
    field.kind === 'single' ? [field.name] : field.kind === 'lines' ? [field.key] : field.branches.flatMap(keysOf),
  );

function encodeContent(
  name: string,
  content: Content,
  value: unknown,
  version: QbxmlVersion,
  path: string,
): MarkupElement {
  if (content.kind === 'element') return encodeElement(name, content, value, version, path);
  try {
    return { name, content: content.write(value) };
  } catch (refusal) {
    if (refusal instanceof Refusal) throw new EncodeError(path, refusal.message, refusal.limit);
    throw refusal;
  }
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new EncodeError(path, `${kindOf(value)} where a list is wanted`);
  return value;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
