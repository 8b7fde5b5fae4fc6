/**
 * A wire between Tandem and a sandbox that alters answers on their way: for what the sandbox never says, and the real
 * system might. What goes to the sandbox goes as it is.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer as it arrives, made of the one that was given. */
export type Altered = (answer: string) => string;

const servers: Server[] = [];

after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** The address of a wire to `target`. */
export async function wireTo(target: string, altered: Altered): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    void pass(target, incoming).then(
      async (answer) => {
        const body = await answer.text();
        const headers = [...answer.headers].filter(([name]) => !HOP.has(name));
        outgoing.writeHead(answer.status, Object.fromEntries(headers));
        outgoing.end(alter(body, altered));
      },
      (error: unknown) => outgoing.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** About this connection and this body, not about the answer. */
const HOP: ReadonlySet<string> = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

async function pass(target: string, incoming: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const { host: _, connection: __, 'content-length': ___, 'x-processor-lifetime': ____, ...rest } = incoming.headers;
  const headers = Object.entries(rest).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  const { method = 'GET', url = '/' } = incoming;
  return fetch(new URL(url, target), {
    method,
    headers: Object.fromEntries(headers),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
}

/** QuickBooks' answers are texts within JSON, MineralTree's are the JSON. */
function alter(body: string, altered: Altered): string {
  if (!body.startsWith('{"result":"')) return altered(body);
  const { result } = JSON.parse(body) as { result: string };
  return JSON.stringify({ result: altered(result) });
}
