/**
 * Values of every kind that the declarations admit, made up by fast-check: for the properties, and for the check against
 * QuickBooks' own schema.
 *
 * Text comes in the form in which it is sent (NFC, characters that QuickBooks can hold); blanks alone are not made up for
 * answers, since an empty element there means "no value".
 */
import fc from 'fast-check';
import type { Choice, Content, ElementType, Field, Fields, Shape } from '../../src/qbxml/declare.ts';
import { isSendable, type MessageSetAnswer, type MessageSetRequest, messages } from '../../src/qbxml/index.ts';
import type { Message } from '../../src/qbxml/message.ts';
import { errorRecovery } from '../../src/qbxml/messageSet.ts';
import { atLeastVersion } from '../../src/qbxml/version.ts';

/** For a request, or for an answer. */
type Purpose = 'request' | 'answer';
type Value = Readonly<Record<string, unknown>>;

const VERSION = '13.0';

const character = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) },
  { weight: 3, arbitrary: fc.constantFrom(...'&<>"\'&;#x;') },
  { weight: 2, arbitrary: fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)) },
  { weight: 1, arbitrary: fc.constantFrom('€', '–', '—', '“', '”', '’', '…', '™', 'Ž', '\n', '\r', '\t') },
);

const text = (max: number, least = 0): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 8, arbitrary: fc.string({ unit: character, minLength: least, maxLength: Math.min(max, 24) }) },
      { weight: 1, arbitrary: fc.string({ unit: character, minLength: least, maxLength: Math.min(max, 4095) }) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: Math.max(least, 1), max: Math.min(max, 300) }).map((n) => 'x'.repeat(n)),
      },
    )
    .filter((made) => made.length <= max && isSendable(made) && (least === 0 || made.trim() !== ''));

const word = (max: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: max,
  });
const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length });
const padded = (min: number, max: number, width: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((number) => String(number).padStart(width, '0'));

const calendarDate = fc
  .tuple(padded(1, 9999, 4), padded(1, 12, 2), padded(1, 28, 2))
  .map(([year, month, day]) => `${year}-${month}-${day}`)
  .filter((made) => made >= '0100');
const dateTime = fc
  .tuple(calendarDate, fc.constantFrom('', 'T07', 'T07:30', 'T19:15:35', 'T19:15:35-08:00', 'T00:00:00+05:30'))
  .map(([day, time]) => `${day}${time}`);
const guid = fc.oneof(
  fc.constant('0'),
  fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => `{${parts.join('-')}}`),
);
/** A record with the usual prototype, as values from a decoder have it. */
const plainRecord = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

const decimal = fc
  .record({ units: fc.integer({ min: -(10 ** 10) + 1, max: 10 ** 10 - 1 }), scale: fc.integer({ min: 0, max: 5 }) })
  .map(({ units, scale }) => ({ units: units === 0 ? 0 : units, scale }));
const cents = fc
  .oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }))
  .map((amount) => amount + 0);

function scalar(shape: Shape, purpose: Purpose): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'text':
      return shape.isName === true
        ? text(shape.max, 1).map((made) => made.replaceAll(':', '.'))
        : text(shape.max, purpose === 'answer' ? 1 : 0);
    case 'id':
      return word(36);
    case 'editSequence':
      return word(16);
    case 'guid':
      return guid;
    case 'dateTime':
      return dateTime;
    case 'date':
      return calendarDate;
    case 'float':
      return fc.tuple(fc.constantFrom('', '-'), digits(1, 8), digits(1, 6)).map(([sign, a, b]) => `${sign}${a}.${b}`);
    case 'amount':
      return cents;
    case 'decimal':
      return decimal;
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc
        .integer({ min: Math.max(shape.min, -1_000_000), max: Math.min(shape.max, 1_000_000) })
        .map((n) => n + 0);
    case 'values':
      return fc.constantFrom(...shape.values);
    case 'clearable':
      return fc.option(scalar(shape.of, purpose), { nil: null, freq: 4 });
  }
}

const content = (of: Content, purpose: Purpose): fc.Arbitrary<unknown> =>
  of.kind === 'element' ? elementValue(of, purpose) : scalar(of.shape, purpose);

/** A value of an element. About a third of what is optional is there. */
export const elementValue = (of: ElementType, purpose: Purpose): fc.Arbitrary<Value> => fieldsValue(of.fields, purpose);

const fieldsValue = (fields: Fields, purpose: Purpose): fc.Arbitrary<Value> =>
  fc.tuple(...fields.map((field) => fieldValue(field, purpose))).map((parts) => Object.assign({}, ...parts) as Value);

const nothing: fc.Arbitrary<Value> = fc.constant({});

