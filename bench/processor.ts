/**
 * The barest client of QuickBooks' request processor as the sandbox has it over HTTP: no checks, no encoder, requests as
 * text, answers as fast-xml-parser gives them. What the product is compared with.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { XMLParser } from 'fast-xml-parser';

/** An element as fast-xml-parser gives it: children by name, one alone or several; texts as texts; attributes with `@`. */
export interface Node {
  readonly [name: string]: Node | readonly Node[] | string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
});

export interface BareProcessor {
  /** Sends a message set of requests written as XML; gives the answer's `QBXMLMsgsRs`. */
  ask(requests: string): Promise<Node>;
  close(): Promise<void>;
}

/** Opens connection and session on a file. */
export async function openBareProcessor(url: string, file: string): Promise<BareProcessor> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const id = randomUUID();
  const call = async (member: string, args: object): Promise<string> => {
    const { result, hresult, text } = JSON.parse(await post(`${url}/processor/${member}`, agent, id, args)) as Answer;
    if (hresult !== undefined) throw new Error(`${member}: ${hresult} ${text ?? ''}`);
    return result ?? '';
  };
  await call('OpenConnection2', { appID: '', appName: 'bare', connPref: 1 });
  const ticket = await call('BeginSession', { qbFileName: file, QBFileMode: 2 });
  return {
    async ask(requests) {
      const inputRequest = `<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="continueOnError">${requests}</QBXMLMsgsRq></QBXML>`;
      const answer = parser.parse(await call('ProcessRequest', { ticket, inputRequest })) as Node;
      return child(child(answer, 'QBXML'), 'QBXMLMsgsRs');
    },
    async close() {
      await call('EndSession', { ticket });
      await call('CloseConnection', {});
      agent.destroy();
    },
  };
}

interface Answer {
  readonly result?: string | null;
  readonly hresult?: string;
  readonly text?: string;
}

function post(url: string, agent: Agent, id: string, args: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-processor': id };
    const outgoing = request(url, { method: 'POST', agent, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (part: string) => {
        text += part;
      });
      incoming.on('error', reject);
      incoming.on('end', () => resolve(text));
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(args));
  });
}

/** The one child of that name; an empty node where there is none. */
export function child(node: Node, name: string): Node {
  const found = node[name];
  return typeof found === 'object' && !Array.isArray(found) ? (found as Node) : {};
}

/** The children of that name. */
export function children(node: Node, name: string): readonly Node[] {
  const found = node[name];
  if (found === undefined || typeof found === 'string') return [];
  return Array.isArray(found) ? (found as readonly Node[]) : [found as Node];
}

/** The text of a child; undefined where there is none. */
export function textIn(node: Node, name: string): string | undefined {
  const found = node[name];
  return typeof found === 'string' ? found : undefined;
}
