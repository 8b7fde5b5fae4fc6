/** `tandem ...` as a person types it: what it prints and how it ends. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const TANDEM = fileURLToPath(new URL('../../bin/tandem.js', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function runTandem(env: NodeJS.ProcessEnv, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [TANDEM, ...args], { env, stdio: 'pipe' });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (code === null ? reject(new Error(String(signal))) : resolve(code)));
  });
  // A command that refuses its command line does not wait for what is piped in.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(input);
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}
