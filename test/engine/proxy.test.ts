import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RequestTemplate } from '../../src/core/model/request';
import { sendOnce } from '../../src/http/client';
import { planFor, runLoad } from '../support/loadRuns';
import { startProxyServer, type ProxyServer } from '../support/proxyServer';

// Names that no resolver knows: only the proxy can find them.
const PLAIN = 'http://service.invalid:8080/a?b=c';
const SECURE = 'https://service.invalid/a?b=c';
const OPTIONS = { timeoutMs: 3_000, insecureTls: true, maxBodyBytes: 1_000 };

function get(url: string): RequestTemplate {
  return { method: 'GET', url, headers: [], body: null };
}

describe('requests through a proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const seen: string[] = [];
  const servers: Server[] = [];
  let ports = { http: 0, https: 0 };
  let proxy: ProxyServer;
  before(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const files = ['-keyout', key, '-out', cert, '-subj', '/CN=service.invalid'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...files], { stdio: 'pipe' });
    const listener = (request: IncomingMessage, response: { end(text: string): void }): void => {
      seen.push(
        `${request.url ?? ''} for ${request.headers.host ?? ''}, ${request.headers['proxy-authorization'] ?? ''}`,
      );
      response.end('hello');
    };
    servers.push(
      createServer(listener),
      createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, listener),
    );
    for (const server of servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const [http = 0, https = 0] = servers.map((server) => (server.address() as AddressInfo).port);
    ports = { http, https };
    proxy = await startProxyServer(ports);
  });
  after(() => {
    proxy.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true });
  });
  const reset = (): void => {
    seen.length = 0;
    proxy.asked.length = 0;
    proxy.credentials.length = 0;
  };

  it('are passed on where they are plain', async () => {
    reset();
    const { status, bodyText } = await sendOnce(get(PLAIN), { ...OPTIONS, proxy: proxy.url });
    assert.deepEqual([status, bodyText], [200, 'hello']);
    assert.deepEqual(proxy.asked, [`GET ${PLAIN}`]);
    assert.deepEqual(seen, ['/a?b=c for service.invalid:8080, ']);
  });

  it('go through a tunnel with TLS', async () => {
    reset();
    const { status, bodyText } = await sendOnce(get(SECURE), { ...OPTIONS, proxy: proxy.url });
    assert.deepEqual([status, bodyText], [200, 'hello']);
    assert.deepEqual(proxy.asked, ['CONNECT service.invalid:443']);
    assert.deepEqual(seen, ['/a?b=c for service.invalid, ']);
  });

  it('tell the proxy its user and password, and a server behind a tunnel neither', async () => {
    for (const url of [PLAIN, SECURE]) {
      reset();
      await sendOnce(get(url), { ...OPTIONS, proxy: proxy.url.replace('http://', 'http://me:s%3Acret@') });
      assert.deepEqual(proxy.credentials, [`Basic ${Buffer.from('me:s:cret').toString('base64')}`]);
      if (url === SECURE) assert.deepEqual(seen, ['/a?b=c for service.invalid, ']);
    }
  });

  it('check the certificate behind the tunnel', async () => {
    await assert.rejects(sendOnce(get(SECURE), { ...OPTIONS, insecureTls: false, proxy: proxy.url }), { code: 'tls' });
  });

  it('that it refuses fail with a sentence that says so', async () => {
    const strict = await startProxyServer(ports, 407);
    const failing = sendOnce(get(SECURE), { ...OPTIONS, proxy: strict.url });
    await assert.rejects(failing, /proxy .* opens no way to service.invalid:443: it answered 407/);
    strict.close();
    await assert.rejects(sendOnce(get(SECURE), { ...OPTIONS, proxy: strict.url }), { code: 'refused' });
  });

  for (const url of [PLAIN, SECURE]) {
    it(`are all counted under load: ${url}`, async () => {
      reset();
      const plan = planFor(url, { stop: { durationMs: null, requests: 60 }, insecureTls: true });
      const { result } = await runLoad({ ...plan, proxy: proxy.url });
      assert.deepEqual([result.generator.transport, result.generator.transportReason], ['undici', 'proxy']);
      assert.deepEqual([result.summary.requests, result.summary.statuses], [60, { '200': 60 }]);
      assert.equal(seen.length, 60);
      assert.equal(proxy.asked.length, url === PLAIN ? 60 : result.summary.connectionsOpened);
      assert.ok((result.summary.connectMs?.min ?? 0) > 0);
    });
  }

  it('are refused for a transport that knows no proxy', async () => {
    const plan = planFor(PLAIN, { stop: { durationMs: null, requests: 1 }, transport: 'socket' });
    await assert.rejects(runLoad({ ...plan, proxy: proxy.url }), /go through no proxy: choose the transport undici/);
  });
});
