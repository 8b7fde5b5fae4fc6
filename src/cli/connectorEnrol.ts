/**
 * `tandem connector enroll --gateway URL --key KEY`: makes this machine known to the gateway for a company.
 *
 * 1. Without a credential file: a new installation. With one: the key's company is added to that installation.
 * 2. Whether the file can be written is tried before the key is used, for a key is good once.
 * 3. The file is replaced as a whole at the very end. Whatever interrupts this before leaves what was there.
 * 4. Exit code 3: the gateway refused. 1: anything else that failed. 2: the command line.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { Command } from 'commander';
import {
  type Credential,
  createServiceClient,
  type GatewayAddress,
  GatewayError,
  gatewayFrom,
  type HttpProxy,
  proxyFrom,
} from '../workers/connection/index.ts';
import { ENROL, findCredential, writeCredential } from './connectorCredential.ts';
import { RefusedByGateway } from './connectorRefusal.ts';
import { Fault } from './fault.ts';
import { packageVersion } from './packageVersion.ts';

export interface EnrolOptions {
  readonly gateway?: string;
  readonly key: string;
  readonly ca?: string;
  readonly credential: string;
  readonly name?: string;
  readonly proxy?: string;
}

/** A key names its company: `tck_<company ID>_<32 characters>`. */
const KEY = /^tck_([a-z0-9-]{8,40})_[A-Za-z0-9_-]{32}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

export function enrolCommand(): Command {
  return new Command('enroll')
    .alias('enrol')
    .description('Makes this machine known to the gateway for a company, or for one company more.')
    .option('--gateway <url>', 'such as https://gateway.example:443; may be left out when the credential file names it')
    .requiredOption(
      '--key <key>',
      'one-time key of the company, from `tandem company connector-key`; - reads one or more from standard input',
    )
    .option('--ca <file>', "authority that signs the gateway's certificate, PEM, where this machine does not know it")
    .option('--credential <file>', 'where the credential is kept', 'credential.json')
    .option('--name <name>', 'what people call this installation (default: the name of the machine)')
    .option('--proxy <host:port>', 'HTTP proxy of the network; user:password@ before it when it wants them')
    .action(async (options: EnrolOptions) => {
      setLogVerbosity(logVerbosity.NONE);
      const keys = options.key === '-' ? (await readAll(process.stdin)).trim().split(/\s+/) : [options.key];
      for (const key of keys) process.stdout.write(`${await enrol({ ...options, key })}\n`);
    });
}

/** Enrols; gives the line to print. @throws Fault */
export async function enrol(options: EnrolOptions): Promise<string> {
  const file = path.resolve(options.credential);
  const company = KEY.exec(options.key)?.[1];
  if (company === undefined)
    throw new Fault('this is no connector key', '--key', 'use one that `tandem company connector-key` printed', 2);
  const kept = findCredential(file);
  const address = addressFor(options, kept, file);
  const name = options.name ?? defaultName(os.hostname());
  if (!NAME.test(name))
    throw new Fault(
      `"${name}" is no name for an installation`,
      '--name',
      'use letters, digits, dots, dashes; at most 40',
      2,
    );
  refuseReadOnly(file);
  const service = createServiceClient({ ...address, version: packageVersion(), secret: () => kept?.secret });
  try {
    const answer = await service.Enrol({ key: options.key, name });
    const secret = answer.secret ?? kept?.secret;
    if (secret === undefined || (kept !== undefined && answer.installationId !== kept.installationId))
      throw new GatewayError(
        'broken',
        address.gateway,
        `the answer of the gateway at ${address.gateway} makes no sense`,
      );
    const { installationId, namespace, companies } = answer;
    // A running connector may have rotated the secret since the file was read.
    const latest = kept === undefined ? undefined : findCredential(file);
    keep(file, {
      gateway: address.gateway,
      namespace,
      installationId,
      secret: latest?.secret ?? secret,
      ...(address.ca === undefined ? {} : { ca: address.ca }),
      companies,
    });
    return `${kept === undefined ? 'enrolled' : 'added'} ${company} at ${address.gateway}; this installation serves ${companies.join(', ')}; credential in ${file}`;
  } catch (error) {
    if (error instanceof GatewayError) throw faultOf(error, file, kept !== undefined);
    throw error;
  } finally {
    service.close();
  }
}

