/**
 * A gateway in a process of its own, as built, so that what it uses can be told from what its callers use. Takes its
 * settings as JSON in its one argument, writes its address to standard output, and ends when standard input does.
 */
import { pino } from 'pino';
import { startGateway } from '../dist/gateway/index.js';
import { openStore } from '../dist/store/index.js';

const { databaseUrl, masterKey, upstream, certFile } = JSON.parse(process.argv[2] ?? '');
const log = pino({ level: 'warn' }, pino.destination(2));
const store = await openStore({ databaseUrl, masterKey: Buffer.from(masterKey, 'hex'), log });
const gateway = await startGateway({
  upstream,
  store,
  tls: { certFile, keyFile: certFile },
  log,
  // All callers of a bench come from one address, and do in a second what a connector does in an hour.
  limits: { connectionsPerAddress: 10_000, calls: { perSecond: 10_000, burst: 10_000 } },
});
process.stdin.once('end', () => {
  void gateway.stop().then(() => store.close());
});
process.stdin.resume();
process.stdout.write(`${gateway.address}\n`);