function fieldValue(field: Field, purpose: Purpose): fc.Arbitrary<Value> {
  if (field.kind === 'choice') return choiceValue(field, purpose);
  if (field.kind === 'lines') {
    const line = fc.oneof(
      ...Object.entries(field.of).map(([name, of]) => content(of, purpose).map((value) => ({ [name]: value }))),
    );
    return sometimes(fc.array(line, { minLength: 1, maxLength: 3 }).map((made) => ({ [field.key]: made })));
  }
  const { name, occurs, max, since } = field;
  if (since !== undefined && !atLeastVersion(VERSION, since)) return nothing;
  const one = content(field.content, purpose);
  switch (occurs) {
    case 'required':
    case 'expected':
      return one.map((value) => ({ [name]: value }));
    case 'optional':
      return sometimes(one.map((value) => ({ [name]: value })));
    case 'repeated':
      return sometimes(fc.array(one, { minLength: 1, maxLength: Math.min(max, 3) }).map((made) => ({ [name]: made })));
    case 'several':
      return fc.array(one, { minLength: 1, maxLength: Math.min(max, 3) }).map((made) => ({ [name]: made }));
  }
}

function choiceValue({ branches, required }: Choice, purpose: Purpose): fc.Arbitrary<Value> {
  const chosen = fc.oneof(...branches.map((branch) => fieldsValue(branch, purpose)));
  return required ? chosen : sometimes(chosen);
}

const sometimes = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 2, arbitrary: nothing }, { weight: 1, arbitrary: value });

const optional = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Value> =>
  sometimes(value.map((made) => ({ [key]: made })));

/** The attributes of a request that go together. */
function attributes({ paging }: Message): fc.Arbitrary<Value> {
  const requestID = optional('requestID', word(50));
  const metaData =
    paging === 'plain'
      ? nothing
      : optional('metaData', fc.constantFrom('NoMetaData', 'MetaDataOnly', 'MetaDataAndResponseData'));
  return fc.tuple(requestID, metaData).map((parts) => Object.assign({}, ...parts) as Value);
}

/** The first page of an iterator, or a later one. */
const iteration = fc.oneof(
  fc.constant({ iterator: 'Start' }),
  plainRecord({ iterator: fc.constantFrom('Continue', 'Stop'), iteratorID: guid }),
);

/** A request of one message. */
export function requestOf(name: keyof typeof messages): fc.Arbitrary<Value> {
  const message: Message = messages[name];
  const plain = fc
    .tuple(attributes(message), elementValue(message.body, 'request'))
    .map(([given, body]): Value => ({ type: name, ...given, body }));
  if (message.paging !== 'iterator') return plain;
  const paged = fc
    .tuple(iteration, fc.integer({ min: 1, max: 500 }))
    .map(([given, MaxReturned]): Value => ({ type: name, ...given, body: { MaxReturned } }));
  return fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: paged });
}

const asSet = (value: unknown): MessageSetRequest => value as MessageSetRequest;
const asAnswer = (value: unknown): MessageSetAnswer => value as MessageSetAnswer;

/** A message set of requests of the kinds named, as the type of `encodeRequest` admits them. */
export const requestSet = (...names: (keyof typeof messages)[]): fc.Arbitrary<MessageSetRequest> =>
  fc
    .tuple(
      fc.constantFrom('stopOnError', 'continueOnError'),
      optional('newMessageSetID', word(20)),
      optional('oldMessageSetID', word(20)),
      fc.array(fc.oneof(...names.map(requestOf)), { minLength: 1, maxLength: 3 }),
    )
    .map(([onError, fresh, old, requests]) => asSet({ onError, ...fresh, ...old, requests }));

/** An answer of one message. */
export function responseOf(name: keyof typeof messages): fc.Arbitrary<Value> {
  const message: Message = messages[name];
  const record = fc.oneof(
    ...Object.entries(message.records).map(([element, of]) =>
      elementValue(of, 'answer').map((value) => ({ element, value })),
    ),
  );
  const paged =
    message.paging === 'iterator'
      ? sometimes(
          plainRecord({ iteratorRemainingCount: fc.nat({ max: 9999 }), iteratorID: guid }) as fc.Arbitrary<Value>,
        )
      : nothing;
  return fc
    .tuple(
      optional('requestID', word(50)),
      plainRecord({
        code: fc.constantFrom(0, 1, 500, 3120, 3180),
        severity: fc.constantFrom('Info', 'Warn', 'Error'),
        message: text(80, 1).map((made) => made.replace(/[\t\n\r]/g, ' ')),
      }),
      message.paging === 'plain' ? nothing : optional('retCount', fc.nat({ max: 9999 })),
      paged,
      fc.array(record, { maxLength: message.single ? 1 : 3 }),
      message.writes ? optional('errorRecovery', elementValue(errorRecovery, 'answer')) : nothing,
    )
    .map(([id, status, count, pages, records, recovery]) => ({
      type: name,
      ...id,
      status,
      ...count,
      ...pages,
      records: message.inline ? records.filter(({ value }) => Object.keys(value).length > 0) : records,
      ...recovery,
    }));
}

/** An answer of messages of the kinds named, as the type of `encodeResponse` admits it. */
export const responseSet = (...names: (keyof typeof messages)[]): fc.Arbitrary<MessageSetAnswer> =>
  fc
    .tuple(
      optional('newMessageSetID', word(20)),
      optional('messageSetStatusCode', fc.constantFrom(0, 600, 9001, 9002)),
      fc.array(fc.oneof(...names.map(responseOf)), { minLength: 1, maxLength: 3 }),
    )
    .map(([id, status, responses]) => asAnswer({ ...id, ...status, responses }));

/** The names of all messages. */
export const messageNames = Object.keys(messages) as (keyof typeof messages)[];