/** The gateway has said yes: what is lost now is lost with the key. */
function keep(file: string, credential: Credential): void {
  try {
    writeCredential(file, credential);
  } catch (error) {
    throw new Fault(
      `the gateway took the key, but ${wordsOf(error)}`,
      '--credential',
      'have this installation revoked if it is new, and enrol with another key',
    );
  }
}

/** Where the gateway is: what was typed, or what the file says; the two must not differ. */
function addressFor({ gateway, ca, proxy }: EnrolOptions, kept: Credential | undefined, file: string): GatewayAddress {
  const typed = gateway === undefined ? kept?.gateway : gatewayFrom(gateway);
  if (typed === undefined)
    throw gateway === undefined
      ? new Fault('the gateway is not named', '--gateway', `say where it is: ${ENROL}`, 2)
      : new Fault(
          `"${gateway}" is no address of a gateway`,
          '--gateway',
          'use one such as https://gateway.example:443',
          2,
        );
  if (kept !== undefined && typed !== kept.gateway)
    throw new Fault(
      `this installation belongs to the gateway at ${kept.gateway}, not to ${typed}`,
      file,
      'leave --gateway out to add the company there, or name another file with --credential for an installation of its own',
    );
  const authority = ca === undefined ? kept?.ca : authorityIn(ca);
  const way = proxy === undefined ? undefined : proxyOf(proxy);
  return {
    gateway: typed,
    ...(authority === undefined ? {} : { ca: authority }),
    ...(way === undefined ? {} : { proxy: way }),
  };
}

function proxyOf(typed: string): HttpProxy {
  const proxy = proxyFrom(typed);
  if (proxy === undefined)
    throw new Fault('this is no address of a proxy', '--proxy', 'use one such as proxy.example:3128', 2);
  return proxy;
}

function authorityIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Fault(`the authority cannot be read (${wordsOf(error)})`, `--ca ${file}`, 'name a file in PEM', 2);
  }
  if (!/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/.test(text))
    throw new Fault(
      'this is no certificate in PEM',
      `--ca ${file}`,
      'name the certificate of the authority, without keys',
      2,
    );
  return `${text}\n`;
}

function refuseReadOnly(file: string): void {
  try {
    accessSync(path.dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    throw new Fault(
      `the credential could not be written there (${wordsOf(error)}), and nothing was asked of the gateway`,
      file,
      'name another place with --credential, or make the folder writable',
    );
  }
}

function faultOf(error: GatewayError, file: string, hadOne: boolean): Fault {
  const where = `the gateway at ${error.gateway}`;
  switch (error.kind) {
    case 'denied':
      return new RefusedByGateway(error.message, '--key', 'ask for a new key: each is good once and for a day');
    case 'refused':
      return hadOne
        ? new RefusedByGateway(error.message, file, 'move the file away and enrol anew, with a key for each company')
        : new RefusedByGateway(error.message, '--key', 'ask for a new key: each is good once and for a day');
    case 'tooOften':
      return new RefusedByGateway(error.message, '--key', 'wait an hour, and copy the key as a whole');
    case 'tooOld':
      return new RefusedByGateway(error.message, where, 'update Tandem on this machine');
    case 'notTrusted':
      return new Fault(error.message, '--ca', 'name the authority that signs its certificate, or correct the address');
    case 'notReached':
      return new Fault(
        error.message,
        '--gateway',
        'correct the address, or name the proxy of the network with --proxy',
      );
    case 'broken':
      return new Fault(error.message, where, 'see that the address is that of a gateway of Tandem, and try again');
  }
}

/** A machine may be called what an installation may not. */
function defaultName(host: string): string {
  const name = host
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 40);
  return name === '' ? 'connector' : name;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
