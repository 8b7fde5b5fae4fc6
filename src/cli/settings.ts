/**
 * Reads a settings file: JSON, checked against a zod schema.
 *
 * 1. Every mistake is told, not only the first: its key, the value found, and what is allowed there.
 * 2. An unknown key is refused, with the key that was probably meant; the schema must be made of strict objects.
 * 3. The value of a key that names a secret is never printed.
 *
 * Leaves to others: which settings there are (the command's own file), environment variables.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from './fault.ts';

/** What JSON Schema says of a place in the settings, as far as it is told to a person. */
interface Rule {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Rule>>;
  readonly items?: Rule;
  readonly additionalProperties?: Rule | boolean;
  readonly anyOf?: readonly Rule[];
}

const SECRET = /password|secret|token|credential|apikey|masterkey/i;

/** @returns the settings, with the schema's defaults filled in @throws Fault naming every mistake */
export function readSettings<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(
      `the settings cannot be read (${reason})`,
      file,
      'name a settings file in JSON that exists and can be read',
    );
  }
  return settingsFrom(text, file, schema);
}

/** The same for text at hand; `where` is what the messages call it. */
export function settingsFrom<Schema extends z.ZodType>(text: string, where: string, schema: Schema): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Fault(`this is not JSON (${jsonMistake(error, text)})`, where, 'correct it there');
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const rules = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Rule;
  const mistakes = read.error.issues.flatMap((issue) => told(issue, value, rules));
  throw new Fault(mistakes.join('; '), where, `correct ${mistakes.length === 1 ? 'it' : 'these'} and start again`);
}

function told(issue: z.core.$ZodIssue, value: unknown, rules: Rule): string[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(ruleAt(rules, path)?.properties ?? {});
    return issue.keys.map((key) => `${keyOf([...path, key])} is not a setting (${meant(key, known)})`);
  }
  const found = valueAt(value, path);
  const allowed = allowedAt(ruleAt(rules, path)) ?? issue.message;
  if (found === undefined) return [`${keyOf(path)} is missing (allowed: ${allowed})`];
  const secret = path.some((part) => typeof part === 'string' && SECRET.test(part));
  const shown = secret ? 'a value not shown' : shortened(JSON.stringify(found));
  const because = issue.code === 'custom' || issue.code === 'invalid_format' ? `; ${issue.message}` : '';
  return [`${keyOf(path)} is ${shown} (allowed: ${allowed}${because})`];
}

/** `companies[0].file` */
function keyOf(path: readonly (string | number)[]): string {
  const text = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
  return text === '' ? 'the whole file' : text;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null ? Object.entries(at).find(([key]) => key === String(part))?.[1] : undefined,
    value,
  );
}

function ruleAt(rule: Rule | undefined, path: readonly (string | number)[]): Rule | undefined {
  const [part, ...rest] = path;
  if (part === undefined || rule === undefined) return rule;
  const options = rule.anyOf ?? [rule];
  for (const option of options) {
    const inner =
      typeof part === 'number'
        ? option.items
        : (option.properties?.[part] ??
          (typeof option.additionalProperties === 'object' ? option.additionalProperties : undefined));
    const found = ruleAt(inner, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a rule allows, in words; undefined when the rule says nothing. */
function allowedAt(rule: Rule | undefined): string | undefined {
  if (rule === undefined) return undefined;
  const options = rule.anyOf?.map(allowedAt).filter((words) => words !== undefined);
  const words =
    rule.const !== undefined
      ? JSON.stringify(rule.const)
      : (rule.enum?.map((one) => JSON.stringify(one)).join(' or ') ??
        (options?.length ? options.join(', or ') : ofType(rule)));
  return words === undefined
    ? rule.description
    : rule.description === undefined
      ? words
      : `${words}: ${rule.description}`;
}

function ofType(rule: Rule): string | undefined {
  const safe = (limit: number | undefined) =>
    limit === undefined || Math.abs(limit) === Number.MAX_SAFE_INTEGER ? undefined : limit;
  const [low, high] = [safe(rule.minimum), safe(rule.maximum)];
  const range = [low === undefined ? '' : ` from ${low}`, high === undefined ? '' : ` up to ${high}`].join('');
  switch (rule.type) {
    case 'string':
      return (rule.minLength ?? 0) > 0 ? 'text, not empty' : 'text';
    case 'integer':
      return `a whole number${range}`;
    case 'number':
      return `a number${range}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${(rule.minItems ?? 0) > 0 ? `, at least ${rule.minItems} long` : ''}${rule.items === undefined ? '' : ` of ${allowedAt(rule.items) ?? 'values'}`}`;
    case 'object':
      return `an object with the keys ${Object.keys(rule.properties ?? {}).join(', ') || 'of your choice'}`;
    default:
      return rule.type;
  }
}

/** What was probably meant by a word that is not known: the nearest known one, or all of them. */
export function meant(word: string, known: readonly string[]): string {
  const near = known
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  if (near !== undefined && near.steps <= Math.max(2, Math.floor(near.candidate.length / 3)))
    return `did you mean ${near.candidate}?`;
  return known.length === 0 ? 'no keys are allowed here' : `allowed: ${known.join(', ')}`;
}

/** Levenshtein's distance: insertions, deletions and substitutions from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}

function jsonMistake(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const at = /position (\d+)/.exec(message)?.[1];
  if (at === undefined) return shortened(message);
  const before = text.slice(0, Number(at)).split('\n');
  return `${shortened(message.replace(/ in JSON at position.*/, ''))}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
