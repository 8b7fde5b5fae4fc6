/** The pages by https with a certificate of their own, for a cloud with nothing in front. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { machineCertificate } from '../../src/local/certificate.ts';
import { openTestWeb, type TestWeb } from './openWeb.ts';

describe('the pages by https', () => {
  let folder: string;
  let ca: string;
  let opened: TestWeb;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-https-'));
    const { certFile, caFile } = await machineCertificate(folder, [], Date.now());
    ca = await readFile(caFile, 'utf8');
    opened = await openTestWeb({ tls: { certFile, keyFile: certFile } });
  });
  after(async () => {
    await opened?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (
    method: 'GET' | 'POST',
    headers: Record<string, string>,
    body = '',
  ): Promise<{ readonly answer: IncomingMessage; readonly text: string }> => {
    const request = https.request(`https://localhost:${opened.web.port}/sign-in`, {
      method,
      headers,
      ca,
      family: 4,
      agent: false,
    });
    request.end(body);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text += chunk;
    return { answer, text };
  };

  it('say that they are to be reached so from now on, with cookies that go no other way', async () => {
    const { answer } = await ask('GET', {});
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers['strict-transport-security'] ?? '', /max-age=\d+/);
    assert.match(
      answer.headers['set-cookie']?.[0] ?? '',
      /^__Host-tandem-visitor=[\w-]{43};.*; Secure; SameSite=Strict$/,
    );
    assert.match(opened.web.url, /^https:/);
  });

  it('take a form from themselves, and not from the same host without https', async () => {
    const { answer, text } = await ask('GET', {});
    const cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    const form = new URLSearchParams({
      form_token: /name="form_token" value="([^"]+)"/.exec(text)?.[1] ?? '',
      name: 'Nobody',
      password: 'wrong',
    }).toString();
    const host = `localhost:${opened.web.port}`;
    assert.equal((await ask('POST', { cookie, origin: `https://${host}` }, form)).answer.statusCode, 422);
    assert.equal((await ask('POST', { cookie, origin: `http://${host}` }, form)).answer.statusCode, 403);
  });
});
