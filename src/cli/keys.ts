/**
 * `tandem keys rotate`: changing the master key, the key of a company, or the key of the gateways.
 *
 * The new master key is on the disk before anything is sealed under it: whatever fails on the way, one of the two files
 * opens the store.
 */
import { existsSync } from 'node:fs';
import { copyFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import {
  createMasterKey,
  readMasterKey,
  resolveCompany,
  rotateCompanyKey,
  rotateMasterKey,
  rotateSealKey,
  type Store,
} from '../store/index.ts';
import { said, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';
import { dataFolder, type Environment } from './places.ts';

interface RotateOptions {
  readonly newKeyFile?: string;
  readonly company?: string;
  readonly sealKey?: boolean;
}

export function keysCommand(): Command {
  const command = new Command('keys').description('Changes the keys that data are sealed with.');
  command
    .command('rotate')
    .description('Changes one key: the master key, the key of a company, or the key that all gateways share.')
    .option('--new-key-file <file>', 'the new master key (base64 or hex); made there when the file does not exist')
    .option('--company <company>', 'the company whose key is changed, by ID or name')
    .option('--seal-key', 'the key that gateways seal task tokens with')
    .action((options: RotateOptions) => {
      if (Object.keys(options).length !== 1)
        throw new Fault(
          'one key is changed at a time',
          'the command line',
          'give one of --new-key-file FILE, --company COMPANY, --seal-key',
          2,
        );
      return withStore((store) => rotate(store, options));
    });
  return command;
}

async function rotate(store: Store, { newKeyFile, company }: RotateOptions): Promise<void> {
  if (newKeyFile !== undefined) return rotateMaster(store, path.resolve(newKeyFile), process.env);
  if (company !== undefined) {
    const { companyId, name } = await resolveCompany(store, company);
    const keyId = await rotateCompanyKey(store, companyId, said());
    print(`${name} (${companyId}) has the new key ${keyId}; connectors fetch it, and the old one is kept for reading`);
    return;
  }
  await rotateSealKey(store, said());
  print('the gateways have a new seal key; tokens under the one of before are good until the next change');
}

async function rotateMaster(store: Store, file: string, env: Environment): Promise<void> {
  const before = store.vault.keyId;
  if (!existsSync(file)) {
    await writeFile(file, `${createMasterKey()}\n`, { mode: 0o600, flag: 'wx', flush: true });
    print(`a new master key was made in ${file}`);
  }
  const { keyId, ...sealed } = await rotateMasterKey(store, await readMasterKey(file), said());
  const { passwords, companyKeys, sealKeys, statusTokens } = sealed;
  print(`the store is under the master key ${keyId} now; it was under ${before}`);
  print(
    `sealed anew: MineralTree passwords ${passwords}, company keys ${companyKeys}, seal keys ${sealKeys}, status addresses ${statusTokens}`,
  );
  const inFolder = path.join(dataFolder(env), 'master.key');
  if (env.TANDEM_MASTER_KEY || env.TANDEM_MASTER_KEY_FILE) {
    const how = env.TANDEM_MASTER_KEY ? 'TANDEM_MASTER_KEY' : 'TANDEM_MASTER_KEY_FILE';
    print(`from now on give the new key in ${how}, to every cloud and command`);
  } else if (inFolder !== file) {
    const kept = `${inFolder}.${before}`;
    await replaceKeyFile(inFolder, kept, file);
    print(`the new key is in ${inFolder} too; the old one is kept in ${kept}`);
  }
  print('restart every cloud with the new key: those that run have the old one and fail when they next need it');
  print('keep the old key for as long as you keep backups from before');
}

async function replaceKeyFile(file: string, kept: string, newFile: string): Promise<void> {
  await copyFile(file, kept);
  const text = (await readMasterKey(newFile)).toString('base64');
  await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
