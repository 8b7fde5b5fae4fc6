/**
 * A gateway in a process of its own, so that what it uses can be told from what its callers use. Takes its settings as JSON
 * in its one argument, writes its address to standard output, and ends when standard input does.
 */
import { pino } from 'pino';
import { startGateway } from '../src/gateway/index.ts';
import { openStore } from '../src/store/index.ts';

export interface GatewayProcessSettings {
  readonly databaseUrl: string;
  /** 32 bytes in hex. */
  readonly masterKey: string;
  readonly upstream: { readonly address: string; readonly namespace: string };
  /** Key and certificate, PEM. */
  readonly certFile: string;
}

const settings = JSON.parse(process.argv[2] ?? '') as GatewayProcessSettings;
const log = pino({ level: 'warn' }, pino.destination(2));
const store = await openStore({
  databaseUrl: settings.databaseUrl,
  masterKey: Buffer.from(settings.masterKey, 'hex'),
  log,
});
const gateway = await startGateway({
  upstream: settings.upstream,
  store,
  tls: { certFile: settings.certFile, keyFile: settings.certFile },
  log,
  // All callers of a bench come from one address, and do in a second what a connector does in an hour.
  limits: { connectionsPerAddress: 10_000, calls: { perSecond: 10_000, burst: 10_000 } },
});
process.stdin.once('end', () => {
  void gateway.stop().then(() => store.close());
});
process.stdin.resume();
process.stdout.write(`${gateway.address}\n`);
