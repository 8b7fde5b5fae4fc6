/**
 * `npm run check:xsd`: whether what Tandem writes, and what its QuickBooks sandbox answers, is valid by QuickBooks' own schema.
 *
 * The schema belongs to Intuit and is not part of the project: `QBXML_XSD_DIR` names the folder that holds qbxmlops130.xsd.
 * Without it the check says "not run". For each declared message, requests and answers are made up from the declaration and
 * validated by xmllint, and so is what the sandbox really answers when it is asked everything, with what it was asked. Then requests are broken in one place each, and the sandbox's check of requests must refuse the same ones.
 * Exit code 1 when one is not valid, or when xmllint or the schema is missing although asked for.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { encodeRequest, encodeResponse } from '../src/qbxml/index.ts';
import { messageNames, requestSet, responseSet } from '../test/qbxml/arbitraries.ts';
import { everyAnswer } from '../test/sandbox/quickbooks/everyAnswer.ts';
import { mutantsOf, refusalOf } from './check-xsd-mutants.ts';

const SAMPLES = 40;
const SEED = 20_130;
const BATCH = 200;
const MUTANTS = 6;

/** What is validated: the name of the file, and the document. */
function documents(): Map<string, string> {
  const made = new Map<string, string>();
  const sampled = { numRuns: SAMPLES, seed: SEED };
  for (const name of messageNames) {
    fc.sample(requestSet(name), sampled).forEach((set, index) => {
      made.set(`${name}Rq-${index + 1}.xml`, encodeRequest(set));
    });
    fc.sample(responseSet(name), sampled).forEach((set, index) => {
      made.set(`${name}Rs-${index + 1}.xml`, encodeResponse(set));
    });
  }
  const empty = { onError: 'stopOnError', requests: [] } as const;
  made.set(
    'stored-answer.xml',
    encodeRequest({ ...empty, newMessageSetID: 'posting-1', oldMessageSetID: 'posting-1' }),
  );
  made.set('clear-one.xml', encodeRequest({ ...empty, oldMessageSetID: 'posting-1' }));
  made.set(
    'no-such-set.xml',
    encodeResponse({ newMessageSetID: 'posting-1', messageSetStatusCode: 600, responses: [] }),
  );
  return made;
}

/** What the sandbox was really asked, and what it answered. */
async function exchanged(): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const [name, { request, answer }] of await everyAnswer()) {
    made.set(`${name}-asked.xml`, request);
    made.set(`${name}-answered.xml`, answer);
  }
  return made;
}

/** What xmllint says of each file: its complaints, none where the file is valid. */
function complaints(schema: string, folder: string, files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>(files.map((file) => [file, []]));
  for (let at = 0; at < files.length; at += BATCH) {
    const { stderr, error } = spawnSync('xmllint', ['--noout', '--schema', schema, ...files.slice(at, at + BATCH)], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    if (error !== undefined) throw new Error('xmllint cannot be run; install libxml2-utils', { cause: error });
    const told = new Set<string>();
    for (const line of stderr.split('\n')) {
      const [, file, verdict] = /^([\w-]+\.xml)(:.*| validates| fails to validate)$/.exec(line) ?? [];
      if (file === undefined || verdict === undefined) continue;
      if (verdict !== ' validates') found.get(file)?.push(line.slice(0, 300));
      if (!verdict.startsWith(':')) told.add(file);
    }
    const silent = files.slice(at, at + BATCH).find((file) => !told.has(file));
    if (silent !== undefined) throw new Error(`xmllint gave no verdict on ${silent}: ${stderr.slice(-500)}`);
  }
  return found;
}

/** Writes documents, has them judged, and returns the complaints of each. */
function judged(schema: string, made: ReadonlyMap<string, string>): Map<string, string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-xsd-'));
  try {
    for (const [name, xml] of made) fs.writeFileSync(path.join(folder, name), xml);
    return complaints(schema, folder, [...made.keys()]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Sound requests with one thing broken. */
function mutants(sound: ReadonlyMap<string, string>): Map<string, string> {
  const made = new Map<string, string>();
  let seed = SEED;
  for (const [name, xml] of sound) {
    if (!/Rq-\d+\.xml$/.test(name)) continue;
    mutantsOf(xml, MUTANTS, seed++).forEach((mutant, index) => {
      made.set(name.replace('.xml', `-broken-${index + 1}.xml`), mutant);
    });
  }
  return made;
}

async function run(): Promise<number> {
  const given = process.env.QBXML_XSD_DIR;
  if (given === undefined || given === '') {
    console.log('check:xsd: not run (QBXML_XSD_DIR names no folder with qbxmlops130.xsd)');
    return 0;
  }
  const schema = path.resolve(given, 'qbxmlops130.xsd');
  if (!fs.existsSync(schema)) {
    console.error(`check:xsd: there is no ${schema}; QBXML_XSD_DIR must name the folder of the qbXML 13.0 schema`);
    return 1;
  }
  const made = documents();
  const real = await exchanged();
  const wrong = [...judged(schema, new Map([...made, ...real])).values()].flat();
  const broken = mutants(made);
  let refused = 0;
  const disagreements = [...judged(schema, broken)].flatMap(([name, told]) => {
    const ours = refusalOf(broken.get(name) ?? '');
    if (told.length > 0) refused += 1;
    if ((ours === undefined) === (told.length === 0)) return [];
    return [`${name}: ${ours === undefined ? `we accept it; ${told[0]}` : `valid by the schema; ${ours}`}`];
  });
  for (const line of [...wrong, ...disagreements].slice(0, 20)) console.error(line);
  if (refused === 0) console.error('the schema refuses nothing: it cannot be the right one');
  console.log(
    `check:xsd: ${made.size} documents of ${messageNames.length} messages and ${real.size} to and from the sandbox, ${wrong.length} complaints; ` +
      `${broken.size} broken requests, ${refused} refused by the schema, ${disagreements.length} judged otherwise by us`,
  );
  return wrong.length === 0 && disagreements.length === 0 && refused > 0 ? 0 : 1;
}

process.exitCode = await run();
