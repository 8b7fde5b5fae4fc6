// Runs one server for as long as its starter lives: `node supervise.js JSON`, JSON being
// {command, args, cwd?, env?, uid?, gid?, deathSignal?, removes?, stops: [{signal, ms}]}.
//
// 1. Standard input is a pipe held by the starter. When it closes, also because the starter was killed, the server is
//    stopped by each signal of `stops` in turn, each given its time, and at last by SIGKILL.
// 2. When this process dies first, Linux kills the server (parent-death signal, where setpriv is installed).
// 3. A temporary folder named by `removes` goes when the server has ended.
// 4. Output of the server is passed on; its end ends this process, with its exit code or 128 and the signal's number.
//
// Plain JavaScript in bin/, because it is started by path from the sources and from dist/ alike.
// @ts-check
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';

/** @typedef {{ signal: NodeJS.Signals, ms: number }} Stop */
/** @type {{ command: string, args: string[], cwd?: string, env?: Record<string, string>, uid?: number, gid?: number, deathSignal?: string, removes?: string, stops: Stop[] }} */
const order = JSON.parse(process.argv[2] ?? '{}');

const [command, args] =
  order.deathSignal === undefined
    ? [order.command, order.args]
    : [order.deathSignal, ['--pdeathsig', 'SIGKILL', '--', order.command, ...order.args]];
const { cwd, env, uid, gid } = order;
const server = spawn(command, args, {
  cwd,
  env: { ...process.env, ...env },
  uid,
  gid,
  stdio: ['ignore', 'inherit', 'inherit'],
});

server.on('error', (error) => {
  process.stderr.write(`${order.command}: ${error.message}\n`);
  end(127);
});
server.on('exit', (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));

/** @param {number} code */
function end(code) {
  if (order.removes !== undefined) rmSync(order.removes, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  for (const { signal, ms } of order.stops) {
    server.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
  server.kill('SIGKILL');
}
process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
// A terminal sends Ctrl-C to the whole group: the starter decides when the server stops, by closing the pipe.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => undefined);
