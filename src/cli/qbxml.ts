/**
 * `tandem qbxml decode FILE|-` shows any answer (or request) of QuickBooks as JSON; `tandem qbxml encode FILE|-` makes the
 * request that such JSON states. `-` is standard input; the result goes to standard output.
 *
 * Leaves to others: everything about qbXML (src/qbxml).
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  DecodeError,
  EncodeError,
  encodeRequest,
  type Json,
  presentDocument,
  RequestError,
  requestFromJson,
} from '../qbxml/index.ts';
import { Fault } from './fault.ts';

/** The command. `print` takes the result, without the line end. */
export function qbxmlCommand(print: (text: string) => void = toStandardOutput): Command {
  const command = new Command('qbxml').description('Reads and writes the XML that QuickBooks speaks.');
  command
    .command('decode')
    .summary('show an answer of QuickBooks as JSON')
    .description(
      'Shows an answer of QuickBooks, or a request to it, as JSON: statuses and what they mean, attributes, records. ' +
        'Money is integer cents beside the text as written.',
    )
    .argument('<file>', 'a qbXML document; - for standard input')
    .action((file: string) => print(JSON.stringify(decoded(textIn(file), shown(file)), undefined, 2)));
  command
    .command('encode')
    .summary('make a request to QuickBooks from JSON')
    .description('Makes the request to QuickBooks that a JSON file states, in the form that decode shows of requests.')
    .argument('<file>', 'a JSON document; - for standard input')
    .action((file: string) => print(encoded(textIn(file), shown(file))));
  return command;
}

const toStandardOutput = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const shown = (file: string): string => (file === '-' ? 'standard input' : file);

function decoded(xml: string, where: string): Json {
  try {
    return presentDocument(xml);
  } catch (error) {
    if (error instanceof DecodeError)
      throw new Fault(
        `${error.message}, at line ${error.line}, column ${error.column}`,
        where,
        'give a qbXML document as QuickBooks wrote it',
      );
    if (error instanceof RequestError) throw new Fault(error.message, where, 'correct the request there');
    throw error;
  }
}

function encoded(text: string, where: string): string {
  try {
    return encodeRequest(requestFromJson(jsonIn(text, where)));
  } catch (error) {
    if (error instanceof EncodeError) throw new Fault(error.message, where, 'correct it there');
    throw error;
  }
}

function jsonIn(text: string, where: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(`this is not JSON (${reason})`, where, 'give a request as `tandem qbxml decode` shows it');
  }
}

/** The text of a file. QuickBooks tools write UTF-8 or UTF-16; a byte order mark tells which. */
function textIn(file: string): string {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(`it cannot be read (${reason})`, shown(file), 'name a file that exists, or - for standard input');
  }
}
